import { html, nothing } from 'lit-html';
import type { TemplateResult } from 'lit-html';
import type { KnownCaller } from '../../../src/model/caller.ts';
import { joinRisks, knownCallers } from '../../../src/model/joinedRisks.ts';
import type { JoinedRisk, JoinedRisks } from '../../../src/model/joinedRisks.ts';
import { plural, t, tParts } from '../../../src/model/l10n.ts';
import type { BlastRadius } from '../../../src/model/records.ts';
import type { PanelContext } from '../context.ts';
import { commandLine } from '../copyButton.ts';
import { icon } from '../icon.ts';
import { citationLinks, fileLink } from '../links.ts';
import { restsOn } from './restsOn.ts';
import { watchListView } from './watchList.ts';

const place = 'record:blastRadius';

/** What else could break, what to watch after the deploy, how to roll out safely and how to go back. */
export function blastRadiusCards(context: PanelContext, data: BlastRadius): TemplateResult {
  return html`${risks(context, data.risks)} ${watchListView(context)}
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

const known = new WeakMap<
  BlastRadius['risks'],
  { readonly callers: readonly KnownCaller[]; readonly joined: JoinedRisks }
>();

/** Neither changes once it is recorded, and a panel renders often. */
function joinedOnce(list: BlastRadius['risks'], callers: readonly KnownCaller[]): JoinedRisks {
  const earlier = known.get(list);
  if (earlier?.callers === callers) return earlier.joined;
  const joined = joinRisks(list, callers);
  known.set(list, { callers, joined });
  return joined;
}

/** Each risk with the callers that it speaks of, then those of which none does: they are still to be thought through. */
function risks(context: PanelContext, list: BlastRadius['risks']): TemplateResult | typeof nothing {
  const { risks: joined, notMentioned } = joinedOnce(list, knownCallers(context.incident));
  return html`${
    joined.length === 0
      ? nothing
      : html`<h3 class="list-title">${t('What else could break')}</h3>
          <ul class="bullets">
            ${joined.map((risk) => riskItem(context, risk))}
          </ul>`
  }
  ${notMentionedCallers(context, notMentioned)}`;
}

function riskItem(context: PanelContext, { what, why, callers, elsewhere }: JoinedRisk): TemplateResult {
  return html`<li>
    <strong><bdi>${what.replace(/[.:;\s]+$/, '')}</bdi></strong
    >: <bdi>${why}</bdi>
    ${callers.length === 0 ? nothing : html`<div class="callers">${t('Callers:')} ${callerLinks(context, callers)}</div>`}
    ${
      elsewhere.length === 0
        ? nothing
        : html`<div class="callers">
            ${t('Not among the callers found:')}
            ${elsewhere.map(({ path, line }) => html`<span class="caller">${fileLink(context, place, path, line)}</span>`)}
          </div>`
    }
  </li>`;
}

function notMentionedCallers(context: PanelContext, callers: readonly KnownCaller[]): TemplateResult | typeof nothing {
  if (callers.length === 0) return nothing;
  return html`<div class="not-mentioned">
    <h3 class="list-title">
      ${icon('warning')}
      ${plural(callers.length, 'A caller that no risk mentions', '{0} callers that no risk mentions')}
    </h3>
    <div class="callers">${callerLinks(context, callers)}</div>
  </div>`;
}

function callerLinks(context: PanelContext, callers: readonly KnownCaller[]): readonly TemplateResult[] {
  return callers.map(
    ({ path, line, in: inside }) =>
      html`<span class="caller"
        >${fileLink(context, place, path, line)}${
          inside === undefined
            ? nothing
            : html` <span class="dim">${tParts('in {0}', html`<bdi>${inside}</bdi>`)}</span>`
        }</span
      >`,
  );
}

/** What the reply says about going back, where CLAUDE.md does not say the same. */
function rollback(context: PanelContext, command: string | undefined): TemplateResult | typeof nothing {
  const known = context.surroundings.houseRules?.rollbackCommand;
  if (command === undefined || command.trim() === known?.trim()) return nothing;
  return html`<h3 class="list-title">${t('To roll back, as Claude says')}</h3>
    ${commandLine(context, place, command, t('Claude’s rollback command'))}`;
}
