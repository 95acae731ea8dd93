import { t } from '../src/model/l10n.ts';
import type { Actions, Place } from './actions.ts';
import { LateReplyText } from './lateReplyText.ts';
import type { StreamedMarkdown } from './markdown/streamedMarkdown.ts';

/** Something that shows one text that grows. `end` says that it grows no more. */
export type ReplyText = Pick<StreamedMarkdown, 'append' | 'replace' | 'end' | 'dispose'>;

/** Shows a reply's text in a container; what fails on a click in it is shown at `place`. */
export type ReplyTextFactory = (container: HTMLElement, place: Place) => ReplyText;

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
        }),
    );
}

async function copy(actions: Actions, place: Place, code: string, button: HTMLButtonElement): Promise<void> {
  if (!(await actions.send(place, { type: 'copyText', text: code }))) return;
  const word = button.textContent;
  button.textContent = t('Copied');
  setTimeout(() => (button.textContent = word), copiedFor);
}
