import { join } from 'node:path';
import { callersEvidence, searchCallers } from '../evidence/callers.ts';
import type { FoundCallers, LanguageServerAnswer } from '../evidence/callers.ts';
import { changedFunctions, maxChangedFunctions } from '../evidence/changedFunctions.ts';
import type { ChangedFunction } from '../evidence/changedFunctions.ts';
import type { RepositoryState } from '../evidence/git.ts';
import { readTextFile } from '../evidence/textFile.ts';
import type { CollectedEvidence } from '../model/evidence.ts';
import type { Result } from '../model/failure.ts';
import { recordOf } from '../model/incident.ts';
import type { Incident } from '../model/incident.ts';
import type { InvestigationWorld } from './world.ts';

/** How long looking for callers may take, in milliseconds; the step is asked without them then. */
const timeLimitMs = 20_000;

/**
 * Who calls the functions that the latest fix changes: of a language server where one answers, otherwise found by name.
 * Undefined where there is no fix, or no function in it. A source that fails costs itself only.
 */
export async function callersOfFix(
  incident: Incident,
  world: Pick<InvestigationWorld, 'folders' | 'languageServerCallers'>,
  repositoryOf: (signal: AbortSignal) => Promise<Result<RepositoryState>>,
  signal: AbortSignal,
): Promise<CollectedEvidence | undefined> {
  const edits = recordOf(incident, 'fix')?.data.edits ?? [];
  const within = AbortSignal.any([signal, AbortSignal.timeout(timeLimitMs)]);
  const functions: (ChangedFunction & { readonly file: string })[] = [];
  for (const path of new Set(edits.map((edit) => edit.path))) {
    for (const root of world.folders()) {
      const file = join(root, path);
      const text = await readTextFile({ path: file, displayPath: path, roots: world.folders(), signal: within });
      if (!text.ok) continue;
      functions.push(...changedFunctions(edits, path, text.value.text).map((changed) => ({ ...changed, file })));
      break;
    }
  }
  if (functions.length === 0) return undefined;
  const repository = await repositoryOf(within);
  const found: { changed: ChangedFunction; found: FoundCallers | undefined }[] = [];
  for (const changed of functions.slice(0, maxChangedFunctions)) {
    const told = await world
      .languageServerCallers?.(changed.file, changed, within)
      .catch((): LanguageServerAnswer => ({ kind: 'failed' }));
    if (told?.kind === 'answered' && told.callers.length > 0) {
      found.push({ changed, found: { callers: told.callers, source: 'languageServer' } });
      continue;
    }
    const searched = repository.ok
      ? await searchCallers(repository.value, changed, world.folders(), within)
      : undefined;
    const instead = told === undefined || told.kind === 'answered' ? {} : { instead: told.kind };
    found.push({ changed, found: searched?.ok === true ? { ...searched.value, ...instead } : undefined });
  }
  return callersEvidence(found);
}
