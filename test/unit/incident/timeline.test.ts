import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { clockOf } from '../../../src/incident/clock.ts';
import { IncidentStore } from '../../../src/incident/store.ts';
import { timeline } from '../../../src/incident/timeline.ts';
import type { TimelineEntry } from '../../../src/incident/timeline.ts';
import type { IncidentEvent } from '../../../src/model/event.ts';
import { explain, explainUngrounded } from '../../../src/wording.ts';
import { harmless, IncidentBuilder } from '../../support/incidents.ts';
import { records } from '../../support/records.ts';
import { startedAt, wholeIncident } from '../../support/wholeIncidents.ts';

function entries(events: readonly IncidentEvent[]): readonly TimelineEntry[] {
  const words = {
    failure: (failure: Parameters<typeof explain>[0]) => explain(failure).what,
    ungrounded: explainUngrounded,
  };
  return timeline(events, { words, clock: clockOf(startedAt, 'UTC') });
}

describe('timeline', () => {
  it('tells what was sent to whom, and which secrets were hidden', () => {
    const question = entries(wholeIncident().events).find(({ kind }) => kind === 'question');
    assert.deepEqual(question?.details, [
      'Sent to Anthropic (api.anthropic.com), claude-sonnet-5-5',
      'With it: E1 (error.log, last 50 lines), E2 (stack.log)',
      'Secrets hidden: 2 × stripe-key, 1 × email',
    ]);
  });

  it('tells what was ruled out and why', () => {
    const ruledOut = entries(wholeIncident().events).find(({ words }) => words.includes('ruled out'));
    assert.equal(ruledOut?.words, 'Hypothesis 2 ruled out: Configuration is read before the secrets are mounted');
    assert.deepEqual(ruledOut.details, ['Why: It failed 40 minutes after the start, too.']);
  });

  it('is in order, and has an entry for each kind of thing that happens', () => {
    const all = entries(wholeIncident().events);
    assert.deepEqual(
      all.map(({ at }) => at),
      all.map(({ at }) => at).toSorted((a, b) => a - b),
    );
    assert.deepEqual([...new Set(all.map(({ kind }) => kind))].toSorted(), [
      'baseline',
      'evidence',
      'fix',
      'incident',
      'monitor',
      'question',
      'record',
      'reply',
      'step',
      'suspect',
      'verdict',
      'watch',
    ]);
  });

  it('leaves out what had no effect', () => {
    const builder = new IncidentBuilder('A', startedAt);
    builder.add({ type: 'hypothesisJudged', runId: 'R9', index: 0, verdict: 'confirmed', note: harmless('') });
    builder.add({ type: 'monitorTicked', runId: 'R9', index: 0, ticked: true });
    builder.add({ type: 'resultRecorded', runId: 'R9', record: records.files });
    builder.add({ type: 'replyEnded', runId: 'R9', outcome: { kind: 'stopped' } });
    assert.deepEqual(
      entries(builder.events).map(({ kind }) => kind),
      ['incident'],
    );
  });

  it('is the same from the store, which keeps no pieces of replies, also after a reload', () => {
    const folder = mkdtempSync(join(tmpdir(), 'timeline-'));
    try {
      let at = 0;
      const options = { path: join(folder, 'a.jsonl'), now: () => at };
      const { events } = wholeIncident();
      const [first, ...rest] = events;
      assert.ok(first?.type === 'incidentStarted');
      at = first.at;
      const store = IncidentStore.start({
        ...options,
        id: first.incidentId,
        title: first.title,
        folder: first.folder ?? { name: '', uri: '' },
      });
      for (const event of rest) {
        at = event.at;
        store.dispatch(event);
      }
      const expected = entries(events);
      assert.ok(store.history.length < events.length);
      assert.deepEqual(entries(store.history), expected);
      store.dispose();
      const again = IncidentStore.open(options);
      assert.ok(again.ok);
      assert.deepEqual(entries(again.value.history), expected);
      again.value.dispose();
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
