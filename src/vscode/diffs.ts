import { join } from 'node:path';
import * as vscode from 'vscode';
import { documentScheme } from '../contributions.ts';
import { commitFiles, fileAtCommit } from '../evidence/commitFiles.ts';
import type { FixPlan } from '../investigation/planFix.ts';
import { repositoryOf } from '../investigation/stepEvidence.ts';
import type { Failure } from '../model/failure.ts';
import type { Incident } from '../model/incident.ts';
import { t } from '../model/l10n.ts';
import type { Documents } from './documents.ts';
import { repositoryWorld } from './world.ts';

/** A file in the editor's diff view: what it is, then its two sides. */
type Change = readonly [vscode.Uri, vscode.Uri, vscode.Uri];

/** Shows commits and fixes in the editor's own diff view. Changes nothing. */
export class Diffs {
  readonly #documents: Documents;

  constructor(documents: Documents) {
    this.#documents = documents;
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
      changes.push([
        place,
        this.#side(`${hash.slice(0, 8)}^`, path, before),
        this.#side(hash.slice(0, 8), path, after),
      ]);
    }
    await vscode.commands.executeCommand('vscode.changes', t('Commit {0}', hash.slice(0, 8)), changes);
    return undefined;
  }

  /** What a plan would make of each file, against the file as it is. */
  async showPlan(title: string, { files }: FixPlan): Promise<void> {
    const changes = files.map(({ path, place, now, after }): Change => {
      const original = now === undefined ? this.#side(t('before'), path, '') : vscode.Uri.file(place);
      return [original, original, this.#side(t('with the fix'), path, after)];
    });
    await vscode.commands.executeCommand('vscode.changes', title, changes);
  }

  #side(label: string, path: string, text: string): vscode.Uri {
    const uri = vscode.Uri.from({ scheme: documentScheme, path: `/diff/${path}`, query: label });
    this.#documents.provide(uri, text);
    return uri;
  }
}
