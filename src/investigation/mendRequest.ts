import { editName, editProblemWords } from '../editWording.ts';
import type { EditProblem, LineRange } from '../model/editProblem.ts';
import type { CollectedEvidence } from '../model/evidence.ts';
import { hypothesesAnswered } from '../model/incident.ts';
import type { Incident } from '../model/incident.ts';
import { inEnglish } from '../model/l10n.ts';
import { findEditPlace, readForEdit } from './editPlace.ts';
import type { FixWorld } from './fixWorld.ts';

/** Lines that are shown on each side of those that an edit was most likely meant for, and at most of one file. */
const linesAround = 12;
const maxLines = 160;
/** Problems that are told; a fix with more is asked for anew. */
const maxTold = 20;

export interface MendRequest {
  /** What is wrong with each edit, and what is wanted: the user's words in the follow-up. */
  readonly words: string;
  /** The lines as they are now, to go out as evidence beside it. */
  readonly evidence: readonly CollectedEvidence[];
}

/**
 * What Claude needs to mend edits that do not fit: the reasons, and the lines of the files as they are now. Before the
 * hypotheses are there, no lines of files beyond the suspects go along.
 */
export async function mendRequest(
  incident: Incident,
  problems: readonly EditProblem[],
  world: FixWorld,
): Promise<MendRequest> {
  const told = problems.slice(0, maxTold);
  const reasons = told.map((problem, index) =>
    inEnglish(() => `${index + 1}. ${editName(problem)} ${editProblemWords(problem)}.`),
  );
  const mayShow = (path: string): boolean =>
    hypothesesAnswered(incident) || incident.suspects.some((suspect) => suspect.path === path);
  const ranges = new Map<string, LineRange[]>();
  for (const problem of told) {
    const range = rangeOf(problem);
    if (range === undefined || !mayShow(problem.path)) continue;
    ranges.set(problem.path, [...(ranges.get(problem.path) ?? []), range]);
  }
  const evidence: CollectedEvidence[] = [];
  for (const [path, wanted] of ranges) {
    const shown = await linesNow(path, wanted, world);
    if (shown !== undefined) evidence.push(shown);
  }
  const words = [
    'The edits of your fix do not fit the files as they are now, so nothing of it was applied:',
    ...reasons,
    ...(problems.length > told.length ? [`(and ${problems.length - told.length} more)`] : []),
    '',
    `${evidence.length === 0 ? '' : 'The lines as they are now come with this. '}Record the whole fix again with its test: every edit, with a search that stands exactly once in the file as it is now, and paths relative to the folder.`,
  ].join('\n');
  return { words, evidence };
}

/** The lines that tell what an edit should have said. */
function rangeOf(problem: EditProblem): LineRange | undefined {
  switch (problem.kind) {
    case 'notFound':
      return problem.nearest;
    case 'ambiguous': {
      const [first = 1] = problem.lines;
      return { line: first, endLine: problem.lines.at(-1) ?? first };
    }
    case 'overlaps':
      return problem.line === undefined ? undefined : { line: problem.line, endLine: problem.line };
    case 'fileExists':
      return { line: 1, endLine: maxLines };
    default:
      return undefined;
  }
}

async function linesNow(
  path: string,
  ranges: readonly LineRange[],
  world: FixWorld,
): Promise<CollectedEvidence | undefined> {
  const place = await findEditPlace(path, world);
  if ('kind' in place) return undefined;
  const now = await readForEdit(place, world);
  if (now === undefined || 'kind' in now) return undefined;
  const all = now.text.split(/\r?\n/);
  const first = Math.max(1, Math.min(...ranges.map(({ line }) => line)) - linesAround);
  const wanted = Math.min(all.length, Math.max(...ranges.map(({ endLine }) => endLine)) + linesAround);
  const last = Math.min(wanted, first + maxLines - 1);
  return {
    kind: 'selection',
    title: `${path}, lines ${first} to ${last}, as they are now`,
    source: path,
    text: all.slice(first - 1, last).join('\n'),
    firstLine: first,
    step: 'fix',
    ...(last < wanted ? { omitted: `the ${wanted - last} lines after these` } : {}),
  };
}
