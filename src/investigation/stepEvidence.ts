import { openRepository } from '../evidence/git.ts';
import type { RepositoryState } from '../evidence/git.ts';
import { historyOfLines, lineHistoryEvidence } from '../evidence/failingLines.ts';
import { collectDiff } from '../evidence/gitDiff.ts';
import { collectCommits } from '../evidence/gitHistory.ts';
import type { CollectedEvidence } from '../model/evidence.ts';
import { fail, succeed } from '../model/failure.ts';
import type { Result } from '../model/failure.ts';
import type { Incident } from '../model/incident.ts';
import type { StepId } from '../model/steps.ts';
import { callersOfFix } from './fixCallers.ts';
import type { InvestigationWorld } from './world.ts';

type Collected = Result<readonly CollectedEvidence[]>;

/** What a step gathers by itself, unredacted. A source that fails says why; nothing is then asked. */
export function collectForStep(
  step: StepId,
  incident: Incident,
  world: InvestigationWorld,
  signal: AbortSignal,
): Promise<Collected> {
  switch (step) {
    case 'files':
      return suspectFiles(incident, world, signal);
    case 'environment':
      return world.environmentTable(incident.suspects, signal);
    case 'regression':
      return regression(incident, world, signal);
    case 'orient':
    case 'hypotheses':
    case 'fix':
      return Promise.resolve(succeed([]));
    case 'blastRadius':
      return blastRadius(incident, world, signal);
  }
}

async function suspectFiles(
  { suspects }: Incident,
  world: InvestigationWorld,
  signal: AbortSignal,
): Promise<Collected> {
  const files: CollectedEvidence[] = [];
  for (const suspect of suspects) {
    const file = await world.readSuspect(suspect, signal);
    if (!file.ok) return file;
    files.push({ ...file.value, step: 'files' });
  }
  return succeed(files);
}

/** Who calls what the fix changes. Without it the step is asked all the same. */
async function blastRadius(incident: Incident, world: InvestigationWorld, signal: AbortSignal): Promise<Collected> {
  const callers = await callersOfFix(incident, world, (within) => repositoryOf(incident, world, within), signal);
  return succeed(callers === undefined ? [] : [callers]);
}

/** The last commits, and what changed in the suspects since the baseline. */
async function regression(incident: Incident, world: InvestigationWorld, signal: AbortSignal): Promise<Collected> {
  const repository = await repositoryOf(incident, world, signal);
  if (!repository.ok) return repository;
  const paths = incident.suspects.map(({ uri }) => world.pathOf(uri));
  const failing = world.failingLines?.() ?? [];
  const [commits, diff, history] = await Promise.all([
    collectCommits(repository.value, signal),
    collectDiff(repository.value, incident.baseline, paths, signal, failing),
    failing.length === 0 ? undefined : historyIn(repository.value, failing, incident, signal),
  ]);
  if (!commits.ok) return commits;
  if (!diff.ok) return diff;
  return succeed([...(history?.ok === true ? [history.value] : []), commits.value, diff.value]);
}

/** The history of the lines that the stack traces name; undefined where they name none. */
export async function failingHistory(
  incident: Incident,
  world: Pick<InvestigationWorld, 'trusted' | 'folders' | 'folderOf' | 'failingLines'>,
  signal: AbortSignal,
): Promise<Result<CollectedEvidence> | undefined> {
  const failing = world.failingLines?.() ?? [];
  if (failing.length === 0) return undefined;
  const repository = await repositoryOf(incident, world, signal);
  if (!repository.ok) return repository;
  return historyIn(repository.value, failing, incident, signal);
}

async function historyIn(
  repository: RepositoryState,
  failing: Parameters<typeof historyOfLines>[1],
  { baseline }: Incident,
  signal: AbortSignal,
): Promise<Result<CollectedEvidence>> {
  const history = await historyOfLines(repository, failing, baseline, signal);
  return history.ok ? succeed(lineHistoryEvidence(history.value)) : history;
}

/** The repository of the suspects, or else of the first folder. Git is not run in Restricted Mode. */
export async function repositoryOf(
  { suspects }: Incident,
  world: Pick<InvestigationWorld, 'trusted' | 'folders' | 'folderOf'>,
  signal: AbortSignal,
): Promise<Result<RepositoryState>> {
  if (!world.trusted()) return fail({ kind: 'restricted', what: 'running git' });
  const [suspect] = suspects;
  const folder = suspect === undefined ? world.folders()[0] : world.folderOf(suspect.uri);
  return folder === undefined ? fail({ kind: 'noFolder' }) : openRepository(folder, signal);
}
