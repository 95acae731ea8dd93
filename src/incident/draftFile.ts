import { readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { isDraftKey, longestDraft, mostDrafts, noDrafts } from '../model/draft.ts';
import type { KeptDrafts } from '../model/draft.ts';
import { array, int, literal, maxLength, object, safeParse, string } from '../model/schema.ts';

/** A file that is larger was not written here, in bytes. */
const largestFile = 64_000_000;

const schema = object({
  version: literal(1),
  drafts: array(object({ key: string(), text: string().check(maxLength(longestDraft)), hidden: int() })).check(
    maxLength(mostDrafts),
  ),
  lost: int(),
});

/** Where the redacted drafts of an incident are kept, beside its journal: deleted with it. */
export function draftsPath(journalPath: string): string {
  return journalPath.replace(/\.jsonl$/, '.drafts.json');
}

/** What was kept; nothing where there is no such file or it cannot be read: a draft is no part of the record. */
export function readDrafts(path: string): KeptDrafts {
  try {
    if (statSync(path).size > largestFile) return noDrafts;
    const parsed = safeParse(schema, JSON.parse(readFileSync(path, 'utf8')));
    if (!parsed.success) return noDrafts;
    const { drafts, lost } = parsed.data;
    return {
      drafts: drafts.flatMap(({ key, text, hidden }) =>
        isDraftKey(key) ? [{ key, text, hidden: Math.max(0, hidden) }] : [],
      ),
      lost: Math.max(0, lost),
    };
  } catch {
    return noDrafts;
  }
}

/** Keeps them, for the user alone to read; no file is left where there is none to keep. Throws what the file system throws. */
export function writeDrafts(path: string, kept: KeptDrafts): void {
  if (kept.drafts.length === 0 && kept.lost === 0) {
    rmSync(path, { force: true });
    return;
  }
  writeFileSync(`${path}.new`, JSON.stringify({ version: 1, ...kept }), { mode: 0o600 });
  renameSync(`${path}.new`, path);
}
