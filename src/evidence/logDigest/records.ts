import { stripControlSequences } from '../controlSequences.ts';
import { beginsCrash, belongsTo, follow, isContinuation, openRecord, type OpenRecord } from './continuation.ts';
import type { LogLevel } from './levels.ts';
import { isUnstatedError, readLine, type LogLine } from './line.ts';
import { Suspicions } from './prefilter.ts';
import type { LogTime } from './time.ts';

/** A warning or worse that a log tells of, with all the lines that belong to it. */
export interface LogRecord {
  readonly level: Exclude<LogLevel, 'other'>;
  readonly time?: LogTime;
  readonly head: LogLine;
  /** Its lines as they were, colours taken off; at most `maxRecordLines` and `maxRecordCharacters` are kept. */
  readonly lines: readonly string[];
  /** The same without what a container runtime or syslog wrote before each. */
  readonly texts: readonly string[];
  /** Lines that were not kept. */
  readonly moreLines: number;
  /** Whether a line was longer than is kept of it. */
  readonly cut: boolean;
}

const maxRecordLines = 60;
const maxRecordCharacters = 16 * 1024;
/** What is kept of one line; what a record is stands at its beginning. */
const maxLineBytes = 64 * 1024;
/** A longer line is passed over from there on. */
const bufferBytes = 1024 * 1024;
/** Of a line that only tells the time and level of what follows. */
const contextBytes = 1024;
const contextLines = 100;

/**
 * Puts a log's lines together to records and hands over those that are warnings or errors. Push-based: bytes (UTF-8)
 * come in chunks that may be cut anywhere, and give the same records in any chunking. Holds a megabyte, whatever comes.
 */
export class RecordReader {
  /** Lines so far, the last one included once it has ended. */
  lineCount = 0;
  readonly #onRecord: (record: LogRecord) => void;
  readonly #buffer = Buffer.allocUnsafe(bufferBytes);
  #filled = 0;
  /** The rest of a line that is too long to be kept is being passed over. */
  #skipping = false;
  #open: { readonly record: OpenRecord; readonly head: LogLine; readonly level: LogRecord['level'] } | undefined;
  #lines: string[] = [];
  #texts: string[] = [];
  #characters = 0;
  #moreLines = 0;
  #cut = false;
  /** The last line with a time, a level or fields of its own that was read. */
  #context: LogLine | undefined;
  /** From where on in the buffer the lines were not looked at. */
  #unread = 0;

  constructor(onRecord: (record: LogRecord) => void) {
    this.#onRecord = onRecord;
  }

  push(chunk: Uint8Array): void {
    this.#countLines(chunk);
    for (let at = 0; at < chunk.length;) {
      if (this.#skipping) {
        const end = chunk.indexOf(0x0a, at);
        if (end === -1) return;
        this.#skipping = false;
        at = end + 1;
        continue;
      }
      const taken = Math.min(chunk.length - at, bufferBytes - this.#filled);
      this.#buffer.set(chunk.subarray(at, at + taken), this.#filled);
      this.#filled += taken;
      at += taken;
      if (this.#filled === bufferBytes) this.#drain();
    }
  }

  /** Hands over what is still open. Nothing may be pushed after it. */
  end(): void {
    this.#drain();
    if (this.#filled > 0) {
      this.lineCount += 1;
      this.#takeLines(this.#filled);
    } else if (this.#skipping) this.lineCount += 1;
    this.#filled = 0;
    this.#close();
  }

  #countLines(chunk: Uint8Array): void {
    for (let at = chunk.indexOf(0x0a); at !== -1; at = chunk.indexOf(0x0a, at + 1)) this.lineCount += 1;
  }

  /** Takes the whole lines of the buffer, which begins with a line, and keeps the rest for more. */
  #drain(): void {
    const whole = this.#buffer.subarray(0, this.#filled).lastIndexOf(0x0a) + 1;
    if (whole === 0 && this.#filled === bufferBytes) {
      this.#takeLines(this.#filled);
      this.#skipping = true;
      this.#filled = 0;
      return;
    }
    this.#takeLines(whole);
    this.#buffer.copyWithin(0, whole, this.#filled);
    this.#filled -= whole;
  }

  /** The lines up to `to`: those of an open record one by one, then those that are worth being looked at. */
  #takeLines(to: number): void {
    const suspicions = new Suspicions(this.#buffer.toString('latin1', 0, to));
    this.#unread = 0;
    for (let start = 0; start < to;) {
      if (this.#open === undefined) {
        const found = suspicions.after(start);
        if (found === undefined) break;
        start = Math.max(start, this.#buffer.subarray(0, found).lastIndexOf(0x0a) + 1);
      }
      const newline = this.#buffer.indexOf(0x0a, start);
      const end = newline === -1 || newline >= to ? to : newline;
      this.#takeLine(start, end, suspicions);
      start = end + 1;
    }
    this.#readContext(to);
  }

  #takeLine(start: number, end: number, suspicions: Suspicions): void {
    const text = this.#decode(start, end, maxLineBytes);
    // Nothing stands before a blank, and what is indented belongs to what is open, whatever it says.
    if (this.#open !== undefined && (text.startsWith('\t') || text.startsWith(' '))) {
      follow(this.#open.record, text);
      this.#keep(text, text, end - start);
      this.#unread = end + 1;
      return;
    }
    const line = readLine(text);
    if (this.#open !== undefined) {
      if (belongsTo(this.#open.record, line)) {
        this.#keep(text, line.text, end - start);
        this.#unread = end + 1;
        return;
      }
      this.#close();
    }
    const place = suspicions.after(start);
    if (place !== undefined && place <= end) this.#begin(line, text, end - start, start);
    if (line.begins) this.#context = line;
    this.#unread = end + 1;
  }

  /** Opens a record where the line is a warning or worse. */
  #begin(line: LogLine, text: string, bytes: number, start: number): void {
    let { level, time } = line;
    let stamped = time !== undefined;
    if (!line.begins || (time === undefined && level !== undefined)) {
      const context = this.#readContext(start);
      const isCrash = beginsCrash(line.text);
      // A line of its own accord, in a log that gives each record a time, goes on with the record before.
      if (!line.begins && !isCrash && (context?.time !== undefined || isContinuation(line.text))) return;
      time ??= context?.time;
      // A level on a line of its own follows the line with the time (java.util.logging); a crash stands for itself.
      stamped = line.begins && time !== undefined;
    }
    if (level === undefined && isUnstatedError(line)) level = 'error';
    if (level === undefined || level === 'other') return;
    const head = time === undefined ? line : { ...line, time };
    this.#open = { record: openRecord(line, stamped), head, level };
    this.#keep(text, line.text, bytes);
  }

  #keep(line: string, text: string, bytes: number): void {
    if (this.#lines.length >= maxRecordLines || this.#characters >= maxRecordCharacters) {
      this.#moreLines += 1;
      return;
    }
    this.#lines.push(line);
    this.#texts.push(text);
    this.#characters += line.length;
    this.#cut ||= bytes > maxLineBytes;
  }

  #close(): void {
    if (this.#open === undefined) return;
    const { head, level } = this.#open;
    while (this.#lines.at(-1)?.trim() === '') this.#lines.pop();
    this.#onRecord({
      level,
      head,
      ...(head.time === undefined ? {} : { time: head.time }),
      lines: this.#lines,
      texts: this.#texts,
      moreLines: this.#moreLines,
      cut: this.#cut,
    });
    this.#open = undefined;
    this.#lines = [];
    this.#texts = [];
    this.#characters = 0;
    this.#moreLines = 0;
    this.#cut = false;
  }

  /**
   * The last line before a place of the buffer that has a time or fields of its own. Looks back over the lines that were
   * passed over, a few, since nearly every line of most logs is one.
   */
  #readContext(place: number): LogLine | undefined {
    let end = place - 1;
    for (let count = 0; count < contextLines && end > this.#unread; count += 1) {
      const start = Math.max(this.#unread, this.#buffer.subarray(0, end).lastIndexOf(0x0a) + 1);
      if (looksLikeHead(this.#buffer, start, end)) {
        const line = readLine(this.#decode(start, end, contextBytes));
        if (line.begins) {
          this.#context = line;
          break;
        }
      }
      end = start - 1;
    }
    this.#unread = Math.max(this.#unread, place);
    return this.#context;
  }

  #decode(start: number, end: number, most: number): string {
    let last = Math.min(end, start + most);
    if (last === end && this.#buffer[last - 1] === 0x0d) last -= 1;
    // The hole that truncation under a writer leaves.
    let first = start;
    while (first < last && this.#buffer[first] === 0) first += 1;
    return stripControlSequences(this.#buffer.toString('utf8', first, last)).replaceAll('\r', ' ');
  }
}

/** Whether a line may begin a record, by its first bytes: a digit, a bracket, `Jan  2`, `E0102`, `INFO`, `time=`. */
function looksLikeHead(buffer: Uint8Array, start: number, end: number): boolean {
  const first = buffer[start] ?? 0;
  if ((first >= 0x30 && first <= 0x39) || first === 0x5b || first === 0x7b || first === 0x3c) return true;
  if (first < 0x41 || end - start < 8) return false;
  const second = buffer[start + 1] ?? 0;
  if (first <= 0x5a) {
    if (second < 0x61) return true;
    return (buffer[start + 3] === 0x20 || buffer[start + 3] === 0x2c) && (buffer[start + 4] ?? 0) <= 0x39;
  }
  for (let at = start + 1; at < start + 60 && at < end; at += 1) {
    const byte = buffer[at];
    if (byte === 0x3d) return at < start + 12;
    if (byte === 0x7c && buffer[at - 1] === 0x20) return true;
  }
  return false;
}
