import { html, nothing } from 'lit-html';
import type { TemplateResult } from 'lit-html';
import { t } from '../../../src/model/l10n.ts';
import type { Culprits } from '../../../src/model/records.ts';
import type { Run } from '../../../src/model/reply.ts';
import { readCommitName, shortId } from '../../commitName.ts';
import type { PanelContext } from '../context.ts';
import { icon } from '../icon.ts';
import { citationLinks } from '../links.ts';
import { groundingBadge } from './grounding.ts';
import { restsOn } from './restsOn.ts';

const place = 'record:regression';

/** The commits that could have caused it, each with the reason, what that rests on, and its diff. */
export function culpritCards(context: PanelContext, run: Run, data: Culprits): TemplateResult {
  if (data.commits.length === 0)
    return html`<p class="hint">${t('No commit was found that could have caused this.')}</p>`;
  return html`<ol class="cards">
    ${data.commits.map((culprit, index) => card(context, run, culprit, index))}
  </ol>`;
}

function card(context: PanelContext, run: Run, culprit: Culprits['commits'][number], index: number): TemplateResult {
  const { id, subject } = readCommitName(culprit.commit);
  return html`<li class="card">
    <div class="row card-head">
      <h3 class="grow">
        ${icon('git-commit')} ${id === undefined ? nothing : html`<bdi class="mono">${shortId(id)}</bdi>`}
        <bdi>${subject}</bdi>
      </h3>
      ${groundingBadge(run, index)} ${id === undefined ? nothing : openDiff(context, id)}
    </div>
    <p class="prose" dir="auto">${culprit.reason}</p>
    <dl>${restsOn(citationLinks(context, place, culprit.citations))}</dl>
  </li>`;
}

function openDiff({ actions }: PanelContext, commit: string): TemplateResult {
  return html`<button
    type="button"
    class="plain-button"
    aria-label=${t('Open Diff of {0}', shortId(commit))}
    @click=${() => actions.send(place, { type: 'showCommit', commit })}
  >
    ${icon('diff')} ${t('Open Diff')}
  </button>`;
}
