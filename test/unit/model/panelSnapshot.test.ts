import assert from 'node:assert/strict';
import fc from 'fast-check';
import { runsForPanel, wholeCharacters } from '../../../src/model/panelSnapshot.ts';
import { reduce } from '../../../src/model/reduce.ts';
import type { Incident } from '../../../src/model/incident.ts';
import { replyText } from '../../../src/model/reply.ts';
import { forPanel } from '../../../src/protocol.ts';
import { anyFacts, replay, stamped } from '../../support/arbitraryFacts.ts';
import { claude, harmless } from '../../support/incidents.ts';
import { longIncident, longLine } from '../../support/longIncident.ts';

describe('what the panel gets of a long incident', () => {
  it('is small after 200 questions with replies of 200 KB, and has all of the newest', () => {
    const incident = longIncident(200, 200_000);
    const sent = forPanel(incident);
    assert.ok(JSON.stringify(sent).length < wholeCharacters + 200 * 2_000);
    assert.equal(sent.runs.length, 200);
    assert.deepEqual(sent.runs.at(-1), incident.runs.at(-1));
    const [first] = sent.runs;
    assert.ok(first?.leftOut !== undefined);
    const [whole] = incident.runs;
    assert.equal(replyText(first).length + first.leftOut, replyText(whole ?? first).length);
    assert.ok(replyText(first).startsWith('Answer 1.'));
  });

  it('is all of an incident that is not long', () => {
    const incident = longIncident(10, 5_000);
    assert.deepEqual(forPanel(incident).runs, incident.runs);
  });

  it('goes on with the events that follow just as the host’s own does, whatever happens', () => {
    fc.assert(
      fc.property(anyFacts, anyFacts, (before, after) => {
        const host = replay(stamped(before));
        const events = stamped(after, host.seq);
        const panel = replay(events, { ...host, runs: runsForPanel(host.runs) });
        const both = replay(events, host);
        assert.deepEqual(
          panel.runs.map(({ id, phase, record, verdicts }) => ({ id, phase, record, verdicts })),
          both.runs.map(({ id, phase, record, verdicts }) => ({ id, phase, record, verdicts })),
        );
      }),
      { numRuns: 50 },
    );
  });

  it('takes a piece of the 200th reply as quickly as one of the first', () => {
    const seconds = (start: Incident): number => {
      let incident = start;
      const ask = { type: 'stepAsked', runId: 'R900', step: 'orient', kind: 'step', evidenceIds: [] } as const;
      const first = { ...ask, question: harmless('?'), endpoint: claude, seq: incident.seq + 1, at: 1 };
      incident = reduce(incident, first);
      const from = performance.now();
      for (let piece = 0; piece < 20_000; piece += 1) {
        const event = { type: 'replyDelta', runId: 'R900', text: harmless(longLine) } as const;
        incident = reduce(incident, { ...event, seq: incident.seq + 1, at: 1 });
      }
      return performance.now() - from;
    };
    const small = longIncident(1, 100);
    const large = longIncident(200, 200_000);
    seconds(small);
    const [early, late] = [seconds(small), seconds(large)];
    assert.ok(late < early * 8 + 50, `${early} ms at the start, ${late} ms after 200 questions`);
  });
});
