import { html, nothing } from 'lit-html';
import type { TemplateResult } from 'lit-html';
import type { Evidence } from '../../src/model/evidence.ts';
import type { StepId } from '../../src/model/steps.ts';
import type { SuspicionKind } from '../../src/model/suspicion.ts';
import { count } from '../format.ts';
import type { PanelContext } from './context.ts';
import { icon } from './icon.ts';

/** Lines of evidence that speak to a model or hide text, each a link to its place. They are sent as data all the same. */
export function suspiciousLines(
  { actions }: PanelContext,
  step: StepId,
  items: readonly Evidence[],
): TemplateResult | typeof nothing {
  const lines = items.flatMap((item) => (item.suspicious ?? []).map((noted) => ({ item, ...noted })));
  if (lines.length === 0) return nothing;
  return html`<details class="suspicious notice warning">
    <summary>
      ${icon('warning')} <strong>${count(lines.length, 'line')} that may try to instruct Claude.</strong> Look before
      you ask. Sent as data, marked as such; nothing in it is followed by the panel.
    </summary>
    <ul>
      ${lines.map(
        ({ item, line, kind, excerpt }) =>
          html`<li>
            <button
              type="button"
              class="link citation"
              title=${`Show ${item.title}, line ${line}`}
              @click=${() => actions.send(`evidence:${step}`, { type: 'previewEvidence', evidenceId: item.id, line })}
            >
              [${item.id}:${line}]
            </button>
            <span class="dim">${kindWords[kind]}:</span> <code><bdi>${excerpt}</bdi></code>
          </li>`,
      )}
    </ul>
  </details>`;
}

/** In the chip of a piece of evidence: how many of its lines are suspicious. */
export function suspiciousCount({ suspicious = [] }: Evidence): TemplateResult | typeof nothing {
  if (suspicious.length === 0) return nothing;
  return html`<span class="warn">${icon('warning')} ${count(suspicious.length, 'suspicious line')}</span>`;
}

const kindWords: Readonly<Record<SuspicionKind, string>> = {
  instruction: 'an instruction',
  role: 'a fake speaker',
  toolCall: 'a fake tool call',
  hiddenText: 'hidden text, made visible',
};
