import assert from 'node:assert/strict';
import { appendFileSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import fc from 'fast-check';
import { journalLine } from '../../../src/incident/journalLine.ts';
import { IncidentStore } from '../../../src/incident/store.ts';
import type { IncidentEvent } from '../../../src/model/event.ts';
import { replyText } from '../../../src/model/reply.ts';
import { anyFacts } from '../../support/arbitraryFacts.ts';
import { firstAsked, harmless } from '../../support/incidents.ts';
import { useTemporaryFolder } from '../../support/temporaryFolder.ts';

describe('incident store', () => {
  const folder = useTemporaryFolder();
  const path = (): string => join(folder(), 'one.jsonl');
  let clock = 0;
  const now = (): number => (clock += 1_000);
  const start = (at = path()): IncidentStore =>
    IncidentStore.start({
      path: at,
      now,
      id: 'one',
      title: harmless('Checkout fails'),
      folder: { name: 'shop', uri: 'file:///shop' },
    });
  function open(): IncidentStore {
    const opened = IncidentStore.open({ path: path(), now });
    assert.ok(opened.ok, JSON.stringify(opened));
    return opened.value;
  }
  function ask(store: IncidentStore): void {
    store.dispatch(firstAsked);
  }

  it('gives any incident back as it was, whatever happened in it', () => {
    fc.assert(
      fc.property(anyFacts, (facts) => {
        writeFileSync(path(), '');
        const store = start();
        for (const fact of facts) store.dispatch(fact);
        store.dispose();
        const { runs } = store.incident;
        const last = runs.at(-1);
        const opened = open();
        opened.dispose();
        if (last?.phase.kind === 'streaming') {
          assert.equal(opened.incident.runs.at(-1)?.phase.kind, 'interrupted');
          assert.deepEqual(opened.incident.runs.slice(0, -1), runs.slice(0, -1));
        } else assert.deepEqual(opened.incident, store.incident);
      }),
      { numRuns: 60 },
    );
  });

  it('numbers events without gaps, writes each before it tells of it, and goes on where it left off', () => {
    const store = start();
    const told: IncidentEvent[] = [];
    store.onEvent((event) => {
      assert.equal(store.incident.seq, event.seq);
      assert.ok(readFileSync(path(), 'utf8').endsWith(journalLine(event)));
      told.push(event);
    });
    store.dispatch({ type: 'stepChecked', step: 'orient' });
    store.dispose();
    const again = open();
    const event = again.dispatch({ type: 'incidentResolved' });
    again.dispose();
    assert.deepEqual([...told.map(({ seq }) => seq), event.seq], [2, 3]);
  });

  it('marks a reply that was streaming as interrupted, once, and keeps its text', () => {
    const store = start();
    ask(store);
    store.dispatch({ type: 'replyDelta', runId: 'R1', text: harmless('The request fails ') });
    store.dispose();
    open().dispose();
    const { incident } = open();
    const [run] = incident.runs;
    assert.equal(run?.phase.kind, 'interrupted');
    assert.equal(replyText(run), 'The request fails ');
    assert.equal(incident.seq, 4);
  });

  it('recovers an incident whose first line was damaged', () => {
    const store = start();
    ask(store);
    store.dispatch({ type: 'replyEnded', runId: 'R1', outcome: { kind: 'stopped' } });
    store.dispose();
    const [, ...rest] = readFileSync(path(), 'utf8').split('\n');
    writeFileSync(path(), ['{"seq":1,"at":', ...rest].join('\n'));
    const recovered = open();
    assert.equal(recovered.damage.badLines, 1);
    assert.equal(recovered.incident.id, 'one');
    assert.notEqual(recovered.incident.title, '');
    assert.equal(recovered.incident.startedAt, store.incident.runs[0]?.askedAt);
    assert.equal(recovered.incident.runs.length, 1);
    recovered.dispatch({ type: 'incidentRenamed', title: harmless('Found again') });
    recovered.dispose();
    assert.equal(open().incident.title, 'Found again');
  });

  it('does not open what holds nothing that it can read', () => {
    for (const content of ['', '\n\n', 'garbage', '{"seq":1,"at":1,"type":"ofLater"}\n']) {
      writeFileSync(path(), content);
      const opened = IncidentStore.open({ path: path(), now });
      assert.equal(opened.ok ? 'opened' : opened.failure.kind, 'journalUnreadable', content);
      assert.equal(readFileSync(path(), 'utf8'), content);
    }
  });

  it('goes on in memory while it cannot write, and says so as long as that is so', () => {
    const full = join(folder(), 'deep', 'one.jsonl');
    mkdirSync(dirname(full));
    symlinkSync('/dev/full', full);
    const store = start(full);
    assert.equal(store.failure?.kind, 'journalWriteFailed');
    const told: string[] = [];
    store.onEvent(({ type }) => told.push(type));
    ask(store);
    assert.equal(store.incident.runs.length, 1);
    assert.deepEqual(told, ['stepAsked']);
    assert.equal(store.failure.kind, 'journalWriteFailed');
    store.dispose();
  });

  it('does not let a listener that throws keep an event from the others or from the disk', () => {
    const store = start();
    let heard = 0;
    store.onEvent(() => {
      throw new Error('a view that is broken');
    });
    store.onEvent(() => (heard += 1));
    store.dispatch({ type: 'incidentResolved' });
    store.dispose();
    assert.equal(heard, 1);
    assert.equal(open().incident.status.kind, 'resolved');
  });

  it('reads an incident that two windows wrote at once as a legal one', () => {
    const first = start();
    const second = open();
    ask(first);
    ask(second);
    first.dispatch({ type: 'replyEnded', runId: 'R1', outcome: { kind: 'stopped' } });
    second.dispatch({ type: 'incidentResolved' });
    first.dispose();
    second.dispose();
    appendFileSync(path(), '');
    const { incident } = open();
    assert.deepEqual(
      incident.runs.map(({ id }) => id),
      ['R1'],
    );
    assert.equal(incident.status.kind, 'resolved');
  });

  it('writes nothing once it is disposed of, so that a reply in mid-stream is marked as interrupted', () => {
    const store = start();
    ask(store);
    store.dispatch({ type: 'replyDelta', runId: 'R1', text: harmless('The cause') });
    store.dispose();
    store.dispatch({ type: 'replyEnded', runId: 'R1', outcome: { kind: 'stopped' } });
    const [run] = open().incident.runs;
    assert.equal(run?.phase.kind, 'interrupted');
    assert.equal(run.parts.map((part) => (part.type === 'text' ? part.text : '')).join(''), 'The cause');
  });
});
