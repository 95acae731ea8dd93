import type { Fact } from './event.ts';
import type { Incident } from './incident.ts';
import { isProved, proofOf } from './proof.ts';
import type { Fix } from './records.ts';
import type { RunId } from './reply.ts';

/** A fix that was applied to the files, and whether it was undone since. */
export interface AppliedFix {
  readonly runId: RunId;
  readonly files: readonly string[];
  readonly proof: Extract<Fact, { type: 'fixApplied' }>['proof'];
  readonly at: number;
  readonly undoneAt?: number;
}

/** The latest recorded fix, with the run that recorded it and how it was applied, if it was and still is. */
export function latestFix(
  incident: Incident,
): { readonly runId: RunId; readonly data: Fix; readonly applied?: AppliedFix } | undefined {
  const run = incident.runs.findLast(({ record }) => record?.step === 'fix');
  if (run?.record?.step !== 'fix') return undefined;
  const applied = incident.appliedFixes.findLast(({ runId, undoneAt }) => runId === run.id && undoneAt === undefined);
  return { runId: run.id, data: run.record.data, ...(applied === undefined ? {} : { applied }) };
}

/** Whether the latest proof of the fix that a run recorded shows it: red without it, green with it. Never a model's word. */
export function isFixProved(incident: Pick<Incident, 'proofs'>, runId: RunId): boolean {
  const proof = proofOf(incident, runId);
  return proof !== undefined && isProved(proof);
}

/** Whether the fix that a run recorded was applied and is still there. */
export function isApplied({ appliedFixes }: Pick<Incident, 'appliedFixes'>, of: RunId): boolean {
  return appliedFixes.some(({ runId, undoneAt }) => runId === of && undoneAt === undefined);
}

/** Longest name and subject: what fits in a list of branches, and in `git log --oneline`. */
const longestSlug = 48;
const longestSubject = 72;

/**
 * The branch that is offered for a fix: `incident/2026-11-22-checkout-returns-500`. Only lower-case letters and digits
 * with single hyphens, which every rule of `git check-ref-format` allows.
 */
export function fixBranch({ title, startedAt }: Pick<Incident, 'title' | 'startedAt'>): string {
  const slug = title
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, longestSlug)
    .replace(/^-+|-+$/g, '');
  const date = new Date(startedAt);
  const day = Number.isNaN(date.getTime()) ? undefined : date.toISOString().slice(0, 10);
  return `incident/${[day, slug === '' ? 'fix' : slug].filter((part) => part !== undefined).join('-')}`;
}

/** The commit message that is offered for a fix: it names the incident, says why the fix works and how far it is proved. */
export function fixMessage(
  { title, startedAt, id }: Pick<Incident, 'title' | 'startedAt' | 'id'>,
  fix: Pick<Fix, 'explanation' | 'test'>,
  proof: AppliedFix['proof'] | undefined,
): string {
  const subject = cut(`Fix: ${oneLine(title)}`, longestSubject);
  const started = new Date(startedAt);
  const since = Number.isNaN(started.getTime())
    ? ''
    : ` of ${started.toISOString().slice(0, 16).replace('T', ' ')} UTC`;
  const command = oneLine(fix.test.command ?? '');
  return [
    subject,
    '',
    fix.explanation.trim() === '' ? undefined : `${fix.explanation.trim()}\n`,
    `Incident${since}: ${oneLine(title)} (${id})`,
    command === '' ? undefined : `Test: ${command}`,
    proof?.kind === 'proved' ? 'Proved: the test fails without the fix and passes with it.' : undefined,
    proof?.kind === 'unproved' ? `Not proved by a test run: ${oneLine(proof.reason)}` : undefined,
  ]
    .filter((line) => line !== undefined)
    .join('\n');
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}

function cut(text: string, length: number): string {
  return text.length <= length
    ? text
    : `${text
        .slice(0, length - 1)
        .replace(/[\ud800-\udbff]$/, '')
        .trimEnd()}…`;
}
