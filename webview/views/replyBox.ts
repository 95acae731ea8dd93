import { html } from 'lit-html';
import type { TemplateResult } from 'lit-html';
import { activeRun } from '../../src/model/incident.ts';
import { t } from '../../src/model/l10n.ts';
import { stepDefinition } from '../../src/model/steps.ts';
import type { StepId } from '../../src/model/steps.ts';
import type { PanelContext } from './context.ts';
import { failureAt } from './failureBox.ts';
import { textBox } from './textBox.ts';

/** A question or an observation within the step. What is written stays until it has been sent. */
export function replyBox(context: PanelContext, step: StepId): TemplateResult {
  const { view } = context;
  const key = `reply:${step}` as const;
  const text = view.draft(key) ?? '';
  const submit = (): void => void send(context, step);
  return html`<div class="row box-row reply-box">
      <label class="hidden-text" for="reply-${step}">${t('Reply to Claude in {0}', stepDefinition(step).title)}</label>
      ${textBox({
        id: `reply-${step}`,
        text,
        rows: 1,
        placeholder: t('Reply, or add what you found… (Ctrl+Enter sends)'),
        onInput: (typed) => view.setDraft(key, typed),
        onSubmit: submit,
      })}
      <vscode-button appearance="secondary" ?disabled=${text.trim() === '' || !mayAsk(context, step)} @click=${submit}
        >${t('Reply')}</vscode-button
      >
    </div>
    ${failureAt(context, key)}`;
}

/** Takes the draft as it is now: what was typed last may not be rendered yet. */
async function send(context: PanelContext, step: StepId): Promise<void> {
  const key = `reply:${step}` as const;
  const text = context.view.draft(key) ?? '';
  if (text.trim() === '' || !mayAsk(context, step)) return;
  if (await context.actions.send(key, { type: 'ask', step, followUp: text })) context.view.clearDraft(key, text);
}

function mayAsk({ incident, actions }: PanelContext, step: StepId): boolean {
  return activeRun(incident) === undefined && !actions.isPending(`reply:${step}`);
}
