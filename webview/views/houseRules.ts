import { html, nothing } from 'lit-html';
import type { TemplateResult } from 'lit-html';
import { t, tParts } from '../../src/model/l10n.ts';
import type { StepId } from '../../src/model/steps.ts';
import type { PanelContext } from './context.ts';
import { icon } from './icon.ts';

/** The lines of the debugging protocol that go into this step's question, each a link to where it stands. */
export function houseRules({ surroundings, actions }: PanelContext, step: StepId): TemplateResult | typeof nothing {
  const rules = surroundings.houseRules;
  const lines = rules?.lines.filter(({ steps }) => steps.includes(step)) ?? [];
  if (rules === undefined || lines.length === 0) return nothing;
  return html`<ul class="house-rules dim" aria-label=${t('House rules that go into the question')}>
    ${lines.map(
      ({ line, text }) =>
        html`<li>
          ${icon('law')}
          <button
            type="button"
            class="link"
            title=${t('Applied to this step’s question. Opens the line.')}
            @click=${() => actions.send(`step:${step}`, { type: 'openFile', path: rules.path, line })}
          >
            ${tParts('{0}, line {1}', html`<bdi>${rules.path}</bdi>`, line)}</button
          >: <bdi>${text}</bdi>
        </li>`,
    )}
  </ul>`;
}

/** Where there are no house rules yet, the way to write them down. */
export function protocolOffer({ surroundings, actions }: PanelContext): TemplateResult | typeof nothing {
  if (surroundings.houseRules !== undefined || surroundings.folders.length === 0) return nothing;
  return html`<p class="hint offer">
    ${t('Log locations, staging and the rollback command can stand in CLAUDE.md, for this panel and for every other session.')}
    <button
      type="button"
      class="link"
      @click=${() => actions.send('step:orient', { type: 'runCommand', command: 'addProtocol' })}
    >
      ${t('Add the debugging protocol to CLAUDE.md')}
    </button>
  </p>`;
}
