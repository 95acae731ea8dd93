import { listed, plural, t } from './l10n.ts';
import { counted, shownByForm } from './shownForm.ts';
import type { ShownForm } from './shownForm.ts';

const endings: readonly ShownForm[] = [
  () => t('still running'),
  () => t('ended'),
  (code = '') => t('exit code {0}', code),
];

const sources: readonly ShownForm[] = [
  () => t('pasted into the panel'),
  () => t('the clipboard'),
  () => t('the reply box'),
  () => t('the editor’s problems'),
  () => t('the test results'),
  (place = '') => t('the test results, {0}', place),
  (session = '') => t('the debugger, {0}', session),
  () => t('the debug console, what the program printed'),
  (name = '', ending = '') =>
    t('Terminal “{0}”, its last command ({1}), read through shell integration', name, shownByForm(ending, endings)),
  (name = '') => t('Terminal “{0}”, the lines that were selected in it', name),
  (since = '') => t('git blame of the stack trace’s frames; commits since {0}, the closest first', since),
  (folder = '') => t('Git history of {0}, no branch', folder),
  (folder = '', branch = '') => t('Git history of {0}, branch {1}', folder, branch),
  (folder = '', since = '') => t('git diff of {0}, {1} to the working tree', folder, since),
  (count) =>
    plural(
      counted(count),
      '{0} name that the user pasted, without values',
      '{0} names that the user pasted, without values',
    ),
  (paths = '') => t('Read by {0}; found without values', paths),
  (good = '', bad = '') => t('git bisect from {0} to {1}, first parents only', good, bad),
  (good = '', bad = '') => t('git bisect from {0} to {1}', good, bad),
  () => t('call hierarchy and references of VS Code; git grep, which finds any use of the name'),
  () => t('call hierarchy and references of VS Code'),
  () => t('git grep, which finds any use of the name'),
  () => t('the tests, run in a scratch copy of the repository'),
  (path = '') => t('{0}, with unsaved changes', path),
];

/** `1 hunk and 2 files`, each part by itself. */
const parts = (written: string, forms: readonly ShownForm[]): string =>
  listed(written.split(' and ').map((part) => shownByForm(part, forms)));

const diffParts: readonly ShownForm[] = [
  (count) => plural(counted(count), '{0} hunk', '{0} hunks'),
  (count) => plural(counted(count), '{0} file', '{0} files'),
  () => t('everything after the first megabytes'),
];

const textParts: readonly ShownForm[] = [
  (first = '', last = '') => t('lines {0} to {1}', first, last),
  () => t('the rest of a long line'),
];

const omissions: readonly ShownForm[] = [
  (count) => plural(counted(count), 'all but the first {0} character', 'all but the first {0} characters'),
  (count) => plural(counted(count), 'all but the last {0} character', 'all but the last {0} characters'),
  (count) => plural(counted(count), 'all but the last {0} line', 'all but the last {0} lines'),
  (count) => plural(counted(count), 'all but the first {0} problem', 'all but the first {0} problems'),
  (size = '') => t('output before the last {0}', size),
  () => t('older commits, which were not cloned'),
  (cloned = '', wanted = '') => t('only {0} of the last {1} commits were cloned', cloned, wanted),
  (commits = '') => t('the history has only {0}', commits),
  (count) => plural(counted(count), '{0} more place', '{0} more places'),
  (count) => plural(counted(count), 'the {0} line after these', 'the {0} lines after these'),
  (read = '', size = '') => t('only the last {0} of {1} read', read, size),
  () => t('the first line is cut at its start'),
  (size = '') => t('earlier lines of {0} not read', size),
  (count) => plural(counted(count), '{0} earlier line', '{0} earlier lines'),
  (size = '') => t('the first {0} of the file', size),
  () => t('what was cut off the file while it was read'),
  () => t('the end, since unpacking took too long'),
  () => t('the end, since reading took too long'),
  (count) => plural(counted(count), '{0} rarer shape of errors', '{0} rarer shapes of errors'),
  (count) => plural(counted(count), '{0} rarer shape of warnings', '{0} rarer shapes of warnings'),
  (count, shapes = '') =>
    plural(counted(count), '{0} record beyond the first {1} shapes', '{0} records beyond the first {1} shapes', shapes),
  () => t('all records that are neither errors nor warnings'),
  (what = '') => t('{0} of the diff', parts(what, diffParts)),
  (what = '') => t('{0}, for the size of a question', parts(what, textParts)),
];

/** Where a piece of evidence is from, where that is shown, in the reader's language; it is kept in English for Claude. */
export function evidenceSource({ source }: { readonly source: string }): string {
  return shownByForm(source, sources);
}

/** What was left out of a piece of evidence, where that is shown, in the reader's language: its notes, one by one. */
export function leftOutWords(omitted: string): string {
  return omitted
    .split('; ')
    .map((note) => shownByForm(note, omissions))
    .join('; ');
}
