import { readdir, readFile, stat } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { runGit } from '../evidence/git.ts';
import type { RepositoryState } from '../evidence/git.ts';
import { editText } from '../fix/editText.ts';
import { fail, succeed } from '../model/failure.ts';
import type { Result } from '../model/failure.ts';
import type { Incident } from '../model/incident.ts';
import type { Fix } from '../model/records.ts';
import type { RunId } from '../model/reply.ts';
import { isProved } from '../model/proof.ts';
import { findTestPlan } from '../proof/testCommand/findTestPlan.ts';
import type { ProjectFiles, TestFile, TestPlan } from '../proof/testCommand/plan.ts';
import type { FixWorld } from './fixWorld.ts';
import { editsFromFolder } from './placeEdits.ts';
import { repositoryOf } from './stepEvidence.ts';
import type { InvestigationWorld } from './world.ts';

/** Manifests and tests are small; what is larger is neither. Bytes. */
const maxProjectFile = 1024 * 1024;

export type ProvingWorld = Pick<InvestigationWorld, 'trusted' | 'folders' | 'folderOf' | 'pathOf'>;

/** A fix with its test, and where they belong. */
export interface ProvableFix {
  readonly runId: RunId;
  readonly fix: Fix;
  readonly repository: RepositoryState;
  /** Absolute path of the open folder. */
  readonly folder: string;
}

/**
 * The same with the paths of its edits as they are found when it is applied; refused where it could not be applied, so
 * that no proof is about another fix.
 */
export async function placedFix(
  provable: ProvableFix,
  world: FixWorld,
  signal: AbortSignal,
): Promise<Result<ProvableFix>> {
  const { fix, folder } = provable;
  const placed = await editsFromFolder(fix, folder, world, signal);
  if (!placed.ok) return placed;
  const { fix: edits, test } = placed.value;
  return succeed({ ...provable, fix: { ...fix, edits: [...edits], test: { ...fix.test, edits: [...test] } } });
}

/** The latest recorded fix with its repository: `noFix` where there is none with a test, `restricted` where nothing may run. */
export async function provableFix(
  incident: Incident,
  world: ProvingWorld,
  signal: AbortSignal,
): Promise<Result<ProvableFix>> {
  const run = incident.runs.findLast(({ record }) => record?.step === 'fix');
  if (run?.record?.step !== 'fix' || run.record.data.test.edits.length === 0) return fail({ kind: 'noFix' });
  if (!world.trusted()) return fail({ kind: 'restricted', what: 'running tests' });
  const [suspect] = incident.suspects;
  const folder = suspect === undefined ? world.folders()[0] : world.folderOf(suspect.uri);
  if (folder === undefined) return fail({ kind: 'noFolder' });
  const repository = await repositoryOf(incident, world, signal);
  if (!repository.ok) return repository;
  return succeed({ runId: run.id, fix: run.record.data, repository: repository.value, folder });
}

/** The fix that the regression hunt judges by: the latest one that was proved. */
export function provedFix({ proofs, runs }: Incident): { readonly runId: RunId; readonly fix: Fix } | undefined {
  const proof = proofs.findLast(isProved);
  const run = runs.find(({ id }) => id === proof?.runId);
  return run?.record?.step === 'fix' ? { runId: run.id, fix: run.record.data } : undefined;
}

/** The files of a fix's test with the text that they will have; one whose edits do not fit has none. */
export async function testFilesOf({ fix, folder }: Pick<ProvableFix, 'fix' | 'folder'>): Promise<readonly TestFile[]> {
  const files = projectFiles(folder);
  const paths = [...new Set(fix.test.edits.map(({ path }) => path))];
  return Promise.all(
    paths.map(async (path) => {
      const before = await files.read(path);
      const edits = fix.test.edits.filter((each) => each.path === path).map((edit, index) => ({ edit, index }));
      const edited = editText(before, edits);
      return {
        path: path.replaceAll('\\', '/').replace(/^\.\//, ''),
        text: (edited.ok ? edited.text : before) ?? '',
      };
    }),
  );
}

/** How the project says that this test is run; undefined where it says nothing. Runs nothing. */
export async function foundTestPlan(provable: Pick<ProvableFix, 'fix' | 'folder'>): Promise<TestPlan | undefined> {
  return findTestPlan(projectFiles(provable.folder), await testFilesOf(provable));
}

/** Which suspects differ from what is committed: paths from the open folder. */
export async function uncommittedSuspects(
  { suspects }: Incident,
  { repository, folder }: Pick<ProvableFix, 'repository' | 'folder'>,
  world: Pick<ProvingWorld, 'pathOf'>,
  isUnsaved: (uri: string) => boolean,
  signal: AbortSignal,
): Promise<readonly { readonly path: string; readonly uri: string }[]> {
  const changed: { readonly path: string; readonly uri: string }[] = [];
  for (const { uri } of suspects) {
    const path = relative(folder, world.pathOf(uri)).split(sep).join('/');
    if (path.startsWith('..')) continue;
    const args = ['status', '--porcelain=v1', '-z', '--', world.pathOf(uri)];
    const status = await runGit({ folder: repository.root, args, signal, config: repository.config });
    if ((status.ok && status.value.text !== '') || isUnsaved(uri)) changed.push({ path, uri });
  }
  return changed;
}

function projectFiles(folder: string): ProjectFiles {
  return {
    read: async (path) => {
      if (path.split(/[\\/]/).includes('..')) return undefined;
      try {
        const place = join(folder, path);
        const stats = await stat(place);
        return stats.isFile() && stats.size <= maxProjectFile ? await readFile(place, 'utf8') : undefined;
      } catch {
        return undefined;
      }
    },
    names: async (path) => readdir(join(folder, path)).catch(() => []),
  };
}
