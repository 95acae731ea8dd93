import { html, nothing } from 'lit-html';
import type { TemplateResult } from 'lit-html';
import type { BlastRadius } from '../../../src/model/records.ts';
import type { PanelContext } from '../context.ts';
import { icon } from '../icon.ts';
import { citationLinks } from '../links.ts';
import { restsOn } from './restsOn.ts';

const place = 'record:blastRadius';

/** What else could break, what to watch for thirty minutes, how to roll out safely and how to go back. */
export function blastRadiusCards(context: PanelContext, data: BlastRadius): TemplateResult {
  return html`${facts(
      'What else could break',
      data.risks.map(({ what, why }) => [what, why] as const),
    )}
    ${facts(
      'Watch for 30 minutes',
      data.monitors.map(({ what, threshold }) => [what, threshold] as const),
    )}
    <h3 class="list-title">Safer rollout</h3>
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
    ${data.rollback === undefined ? nothing : rollback(context, data.rollback)}
    <dl>${restsOn(citationLinks(context, place, data.citations))}</dl>`;
}

function facts(title: string, pairs: readonly (readonly [string, string])[]): TemplateResult | typeof nothing {
  if (pairs.length === 0) return nothing;
  return html`<h3 class="list-title">${title}</h3>
    <ul class="bullets">
      ${pairs.map(
        ([what, detail]) =>
          html`<li>
            <strong><bdi>${what}</bdi></strong
            >: <bdi>${detail}</bdi>
          </li>`,
      )}
    </ul>`;
}

function rollback({ actions }: PanelContext, command: string): TemplateResult {
  return html`<h3 class="list-title">To roll back</h3>
    <p class="row command">
      <code class="grow">${command}</code>
      <button
        type="button"
        class="plain-button"
        @click=${() => actions.send(place, { type: 'copyText', text: command })}
      >
        ${icon('copy')} Copy
      </button>
    </p>`;
}
