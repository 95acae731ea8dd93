import { isKept } from '../model/contextCut.ts';
import type { EvidenceCut, LineRange } from '../model/contextCut.ts';
import { numberedLines, oldestFirst } from '../model/evidence.ts';
import type { Evidence } from '../model/evidence.ts';
import { rewriteRedacted } from '../model/redacted.ts';
import type { Redacted } from '../model/redacted.ts';
import { LineRoom } from './lineRoom.ts';

/** Lines that are kept around one that a result cites. */
const around = 2;

/** Files that a cut diff's summary names. */
const maxFilesNamed = 40;

/**
 * What stays of a piece of evidence when it must become short: the lines that recorded results cite, with what stands
 * around them, then lines from its end (a log) or its beginning (all else), while they fit into so many characters. A
 * diff is cut by whole hunks and says of the rest what changed in which file. `available` are the lines that an earlier
 * cut has left. Undefined where nothing would be cut.
 */
export function essentialCut(
  evidence: Evidence,
  cited: readonly LineRange[],
  maxCharacters: number,
  available?: readonly LineRange[],
): EvidenceCut | undefined {
  const { first, lines } = numberedLines(evidence);
  if (evidence.text.length <= maxCharacters) return undefined;
  const { id: evidenceId } = evidence;
  const room = new LineRoom({ lines, first, maxCharacters, available });
  if (evidence.kind === 'diff') return diffCut(evidence, cited, room);
  const last = first + lines.length - 1;
  // A damaged record may cite what no text has.
  const there = cited.map(([from, to]): LineRange => [Math.max(first, from), Math.min(last, to)]);
  for (const [from, to] of there) room.take(range(from, to));
  for (const [from, to] of there) room.take([...range(from - around, from - 1), ...range(to + 1, to + around)]);
  const rest = range(first, last);
  room.takeWhileFitting(oldestFirst.has(evidence.kind) ? rest.toReversed() : rest);
  return { evidenceId, kept: room.taken };
}

interface Hunk {
  /** The file's own lines above its first hunk, and the hunk's. */
  readonly header: readonly number[];
  readonly lines: readonly number[];
  readonly path: string;
  readonly added: number;
  readonly removed: number;
}

/** What stands before the first file (the counts of lines of every file) stays; then hunks that are cited, then others in order. */
function diffCut(evidence: Evidence, cited: readonly LineRange[], room: LineRoom): EvidenceCut {
  const { first, lines } = numberedLines(evidence);
  const { head, hunks } = hunksOf(lines, first);
  room.takeWhileFitting(head);
  const isCited = ({ lines: own }: Hunk): boolean =>
    cited.some(([from, to]) => own.some((at) => at >= from && at <= to));
  for (const hunk of [...hunks.filter(isCited), ...hunks.filter((hunk) => !isCited(hunk))]) {
    room.takeWhole([...hunk.header, ...hunk.lines]);
  }
  const kept = room.taken;
  const left = hunks.filter(({ lines: [start] }) => start !== undefined && !isKept(kept, start));
  return { evidenceId: evidence.id, kept, ...(left.length === 0 ? {} : { summary: numstat(evidence.text, left) }) };
}

function hunksOf(lines: readonly string[], first: number): { head: readonly number[]; hunks: readonly Hunk[] } {
  const head: number[] = [];
  const hunks: Hunk[] = [];
  let header: number[] | undefined;
  let path = '';
  let own: number[] | undefined;
  let [added, removed] = [0, 0];
  const close = (): void => {
    if (header !== undefined && own !== undefined) hunks.push({ header, lines: own, path, added, removed });
    own = undefined;
    [added, removed] = [0, 0];
  };
  for (const [index, text] of lines.entries()) {
    if (/^diff --(?:git|cc|combined) /.test(text)) {
      close();
      header = [];
      path = text.replace(/^diff --\w+ /, '').replace(/^a\/.* b\//, '');
    } else if (text.startsWith('@@') && header !== undefined) {
      close();
      own = [];
    } else if (own !== undefined) {
      if (text.startsWith('+')) added += 1;
      if (text.startsWith('-')) removed += 1;
    }
    (own ?? header ?? head).push(first + index);
  }
  close();
  return { head, hunks };
}

/** `src/a.js +12 -3, src/b.js +1 -0`: of what was cut, file by file. */
function numstat(text: Redacted, hunks: readonly Hunk[]): Redacted {
  const counts = new Map<string, { added: number; removed: number }>();
  for (const { path, added, removed } of hunks) {
    const known = counts.get(path) ?? { added: 0, removed: 0 };
    counts.set(path, { added: known.added + added, removed: known.removed + removed });
  }
  const named = [...counts]
    .slice(0, maxFilesNamed)
    .map(([path, { added, removed }]) => `${path} +${added} -${removed}`);
  const more = counts.size - named.length;
  return rewriteRedacted(text, () => [...named, ...(more > 0 ? [`${more} more files`] : [])].join(', '));
}

function range(first: number, last: number): number[] {
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, index) => first + index);
}
