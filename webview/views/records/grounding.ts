import { html, nothing } from 'lit-html';
import type { TemplateResult } from 'lit-html';
import { tParts } from '../../../src/model/l10n.ts';
import type { Run } from '../../../src/model/reply.ts';
import { explainUngrounded } from '../../../src/wording.ts';
import { unturned } from '../../shownNames.ts';
import { icon } from '../icon.ts';

/**
 * The mark of a claim that does not rest on what Claude was shown, with the reason; nothing for one that does, and for
 * one that nobody checked (an older journal). `index` is the claim's place in a record of several.
 */
export function groundingBadge({ grounding }: Run, index?: number): TemplateResult | typeof nothing {
  const claim = grounding?.find((one) => one.index === index);
  if (claim?.grounding !== 'notGrounded') return nothing;
  return html`<span class="label warn"
    >${icon('warning')} ${tParts('not grounded: {0}', html`<bdi>${unturned(explainUngrounded(claim))}</bdi>`)}</span
  >`;
}
