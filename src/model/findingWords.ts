import { t } from './l10n.ts';

/** What the editor's own parts may have nothing of. */
export type Finding = 'problems' | 'testFailure' | 'exception' | 'debugOutput';

/** Why nothing was taken from one of the editor's own parts, or from the reply box, and what to do. */
export function nothingFound(what: Finding | 'reply'): { readonly what: string; readonly next: string } {
  switch (what) {
    case 'reply':
      return { what: t('The reply box is empty.'), next: t('Write what Claude should know first.') };
    case 'problems':
      return {
        what: t('The editor has no problems to add.'),
        next: t('Open the file that is wrong, so that its tools look at it.'),
      };
    case 'testFailure':
      return {
        what: t('This is not a test that has run.'),
        next: t('Run the tests, then right-click one that failed.'),
      };
    case 'exception':
      return {
        what: t('The debugger is not stopped anywhere.'),
        next: t('Stop at an exception or a breakpoint, or add the debug console’s output.'),
      };
    case 'debugOutput':
      return {
        what: t('The debug console has printed nothing since the incident was opened.'),
        next: t('Start debugging again, or add the clipboard.'),
      };
  }
}
