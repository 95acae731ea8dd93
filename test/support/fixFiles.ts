import { readFile } from 'node:fs/promises';
import { readStart } from '../../src/evidence/openFile.ts';
import { gitStanding } from '../../src/evidence/gitStanding.ts';
import { decodeFile, encodeText } from '../../src/fix/fileBytes.ts';
import { foldersOnDisk } from '../../src/fix/place.ts';
import type { EditorText, FixWorld } from '../../src/investigation/fixWorld.ts';
import type { Fix } from '../../src/model/records.ts';
import type { FixPlan } from '../../src/investigation/planFix.ts';
import { writeFile, mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';

/** A window on a real folder: real files, real git, and editors that show what is on disk unless `unsaved` says else. */
export function diskWorld(folder: string, unsaved: Readonly<Record<string, string>> = {}): FixWorld {
  return {
    roots: [{ folder, name: 'shop', prefix: '' }],
    folders: foldersOnDisk,
    bytes: readStart,
    editorText: async (path): Promise<EditorText> => {
      const draft = unsaved[path];
      if (draft !== undefined) return { text: draft, version: 2, unsaved: true, unicode: true };
      const decoded = decodeFile(await readFile(path));
      return { text: decoded.kind === 'text' ? decoded.text : '', version: 1, unsaved: false, unicode: true };
    },
    standing: (path, inFolder) => gitStanding({ path, folder: inFolder }, AbortSignal.timeout(10_000)),
  };
}

/** A fix with the given edits and a test that stands in a file of its own. */
export function fixOf(edits: Fix['edits'], test: Fix['test']['edits'] = []): Pick<Fix, 'edits' | 'test'> {
  return { edits, test: { edits: test } };
}

/** Writes what a plan makes, each file in its own encoding, as an editor that saves it does. */
export async function writePlan({ files }: FixPlan): Promise<void> {
  for (const { place, now, after } of files) {
    await mkdir(dirname(place), { recursive: true });
    const decoded = now === undefined ? undefined : decodeFile(await readFile(place));
    const form = decoded?.kind === 'text' ? decoded.form : ({ encoding: 'utf-8', mark: false } as const);
    await writeFile(place, encodeText(after, form));
  }
}
