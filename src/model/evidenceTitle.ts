import { plural, t } from './l10n.ts';
import { roleName } from './names.ts';
import { counted as number, shownByForm } from './shownForm.ts';
import type { ShownForm } from './shownForm.ts';
import { suspectRoles } from './suspect.ts';

const errors = (written?: string): string => plural(number(written), '{0} error', '{0} errors');
const warnings = (written?: string): string => plural(number(written), '{0} warning', '{0} warnings');
const commits = (written?: string): string => plural(number(written), '{0} commit', '{0} commits');
const files = (written = ''): string =>
  written === 'all files' ? t('all files') : plural(number(written.split(' ')[0]), '{0} file', '{0} files');

/** The forms that the titles of evidence have, the narrow ones first; what none fits is the name of something. */
const forms: readonly ShownForm[] = [
  () => t('Error message'),
  () => t('Clipboard'),
  (step = '') => t('Your reply in step {0}', step),
  () => t('The only commit'),
  [/^Last ([\d,]+) commits$/, (count) => t('Last {0}', commits(count))],
  [/^Changes since (.+), (all files|\d+ files?)$/, (since = '', of) => t('Changes since {0}, {1}', since, files(of))],
  [
    /^History of (\d+) failing lines?(?:, (\d+) commits? close to them)?$/,
    (lines, close) =>
      [
        plural(number(lines), 'History of {0} failing line', 'History of {0} failing lines'),
        ...(close === undefined
          ? []
          : [plural(number(close), '{0} commit close to them', '{0} commits close to them')]),
      ].join(', '),
  ],
  [
    /^Callers of (\d+) changed functions?: (\d+) places?$/,
    (changed, places) =>
      `${plural(number(changed), 'Callers of {0} changed function', 'Callers of {0} changed functions')}: ${plural(number(places), '{0} place', '{0} places')}`,
  ],
  [
    /^(\d+) environment variables?(?:, (\d+) not declared)?(?:, (\d+) doubtful)?$/,
    (all, missing, doubtful) =>
      [
        plural(number(all), '{0} environment variable', '{0} environment variables'),
        ...(missing === undefined ? [] : [t('{0} not declared', missing)]),
        ...(doubtful === undefined ? [] : [t('{0} doubtful', doubtful)]),
      ].join(', '),
  ],
  [/^Production has what is needed of .+$/, () => t('Production has what is needed')],
  (names = '', more = '') => t('Production lacks {0} and {1} more', names, more),
  (names = '') => t('Production lacks {0}', names),
  (count) => plural(number(count), '{0} problem', '{0} problems'),
  [
    /^git bisect with the fix’s test: no single commit$/,
    () => t('git bisect with the fix’s test: {0}', t('no single commit')),
  ],
  (hash = '') => t('git bisect with the fix’s test: {0}', hash),
  (command = '') => t('{0}, ended', command),
  (name = '') => t('Failed test: {0}', name),
  (name = '') => t('Stack of {0}', name),
  (name = '') => t('Debug console: {0}', name),
  (name = '') => t('Selection in {0}', name),
  (name = '') => t('Last output of {0}', name),
  [
    /^(.+), digest: ([\d,]+) errors?, ([\d,]+) warnings?$/,
    (name = '', failed, warned) => t('{0}, digest: {1}, {2}', name, errors(failed), warnings(warned)),
  ],
  [/^(.+), last (\d+) lines$/, (name = '', lines = '') => t('{0}, last {1} lines', name, lines)],
  [
    /^(.+), lines (\d+) to (\d+), as they are now$/,
    (name = '', first = '', last = '') => t('{0}, lines {1} to {2}, as they are now', name, first, last),
  ],
  [/^(.+), lines (\d+) to (\d+)$/, (name = '', first = '', last = '') => t('{0}, lines {1} to {2}', name, first, last)],
  [/^(.+), line (\d+)$/, (name = '', line = '') => `${name}${t(', line {0}', line)}`],
  [/^(.+), (\d+) lines?$/, (name = '', lines) => `${name}, ${plural(number(lines), '{0} line', '{0} lines')}`],
  [/^(.+), exit code (\d+)$/, (command = '', code = '') => t('{0}, exit code {1}', command, code)],
  (command = '') => t('{0}, still running', command),
  [
    /^(.+) \((origin|caller|configuration)\)$/,
    (path = '', role = '') => `${path} (${roleName(suspectRoles.find((one) => one === role) ?? 'origin')})`,
  ],
];

/**
 * A piece of evidence's title where it is shown, in the reader's language. Its own is English, since Claude reads it, and
 * is made of a name and few words: those are known by their form.
 */
export function evidenceTitle({ title }: { readonly title: string }): string {
  return shownByForm(title, forms);
}
