import { html, nothing } from 'lit-html';
import type { TemplateResult } from 'lit-html';
import type { Hunt } from '../../../src/model/hunt.ts';
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
  return html`<div class="proof" role="group" aria-label="Regression hunt">
    <h3 class="list-title">Regression hunt</h3>
    ${latest === undefined || proving?.kind === 'hunting' ? nothing : result(context, latest)}
    ${
      proving?.kind === 'hunting'
        ? progress(context, proving)
        : !trusted
          ? quiet(context, { kind: 'restricted', what: 'running tests' })
          : canHunt
            ? start(context, latest !== undefined)
            : nothing
    }
    ${failureAt(context, place)}
  </div>`;
}

function start({ incident, surroundings, actions, now }: PanelContext, again: boolean): TemplateResult {
  const disabled = surroundings.proving !== undefined || actions.isPending(place);
  return html`<p class="hint">
      Finds the commit that brought the bug: git bisect in a scratch copy, from
      <bdi>${baselineWords(incident.baseline, now)}</bdi> to HEAD, with the proved test as its judge.
    </p>
    <div class="row">
      <vscode-button
        appearance="secondary"
        ?disabled=${disabled}
        @click=${() => actions.send(place, { type: 'startHunt', firstParent: false })}
        >${icon('search')}&nbsp;${again ? 'Hunt Again' : 'Hunt the Commit'}</vscode-button
      >
      <button
        type="button"
        class="plain-button"
        title="Judges each merge as one commit: for branches that were never whole by themselves"
        ?disabled=${disabled}
        @click=${() => actions.send(place, { type: 'startHunt', firstParent: true })}
      >
        ${icon('git-merge')} Merges Only
      </button>
    </div>`;
}

function progress({ actions }: PanelContext, state: Extract<ProvingState, { kind: 'hunting' }>): TemplateResult {
  const { commit, stepsLeft, startedAt, command } = state;
  return html`<div class="card" aria-busy="true">
    <p class="row">
      ${spinner}
      <span class="grow"
        >${
          commit === undefined
            ? 'Making a scratch copy'
            : html`Testing <bdi class="mono">${commit.hash.slice(0, 10)}</bdi> <bdi>${commit.subject}</bdi>`
        }${stepsLeft === 0 ? nothing : html`, about ${stepsLeft} more`}</span
      >
    </p>
    <p class="row">
      <vscode-button @click=${() => actions.send(place, { type: 'stopProving' })}
        >${icon('debug-stop')}&nbsp;Stop</vscode-button
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
              aria-label="Open Diff of ${found.hash.slice(0, 10)}"
              @click=${() => actions.send(place, { type: 'showCommit', commit: found.hash })}
            >
              ${icon('diff')} Open Diff
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
      ${testedWords(hunt)}, in ${elapsed(endedAt - startedAt)}, from <bdi class="mono">${good.slice(0, 10)}</bdi> to
      <bdi class="mono">${bad.slice(0, 10)}</bdi>${firstParent ? ', merges as one commit' : ''}.
    </p>
  </div>`;
}
