import { foldShape } from '../../model/logShape.ts';
import { exceptionLine } from './fields.ts';
import type { LogRecord } from './records.ts';

/** Records of one shape. Times are those of the digest's clock, in milliseconds. */
export interface ErrorGroup {
  readonly level: LogRecord['level'];
  /** The words that its shape is folded from, of its first record. */
  readonly words: string;
  readonly count: number;
  readonly firstAt?: number;
  readonly lastAt?: number;
  /** Its first record. */
  readonly example: Pick<LogRecord, 'lines' | 'moreLines' | 'cut'>;
}

/** Shapes that are told apart; records of further ones are only counted. */
export const maxGroups = 1000;

/** Groups records by what kind of thing they say: their folded message and the exception that they end with. */
export class ErrorGroups {
  /** Records whose shape came after the last one that is told apart. */
  ungrouped = 0;
  readonly #groups = new Map<string, { -readonly [Key in keyof ErrorGroup]: ErrorGroup[Key] }>();

  add(record: LogRecord, at: number | undefined): void {
    const words = wordsOf(record);
    const key = `${record.level} ${foldShape(words)}`;
    const group = this.#groups.get(key);
    if (group === undefined) {
      if (this.#groups.size >= maxGroups) {
        this.ungrouped += 1;
        return;
      }
      const { level, lines, moreLines, cut } = record;
      this.#groups.set(key, {
        level,
        words,
        count: 1,
        example: { lines, moreLines, cut },
        ...(at === undefined ? {} : { firstAt: at, lastAt: at }),
      });
      return;
    }
    group.count += 1;
    if (at === undefined) return;
    group.firstAt = Math.min(group.firstAt ?? at, at);
    group.lastAt = Math.max(group.lastAt ?? at, at);
  }

  /** The most frequent first; of equally frequent ones the one that came first. */
  sorted(): readonly ErrorGroup[] {
    return [...this.#groups.values()].sort((a, b) => b.count - a.count);
  }
}

const causedBy = /^(?:Caused by|Next|Previous|\[cause\]): ?(.+)$/;
const exception = /^\s{0,8}(?:[\w$]{1,100}(?:\.|::|\\))*(?:[A-Z]\w{0,100})?(?:Error|Exception|Warning|Fault)\b/;
/** Heads that leave the message to the next line: .NET's console, Rust's panics. */
const unfinished = /^(?:fail|crit|warn): \S{1,300}\[\d+\]$|panicked at .{1,500}:$/;

/** The message's first line and, where it stands apart, the exception that was the reason. */
function wordsOf({ head, texts }: LogRecord): string {
  const message = head.message.trim();
  const first = message.split('\n', 1)[0] ?? '';
  const said =
    (unfinished.test(head.text) || unfinished.test(first)) && texts[1] !== undefined
      ? `${first} ${texts[1].trim()}`
      : first;
  const reason = head.cause ?? reasonIn(message) ?? reasonOf(texts);
  if (reason !== undefined && said.startsWith('Traceback (')) return reason;
  return reason === undefined || said.includes(reason) ? said : `${said} (${reason})`;
}

/** A trace within the message itself. */
function reasonIn(message: string): string | undefined {
  return message.startsWith('Traceback (') && message.includes('\n') ? exceptionLine(message) : undefined;
}

/** Whether it is one of the frames that most traces consist of: neither a cause nor an exception's line. */
const isFrame = (line: string): boolean => line.startsWith('\tat ') || line.startsWith('    at ');

/** The last cause of Java's traces, the last line of Python's, the exception's line below the head. */
function reasonOf(lines: readonly string[]): string | undefined {
  const below = lines.slice(1).filter((line) => !isFrame(line));
  const cause = below.findLast((line) => causedBy.test(line));
  return (causedBy.exec(cause ?? '')?.[1] ?? below.findLast((line) => exception.test(line)))?.trim();
}
