import { html, nothing } from 'lit-html';
import type { TemplateResult } from 'lit-html';
import { activeRun } from '../../../src/model/incident.ts';
import { inEnglish, t, tParts } from '../../../src/model/l10n.ts';
import { isProved } from '../../../src/model/proof.ts';
import type { Proof, ProofRun } from '../../../src/model/proof.ts';
import { endWords, phaseWords, verdictMeaning, verdictTitle } from '../../../src/model/proofWords.ts';
import { explainInOneLine } from '../../../src/wording.ts';
import { elapsed } from '../../format.ts';
import type { PanelContext } from '../context.ts';
import { icon } from '../icon.ts';

/** What a proof showed: the verdict, each run with its exit codes and its output, and what else changed meanwhile. */
export function verdictCard(context: PanelContext, proof: Proof): TemplateResult {
  const { verdict, runs, changedOutside, uncommitted } = proof;
  const proved = isProved(proof);
  const failure = verdict.kind === 'cannotRun' ? verdict.failure : undefined;
  return html`<div class="card verdict ${proved ? 'ok' : 'bad'}">
    <h3>
      ${icon(proved ? 'pass-filled' : verdict.kind === 'stopped' ? 'circle-slash' : 'error')} ${verdictTitle(verdict)}
    </h3>
    <p class="prose" dir="auto">${verdictMeaning(verdict)}</p>
    ${failure === undefined ? nothing : html`<p class="prose" dir="auto">${explainInOneLine(failure)}</p>`}
    ${
      uncommitted.length === 0
        ? nothing
        : html`<p class="hint">
            ${tParts('With the uncommitted changes of {0}.', html`<bdi>${uncommitted.join(', ')}</bdi>`)}
          </p>`
    }
    ${
      changedOutside.length === 0
        ? nothing
        : html`<p class="warn">
            ${icon('warning')} <strong>${t('Outside the scratch copy, something changed meanwhile:')}</strong>
            <bdi>${changedOutside.slice(0, 5).join(', ')}</bdi
            >${t('{0}. The test, or somebody else, wrote there.', changedOutside.length > 5 ? t(' and {0} more', changedOutside.length - 5) : '')}
          </p>`
    }
    ${runs.map(runView)} ${proved || verdict.kind === 'stopped' ? nothing : mendButton(context, proof)}
  </div>`;
}

function runView({ phase, attempts, command, output }: ProofRun): TemplateResult {
  const ends = [...new Set(attempts.map(({ end }) => endWords(end)))].join(t(', then '));
  const took = elapsed(attempts.reduce((sum, { milliseconds }) => sum + milliseconds, 0));
  const times = attempts.length === 1 ? '' : t(' in {0} runs', attempts.length);
  return html`<details class="search proof-run">
    <summary>${phaseWords()[phase]}: <strong>${ends}</strong>${times}, ${took}</summary>
    <p><code>${command}</code></p>
    <pre tabindex="0" role="group" aria-label=${t('Last lines of output')}>
${output === '' ? t('(no output)') : output}</pre>
  </details>`;
}

/** Claude gets the output with the next question of step 6 anyway; this is that question. */
function mendButton(
  { incident, surroundings, actions }: PanelContext,
  { runId, verdict, evidenceId }: Proof,
): TemplateResult {
  const shown = evidenceId === undefined ? '' : ` Its output is ${evidenceId}.`;
  const found = inEnglish(() => `${verdictTitle(verdict)}. ${verdictMeaning(verdict)}`);
  const followUp = `The fix of ${runId} was tried in a scratch copy. ${found}${shown} Mend the fix or its test, whichever is wrong, and record the whole fix again with all four parts.`;
  return html`<div class="row">
    <vscode-button
      appearance="primary"
      ?disabled=${!surroundings.hasKey || activeRun(incident) !== undefined || actions.isPending('proof')}
      @click=${() => actions.send('proof', { type: 'ask', step: 'fix', followUp })}
      >${icon('sparkle')}&nbsp;${t('Ask Claude to Mend It')}</vscode-button
    >
  </div>`;
}
