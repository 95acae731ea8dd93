import { countLines } from '../model/evidence.ts';
import type { CollectedEvidence, Evidence } from '../model/evidence.ts';
import { succeed } from '../model/failure.ts';
import type { Result } from '../model/failure.ts';
import type { ErrorRate, RateCommit } from '../model/errorRate.ts';
import { foldShapeLines } from '../model/logShape.ts';
import { noRedactedText, rewriteRedacted } from '../model/redacted.ts';
import type { Redacted } from '../model/redacted.ts';
import { cutToLimit } from './limits.ts';
import type { Redactor } from '../redaction/redactor.ts';

/** Evidence that has been redacted and has no number yet. */
export type EvidenceDraft = Omit<Evidence, 'id' | 'addedAt'>;

/**
 * Redacts all of a piece of evidence that is text: its title and source as well, since a command line may hold a key.
 * What is too large is cut after that, so that no secret is cut in two before it is found. `namedLines` are the lines of
 * a file that matter most.
 */
export async function redactEvidence(
  redactor: Redactor,
  collected: CollectedEvidence,
  signal?: AbortSignal,
  namedLines: readonly number[] = [],
): Promise<Result<EvidenceDraft>> {
  const { text, title, source, omitted, errorRate, ...rest } = collected;
  const options = { what: title, ...(signal === undefined ? {} : { signal }) };
  const body = await redactor.redact(text, options);
  if (!body.ok) return body;
  const labels: Redacted[] = [];
  for (const label of [title, source, omitted ?? '']) {
    const result = await redactor.redact(label, options);
    if (!result.ok) return result;
    labels.push(result.value.text);
  }
  const [safeTitle = noRedactedText, safeSource = noRedactedText, safeOmitted = noRedactedText] = labels;
  const rate = errorRate === undefined ? succeed(undefined) : await redactRate(redactor, errorRate, options);
  if (!rate.ok) return rate;
  const draft: EvidenceDraft = {
    ...rest,
    text: collected.kind === 'logDigest' ? rewriteRedacted(body.value.text, foldShapeLines) : body.value.text,
    title: safeTitle,
    source: safeSource,
    lineCount: countLines(body.value.text),
    redactions: body.value.redactions,
    ...(omitted === undefined ? {} : { omitted: safeOmitted }),
    ...(rate.value === undefined ? {} : { errorRate: rate.value }),
  };
  return succeed(cutToLimit(draft, namedLines));
}

/** The words of an error rate, and what commits and tags are called, redacted one by one. */
async function redactRate(
  redactor: Redactor,
  { words, commits, ...figures }: ErrorRate<string>,
  options: { readonly what: string; readonly signal?: AbortSignal },
): Promise<Result<ErrorRate>> {
  const safeWords = await redactor.redact(words, options);
  if (!safeWords.ok) return safeWords;
  const safeCommits: RateCommit[] = [];
  for (const { subject, tags, ...commit } of commits) {
    const safe: Redacted[] = [];
    for (const text of [subject, ...tags]) {
      const result = await redactor.redact(text, options);
      if (!result.ok) return result;
      safe.push(result.value.text);
    }
    const [safeSubject = noRedactedText, ...safeTags] = safe;
    safeCommits.push({ ...commit, subject: safeSubject, tags: safeTags });
  }
  return succeed({ ...figures, words: safeWords.value.text, commits: safeCommits });
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
