import { closeSync, fstatSync, openSync, readSync, watch } from 'node:fs';
import type { FSWatcher } from 'node:fs';
import type { Disposable } from '../model/emitter.ts';
import type { IncidentEvent } from '../model/event.ts';
import { parseJournalLine } from './journalLine.ts';

/** Most that is read at once; the rest comes right after it. */
const chunkBytes = 1024 * 1024;

/** Where the file system tells of no change (a network share), it is looked at this often, in milliseconds. */
const pollMs = 700;

/**
 * Reads the lines that another window appends to a journal, as they come. A line that is not whole yet waits for its
 * end; one that is no event is passed over, as it is when the journal is opened.
 */
export class JournalTail implements Disposable {
  readonly #path: string;
  readonly #onEvents: (events: readonly IncidentEvent[]) => void;
  #offset: number;
  readonly #poll: NodeJS.Timeout;
  #watcher: FSWatcher | undefined;

  /** `offset` in bytes: behind the last whole line that is known. */
  constructor(path: string, offset: number, onEvents: (events: readonly IncidentEvent[]) => void) {
    this.#path = path;
    this.#offset = offset;
    this.#onEvents = onEvents;
    this.#poll = setInterval(() => this.read(), pollMs).unref();
    try {
      this.#watcher = watch(path, { persistent: false }, () => this.read());
      this.#watcher.on('error', () => this.#watcher?.close());
    } catch {
      // The poll does it alone.
    }
  }

  /** Reads what is there now. */
  read(): void {
    for (;;) {
      const { text, bytes } = wholeLines(this.#path, this.#offset);
      if (bytes === 0) return;
      this.#offset += bytes;
      const events = text.split('\n').flatMap((line) => {
        const parsed = line.trim() === '' ? undefined : parseJournalLine(line);
        return parsed?.kind === 'event' ? [parsed.event] : [];
      });
      if (events.length > 0) this.#onEvents(events);
    }
  }

  dispose(): void {
    clearInterval(this.#poll);
    this.#watcher?.close();
  }
}

/** The lines that end within the next part of a file; a single line longer than that is read whole. */
function wholeLines(path: string, offset: number): { readonly text: string; readonly bytes: number } {
  let file: number;
  try {
    file = openSync(path, 'r');
  } catch {
    return nothing;
  }
  try {
    const left = fstatSync(file).size - offset;
    for (let size = Math.min(left, chunkBytes); size > 0; size = Math.min(left, size * 2)) {
      const buffer = Buffer.alloc(size);
      const read = readSync(file, buffer, 0, size, offset);
      const end = buffer.subarray(0, read).lastIndexOf(0x0a) + 1;
      if (end > 0) return { text: buffer.toString('utf8', 0, end), bytes: end };
      if (size === left || read < size) return nothing;
    }
    return nothing;
  } catch {
    return nothing;
  } finally {
    closeSync(file);
  }
}

const nothing = { text: '', bytes: 0 };
