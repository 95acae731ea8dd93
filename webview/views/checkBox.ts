import { html } from 'lit-html';
import type { TemplateResult } from 'lit-html';
import { live } from 'lit-html/directives/live.js';
import { isChecked } from '../components.ts';

/**
 * A check box that shows what the host says. The toolkit names the box by its text once, when it is put into the
 * page, and would call it "Checkbox" without one; the attribute keeps the name right afterwards.
 */
export function checkBox(options: {
  readonly label: string;
  readonly checked: boolean;
  readonly disabled?: boolean;
  readonly onTick: (wanted: boolean) => void;
}): TemplateResult {
  const { label, checked, disabled = false, onTick } = options;
  const change = (event: Event): void => {
    // It also tells of changes that this template makes itself; so the listener must be renewed before the state.
    const wanted = isChecked(event);
    if (wanted !== checked) onTick(wanted);
  };
  return html`<vscode-checkbox aria-label=${label} ?disabled=${disabled} @change=${change} .checked=${live(checked)}
    >${label}</vscode-checkbox
  >`;
}
