import { utcTime } from '../../model/errorRate.ts';
import { count } from '../../model/figures.ts';
import { shapeMark } from '../../model/logShape.ts';
import { formatBytes } from '../size.ts';
import type { LogBytesRead } from '../logBytes.ts';
import type { ClockFacts } from './clock.ts';
import type { LogDigest } from './digester.ts';
import { maxGroups, type ErrorGroup } from './groups.ts';

/** Shapes that are shown, of errors and of warnings. */
const maxErrorShapes = 15;
const maxWarningShapes = 5;
/** Of an example. */
const maxExampleLines = 30;
const maxExampleCharacters = 4000;

export interface DigestWords {
  readonly text: string;
  /** What was left out. */
  readonly omitted: string;
}

/** A digest as text: what was read, how times are to be understood, the rate, then each shape with its example. */
export function describeDigest(digest: LogDigest, read: LogBytesRead, rateWords: string | undefined): DigestWords {
  const errors = digest.groups.filter(({ level }) => level !== 'warning');
  const warnings = digest.groups.filter(({ level }) => level === 'warning');
  const shownErrors = errors.slice(0, maxErrorShapes);
  const shownWarnings = warnings.slice(0, maxWarningShapes);
  const shapes = [
    ...shownErrors.map((group, index) => describeGroup(group, index + 1, maxExampleLines)),
    ...shownWarnings.map((group, index) => describeGroup(group, shownErrors.length + index + 1, 1)),
  ];
  const head = [
    describeRead(digest, read),
    ...describeClock(digest.clock),
    `${count(digest.errorCount, 'error')} of ${count(errors.length, 'shape')}, ${count(digest.warningCount, 'warning')} of ${count(warnings.length, 'shape')}.`,
    ...(rateWords === undefined
      ? ['Error rate: no error has a time, so none can be told.']
      : [`Error rate: ${rateWords}`]),
  ];
  const omitted = [
    ...describeUnread(read),
    ...more(errors.length - shownErrors.length, 'rarer shape', 'of errors'),
    ...more(warnings.length - shownWarnings.length, 'rarer shape', 'of warnings'),
    ...(digest.ungrouped === 0
      ? []
      : [`${count(digest.ungrouped, 'record')} beyond the first ${count(maxGroups, 'shape')}`]),
    'all records that are neither errors nor warnings',
  ].join('; ');
  return { text: [head.join('\n'), ...shapes, `Left out: ${omitted}.`].join('\n\n'), omitted };
}

function describeRead(
  { lineCount, span }: LogDigest,
  { readBytes, fileBytes, packed, skippedBytes }: LogBytesRead,
): string {
  const part = packed
    ? `${formatBytes(readBytes)} unpacked from ${formatBytes(fileBytes)}`
    : skippedBytes > 3
      ? `the last ${formatBytes(readBytes)} of ${formatBytes(fileBytes)}`
      : `all ${formatBytes(readBytes)}`;
  const time = span === undefined ? '' : `, from ${utcTime(span.from)} to ${utcTime(span.to, span.from)}`;
  return `Read: ${part}, ${count(lineCount, 'line')}${time}.`;
}

function describeClock({ zone, dates }: ClockFacts): string[] {
  const notes: string[] = [];
  if (zone.kind === 'none') return ['Times: no line gives one.'];
  if (zone.kind === 'assumedUtc') notes.push('the log does not say its time zone, UTC is assumed');
  if (zone.kind === 'zoneOfFile')
    notes.push(
      `the log does not say its time zone; ${zoneName(zone.minutesEast)} is where its end meets the file’s last change`,
    );
  if (dates === 'yearOfFile') notes.push('the year is that of the file’s last change');
  if (dates === 'dayOfFile') notes.push('the log has no dates; its end is taken for the day of the file’s last change');
  return notes.length === 0 ? [] : [`Times: ${notes.join('; ')}.`];
}

function zoneName(minutesEast: number): string {
  if (minutesEast === 0) return 'UTC';
  const minutes = Math.abs(minutesEast);
  const half = minutes % 60 === 0 ? '' : `:${String(minutes % 60).padStart(2, '0')}`;
  return `UTC${minutesEast < 0 ? '−' : '+'}${Math.floor(minutes / 60)}${half}`;
}

function describeUnread({ skippedBytes, shrank, outOfTime, packed }: LogBytesRead): string[] {
  return [
    ...(skippedBytes > 3 ? [`the first ${formatBytes(skippedBytes)} of the file`] : []),
    ...(shrank ? ['what was cut off the file while it was read'] : []),
    ...(outOfTime ? [`the end, since ${packed ? 'unpacking' : 'reading'} took too long`] : []),
  ];
}

function more(number: number, one: string, of: string): string[] {
  return number <= 0 ? [] : [`${count(number, one)} ${of}`];
}

function describeGroup(
  { level, words, count: times, firstAt, lastAt, example }: ErrorGroup,
  number: number,
  lines: number,
): string {
  const when =
    firstAt === undefined || lastAt === undefined
      ? ''
      : times === 1
        ? `, ${utcTime(firstAt)}`
        : `, first ${utcTime(firstAt)}, last ${utcTime(lastAt, firstAt)}`;
  return [
    `${number}. ${level}, ${times === 1 ? 'once' : count(times, 'time')}${when}`,
    `${shapeMark}${words.replace(/\s+/g, ' ')}`,
    times === 1 ? 'It was:' : 'The first one:',
    ...describeExample(example, lines),
  ].join('\n');
}

function describeExample({ lines, moreLines, cut }: ErrorGroup['example'], maxLines: number): string[] {
  const shown: string[] = [];
  let room = maxExampleCharacters;
  let isCut = cut;
  for (const line of lines.slice(0, maxLines)) {
    if (room <= 0) break;
    const kept = cutAtGap(line, room);
    isCut ||= kept.length < line.length;
    shown.push(`    ${kept}`);
    room -= kept.length;
  }
  const left = lines.length - shown.length + moreLines;
  return [
    ...shown,
    ...(isCut ? ['    … (a line is cut)'] : []),
    ...(left > 0 ? [`    … (${count(left, 'more line')})`] : []),
  ];
}

/**
 * The beginning of a line, cut between words: what is cut off a token would keep redaction from knowing the rest for a
 * secret.
 */
function cutAtGap(line: string, most: number): string {
  if (line.length <= most) return line;
  const head = line.slice(0, most);
  const gap = /^[^]*[\s,;"'&]/.exec(head)?.[0].length ?? 0;
  return head.slice(0, gap);
}
