import { join } from 'node:path';
import * as vscode from 'vscode';
import { documentScheme } from '../contributions.ts';
import { commitFiles, fileAtCommit } from '../evidence/commitFiles.ts';
import { applyEdit } from '../fix/applyEdit.ts';
import type { FixEdit } from '../fix/applyEdit.ts';
import { repositoryOf } from '../investigation/stepEvidence.ts';
import { fail, succeed } from '../model/failure.ts';
import type { Failure, Result } from '../model/failure.ts';
import { recordOf } from '../model/incident.ts';
import type { Incident } from '../model/incident.ts';
import type { Documents } from './documents.ts';
import { findFile } from './findFile.ts';
import { repositoryWorld } from './world.ts';

/** A file in the editor's diff view: what it is, then its two sides. */
type Change = readonly [vscode.Uri, vscode.Uri, vscode.Uri];

/** Shows commits and fixes in the editor's own diff view. Changes nothing. */
export class Diffs {
  private readonly documents: Documents;

  constructor(documents: Documents) {
    this.documents = documents;
  }

  /** What a commit changed, the suspects first. */
  async showCommit(incident: Incident, commit: string): Promise<Failure | undefined> {
    const signal = AbortSignal.timeout(20_000);
    const repository = await repositoryOf(incident, repositoryWorld, signal);
    if (!repository.ok) return repository.failure;
    const found = await commitFiles(repository.value, commit, signal);
    if (!found.ok) return found.failure;
    const { hash, parent, paths } = found.value;
    const suspects = new Set(incident.suspects.map(({ path }) => path));
    const ordered = paths.toSorted((a, b) => Number(suspects.has(b)) - Number(suspects.has(a)));
    const changes: Change[] = [];
    for (const path of ordered) {
      const before = parent === undefined ? '' : await fileAtCommit(repository.value, parent, path, signal);
      const after = await fileAtCommit(repository.value, hash, path, signal);
      const place = vscode.Uri.file(join(repository.value.root, path));
      changes.push([place, this.side(`${hash.slice(0, 8)}^`, path, before), this.side(hash.slice(0, 8), path, after)]);
    }
    await vscode.commands.executeCommand('vscode.changes', `Commit ${hash.slice(0, 8)}`, changes);
    return undefined;
  }

  /** The edits of the latest fix and its test against the files as they are. */
  async showFix(incident: Incident): Promise<Failure | undefined> {
    const fix = recordOf(incident, 'fix')?.data;
    if (fix === undefined) return { kind: 'noFix' };
    const edits = [...fix.edits, ...fix.test.edits];
    const changes: Change[] = [];
    for (const path of new Set(edits.map((edit) => edit.path))) {
      const change = await this.edited(
        path,
        edits.filter((edit) => edit.path === path),
      );
      if (!change.ok) return change.failure;
      changes.push(change.value);
    }
    await vscode.commands.executeCommand('vscode.changes', 'Proposed fix (not applied)', changes);
    return undefined;
  }

  private async edited(path: string, edits: readonly FixEdit[]): Promise<Result<Change>> {
    const found = edits.some(({ newFile }) => newFile !== undefined) ? undefined : await findFile(path);
    if (found?.ok === false) return found;
    const before = found === undefined ? undefined : (await vscode.workspace.openTextDocument(found.value)).getText();
    let after: string | undefined = before;
    for (const edit of edits) {
      const applied = applyEdit(after, edit);
      if (!applied.ok) return fail(applied.failure);
      after = applied.value;
    }
    const original = found?.value ?? this.side('before', path, '');
    return succeed([original, original, this.side('with the fix', path, after ?? '')]);
  }

  private side(label: string, path: string, text: string): vscode.Uri {
    const uri = vscode.Uri.from({ scheme: documentScheme, path: `/diff/${path}`, query: label });
    this.documents.provide(uri, text);
    return uri;
  }
}
