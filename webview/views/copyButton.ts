import { html } from 'lit-html';
import type { TemplateResult } from 'lit-html';
import { t } from '../../src/model/l10n.ts';
import type { Place } from '../actions.ts';
import type { PanelContext } from './context.ts';
import { icon } from './icon.ts';

/** Puts a text on the clipboard, and says for a moment that it has. `what` is what a screen reader calls the text. */
export function copyButton({ actions }: PanelContext, place: Place, text: string, what: string): TemplateResult {
  const copied = actions.isCopied(text);
  return html`<button
    type="button"
    class="plain-button copy"
    aria-label=${copied ? t('Copied {0}', what) : t('Copy {0}', what)}
    @click=${() => actions.copy(place, text, { type: 'copyText', text })}
  >
    ${icon(copied ? 'check' : 'copy')} ${copied ? t('Copied') : t('Copy')}
  </button>`;
}

/** A command to run by hand: nothing here runs it. */
export function commandLine(context: PanelContext, place: Place, command: string, what: string): TemplateResult {
  return html`<p class="row command"><code>${command}</code> ${copyButton(context, place, command, what)}</p>`;
}
