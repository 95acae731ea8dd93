import { t } from '../src/model/l10n.ts';
import type { Actions, Place } from './actions.ts';
import { LateReplyText } from './lateReplyText.ts';
import type { StreamedMarkdown } from './markdown/streamedMarkdown.ts';

/** Something that shows one text that grows. `end` says that it grows no more. */
export type ReplyText = Pick<StreamedMarkdown, 'append' | 'replace' | 'end' | 'dispose'>;

/** Shows a reply's text in a container; what fails on a click in it is shown at `place`. */
export type ReplyTextFactory = (container: HTMLElement, place: Place) => ReplyText;

/** Characters of the word after a fence that the host takes; no language has a longer name. */
const longestFenceWord = 200;

/** Milliseconds for which a copy button says that it has copied. */
const copiedFor = 2000;

/**
 * Makes Markdown of replies, with their references to files and evidence as links into the editor. Its script is asked
 * for here and now, and not waited for: the panel is there before it.
 */
export function replyTextFactory(actions: Actions): ReplyTextFactory {
  const markdown = import('./markdown/streamedMarkdown.ts');
  return (container, place) =>
    new LateReplyText(
      container,
      markdown,
      ({ StreamedMarkdown }) =>
        new StreamedMarkdown(container, {
          onFileReference: ({ path, line, column }) =>
            void actions.send(place, {
              type: 'openFile',
              path,
              ...(line === undefined ? {} : { line }),
              ...(column === undefined ? {} : { column }),
            }),
          onCitation: ({ id, line }) =>
            void actions.send(place, {
              type: 'previewEvidence',
              evidenceId: id,
              ...(line === undefined ? {} : { line }),
            }),
          onCopyCode: (code, button) => void copy(actions, place, code, button),
          onOpenCode: (code, fenceWord) =>
            void actions.send(place, { type: 'openCode', code, fenceWord: fenceWord.slice(0, longestFenceWord) }),
        }),
    );
}

async function copy(actions: Actions, place: Place, code: string, button: HTMLButtonElement): Promise<void> {
  if (!(await actions.send(place, { type: 'copyText', text: code }))) return;
  say(button, t('Copied'), t('Copied code'));
  setTimeout(() => say(button, t('Copy'), t('Copy code')), copiedFor);
}

/** The name says it too: it is what a screen reader reads again where the focus is. */
function say(button: HTMLButtonElement, word: string, name: string): void {
  button.textContent = word;
  button.setAttribute('aria-label', name);
}
