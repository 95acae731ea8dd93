import { html, nothing } from 'lit-html';
import type { TemplateResult } from 'lit-html';
import { isApplied } from '../../../src/model/appliedFix.ts';
import { t, tParts } from '../../../src/model/l10n.ts';
import { proofOf, proofPhases } from '../../../src/model/proof.ts';
import type { ProofPhase } from '../../../src/model/proof.ts';
import { phaseWords } from '../../../src/model/proofWords.ts';
import type { PlannedProof, ProvingState } from '../../../src/model/proving.ts';
import type { Run } from '../../../src/model/reply.ts';
import type { PanelContext } from '../context.ts';
import { failureAt } from '../failureBox.ts';
import { icon, spinner } from '../icon.ts';
import { quiet } from '../notices.ts';
import { verdictCard } from './verdictCard.ts';

const place = 'proof';

/** The proof of a recorded fix: what would run, how it goes, what it showed. */
export function proofView(context: PanelContext, run: Run): TemplateResult | typeof nothing {
  const { incident, surroundings } = context;
  if (run.record?.step !== 'fix' || run.record.data.test.edits.length === 0) return nothing;
  const { proving } = surroundings;
  const proof = proofOf(incident, run.id);
  return html`<div class="proof" role="group" aria-label=${t('Proof')}>
    <h3 class="list-title">${t('Proof')}</h3>
    ${proof === undefined || proving?.kind === 'proving' ? nothing : verdictCard(context, proof)}
    ${current(context, proof !== undefined, isApplied(incident, run.id))} ${failureAt(context, place)}
  </div>`;
}

function current(context: PanelContext, proved: boolean, applied: boolean): TemplateResult {
  const { surroundings } = context;
  const { proving } = surroundings;
  if (proving?.kind === 'proving') return progress(context, proving);
  if (!surroundings.trusted) return quiet(context, { kind: 'restricted', what: t('running tests') });
  if (proving?.kind === 'planned') return plan(context, proving.plan);
  return html`${
      proved
        ? nothing
        : html`<p class="hint">
            ${t('Runs the test in a scratch copy of the repository: without the fix, where it must fail, then with it. Your files are not touched, and nothing runs before you have seen the commands.')}
          </p>`
    }
    <div class="row">
      <vscode-button
        appearance=${proved || applied ? 'secondary' : 'primary'}
        ?disabled=${proving !== undefined || context.actions.isPending(place)}
        @click=${() => context.actions.send(place, { type: 'planProof' })}
        >${icon('beaker')}&nbsp;${proved ? t('Prove Again…') : t('Prove…')}</vscode-button
      >
    </div>
    ${
      proving?.kind === 'hunting'
        ? html`<p class="hint">${t('Step 5 hunts for the commit. Wait for it, or stop it there first.')}</p>`
        : nothing
    }`;
}

/** The commands in full, before anything of them runs. */
function plan({ actions }: PanelContext, planned: PlannedProof): TemplateResult {
  const { id, folder, test, suite, foundIn, uncommitted } = planned;
  const run = (withUncommitted: boolean, label: string, primary: boolean): TemplateResult =>
    html`<vscode-button
      appearance=${primary ? 'primary' : 'secondary'}
      ?disabled=${actions.isPending(place)}
      @click=${() => actions.send(place, { type: 'prove', planId: id, withUncommitted })}
      >${icon('play')}&nbsp;${label}</vscode-button
    >`;
  return html`<div class="card">
    <p>
      <strong>${t('This will run on your machine')}</strong
      >${tParts(', in a scratch copy that is removed afterwards{0}:', folder === '' ? nothing : tParts(', in {0}', html`<bdi class="mono">${folder}</bdi>`))}
    </p>
    <ol class="commands">
      <li>${tParts('The test, without the fix and with it: {0}', html`<code>${test}</code>`)}</li>
      ${suite === undefined ? nothing : html`<li>${tParts('Then the whole suite: {0}', html`<code>${suite}</code>`)}</li>`}
    </ol>
    <p class="hint">
      ${foundIn === undefined ? t('As you said for this workspace.') : tParts('Found in {0}.', html`<bdi>${foundIn}</bdi>`)}
      ${t('The test is code that Claude wrote: it runs with your rights.')}
    </p>
    ${
      uncommitted.length === 0
        ? nothing
        : html`<p class="row">
            ${icon('warning')}
            <span class="grow"
              >${tParts('Not committed: {0}. Take these changes along?', html`<bdi>${uncommitted.join(', ')}</bdi>`)}</span
            >
          </p>`
    }
    <div class="row">
      ${
        uncommitted.length === 0
          ? run(false, t('Run'), true)
          : html`${run(true, t('Run with These Changes'), true)} ${run(false, t('Run Without Them'), false)}`
      }
      <button type="button" class="plain-button" @click=${() => actions.send(place, { type: 'changeTestCommand' })}>
        ${icon('edit')} ${t('Change the Commands…')}
      </button>
      <button type="button" class="plain-button" @click=${() => actions.send(place, { type: 'dismissProof' })}>
        ${t('Cancel')}
      </button>
    </div>
  </div>`;
}

function progress({ actions }: PanelContext, state: Extract<ProvingState, { kind: 'proving' }>): TemplateResult {
  const { phase, attempt, startedAt, command } = state;
  const at = phase === undefined ? -1 : proofPhases.indexOf(phase);
  const shown = proofPhases.filter((each, index) => each !== 'suiteBefore' || index <= at);
  return html`<div class="card" aria-busy="true">
    <ul class="phases">
      ${shown.map((each) => phaseLine(each, proofPhases.indexOf(each), at, attempt))}
    </ul>
    <p class="row">
      <vscode-button @click=${() => actions.send(place, { type: 'stopProving' })}
        >${icon('debug-stop')}&nbsp;${t('Stop')}</vscode-button
      >
      <span class="dim"
        >${phase === undefined ? t('Making a scratch copy') : html`<code>${command}</code>`} ·
        <time class="mono" data-clock="stopwatch" data-since=${startedAt}></time
      ></span>
    </p>
    <p class="hint">${t('The output is in the terminal of the task.')}</p>
  </div>`;
}

/** What a run must give, once it has: only then does the next one start. */
const outcomes = (): Readonly<Record<ProofPhase, string>> => ({
  withoutFix: t('red, as it must be'),
  withFix: t('green'),
  suite: t('failed: is it so without the fix?'),
  suiteBefore: '',
});

function phaseLine(phase: ProofPhase, index: number, at: number, attempt: number): TemplateResult {
  if (index < at) return html`<li class="ok">${icon('check')} ${phaseWords()[phase]}: ${outcomes()[phase]}</li>`;
  if (index > at) return html`<li class="dim">${icon('circle-large')} ${phaseWords()[phase]}</li>`;
  return html`<li>${spinner} ${phaseWords()[phase]}${attempt === 1 ? '' : t(' (run {0})', attempt)}</li>`;
}
