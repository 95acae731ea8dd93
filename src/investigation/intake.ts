import { showHidden } from '../evidence/hiddenCharacters.ts';
import { countLines } from '../model/evidence.ts';
import type { KnownCaller } from '../model/caller.ts';
import type { CollectedEvidence, Evidence } from '../model/evidence.ts';
import { succeed } from '../model/failure.ts';
import type { Result } from '../model/failure.ts';
import type { ErrorRate, RateCommit } from '../model/errorRate.ts';
import { foldShapeLines } from '../model/logShape.ts';
import { noRedactedText, rewriteRedacted } from '../model/redacted.ts';
import type { Redacted } from '../model/redacted.ts';
import { cutToLimit } from './limits.ts';
import type { Redactor } from '../redaction/redactor.ts';
import { withSuspicions } from './suspicions.ts';

/** Evidence that has been redacted and has no number yet. */
export type EvidenceDraft = Omit<Evidence, 'id' | 'addedAt'>;

/**
 * Redacts all of a piece of evidence that is text: its title and source as well, since a command line may hold a key.
 * What is too large is cut after that, so that no secret is cut in two before it is found. `namedLines` are the lines of
 * a file that matter most. Characters that nobody sees are written out, and lines that speak to a model are noted.
 */
export async function redactEvidence(
  redactor: Redactor,
  collected: CollectedEvidence,
  signal?: AbortSignal,
  namedLines: readonly number[] = [],
): Promise<Result<EvidenceDraft>> {
  const { text, title, source, omitted, errorRate, callers, ...rest } = collected;
  const within = signal === undefined ? {} : { signal };
  // The labels come first: a failure names what it is about, and a title may hold a key as well.
  const labels: Redacted[] = [];
  for (const label of [title, source, omitted ?? '']) {
    const result = await redactor.redact(label, { ...within, what: 'The title of the evidence' });
    if (!result.ok) return result;
    labels.push(visible(result.value.text));
  }
  const [safeTitle = noRedactedText, safeSource = noRedactedText, safeOmitted = noRedactedText] = labels;
  const body = await redactor.redact(text, { ...within, what: safeTitle });
  if (!body.ok) return body;
  const rate =
    errorRate === undefined
      ? succeed(undefined)
      : await redactRate(redactor, errorRate, { ...within, what: safeTitle });
  if (!rate.ok) return rate;
  const places = await redactCallers(redactor, callers, { ...within, what: safeTitle });
  if (!places.ok) return places;
  const seen = visible(body.value.text);
  const draft: EvidenceDraft = {
    ...rest,
    text: collected.kind === 'logDigest' ? rewriteRedacted(seen, foldShapeLines) : seen,
    title: safeTitle,
    source: safeSource,
    lineCount: countLines(body.value.text),
    redactions: body.value.redactions,
    ...(omitted === undefined ? {} : { omitted: safeOmitted }),
    ...(rate.value === undefined ? {} : { errorRate: rate.value }),
    ...(places.value === undefined ? {} : { callers: places.value }),
  };
  return succeed(withSuspicions(cutToLimit(draft, namedLines)));
}

/** After redaction, which sees through hidden characters; before anybody reads it. The number of lines stays. */
function visible(text: Redacted): Redacted {
  return rewriteRedacted(text, (raw) => showHidden(raw).text);
}

/** The words of an error rate, and what commits and tags are called, redacted one by one. */
async function redactRate(
  redactor: Redactor,
  { words, commits, facts, ...figures }: ErrorRate<string>,
  options: { readonly what: string; readonly signal?: AbortSignal },
): Promise<Result<ErrorRate>> {
  const safeWords = await redactor.redact(words, options);
  if (!safeWords.ok) return safeWords;
  const safeCommits: RateCommit[] = [];
  for (const commit of commits) {
    const safe = await redactCommit(redactor, commit, options);
    if (!safe.ok) return safe;
    safeCommits.push(safe.value);
  }
  const rate: ErrorRate = { ...figures, words: visible(safeWords.value.text), commits: safeCommits };
  if (facts === undefined) return succeed(rate);
  const { before, ...told } = facts;
  if (before === undefined) return succeed({ ...rate, facts: told });
  const safe = await redactCommit(redactor, before, options);
  return safe.ok ? succeed({ ...rate, facts: { ...told, before: safe.value } }) : safe;
}

async function redactCommit(
  redactor: Redactor,
  { subject, tags, ...commit }: RateCommit<string>,
  options: { readonly what: string; readonly signal?: AbortSignal },
): Promise<Result<RateCommit>> {
  const safe: Redacted[] = [];
  for (const text of [subject, ...tags]) {
    const result = await redactor.redact(text, options);
    if (!result.ok) return result;
    safe.push(visible(result.value.text));
  }
  const [safeSubject = noRedactedText, ...safeTags] = safe;
  return succeed({ ...commit, subject: safeSubject, tags: safeTags });
}

/** Paths and names of callers, redacted one by one; each of them once, since most occur often. */
async function redactCallers(
  redactor: Redactor,
  callers: readonly KnownCaller<string>[] | undefined,
  options: { readonly what: string; readonly signal?: AbortSignal },
): Promise<Result<readonly KnownCaller[] | undefined>> {
  if (callers === undefined) return succeed(undefined);
  const safe = new Map<string, Redacted>();
  for (const text of callers.flatMap(({ of, path, in: inside = '' }) => [of, path, inside])) {
    if (safe.has(text)) continue;
    const result = await redactor.redact(text, options);
    if (!result.ok) return result;
    safe.set(text, visible(result.value.text));
  }
  const known = (text: string): Redacted => safe.get(text) ?? noRedactedText;
  return succeed(
    callers.map(({ of, path, line, in: inside }) => ({
      of: known(of),
      path: known(path),
      line,
      ...(inside === undefined ? {} : { in: known(inside) }),
    })),
  );
}

/**
 * Gives drafts their ids, in order, after the highest that the incident has: a number that is taken would not be added,
 * and where a line of the journal was lost there are fewer items than numbers.
 */
export function numberEvidence<T extends EvidenceDraft>(
  drafts: readonly T[],
  present: readonly Pick<Evidence, 'id'>[],
): readonly (T & Pick<Evidence, 'id'>)[] {
  const last = highestNumber(present);
  return drafts.map((draft, index) => ({ ...draft, id: `E${last + index + 1}` as const }));
}

/** The highest number of ids such as `E7` and `R7`; 0 where there is none. */
export function highestNumber(items: readonly { readonly id: string }[]): number {
  return items.reduce((highest, { id }) => Math.max(highest, Number(id.slice(1))), 0);
}
