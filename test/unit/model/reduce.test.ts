import assert from 'node:assert/strict';
import fc from 'fast-check';
import { journalLine, parseJournalLine } from '../../../src/incident/journalLine.ts';
import type { Fact } from '../../../src/model/event.ts';
import type { Incident } from '../../../src/model/incident.ts';
import {
  activeRun,
  nextStep,
  pendingEvidence,
  presentEvidence,
  recordOf,
  stepsSettled,
} from '../../../src/model/incident.ts';
import { emptyIncident, reduce } from '../../../src/model/reduce.ts';
import { replyText } from '../../../src/model/reply.ts';
import { stepIds } from '../../../src/model/steps.ts';
import { eventForPanel, forPanel } from '../../../src/protocol.ts';
import { anyFact, anyFacts, replay, stamped } from '../../support/arbitraryFacts.ts';
import { claude, harmless, IncidentBuilder } from '../../support/incidents.ts';
import { records } from '../../support/records.ts';
import { processorTime } from '../../support/processorTime.ts';

/** What every incident is, whatever happened. */
function assertLegal(incident: Incident): void {
  const unique = (values: readonly unknown[]): boolean => new Set(values).size === values.length;
  assert.ok(incident.suspects.length <= 3);
  assert.ok(unique(incident.suspects.map(({ uri }) => uri)));
  assert.ok(unique(incident.evidence.map(({ id }) => id)));
  assert.ok(unique(incident.runs.map(({ id }) => id)));
  const streaming = incident.runs.filter(({ phase }) => phase.kind === 'streaming');
  assert.ok(streaming.length <= 1);
  assert.equal(streaming[0], activeRun(incident));
  if (streaming[0] !== undefined) assert.equal(streaming[0], incident.runs.at(-1));
  for (const item of incident.evidence) {
    const carriers = incident.runs.filter(({ evidenceIds }) => evidenceIds.includes(item.id)).map(({ id }) => id);
    assert.deepEqual(carriers, item.sentIn === undefined ? [] : [item.sentIn]);
  }
  for (const run of incident.runs) {
    assert.ok(unique(run.evidenceIds));
    assert.ok(incident.steps[run.step].runIds.includes(run.id));
    assert.ok(run.record === undefined || run.record.step === run.step);
    assert.ok(run.parts.every((part, at) => part.type !== 'text' || run.parts[at + 1]?.type !== 'text'));
  }
  assert.equal(stepIds.flatMap((id) => incident.steps[id].runIds).length, incident.runs.length);
}

describe('reducer', () => {
  it('leaves a legal incident after any facts in any order, and counts each of them', () => {
    fc.assert(
      fc.property(anyFacts, (facts) => {
        let incident = emptyIncident;
        for (const event of stamped(facts)) {
          incident = reduce(incident, event);
          assert.equal(incident.seq, event.seq);
          assert.equal(incident.lastEventAt, event.at);
          assertLegal(incident);
        }
      }),
    );
  });

  it('gives the same incident again from the lines of its journal', () => {
    fc.assert(
      fc.property(anyFacts, (facts) => {
        const events = stamped(facts);
        const read = events.map((event) => {
          const line = parseJournalLine(journalLine(event).trimEnd());
          if (line.kind !== 'event') assert.fail(JSON.stringify({ line, event }));
          return line.event;
        });
        assert.deepEqual(replay(read), replay(events));
      }),
    );
  });

  it('gives the panel the host’s incident from a snapshot and the events since, wherever the snapshot was taken', () => {
    fc.assert(
      fc.property(anyFacts, anyFacts, (before, after) => {
        const snapshot = replay(stamped(before));
        const events = stamped(after, before.length);
        const overTheWire = structuredClone({ snapshot: forPanel(snapshot), events: events.map(eventForPanel) });
        assert.deepEqual(replay(overTheWire.events, overTheWire.snapshot), forPanel(replay(events, snapshot)));
        assert.ok(overTheWire.snapshot.evidence.every(({ text }) => text === ''));
      }),
    );
  });

  it('never changes an incident that it was given', () => {
    const freeze = (value: unknown): void => {
      if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return;
      Object.freeze(value);
      Object.values(value).forEach(freeze);
    };
    fc.assert(
      fc.property(anyFacts, anyFact, (facts, last) => {
        const incident = replay(stamped(facts));
        freeze(incident);
        reduce(incident, { ...last, seq: facts.length + 1, at: 0 });
      }),
    );
  });

  describe('a fact that does not fit', () => {
    const builder = () =>
      new IncidentBuilder('Checkout fails', 0)
        .evidence({ title: harmless('error.log') })
        .add({ type: 'suspectAdded', suspect: { uri: 'file:///1', path: '1', role: 'origin' } })
        .add({ type: 'suspectAdded', suspect: { uri: 'file:///2', path: '2', role: 'caller' } })
        .add({ type: 'suspectAdded', suspect: { uri: 'file:///3', path: '3', role: 'configuration' } });
    const evidence = {
      id: 'E1',
      kind: 'file',
      title: harmless('other'),
      source: harmless(''),
      text: harmless('other'),
      lineCount: 1,
      redactions: [],
    } as const;
    const asked = {
      type: 'stepAsked',
      runId: 'R2',
      step: 'files',
      kind: 'step',
      question: harmless('?'),
      evidenceIds: [],
      endpoint: claude,
    } as const;
    const misfits: Readonly<Record<string, Fact>> = {
      'a second start': { type: 'incidentStarted', format: 1, incidentId: 'other', title: harmless('other') },
      'a fourth suspect': { type: 'suspectAdded', suspect: { uri: 'file:///4', path: '4', role: 'origin' } },
      'a suspect that is there': { type: 'suspectAdded', suspect: { uri: 'file:///1', path: '1', role: 'caller' } },
      'the removal of a suspect that is not there': { type: 'suspectRemoved', uri: 'file:///9' },
      'a role for a suspect that is not there': { type: 'suspectRoleChanged', uri: 'file:///9', role: 'origin' },
      'the role that it has': { type: 'suspectRoleChanged', uri: 'file:///1', role: 'origin' },
      'evidence under a number that is taken': { type: 'evidenceAdded', evidence },
      'the removal of evidence that is not there': { type: 'evidenceRemoved', evidenceId: 'E9' },
      'reopening what is open': { type: 'incidentReopened' },
      'a question while a reply streams': asked,
      'a delta of a run that is not the streaming one': { type: 'replyDelta', runId: 'R2', text: harmless('x') },
      'the end of a run that never was': { type: 'replyEnded', runId: 'R9', outcome: { kind: 'stopped' } },
      'a verdict on a hypothesis that is not there': {
        type: 'hypothesisJudged',
        runId: 'R1',
        index: 0,
        verdict: 'confirmed',
        note: harmless(''),
      },
      'a monitor that is not there': { type: 'monitorTicked', runId: 'R1', index: 0, ticked: true },
      'a record of another step': { type: 'resultRecorded', runId: 'R1', record: records.files },
    };
    for (const [name, fact] of Object.entries(misfits)) {
      it(`changes nothing but the count: ${name}`, () => {
        const before = builder();
        before.ask('orient');
        const { incident } = before;
        const after = reduce(incident, { ...fact, seq: incident.seq + 1, at: incident.lastEventAt + 1 });
        assert.deepEqual({ ...after, seq: incident.seq, lastEventAt: incident.lastEventAt }, incident);
        for (const branch of ['suspects', 'evidence', 'runs', 'steps', 'status'] as const) {
          if (name === 'a record of another step' && branch === 'runs') continue;
          assert.equal(after[branch], incident[branch], branch);
        }
      });
    }

    it('changes nothing but the count: a delta, a tool call or an end after the end', () => {
      const incident = builder();
      const run = incident.ask('orient');
      const ended = incident.end(run).incident;
      const call = { callId: 'c', name: 'n', inputJson: harmless('{}'), answer: harmless(''), accepted: true };
      incident
        .text(run, 'late')
        .add({ type: 'toolCalled', runId: run, call })
        .add({ type: 'resultRecorded', runId: run, record: records.orient })
        .end(run, { kind: 'stopped' });
      assert.equal(incident.incident.runs, ended.runs);
    });
  });

  it('shares with the incident before a delta all that the delta does not touch', () => {
    const builder = new IncidentBuilder('Checkout fails', 0).evidence({ title: harmless('error.log') });
    const first = builder.ask('orient');
    builder.text(first, 'one').end(first);
    const second = builder.ask('files');
    const before = builder.text(second, 'a').incident;
    const after = builder.text(second, 'b').incident;
    for (const branch of ['suspects', 'evidence', 'steps', 'status'] as const)
      assert.equal(after[branch], before[branch]);
    assert.equal(after.runs[0], before.runs[0]);
    assert.deepEqual(after.runs[1]?.parts, [{ type: 'text', text: 'ab' }]);
  });

  it('takes a delta of a long reply in a time that does not grow with what came before', () => {
    const builder = new IncidentBuilder('Checkout fails', 0).evidence({ title: harmless('log') });
    const run = builder.ask('orient');
    const started = processorTime();
    for (let count = 0; count < 20_000; count += 1) builder.text(run, 'some words ');
    const took = processorTime() - started;
    assert.equal(replyText(builder.incident.runs[0] ?? { parts: [] }).length, 220_000);
    assert.ok(took < 1_000, `${took} ms for 20,000 deltas`);
  });

  it('keeps the pieces of a reply in their order: text, tool call, text', () => {
    const builder = new IncidentBuilder('t', 0);
    const run = builder.ask('orient');
    builder.text(run, 'a').text(run, 'b').record(run, records.orient).text(run, 'c').end(run);
    const [answered] = builder.incident.runs;
    assert.ok(answered);
    const { parts, record, phase } = answered;
    assert.deepEqual(
      parts.map((part) => (part.type === 'text' ? part.text : part.type)),
      ['ab', 'toolCall', 'c'],
    );
    assert.deepEqual(record, records.orient);
    assert.equal(phase.kind, 'done');
  });

  it('shows a wait until anything of the reply comes', () => {
    for (const arrival of [
      { type: 'replyDelta', text: harmless('a') },
      { type: 'replyOpaque', json: harmless('{}') },
      {
        type: 'toolCalled',
        call: { callId: 'c', name: 'n', inputJson: harmless('{}'), answer: harmless(''), accepted: false },
      },
    ] as const) {
      const builder = new IncidentBuilder('t', 0);
      const runId = builder.ask('orient');
      const retry = { attempt: 2, attempts: 3, resumesAt: 5, failure: { kind: 'overloaded', endpoint: 'A' } } as const;
      builder.add({ type: 'replyRetrying', runId, retry });
      assert.deepEqual(builder.incident.runs[0]?.phase, { kind: 'streaming', retry });
      builder.add({ ...arrival, runId });
      assert.deepEqual(builder.incident.runs[0].phase, { kind: 'streaming' }, arrival.type);
    }
  });

  it('never sends evidence that was taken out before, nor the same evidence twice', () => {
    const builder = new IncidentBuilder('t', 0).evidence({ title: harmless('a') }).evidence({ title: harmless('b') });
    builder.add({ type: 'evidenceRemoved', evidenceId: 'E1' });
    builder.add({
      type: 'stepAsked',
      runId: 'R1',
      step: 'orient',
      kind: 'step',
      question: harmless('?'),
      evidenceIds: ['E1', 'E2', 'E2', 'E7'],
      endpoint: claude,
    });
    assert.deepEqual(builder.incident.runs[0]?.evidenceIds, ['E2']);
    assert.deepEqual(
      builder.incident.evidence.map(({ sentIn }) => sentIn),
      [undefined, 'R1'],
    );
  });
});

describe('reading an incident', () => {
  const incident = new IncidentBuilder('t', 0)
    .evidence({ title: harmless('for all') })
    .evidence({ title: harmless('for files'), step: 'files' })
    .evidence({ title: harmless('removed') })
    .add({ type: 'evidenceRemoved', evidenceId: 'E3' })
    .check('orient')
    .add({ type: 'stepSkipped', step: 'files', reason: harmless('known') }).incident;

  it('tells what is there and what a question of a step would send', () => {
    assert.deepEqual(
      presentEvidence(incident).map(({ id }) => id),
      ['E1', 'E2'],
    );
    assert.deepEqual(
      pendingEvidence(incident, 'orient').map(({ id }) => id),
      ['E1'],
    );
    assert.deepEqual(
      pendingEvidence(incident, 'files').map(({ id }) => id),
      ['E1', 'E2'],
    );
  });

  it('counts checked and skipped steps as settled and names the next open one', () => {
    assert.equal(stepsSettled(incident), 2);
    assert.equal(nextStep(incident), 'hypotheses');
  });

  it('gives the latest record of a step, also when a later run of it has none', () => {
    const builder = new IncidentBuilder('t', 0);
    const first = builder.ask('orient');
    builder.record(first, records.orient).end(first);
    const second = builder.ask('orient');
    builder.end(second, { kind: 'stopped' });
    assert.deepEqual(recordOf(builder.incident, 'orient'), records.orient);
    assert.equal(recordOf(builder.incident, 'files'), undefined);
  });
});
