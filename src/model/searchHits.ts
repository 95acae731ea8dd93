import { isCitedAs } from './citedFile.ts';
import { cutsInForce } from './contextCut.ts';
import { keptPart } from './cutText.ts';
import type { Incident } from './incident.ts';
import type { RunId } from './reply.ts';
import { searchTool } from './tools.ts';

/** A line of the repository that a search has shown to Claude. */
export interface SearchHit {
  /** The reply in which it was searched for. */
  readonly runId: RunId;
  /** Relative to the repository's root, with `/`. */
  readonly path: string;
  readonly line: number;
  readonly text: string;
}

/**
 * What the searches of replies have shown, up to the reply at this place and as far as it is still sent with it. The
 * latest first.
 */
export function searchHits(incident: Incident, place = Infinity): readonly SearchHit[] {
  const cuts = cutsInForce(incident, place);
  return incident.runs
    .slice(0, place + 1)
    .toReversed()
    .flatMap(({ id: runId, parts }) => {
      const level = cuts.runs.get(runId);
      if (level === 'outline' || level === 'nothing') return [];
      return parts.flatMap((part) => {
        if (part.type !== 'toolCall' || part.name !== searchTool.name || !part.accepted) return [];
        return hitsIn(level === undefined ? part.answer : keptPart(part.answer, 'start'), runId);
      });
    });
}

/** The hit that shows a line of a file; without a line, the first one in it. */
export function findHit(
  hits: readonly SearchHit[],
  { path, line }: { readonly path: string; readonly line?: number },
): SearchHit | undefined {
  return hits.find((hit) => (line === undefined || hit.line === line) && isCitedAs(hit.path, path));
}

/** A hit is a line of the answer, `path:line: text`; its other lines say how many there are. */
function hitsIn(answer: string, runId: RunId): readonly SearchHit[] {
  return answer.split('\n').flatMap((text) => {
    const match = /^(.{1,1000}?):(\d{1,9}): (.*)$/.exec(text);
    const [, path, line, found] = match ?? [];
    return path === undefined || found === undefined ? [] : [{ runId, path, line: Number(line), text: found }];
  });
}
