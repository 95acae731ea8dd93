import {
  closeSync,
  openSync,
  readdirSync,
  readFileSync,
  readSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { errorCode } from '../model/failure.ts';
import type { Failure } from '../model/failure.ts';
import { stepsSettled } from '../model/incident.ts';
import type { Incident } from '../model/incident.ts';
import { boolean, int, number, object, optional, safeParse, string } from '../model/schema.ts';
import type { Infer } from '../model/schema.ts';
import { parseJournalLine } from './journalLine.ts';

const summarySchema = object({
  id: string(),
  title: string(),
  startedAt: number(),
  lastEventAt: number(),
  resolved: boolean(),
  stepsSettled: int(),
  folderUri: optional(string()),
});

/** What a list of incidents shows of one, without reading its journal. */
export type IncidentSummary = Infer<typeof summarySchema> & {
  /** The journal. */
  readonly path: string;
  readonly bytes: number;
};

/**
 * The incidents in a storage folder: `ID.jsonl`, each with its summary beside it in `ID.summary.json`. The summary is
 * derived and may be missing; the journal's first line then tells what it can.
 */
export class IncidentLibrary {
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
  }

  pathOf(id: string): string {
    return join(this.#folder, `${id}.jsonl`);
  }

  /** All incidents, the latest first. An unreadable one is listed with what is known; none is left out. */
  list(): readonly IncidentSummary[] {
    return this.ids()
      .map((id) => this.#summaryOf(id))
      .toSorted((a, b) => b.lastEventAt - a.lastEventAt);
  }

  /** The ids of all incidents, in no order. Reads none of them: what only counts or looks for one asks here. */
  ids(): readonly string[] {
    const names = this.#names();
    return names.filter((name) => name.endsWith('.jsonl')).map((name) => name.slice(0, -'.jsonl'.length));
  }

  /** Writes the summary of an incident. Cheap; called when something that it shows has changed. */
  remember(incident: Incident): void {
    const summary: Infer<typeof summarySchema> = {
      id: incident.id,
      title: incident.title,
      startedAt: incident.startedAt,
      lastEventAt: incident.lastEventAt,
      resolved: incident.status.kind === 'resolved',
      stepsSettled: stepsSettled(incident),
      ...(incident.folder === undefined ? {} : { folderUri: incident.folder.uri }),
    };
    const path = this.#summaryPath(incident.id);
    try {
      writeFileSync(`${path}.new`, JSON.stringify(summary), { mode: 0o600 });
      renameSync(`${path}.new`, path);
    } catch {
      // Derived data: the journal has it all, and a failure to write is shown for the journal itself.
    }
  }

  /**
   * Deletes an incident with all that is kept beside it: summary, numbers of placeholders, lines that could not be read.
   * What a folder holds of other incidents stays.
   */
  delete(id: string): Failure | undefined {
    let failure: Failure | undefined;
    for (const name of this.#names().filter((one) => one.startsWith(`${id}.`))) {
      const path = join(this.#folder, name);
      try {
        rmSync(path, { force: true, recursive: true });
      } catch (error) {
        failure ??= { kind: 'notDeleted', path, code: errorCode(error) };
      }
    }
    return failure;
  }

  #names(): readonly string[] {
    try {
      return readdirSync(this.#folder);
    } catch {
      return [];
    }
  }

  #summaryOf(id: string): IncidentSummary {
    const path = this.pathOf(id);
    const { bytes, modifiedAt } = measured(path);
    const kept = this.#readSummary(id);
    const known = kept?.id === id ? kept : firstLineSummary(id, path, modifiedAt);
    return { ...known, lastEventAt: Math.max(known.lastEventAt, modifiedAt), path, bytes };
  }

  #readSummary(id: string): Infer<typeof summarySchema> | undefined {
    try {
      const parsed = safeParse(summarySchema, JSON.parse(readFileSync(this.#summaryPath(id), 'utf8')));
      return parsed.success ? parsed.data : undefined;
    } catch {
      return undefined;
    }
  }

  #summaryPath(id: string): string {
    return join(this.#folder, `${id}.summary.json`);
  }
}

function measured(path: string): { bytes: number; modifiedAt: number } {
  try {
    const { size, mtimeMs } = statSync(path);
    return { bytes: size, modifiedAt: mtimeMs };
  } catch {
    return { bytes: 0, modifiedAt: 0 };
  }
}

function firstLineSummary(id: string, path: string, modifiedAt: number): Infer<typeof summarySchema> {
  const parsed = parseJournalLine(firstLine(path));
  const unknown = { id, title: id, startedAt: modifiedAt, lastEventAt: modifiedAt, resolved: false, stepsSettled: 0 };
  if (parsed.kind !== 'event' || parsed.event.type !== 'incidentStarted') return unknown;
  const { title, at, folder } = parsed.event;
  return { ...unknown, title, startedAt: at, ...(folder === undefined ? {} : { folderUri: folder.uri }) };
}

function firstLine(path: string): string {
  try {
    const file = openSync(path, 'r');
    try {
      const buffer = Buffer.alloc(16 * 1024);
      return buffer.toString('utf8', 0, readSync(file, buffer, 0, buffer.length, 0)).split('\n', 1)[0] ?? '';
    } finally {
      closeSync(file);
    }
  } catch {
    return '';
  }
}
