import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { DemoRepository } from './demo-repository.ts';

/** One change of a proposed fix: a part of a file that occurs once is replaced, or a file is written whole. */
export type DemoEdit = { path: string; search: string; replace: string } | { path: string; newFile: string };

export interface DemoFix {
  edits: DemoEdit[];
  test: { edits: DemoEdit[]; command: string };
  similarPatterns: { path: string; line: number }[];
}

export async function applyEdits(made: DemoRepository, edits: readonly DemoEdit[]): Promise<void> {
  for (const edit of edits) {
    if ('newFile' in edit) {
      await made.write(edit.path, edit.newFile);
      continue;
    }
    const text = await readFile(join(made.folder, edit.path), 'utf8');
    const parts = text.split(edit.search);
    if (parts.length !== 2) throw new Error(`${edit.path} holds ${parts.length - 1} times: ${edit.search}`);
    await made.write(edit.path, parts.join(edit.replace));
  }
}
