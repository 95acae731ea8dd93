import { html, nothing } from 'lit-html';
import type { TemplateResult } from 'lit-html';
import type { Hunt } from '../../../src/model/hunt.ts';
import { t, tParts } from '../../../src/model/l10n.ts';
import { isProved } from '../../../src/model/proof.ts';
import { huntWords, testedWords } from '../../../src/model/proofWords.ts';
import type { ProvingState } from '../../../src/model/proving.ts';
import { baselineWords } from '../../baselineWords.ts';
import { elapsed } from '../../format.ts';
import type { PanelContext } from '../context.ts';
import { failureAt } from '../failureBox.ts';
import { icon, spinner } from '../icon.ts';
import { quiet } from '../notices.ts';

const place = 'hunt';

/** The search for the commit since which the proved test fails: offered once there is such a test. */
export function huntView(context: PanelContext): TemplateResult | typeof nothing {
  const { incident, surroundings } = context;
  const { proving, trusted } = surroundings;
  const latest = incident.hunts.at(-1);
  const canHunt = incident.proofs.some(isProved);
  if (!canHunt && latest === undefined) return nothing;
  return html`<div class="proof" role="group" aria-label=${t('Regression hunt')}>
    <h3 class="list-title">${t('Regression hunt')}</h3>
    ${latest === undefined || proving?.kind === 'hunting' ? nothing : result(context, latest)}
    ${
      proving?.kind === 'hunting'
        ? progress(context, proving)
        : !trusted
          ? quiet(context, { kind: 'restricted', what: t('running tests') })
          : canHunt
            ? start(context, latest !== undefined)
            : nothing
    }
    ${failureAt(context, place)}
  </div>`;
}

function start({ incident, surroundings, actions, now }: PanelContext, again: boolean): TemplateResult {
  const waits = surroundings.proving !== undefined;
  const disabled = waits || actions.isPending(place);
  return html`<p class="hint">
      ${tParts('Finds the commit that brought the bug: git bisect in a scratch copy, from {0} to HEAD, with the proved test as its judge.', html`<bdi>${baselineWords(incident.baseline, now)}</bdi>`)}
    </p>
    <div class="row">
      <vscode-button
        appearance="secondary"
        ?disabled=${disabled}
        @click=${() => actions.send(place, { type: 'startHunt', firstParent: false })}
        >${icon('search')}&nbsp;${again ? t('Hunt Again') : t('Hunt the Commit')}</vscode-button
      >
      <button
        type="button"
        class="plain-button"
        title=${t('Judges each merge as one commit: for branches that were never whole by themselves')}
        ?disabled=${disabled}
        @click=${() => actions.send(place, { type: 'startHunt', firstParent: true })}
      >
        ${icon('git-merge')} ${t('Merges Only')}
      </button>
    </div>
    ${
      waits ? html`<p class="hint">${t('Step 6 has a proof under way. Finish or stop it there first.')}</p>` : nothing
    }`;
}

function progress({ actions }: PanelContext, state: Extract<ProvingState, { kind: 'hunting' }>): TemplateResult {
  const { commit, stepsLeft, startedAt, command } = state;
  return html`<div class="card" aria-busy="true">
    <p class="row">
      ${spinner}
      <span class="grow"
        >${
          commit === undefined
            ? t('Making a scratch copy')
            : tParts(
                'Testing {0} {1}',
                html`<bdi class="mono">${commit.hash.slice(0, 10)}</bdi>`,
                html`<bdi>${commit.subject}</bdi>`,
              )
        }${stepsLeft === 0 ? nothing : t(', about {0} more', stepsLeft)}</span
      >
    </p>
    <p class="row">
      <vscode-button appearance="secondary" @click=${() => actions.send(place, { type: 'stopProving' })}
        >${icon('debug-stop')}&nbsp;${t('Stop')}</vscode-button
      >
      <span class="dim"
        ><code>${command}</code> · <time class="mono" data-clock="stopwatch" data-since=${startedAt}></time
      ></span>
    </p>
  </div>`;
}

function result({ actions }: PanelContext, hunt: Hunt): TemplateResult {
  const { outcome, startedAt, endedAt, firstParent, good, bad } = hunt;
  const found = outcome.kind === 'found' ? outcome.culprit : undefined;
  return html`<div class="card verdict ${found === undefined ? '' : 'ok'}">
    <div class="row card-head">
      <h3 class="grow" dir="auto">
        ${icon(found === undefined ? 'info' : 'git-commit')} <bdi>${huntWords(outcome)}</bdi>
      </h3>
      ${
        found === undefined
          ? nothing
          : html`<button
              type="button"
              class="plain-button"
              aria-label=${t('Open Diff of {0}', found.hash.slice(0, 10))}
              @click=${() => actions.send(place, { type: 'showCommit', commit: found.hash })}
            >
              ${icon('diff')} ${t('Open Diff')}
            </button>`
      }
    </div>
    ${
      outcome.kind === 'undecided'
        ? html`<ul class="bullets">
            ${outcome.candidates.map(({ hash, subject }) => html`<li><bdi class="mono">${hash.slice(0, 10)}</bdi> <bdi>${subject}</bdi></li>`)}
          </ul>`
        : nothing
    }
    <p class="hint">
      ${tParts('{0}, in {1}, from {2} to {3}{4}.', testedWords(hunt), elapsed(endedAt - startedAt), html`<bdi class="mono">${good.slice(0, 10)}</bdi>`, html`<bdi class="mono">${bad.slice(0, 10)}</bdi>`, firstParent ? t(', merges as one commit') : '')}
    </p>
  </div>`;
}
