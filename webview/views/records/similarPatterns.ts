import { html, nothing } from 'lit-html';
import type { TemplateResult } from 'lit-html';
import { activeRun } from '../../../src/model/incident.ts';
import { t } from '../../../src/model/l10n.ts';
import type { Fix } from '../../../src/model/records.ts';
import type { Run } from '../../../src/model/reply.ts';
import { similarPlaces } from '../../../src/model/similarPattern.ts';
import type { CheckedPattern } from '../../../src/model/similarPattern.ts';
import type { PanelContext } from '../context.ts';
import { icon } from '../icon.ts';
import { fileLink } from '../links.ts';

const place = 'record:fix';

/** The similar places that Claude named, each with whether it is really there, and the way to fix them with it. */
export function similarPatterns(context: PanelContext, run: Run, data: Fix): TemplateResult | typeof nothing {
  if (data.similarPatterns.length === 0) return nothing;
  const places = similarPlaces(data, run.checkedPatterns);
  return html`<h3 class="list-title">${t('The same pattern elsewhere')}</h3>
    <ul class="bullets">
      ${data.similarPatterns.map((pattern, index) => {
        const checked = run.checkedPatterns?.find((one) => one.index === index);
        const line = checked?.place.kind === 'moved' ? checked.place.line : pattern.line;
        return html`<li>
          ${fileLink(context, place, pattern.path, line)} ${placeLabel(checked, pattern.line)} <bdi>${pattern.why}</bdi>
        </li>`;
      })}
    </ul>
    ${
      places.length === 0
        ? html`<p class="hint">${t('None of these places is in the files. Reply to ask Claude to look again.')}</p>`
        : html`<div class="row">
            <button
              type="button"
              class="plain-button"
              ?disabled=${activeRun(context.incident) !== undefined || context.actions.isPending(place)}
              @click=${() => context.actions.send(place, { type: 'fixSimilar' })}
            >
              ${icon('copy')}
              ${places.length === 1 ? t('Fix both and write tests for both') : t('Fix all and write tests for all')}
            </button>
          </div>`
    }`;
}

/** What the lookup in the files showed; nothing where nobody looked yet. */
function placeLabel(checked: CheckedPattern | undefined, line: number | undefined): TemplateResult | typeof nothing {
  if (checked === undefined) return nothing;
  const { place: found, by } = checked;
  switch (found.kind) {
    case 'found':
      return html`<span class="label ok"
        >${icon('check')} ${by === 'line' && line !== undefined ? t('the line is there') : t('found')}</span
      >`;
    case 'moved':
      return html`<span class="label">${icon('arrow-right')} ${t('moved to line {0}', found.line)}</span>`;
    case 'notFound':
      return html`<span class="label warn">${icon('warning')} ${t('not found: {0}', reasons()[found.reason])}</span>`;
    case 'notChecked':
      return html`<span class="label">${t('not looked up')}</span>`;
  }
}

const reasons = () =>
  ({
    noFile: t('no such file'),
    notTracked: t('Git ignores the file'),
    noSuchLine: t('the file is shorter'),
    otherText: t('the text is not in the file'),
  }) as const;
