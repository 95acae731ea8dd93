import {
  appendFileSync,
  chmodSync,
  closeSync,
  fchmodSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  writeSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { journalFormat } from '../model/event.ts';
import type { IncidentEvent } from '../model/event.ts';
import { errorCode, fail, succeed } from '../model/failure.ts';
import type { Failure, Result } from '../model/failure.ts';
import { journalLine, parseJournalLine } from './journalLine.ts';

/** What a journal held when it was opened. */
export interface JournalContents {
  readonly events: readonly IncidentEvent[];
  /** Lines that could not be read; they were copied to `badLinesPath`. */
  readonly badLines: number;
  /** Events that are not there though later ones are: whole lines were lost. Bad lines are not among them. */
  readonly missing: number;
  /** Lines of a type that this version does not know: written by a newer one, or damaged in just that place. */
  readonly unknown: number;
  /** Bytes up to the end of the last whole line: what another window appends comes after them. */
  readonly bytes: number;
}

/**
 * An incident on disk: one JSON line an event. A line is written before the event is shown, so that an end of the
 * process, however sudden, loses nothing that was seen.
 */
export class Journal {
  readonly path: string;
  #file: number | undefined;
  #needsLineBreak = false;
  /** Lines that are not on disk yet, oldest first: one at a time, and more only while writing fails. */
  #pending: Buffer[] = [];

  constructor(path: string) {
    this.path = path;
  }

  /** Where lines are kept that could not be read. */
  get badLinesPath(): string {
    return this.path.replace(/\.jsonl$/, '') + '.bad-lines.txt';
  }

  /** Reads all events. A bad line costs that line only: it is kept aside, the rest is read. */
  read(): Result<JournalContents> {
    let text: string;
    let bytes: number;
    try {
      const content = readFileSync(this.path);
      text = content.toString('utf8');
      bytes = content.lastIndexOf(0x0a) + 1;
    } catch (error) {
      return fail({ kind: 'journalUnreadable', path: this.path, code: errorCode(error) });
    }
    const events: IncidentEvent[] = [];
    const bad: string[] = [];
    let unknown = 0;
    let previous = '';
    for (const line of text.split('\n')) {
      // A line that is there twice (a write that was repeated, a copy that was joined) happened once.
      if (line.trim() === '' || line === previous) continue;
      previous = line;
      const parsed = parseJournalLine(line);
      if (parsed.kind === 'bad') bad.push(line);
      if (parsed.kind === 'unknownType') unknown += 1;
      if (parsed.kind !== 'event') continue;
      if (parsed.event.type === 'incidentStarted' && parsed.event.format > journalFormat) {
        return fail({ kind: 'journalFromNewerVersion', path: this.path, format: parsed.event.format });
      }
      events.push(parsed.event);
    }
    this.#needsLineBreak = text !== '' && !text.endsWith('\n');
    if (bad.length > 0) this.#keepAside(bad);
    const missing = Math.max(0, gaps(events) - bad.length - unknown);
    return succeed({ events, badLines: bad.length, missing, unknown, bytes });
  }

  /**
   * Appends one event. The failure, where there is one, is to be shown: the event is kept in memory, and written before
   * the next one as soon as writing works again.
   */
  append(event: IncidentEvent): Failure | undefined {
    this.#pending.push(Buffer.from(journalLine(event)));
    return this.#writePending();
  }

  /** Writes what is owed, without anything new. Undefined where all is on disk. */
  retry(): Failure | undefined {
    return this.#pending.length === 0 ? undefined : this.#writePending();
  }

  /** Flushes to the device and lets go of the file. The journal may be appended to again afterwards. Never throws. */
  close(): void {
    if (this.#pending.length > 0) this.#writePending();
    const file = this.#file;
    this.#file = undefined;
    if (file === undefined) return;
    // Not every file can be flushed (a network share); its lines were written all the same.
    attempt(() => fsyncSync(file));
    attempt(() => closeSync(file));
  }

  #writePending(): Failure | undefined {
    try {
      this.#file ??= this.#openForAppend();
      for (let line = this.#pending[0]; line !== undefined; line = this.#pending[0]) {
        writeWhole(this.#file, this.#needsLineBreak ? Buffer.concat([lineBreak, line]) : line);
        this.#needsLineBreak = false;
        this.#pending.shift();
      }
      return undefined;
    } catch (error) {
      // A line may have been cut in the middle (a full disk): it is written whole again, on a line of its own.
      this.#needsLineBreak = true;
      const file = this.#file;
      this.#file = undefined;
      // Opened anew for the next one, since a share may have come back or a disk may have been replaced.
      if (file !== undefined) attempt(() => closeSync(file));
      return { kind: 'journalWriteFailed', path: this.path, code: errorCode(error) };
    }
  }

  #openForAppend(): number {
    // Readable by its owner alone: redacted, but still about somebody's production.
    mkdirSync(dirname(this.path), { recursive: true, mode: 0o700 });
    const file = openSync(this.path, 'a', 0o600);
    // What was made before with other rights; a share that knows none takes the lines all the same.
    attempt(() => chmodSync(dirname(this.path), 0o700));
    attempt(() => fchmodSync(file, 0o600));
    return file;
  }

  #keepAside(lines: readonly string[]): void {
    try {
      const kept = new Set(readIfThere(this.badLinesPath).split('\n'));
      const fresh = lines.filter((line) => !kept.has(line));
      if (fresh.length > 0)
        appendFileSync(this.badLinesPath, fresh.map((line) => `${line}\n`).join(''), { mode: 0o600 });
    } catch {
      // They are still in the journal itself, which is never rewritten.
    }
  }
}

/** How many numbers are left out from 1 to the highest. */
function gaps(events: readonly IncidentEvent[]): number {
  const numbers = new Set(events.map(({ seq }) => seq));
  const highest = events.reduce((most, { seq }) => Math.max(most, seq), 0);
  return highest - numbers.size;
}

const lineBreak = Buffer.from('\n');

/** A nearly full disk takes a part of what is written and says how much, without an error. */
function writeWhole(file: number, bytes: Uint8Array): void {
  for (let written = 0; written < bytes.length;) {
    const count = writeSync(file, bytes, written);
    if (count === 0) throw new Error('nothing was written');
    written += count;
  }
}

function attempt(act: () => void): void {
  try {
    act();
  } catch {
    // What fails here has nothing left to lose.
  }
}

function readIfThere(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}
