import { html, nothing } from 'lit-html';
import type { TemplateResult } from 'lit-html';
import type { Failure } from '../../src/model/failure.ts';
import { t } from '../../src/model/l10n.ts';
import { explain } from '../../src/wording.ts';
import type { Place } from '../actions.ts';
import { unturned } from '../shownNames.ts';
import type { PanelContext } from './context.ts';
import { icon } from './icon.ts';

/** The failure of the last intent that was sent from a place, right beside it, until it is tried again or dismissed. */
export function failureAt(context: PanelContext, place: Place): TemplateResult | typeof nothing {
  const failure = context.actions.failureAt(place);
  if (failure === undefined) return nothing;
  return html`<div class="notice error" role="alert">
    ${failureText(context, failure, place)} ${failure.kind === 'overBudget' ? askAnyway(context, place) : nothing}
    <button
      type="button"
      class="icon-button"
      aria-label=${t('Dismiss')}
      title=${t('Dismiss')}
      @click=${() => context.actions.dismiss(place)}
    >
      ${icon('close')}
    </button>
  </div>`;
}

/** Sends what was kept back once more, with the user's word. A reply that was typed is then sent. */
function askAnyway({ actions, view }: PanelContext, place: Place): TemplateResult | typeof nothing {
  const intent = actions.lastIntent(place);
  if (intent?.type !== 'ask' && intent?.type !== 'continueReply' && intent?.type !== 'askForRecord') return nothing;
  const send = async (): Promise<void> => {
    const went = await actions.send(place, { ...intent, beyondBudget: true });
    if (went && intent.type === 'ask' && intent.followUp !== undefined)
      view.clearDraft(`reply:${intent.step}`, intent.followUp);
  };
  return html`<vscode-button appearance="secondary" @click=${send}>${t('Ask Anyway')}</vscode-button>`;
}

/** Characters of a sentence at most: what names and servers say in it must not bury what to do. */
const longestSentence = 400;

/** A sentence without what turns the direction of the words after it, cut where it would flood the panel. */
function bounded(words: string): string {
  const plain = unturned(words);
  return plain.length <= longestSentence ? plain : `${plain.slice(0, longestSentence)}…`;
}

/** What happened and what to do next, with the button that does it. */
export function failureText(
  context: PanelContext,
  failure: Failure,
  place: Place,
  severity: 'error' | 'info' = 'error',
): TemplateResult {
  const { what, next, action } = explain(failure);
  return html`${icon(severity)}
    <p class="grow"><strong>${bounded(what)}</strong> ${bounded(next)}</p>
    ${
      action === undefined
        ? nothing
        : html`<vscode-button
            appearance="secondary"
            @click=${() => context.actions.send(place, { type: 'runCommand', command: action.command })}
            >${action.label}</vscode-button
          >`
    }`;
}
