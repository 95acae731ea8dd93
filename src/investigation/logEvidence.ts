import { recentCommits, type Commit } from '../evidence/gitHistory.ts';
import { collectLogDigest } from '../evidence/logDigest/logDigest.ts';
import { logTailLines, type LogFile } from '../evidence/logTail.ts';
import type { CollectedEvidence } from '../model/evidence.ts';
import type { Result } from '../model/failure.ts';
import type { Incident } from '../model/incident.ts';
import { repositoryOf } from './stepEvidence.ts';
import type { InvestigationWorld } from './world.ts';

/** Commits that an error rate is held against. */
const commitCount = 50;

/**
 * The digest of a log, held against the recent commits of the incident's repository; without one, or in Restricted Mode,
 * it is a digest all the same. Undefined where there is nothing that the log's tail does not show.
 */
export async function collectDigest(
  incident: Incident,
  world: Pick<InvestigationWorld, 'trusted' | 'folders' | 'folderOf'>,
  file: LogFile,
  signal: AbortSignal,
): Promise<Result<CollectedEvidence | undefined>> {
  return collectLogDigest({ ...file, signal }, await commitsOf(incident, world, signal), logTailLines);
}

async function commitsOf(
  incident: Incident,
  world: Pick<InvestigationWorld, 'trusted' | 'folders' | 'folderOf'>,
  signal: AbortSignal,
): Promise<readonly Commit[]> {
  const repository = await repositoryOf(incident, world, signal);
  if (!repository.ok) return [];
  const commits = await recentCommits(repository.value, signal, commitCount);
  return commits.ok ? commits.value : [];
}
