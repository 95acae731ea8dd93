import { readFileSync, renameSync, writeFileSync } from 'node:fs';

/**
 * The numbering of an incident's placeholders, beside its journal, so that equal secrets get equal placeholders after a
 * reload as well. It holds fingerprints, no secrets.
 */
export function redactionStatePath(journalPath: string): string {
  return journalPath.replace(/\.jsonl$/, '.placeholders.json');
}

/** What was kept; undefined where there is none or it cannot be read: placeholders are then numbered anew. */
export function readRedactionState(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as unknown;
  } catch {
    return undefined;
  }
}

/** Keeps it. A failure costs stable numbers after a reload and nothing else, so it is not an error. */
export function writeRedactionState(path: string, state: unknown): void {
  try {
    writeFileSync(`${path}.new`, JSON.stringify(state), { mode: 0o600 });
    renameSync(`${path}.new`, path);
  } catch {
    // Nothing to do: see above.
  }
}
