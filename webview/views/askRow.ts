import { html, nothing } from 'lit-html';
import type { TemplateResult } from 'lit-html';
import { activeRun, recordOf, runsOf } from '../../src/model/incident.ts';
import { t } from '../../src/model/l10n.ts';
import { stepDefinition } from '../../src/model/steps.ts';
import type { StepId } from '../../src/model/steps.ts';
import { explain } from '../../src/wording.ts';
import type { PanelContext } from './context.ts';
import { estimateOf } from './cost.ts';
import { failureAt } from './failureBox.ts';
import { addErrorText } from './errorBox.ts';
import { icon } from './icon.ts';
import { sendSummary } from './sendSummary.ts';
import { skipForm } from './skip.ts';
import { wantsEvidence, wantsFiles } from './wants.ts';

/** Ask, or Stop with the time since the question; the way around the step; and what would be sent. */
export function askRow(context: PanelContext, step: StepId): TemplateResult {
  const { incident, view } = context;
  const running = activeRun(incident);
  const skipping = view.draft(`skip:${step}`) !== undefined;
  return html`<div class="row ask-row ${running?.step === step ? 'asked' : isPrimary(context, step) ? 'next' : ''}">
      ${running?.step === step ? stopButton(context, step, running.askedAt) : askButton(context, step)}
      ${running?.step === step ? nothing : html`${estimateOf(context, step)} ${copyPromptButton(context, step)}`}
      <span class="grow"></span>
      ${
        incident.steps[step].mark.kind === 'open' && !skipping && running?.step !== step
          ? html`<button type="button" class="link quiet" @click=${() => startSkipping(context, step)}>
              ${icon('circle-slash')}${t('Skip…')}
            </button>`
          : nothing
      }
    </div>
    ${running?.step === step ? nothing : sendSummary(context, step)} ${askHint(context, step)}
    ${skipping ? skipForm(context, step) : nothing} ${failureAt(context, `skip:${step}`)}`;
}

/** The way around the panel's own endpoint: the same question, for any other Claude client. */
function copyPromptButton({ actions }: PanelContext, step: StepId): TemplateResult {
  const copied = actions.isCopied(`prompt:${step}`);
  return html`<button
    type="button"
    class="link"
    title=${t('The question with its evidence, secrets hidden, for any other Claude client')}
    @click=${() => actions.copy(`step:${step}`, `prompt:${step}`, { type: 'copyPrompt', step })}
  >
    ${icon(copied ? 'check' : 'copy')}${copied ? t('Copied') : t('Copy as Prompt')}
  </button>`;
}

function stopButton({ actions }: PanelContext, step: StepId, askedAt: number): TemplateResult {
  return html`<vscode-button @click=${() => actions.send(`step:${step}`, { type: 'stop' })}
      >${icon('debug-stop')}&nbsp;${t('Stop')}</vscode-button
    >
    <span class="dim"
      >${t('Claude is answering')} · <time class="mono" data-clock="stopwatch" data-since=${askedAt}></time
    ></span>`;
}

function askButton(context: PanelContext, step: StepId): TemplateResult {
  const { incident, surroundings, actions } = context;
  const { action } = explain({ kind: 'noKey' });
  if (!surroundings.hasKey && action !== undefined) {
    return html`<vscode-button
      @click=${() => actions.send(`step:${step}`, { type: 'runCommand', command: action.command })}
      >${icon('key')}&nbsp;${action.label}</vscode-button
    >`;
  }
  const asked = runsOf(incident, step).length > 0;
  return html`<vscode-button
    appearance=${isPrimary(context, step) ? 'primary' : 'secondary'}
    ?disabled=${activeRun(incident) !== undefined || surroundings.readOnly !== undefined || actions.isPending(`step:${step}`)}
    @click=${() => ask(context, step)}
    >${icon('sparkle')}&nbsp;${asked ? t('Ask Again') : t('Ask Claude')}</vscode-button
  >`;
}

/**
 * Whether to ask is what comes next. Where words of a broken reply are there, that is to continue it; where there is
 * nothing to send, to add something; in a window that only follows, nothing.
 */
function isPrimary(context: PanelContext, step: StepId): boolean {
  if (context.surroundings.readOnly !== undefined) return false;
  const last = runsOf(context.incident, step).at(-1);
  if (last === undefined) {
    if (step === 'orient') return !wantsEvidence(context);
    return step !== 'files' || !wantsFiles(context);
  }
  return last.phase.kind === 'failed' && last.parts.length === 0;
}

/** Asks the step's question. An error that is still in its box goes along: the user has meant it to. */
async function ask(context: PanelContext, step: StepId): Promise<void> {
  if (step === 'orient' && !(await addErrorText(context))) return;
  await context.actions.send(`step:${step}`, { type: 'ask', step });
}

/** Why asking would not work now, or not well. */
function askHint(context: PanelContext, step: StepId): TemplateResult | typeof nothing {
  const { incident, surroundings } = context;
  const running = activeRun(incident);
  if (surroundings.readOnly !== undefined) {
    return html`<p class="hint">${t('Another window works on this incident. Take it over, above, to ask here.')}</p>`;
  }
  if (running !== undefined) {
    if (running.step === step) return nothing;
    const { number, title } = stepDefinition(running.step);
    return html`<p class="hint">
      ${t('Claude is answering step {0}, {1}. Wait for it, or stop it first.', number, title)}
    </p>`;
  }
  if (!surroundings.hasKey) {
    const { what, next } = explain({ kind: 'noKey' });
    return html`<p class="hint">
      <strong>${what}</strong>
      ${next} ${t('Copy as Prompt works without one: paste it into any other Claude client.')}
    </p>`;
  }
  if (runsOf(incident, step).length > 0) return nothing;
  if (step === 'orient' && wantsEvidence(context)) {
    return html`<p class="hint">
      ${t('There is nothing to send yet. Paste the error, or add one of the sources above.')}
    </p>`;
  }
  if (step === 'files' && incident.suspects.length === 0) {
    return html`<p class="hint">${t('Choose one to three files first.')}</p>`;
  }
  if (step === 'fix' && recordOf(incident, 'hypotheses') === undefined) {
    return html`<p class="hint">${t('There are no hypotheses yet (step 3). A fix that rests on none is a guess.')}</p>`;
  }
  return nothing;
}

function startSkipping({ view }: PanelContext, step: StepId): void {
  view.setDraft(`skip:${step}`, '');
  requestAnimationFrame(() => requestAnimationFrame(() => document.getElementById(`skip-${step}`)?.focus()));
}
