import { html, nothing } from 'lit-html';
import type { TemplateResult } from 'lit-html';
import { t } from '../../../src/model/l10n.ts';
import type { BlastRadius } from '../../../src/model/records.ts';
import type { PanelContext } from '../context.ts';
import { commandLine } from '../copyButton.ts';
import { citationLinks } from '../links.ts';
import { restsOn } from './restsOn.ts';
import { watchListView } from './watchList.ts';

const place = 'record:blastRadius';

/** What else could break, what to watch after the deploy, how to roll out safely and how to go back. */
export function blastRadiusCards(context: PanelContext, data: BlastRadius): TemplateResult {
  return html`${risks(data.risks)} ${watchListView(context)}
    <h3 class="list-title">${t('Safer rollout')}</h3>
    <div class="card">
      <p class="prose" dir="auto">${data.rollout.strategy}</p>
      ${
        data.rollout.steps.length === 0
          ? nothing
          : html`<ol class="bullets">
              ${data.rollout.steps.map((rolloutStep) => html`<li dir="auto">${rolloutStep}</li>`)}
            </ol>`
      }
    </div>
    ${rollback(context, data.rollback)}
    <dl>${restsOn(citationLinks(context, place, data.citations))}</dl>`;
}

function risks(list: BlastRadius['risks']): TemplateResult | typeof nothing {
  if (list.length === 0) return nothing;
  return html`<h3 class="list-title">${t('What else could break')}</h3>
    <ul class="bullets">
      ${list.map(
        ({ what, why }) =>
          html`<li>
            <strong><bdi>${what.replace(/[.:;\s]+$/, '')}</bdi></strong
            >: <bdi>${why}</bdi>
          </li>`,
      )}
    </ul>`;
}

/** What the reply says about going back, where CLAUDE.md does not say the same. */
function rollback(context: PanelContext, command: string | undefined): TemplateResult | typeof nothing {
  const known = context.surroundings.houseRules?.rollbackCommand;
  if (command === undefined || command.trim() === known?.trim()) return nothing;
  return html`<h3 class="list-title">${t('To roll back, as Claude says')}</h3>
    ${commandLine(context, place, command, t('Claude’s rollback command'))}`;
}
