import fc from 'fast-check';
import type { Fact, IncidentEvent } from '../../src/model/event.ts';
import { evidenceKinds } from '../../src/model/evidence.ts';
import type { EvidenceId } from '../../src/model/evidence.ts';
import type { HuntOutcome } from '../../src/model/hunt.ts';
import type { Incident } from '../../src/model/incident.ts';
import type { ProofVerdict } from '../../src/model/proof.ts';
import { emptyIncident, reduce } from '../../src/model/reduce.ts';
import type { RunId } from '../../src/model/reply.ts';
import { stepIds } from '../../src/model/steps.ts';
import { suspectRoles } from '../../src/model/suspect.ts';
import { claude, harmless } from './incidents.ts';
import { records } from './records.ts';

const text = fc.oneof(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'binary' })).map(harmless);
const step = fc.constantFrom(...stepIds);
const role = fc.constantFrom(...suspectRoles);
/** Few of each, so that facts meet: ids that are taken, that are not there yet, that were removed. */
const evidenceId = fc.integer({ min: 1, max: 6 }).map((number): EvidenceId => `E${number}`);
const runId = fc.integer({ min: 1, max: 5 }).map((number): RunId => `R${number}`);
const uri = fc.integer({ min: 1, max: 5 }).map((number) => `file:///w/${number}.js`);

const failure = fc.constant({ kind: 'overloaded', endpoint: 'Anthropic' } as const);
const usage = fc.constant({ input: 1, output: 2, cacheRead: 3, cacheWrite: 4 });

/** Every kind of verdict and of outcome. */
const verdicts: readonly ProofVerdict[] = [
  { kind: 'proved', suite: 'passed', reason: 'asStated' },
  { kind: 'proved', suite: 'brokenBefore', reason: 'notStated' },
  { kind: 'testPassesWithoutFix' },
  { kind: 'failsForOtherReason' },
  { kind: 'failsWithFix' },
  { kind: 'cannotRun', why: 'missingModule', phase: 'withoutFix', detail: harmless("Cannot find module 'x'") },
  { kind: 'timedOut', phase: 'suite', seconds: 600 },
  { kind: 'flaky', phase: 'withFix' },
  { kind: 'suiteBroken' },
  { kind: 'stopped' },
];
const commit = { hash: 'c'.repeat(40), subject: harmless('Tidy configuration loading') };
const outcomes: readonly HuntOutcome[] = [
  { kind: 'found', culprit: commit },
  { kind: 'undecided', candidates: [commit] },
  { kind: 'goodEndNotGood', answer: 'skip' },
  { kind: 'badEndNotBad', answer: 'good' },
  { kind: 'stopped' },
  { kind: 'failed', detail: harmless('git failed') },
];

const fact: fc.Arbitrary<Fact> = fc.oneof(
  {
    weight: 1,
    arbitrary: fc.record(
      {
        type: fc.constant('incidentStarted' as const),
        format: fc.constant(1),
        incidentId: fc.constantFrom('a', 'b'),
        title: text,
        demo: fc.constantFrom('stripe-key', 'unknown'),
      },
      { requiredKeys: ['type', 'format', 'incidentId', 'title'] },
    ),
  },
  { weight: 1, arbitrary: fc.record({ type: fc.constant('incidentRenamed'), title: text }) },
  { weight: 1, arbitrary: fc.record({ type: fc.constantFrom('incidentResolved', 'incidentReopened') }) },
  {
    weight: 3,
    arbitrary: fc.record({
      type: fc.constant('suspectAdded'),
      suspect: fc.record({ uri, path: fc.constantFrom('a.js', 'b/c.js'), role }),
    }),
  },
  { weight: 1, arbitrary: fc.record({ type: fc.constant('suspectRemoved'), uri }) },
  { weight: 1, arbitrary: fc.record({ type: fc.constant('suspectRoleChanged'), uri, role }) },
  {
    weight: 4,
    arbitrary: fc.record({
      type: fc.constantFrom('evidenceAdded', 'evidenceAdded', 'evidenceAdded', 'evidenceHidden'),
      evidence: fc.record(
        {
          id: evidenceId,
          kind: fc.constantFrom(...evidenceKinds),
          title: text,
          source: text,
          text,
          lineCount: fc.nat(100),
          redactions: fc.constant([]),
          step,
          firstLine: fc.integer({ min: 1, max: 9000 }),
          omitted: text,
        },
        { requiredKeys: ['id', 'kind', 'title', 'source', 'text', 'lineCount', 'redactions'] },
      ),
    }),
  },
  { weight: 1, arbitrary: fc.record({ type: fc.constant('evidenceRemoved'), evidenceId }) },
  { weight: 1, arbitrary: fc.record({ type: fc.constantFrom('stepChecked', 'stepUnchecked'), step }) },
  { weight: 1, arbitrary: fc.record({ type: fc.constant('stepSkipped'), step, reason: text }) },
  {
    weight: 4,
    arbitrary: fc.record({
      type: fc.constant('stepAsked'),
      runId,
      step,
      kind: fc.constantFrom('step', 'followUp', 'continue', 'recordAgain'),
      question: text,
      evidenceIds: fc.array(evidenceId, { maxLength: 4 }),
      endpoint: fc.constant(claude),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      type: fc.constant('replyRetrying'),
      runId,
      retry: fc.record({ attempt: fc.constant(2), attempts: fc.constant(3), resumesAt: fc.nat(), failure }),
    }),
  },
  { weight: 6, arbitrary: fc.record({ type: fc.constant('replyDelta'), runId, text }) },
  {
    weight: 1,
    arbitrary: fc.record({
      type: fc.constant('replyOpaque'),
      runId,
      json: fc.constant(harmless('{"type":"thinking"}')),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      type: fc.constant('toolCalled'),
      runId,
      call: fc.record({
        callId: fc.constantFrom('call_1', 'call_2', '', 'no/id'),
        name: fc.constantFrom('record_orientation', 'record_bug', 'make coffee', ''),
        inputJson: fc.oneof(fc.json().map(harmless), text, fc.constant(harmless('{"file":"a.js","li'))),
        answer: fc.constantFrom('Recorded.', 'Not recorded. line: Required').map(harmless),
        accepted: fc.boolean(),
      }),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ type: fc.constant('resultRecorded'), runId, record: step.map((id) => records[id]) }),
  },
  { weight: 1, arbitrary: fc.record({ type: fc.constant('turnEnded'), runId }) },
  {
    weight: 1,
    arbitrary: fc.record(
      {
        type: fc.constant('replyContinued'),
        runId,
        endpoint: fc.constantFrom(claude, { ...claude, name: 'Backup', host: 'backup.example.com' }),
        failure,
        usage,
        requestId: fc.constant('req_2'),
      },
      { requiredKeys: ['type', 'runId', 'endpoint', 'failure'] },
    ),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      type: fc.constant('hypothesisJudged'),
      runId,
      index: fc.integer({ min: -1, max: 4 }),
      verdict: fc.constantFrom('open', 'confirmed', 'ruledOut'),
      note: text,
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      type: fc.constant('baselineChosen'),
      baseline: fc.constantFrom({ kind: 'commitsBack', count: 5 } as const, { kind: 'tag', name: 'v1' } as const),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      type: fc.constant('monitorTicked'),
      runId,
      index: fc.integer({ min: -1, max: 4 }),
      ticked: fc.boolean(),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      type: fc.constant('fixApplied'),
      runId,
      files: fc.array(fc.constantFrom('a.js', 'b/c.js'), { maxLength: 2 }),
      proof: fc.oneof(
        fc.constant({ kind: 'proved' } as const),
        text.map((reason) => ({ kind: 'unproved', reason }) as const),
      ),
    }),
  },
  { weight: 1, arbitrary: fc.record({ type: fc.constant('fixUndone'), runId }) },
  {
    weight: 1,
    arbitrary: fc.record({
      type: fc.constant('patternsChecked'),
      runId,
      patterns: fc.array(
        fc.record({
          index: fc.integer({ min: -1, max: 3 }),
          by: fc.constantFrom('quote', 'search', 'line'),
          place: fc.constantFrom(
            { kind: 'found' } as const,
            { kind: 'moved', line: 3 } as const,
            { kind: 'notFound', reason: 'noFile' } as const,
            { kind: 'notChecked' } as const,
          ),
        }),
        { maxLength: 3 },
      ),
    }),
  },
  { weight: 1, arbitrary: fc.record({ type: fc.constant('watchStarted'), minutes: fc.constantFrom(30, 1, 0.5) }) },
  {
    weight: 1,
    arbitrary: fc.record({
      type: fc.constant('monitorChecked'),
      runId,
      index: fc.integer({ min: -1, max: 4 }),
      state: fc.constantFrom('ok', 'worse', 'unknown'),
      note: text,
    }),
  },
  { weight: 1, arbitrary: fc.record({ type: fc.constant('watchEnded') }) },
  {
    weight: 1,
    arbitrary: fc.record({
      type: fc.constant('contextCut'),
      evidence: fc.array(
        fc.record({
          evidenceId,
          kept: fc.array(fc.tuple(fc.integer({ min: -2, max: 40 }), fc.integer({ min: -2, max: 40 })), {
            maxLength: 3,
          }),
        }),
        { maxLength: 2 },
      ),
      runs: fc.array(fc.record({ runId, keeps: fc.constantFrom('start', 'end', 'outline', 'nothing') }), {
        maxLength: 2,
      }),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record(
      {
        type: fc.constant('proofEnded'),
        runId,
        startedAt: fc.nat(),
        verdict: fc.constantFrom<ProofVerdict>(...verdicts),
        runs: fc.constant([
          {
            phase: 'withoutFix',
            command: harmless('npm test'),
            attempts: [{ end: { kind: 'exited', code: 1 }, milliseconds: 5 }],
            output: harmless('not ok 1'),
          },
        ] as const),
        uncommitted: fc.constant([]),
        changedOutside: fc.array(text, { maxLength: 2 }),
        evidenceId,
      },
      { requiredKeys: ['type', 'runId', 'startedAt', 'verdict', 'runs', 'uncommitted', 'changedOutside'] },
    ),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      type: fc.constant('huntEnded'),
      startedAt: fc.nat(),
      good: fc.constant('a'.repeat(40)),
      bad: fc.constant('b'.repeat(40)),
      firstParent: fc.boolean(),
      tested: fc.constant([{ hash: 'a'.repeat(40), answer: 'good' }] as const),
      outcome: fc.constantFrom<HuntOutcome>(...outcomes),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record(
      {
        type: fc.constant('replyEnded'),
        runId,
        outcome: fc.oneof(
          fc.constant({ kind: 'done', stopReason: 'end_turn' } as const),
          fc.constant({ kind: 'stopped' } as const),
          fc.constant({ kind: 'interrupted' } as const),
          failure.map((known) => ({ kind: 'failed', failure: known }) as const),
        ),
        usage,
        requestId: fc.constant('req_1'),
      },
      { requiredKeys: ['type', 'runId', 'outcome'] },
    ),
  },
);

/** Any fact, fitting or not: what a journal of any past could hold. Copied, so that each is a plain object. */
export const anyFact = fact.map((made) => structuredClone(made));

export const anyFacts = fc.array(anyFact, { maxLength: 60 });

/** Facts with their places in the incident, a second apart. */
export function stamped(facts: readonly Fact[], from = 0): IncidentEvent[] {
  return facts.map((fact, index) => ({ ...fact, seq: from + index + 1, at: 1_000 * (from + index + 1) }));
}

export function replay(events: readonly IncidentEvent[], from: Incident = emptyIncident): Incident {
  return events.reduce(reduce, from);
}
