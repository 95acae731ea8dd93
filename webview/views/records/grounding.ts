import { html, nothing } from 'lit-html';
import type { TemplateResult } from 'lit-html';
import type { StepRecord } from '../../../src/model/records.ts';
import { explainUngrounded } from '../../../src/wording.ts';
import type { PanelContext } from '../context.ts';
import { icon } from '../icon.ts';

/**
 * The mark of a claim that does not rest on what Claude was shown, with the reason; nothing for one that does, and for
 * one that nobody checked (an older journal). `index` is the claim's place in a record of several.
 */
export function groundingBadge(
  { incident }: PanelContext,
  record: StepRecord,
  index?: number,
): TemplateResult | typeof nothing {
  const run = incident.runs.find((one) => one.record === record);
  const claim = run?.grounding?.find((one) => one.index === index);
  if (claim?.grounding !== 'notGrounded') return nothing;
  return html`<span class="label warn">${icon('warning')} not grounded: <bdi>${explainUngrounded(claim)}</bdi></span>`;
}
