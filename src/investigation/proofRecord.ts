import type { IncidentStore } from '../incident/store.ts';
import type { CollectedEvidence } from '../model/evidence.ts';
import { succeed } from '../model/failure.ts';
import type { Failure, Result } from '../model/failure.ts';
import type { Hunt, HuntOutcome } from '../model/hunt.ts';
import { inEnglish } from '../model/l10n.ts';
import type { Proof, ProofRun, ProofVerdict } from '../model/proof.ts';
import { huntWords, runLines, testedWords, verdictMeaning, verdictTitle } from '../model/proofWords.ts';
import { rewriteRedacted } from '../model/redacted.ts';
import type { Redacted } from '../model/redacted.ts';
import type { RunId } from '../model/reply.ts';
import type { RawCommit, RawHunt, RawHuntOutcome } from '../proof/hunt.ts';
import type { RawProof, RawRun, RawVerdict } from '../proof/prove.ts';
import type { Redactor } from '../redaction/redactor.ts';
import { numberEvidence, redactEvidence } from './intake.ts';

/** Lines and characters of a run's output that the record keeps: its end. */
const keptLines = 60;
const keptCharacters = 8_000;

export interface RecordPlace {
  readonly store: IncidentStore;
  readonly redactor: Redactor;
}

export interface EndedProof {
  readonly runId: RunId;
  readonly startedAt: number;
  /** Suspects whose uncommitted text was taken along. */
  readonly uncommitted: readonly string[];
  readonly raw: RawProof;
}

/** Records what a proof showed, redacted, and adds it as evidence for the next question of step 6. */
export async function recordProof(
  { store, redactor }: RecordPlace,
  { runId, startedAt, uncommitted, raw }: EndedProof,
): Promise<Failure | undefined> {
  const clean = cleaner(redactor);
  const runs: ProofRun[] = [];
  for (const run of raw.runs) {
    const redacted = await redactedRun(run, clean);
    if (!redacted.ok) return redacted.failure;
    runs.push(redacted.value);
  }
  const verdict = await redactedVerdict(raw.verdict, clean);
  if (!verdict.ok) return verdict.failure;
  const taken = await all(uncommitted, clean);
  if (!taken.ok) return taken.failure;
  const changedOutside = await all(raw.changedOutside.slice(0, 50), clean);
  if (!changedOutside.ok) return changedOutside.failure;
  const proof = {
    runId,
    startedAt,
    verdict: verdict.value,
    runs,
    uncommitted: taken.value,
    changedOutside: changedOutside.value,
  };
  const evidenceId =
    verdict.value.kind === 'stopped'
      ? undefined
      : await addEvidence(
          { store, redactor },
          inEnglish(() => proofEvidence(proof)),
        );
  store.dispatch({ type: 'proofEnded', ...proof, ...(evidenceId === undefined ? {} : { evidenceId }) });
  return undefined;
}

export interface EndedHunt {
  readonly startedAt: number;
  readonly good: string;
  readonly bad: string;
  readonly firstParent: boolean;
  readonly raw: RawHunt;
}

/** Records how a search through the history ended, and adds it as evidence for the next question of step 5. */
export async function recordHunt(
  { store, redactor }: RecordPlace,
  { startedAt, good, bad, firstParent, raw }: EndedHunt,
): Promise<Failure | undefined> {
  const outcome = await redactedOutcome(raw.outcome, cleaner(redactor));
  if (!outcome.ok) return outcome.failure;
  const hunt = { startedAt, good, bad, firstParent, tested: raw.tested, outcome: outcome.value };
  const tells = outcome.value.kind !== 'stopped' && outcome.value.kind !== 'failed';
  const evidenceId = tells
    ? await addEvidence(
        { store, redactor },
        inEnglish(() => huntEvidence(hunt, raw)),
      )
    : undefined;
  store.dispatch({ type: 'huntEnded', ...hunt, ...(evidenceId === undefined ? {} : { evidenceId }) });
  return undefined;
}

type Clean = (text: string) => Promise<Result<Redacted>>;

function cleaner(redactor: Redactor): Clean {
  return async (text) => {
    const redacted = await redactor.redact(text, { what: 'The output of a test' });
    return redacted.ok ? succeed(redacted.value.text) : redacted;
  };
}

async function all(texts: readonly string[], clean: Clean): Promise<Result<readonly Redacted[]>> {
  const redacted: Redacted[] = [];
  for (const text of texts) {
    const each = await clean(text);
    if (!each.ok) return each;
    redacted.push(each.value);
  }
  return succeed(redacted);
}

async function redactedRun({ phase, command, attempts, output }: RawRun, clean: Clean): Promise<Result<ProofRun>> {
  const line = await clean(command);
  if (!line.ok) return line;
  // Whole, then cut: half of a secret would not be known for one.
  const text = await clean(output);
  if (!text.ok) return text;
  return succeed({ phase, command: line.value, attempts, output: rewriteRedacted(text.value, lastLines) });
}

function lastLines(output: string): string {
  return output.trimEnd().split(/\r?\n/).slice(-keptLines).join('\n').slice(-keptCharacters);
}

async function redactedVerdict(verdict: RawVerdict, clean: Clean): Promise<Result<ProofVerdict>> {
  if (verdict.kind !== 'cannotRun') return succeed(verdict);
  const detail = await clean(verdict.detail);
  return detail.ok ? succeed({ ...verdict, detail: detail.value }) : detail;
}

async function redactedOutcome(outcome: RawHuntOutcome, clean: Clean): Promise<Result<HuntOutcome>> {
  switch (outcome.kind) {
    case 'found': {
      const culprit = await redactedCommit(outcome.culprit, clean);
      return culprit.ok ? succeed({ kind: 'found', culprit: culprit.value }) : culprit;
    }
    case 'undecided': {
      const subjects = await all(
        outcome.candidates.map(({ subject }) => subject),
        clean,
      );
      if (!subjects.ok) return subjects;
      const candidates = outcome.candidates.flatMap(({ hash }, index) => {
        const subject = subjects.value[index];
        return subject === undefined ? [] : [{ hash, subject }];
      });
      return succeed({ kind: 'undecided', candidates });
    }
    case 'failed': {
      const { failure } = outcome;
      const detail = await clean('detail' in failure ? failure.detail : failure.kind);
      return detail.ok ? succeed({ kind: 'failed', detail: detail.value }) : detail;
    }
    case 'goodEndNotGood':
    case 'badEndNotBad':
    case 'stopped':
      return succeed(outcome);
  }
}

async function redactedCommit({ hash, subject }: RawCommit, clean: Clean) {
  const redacted = await clean(subject);
  return redacted.ok ? succeed({ hash, subject: redacted.value }) : redacted;
}

async function addEvidence({ store, redactor }: RecordPlace, collected: CollectedEvidence) {
  const draft = await redactEvidence(redactor, collected);
  const [evidence] = draft.ok ? numberEvidence([draft.value], store.incident.evidence) : [];
  if (evidence === undefined) return undefined;
  store.dispatch({ type: 'evidenceAdded', evidence });
  return evidence.id;
}

function proofEvidence(proof: Omit<Proof, 'endedAt' | 'evidenceId'>): CollectedEvidence {
  const { runId, verdict, runs, changedOutside, uncommitted } = proof;
  const notes = [
    ...(uncommitted.length === 0 ? [] : [`With uncommitted changes of: ${uncommitted.join(', ')}`]),
    ...(changedOutside.length === 0
      ? []
      : [`Changed outside the scratch copy meanwhile: ${changedOutside.join(', ')}`]),
  ];
  return {
    kind: 'terminal',
    title: `proof of the fix of ${runId}: ${verdictTitle(verdict)}`,
    source: 'the tests, run in a scratch copy of the repository',
    step: 'fix',
    text: [
      verdictTitle(verdict),
      verdictMeaning(verdict),
      ...runLines(proof),
      ...notes,
      ...runs.flatMap(({ phase, output }) => ['', `--- last lines of ${phase} ---`, output]),
    ].join('\n'),
  };
}

function huntEvidence(hunt: Omit<Hunt, 'endedAt' | 'evidenceId'>, raw: RawHunt): CollectedEvidence {
  const { good, bad, firstParent, outcome } = hunt;
  const change = raw.outcome.kind === 'found' ? ['', raw.outcome.change] : [];
  const judges =
    raw.judgedBy.length === 0
      ? []
      : [`Judged by these tests alone, since the others fail at the good end as well: ${raw.judgedBy.join('; ')}`];
  const candidates =
    outcome.kind === 'undecided' ? outcome.candidates.map(({ hash, subject }) => `${hash} ${subject}`) : [];
  return {
    kind: 'terminal',
    title: `git bisect with the fix’s test: ${outcome.kind === 'found' ? outcome.culprit.hash.slice(0, 10) : 'no single commit'}`,
    source: `git bisect from ${good.slice(0, 10)} to ${bad.slice(0, 10)}${firstParent ? ', first parents only' : ''}`,
    step: 'regression',
    text: [huntWords(outcome), testedWords(hunt), ...judges, ...candidates, ...change, '', raw.log]
      .join('\n')
      .trimEnd(),
  };
}
