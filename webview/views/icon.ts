import { html } from 'lit-html';
import type { TemplateResult } from 'lit-html';

/** A codicon without a name of its own: there is always a word beside it, or a label on its button. */
export function icon(name: string): TemplateResult {
  return html`<span class="codicon codicon-${name}" aria-hidden="true"></span>`;
}

/** The moving icon of something that is going on; it stands still where the user asked for less motion. */
export const spinner = html`<span class="codicon codicon-loading codicon-modifier-spin" aria-hidden="true"></span>`;
