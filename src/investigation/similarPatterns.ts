import { squeezed } from '../model/lines.ts';
import type { Fix } from '../model/records.ts';
import type { Run } from '../model/reply.ts';
import type { CheckedPattern, PatternPlace } from '../model/similarPattern.ts';
import { searchTool } from '../model/tools.ts';
import { findEditPlace, readForEdit } from './editPlace.ts';
import type { FixWorld } from './fixWorld.ts';

type Pattern = Fix['similarPatterns'][number];

/** A quoted text shorter than this is in every file. */
const shortestQuote = 4;

/**
 * Looks up each similar place that a fix names: whether the file is there and is the repository's own, whether it has
 * the line, and whether the line has the text that the reply quotes or that its own searches found there. A text that
 * stands elsewhere in the file has moved. Reads only.
 */
export async function checkPatterns(
  patterns: readonly Pattern[],
  run: Pick<Run, 'parts'>,
  world: FixWorld,
  signal: AbortSignal,
): Promise<readonly CheckedPattern[]> {
  const hits = searchHits(run);
  const checked: CheckedPattern[] = [];
  for (const [index, pattern] of patterns.entries()) {
    if (signal.aborted) checked.push({ index, place: { kind: 'notChecked' }, by: 'line' });
    else checked.push({ index, ...(await checkOne(pattern, hits, world)) });
  }
  return checked;
}

async function checkOne(
  pattern: Pattern,
  hits: ReadonlyMap<string, string>,
  world: FixWorld,
): Promise<Omit<CheckedPattern, 'index'>> {
  const { path, line } = pattern;
  const lineOnly = (place: PatternPlace): Omit<CheckedPattern, 'index'> => ({ place, by: 'line' });
  const place = await findEditPlace(path, world);
  if ('kind' in place) {
    if (place.kind === 'ignored') return lineOnly({ kind: 'notFound', reason: 'notTracked' });
    return lineOnly(place.kind === 'unreadable' ? { kind: 'notChecked' } : { kind: 'notFound', reason: 'noFile' });
  }
  const now = await readForEdit(place, world);
  if (now === undefined) return lineOnly({ kind: 'notFound', reason: 'noFile' });
  if ('kind' in now) return lineOnly({ kind: 'notChecked' });
  const lines = now.text.replace(/\r?\n$/, '').split(/\r?\n/);
  const { texts, by } = quoted(pattern, hits);
  if (texts.length > 0) return { place: foundAt(lines, texts, line), by };
  if (line !== undefined && line > lines.length) return lineOnly({ kind: 'notFound', reason: 'noSuchLine' });
  return lineOnly({ kind: 'found' });
}

/** Where one of the texts stands: at the line, or else at the line nearest to it. */
function foundAt(lines: readonly string[], texts: readonly string[], line: number | undefined): PatternPlace {
  const wanted = texts.map(squeezed);
  const places = lines.flatMap((text, index) => {
    const present = squeezed(text);
    return wanted.some((one) => present.includes(one)) ? [index + 1] : [];
  });
  if (places.length === 0) {
    const reason = line !== undefined && line > lines.length ? 'noSuchLine' : 'otherText';
    return { kind: 'notFound', reason };
  }
  if (line === undefined || places.includes(line)) return { kind: 'found' };
  const nearest = places.reduce((best, at) => (Math.abs(at - line) < Math.abs(best - line) ? at : best));
  return { kind: 'moved', line: nearest };
}

/** What the line is said to be: quoted in the record, found by the reply's own search, or named in code ticks. */
function quoted(
  { path, line, text, why }: Pattern,
  hits: ReadonlyMap<string, string>,
): { readonly texts: readonly string[]; readonly by: CheckedPattern['by'] } {
  if (text !== undefined && squeezed(text).length >= shortestQuote) return { texts: [firstLine(text)], by: 'quote' };
  const hit = line === undefined ? undefined : hits.get(`${path}:${line}`);
  if (hit !== undefined && squeezed(hit).length >= shortestQuote) return { texts: [hit], by: 'search' };
  const ticked = [...why.matchAll(/`([^`\n]+)`/g)].map(([, code = '']) => code);
  // A file's name or a bare word in ticks is no quotation of a line.
  const code = ticked.filter((one) => squeezed(one).length >= shortestQuote && /[^\w\s/-]/.test(one) && one !== path);
  return { texts: code, by: code.length > 0 ? 'quote' : 'line' };
}

/** The lines that the reply's searches found, by `path:line`. */
function searchHits({ parts }: Pick<Run, 'parts'>): ReadonlyMap<string, string> {
  const hits = new Map<string, string>();
  for (const part of parts) {
    if (part.type !== 'toolCall' || part.name !== searchTool.name || !part.accepted) continue;
    for (const row of part.answer.split('\n')) {
      const [, place, text] = /^(.+?:\d+): (.*)$/.exec(row) ?? [];
      // What was cut or hidden on its way cannot be compared.
      if (place !== undefined && text !== undefined && !/…$|«[a-z]/.test(text)) hits.set(place, text);
    }
  }
  return hits;
}

function firstLine(text: string): string {
  return text.trim().split(/\r?\n/)[0] ?? '';
}
