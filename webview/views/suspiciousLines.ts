import { html, nothing } from 'lit-html';
import type { TemplateResult } from 'lit-html';
import { evidenceTitle } from '../../src/model/evidenceTitle.ts';
import type { Evidence } from '../../src/model/evidence.ts';
import { plural, t } from '../../src/model/l10n.ts';
import type { StepId } from '../../src/model/steps.ts';
import type { SuspicionKind, SuspiciousLine } from '../../src/model/suspicion.ts';
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
      ${icon('warning')}
      <strong
        >${plural(lines.length, '{0} line that may try to instruct Claude.', '{0} lines that may try to instruct Claude.')}</strong
      >
      ${t('Look before you ask. Sent as data, marked as such; nothing in it is followed by the panel.')}
    </summary>
    <ul>
      ${lines.map(
        ({ item, line, kind, excerpt }) =>
          html`<li>
            <button
              type="button"
              class="link citation"
              title=${t('Show {0}, line {1}', evidenceTitle(item), line)}
              @click=${() => actions.send(`evidence:${step}`, { type: 'previewEvidence', evidenceId: item.id, line })}
            >
              [${item.id}:${line}]
            </button>
            <span class="dim">${kindWords()[kind]}:</span> <code><bdi>${excerpt}</bdi></code>
          </li>`,
      )}
    </ul>
  </details>`;
}

/** Lines that a search has shown to Claude: they have gone out, as data, and the user can weigh the reply by them. */
export function suspiciousHits(lines: readonly SuspiciousLine[] = []): TemplateResult | typeof nothing {
  if (lines.length === 0) return nothing;
  return html`<details class="suspicious notice warning">
    <summary>
      ${icon('warning')}
      <strong
        >${plural(lines.length, '{0} line that may try to instruct Claude.', '{0} lines that may try to instruct Claude.')}</strong
      >
      ${t('Claude got it as data, marked as such; weigh the reply by it.')}
    </summary>
    <ul>
      ${lines.map(
        ({ line, kind, excerpt }) =>
          html`<li>
            <span class="dim">${t('line {0}', line)}, ${kindWords()[kind]}:</span> <code><bdi>${excerpt}</bdi></code>
          </li>`,
      )}
    </ul>
  </details>`;
}

/** In the chip of a piece of evidence: how many of its lines are suspicious. */
export function suspiciousCount({ suspicious = [] }: Evidence): TemplateResult | typeof nothing {
  if (suspicious.length === 0) return nothing;
  return html`<span class="warn"
    >${icon('warning')} ${plural(suspicious.length, '{0} suspicious line', '{0} suspicious lines')}</span
  >`;
}

const kindWords = (): Readonly<Record<SuspicionKind, string>> => ({
  instruction: t('an instruction'),
  role: t('a fake speaker'),
  toolCall: t('a fake tool call'),
  hiddenText: t('hidden text, made visible'),
});
