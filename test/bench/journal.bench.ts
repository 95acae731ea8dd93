import { appendFileSync, closeSync, openSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { IncidentLibrary } from '../../src/incident/library.ts';
import { IncidentStore } from '../../src/incident/store.ts';
import { untitled } from '../../src/model/untitled.ts';
import type { RunId } from '../../src/model/reply.ts';
import { harmless } from '../support/incidents.ts';
import { percentile } from '../support/percentile.ts';
import type { RunBench } from './harness.ts';

/** The journal: what it adds to a word of a reply, and what a window with many old incidents costs to open. */
export const run: RunBench = async ({ smoke }) => {
  const folder = await mkdtemp(join(tmpdir(), 'incident-panel-journal-'));
  try {
    const events = smoke ? 200 : 10_000;
    const word = 'the pool is exhausted ';
    const start = (id: string): IncidentStore =>
      IncidentStore.start({ path: join(folder, `${id}.jsonl`), now: Date.now, id, title: untitled });
    const ask = (store: IncidentStore): void => {
      store.dispatch({
        type: 'stepAsked',
        runId: 'R1',
        step: 'orient',
        kind: 'step',
        question: harmless('What is failing?'),
        evidenceIds: [],
        endpoint: { name: 'Anthropic', host: 'api.anthropic.com', model: 'claude', demo: false },
      });
    };
    const runId: RunId = 'R1';
    const store = start('measured');
    ask(store);
    const times: number[] = [];
    const bareTimes: number[] = [];
    const bare = openSync(join(folder, 'bare.txt'), 'a');
    for (let event = 0; event < events; event += 1) {
      const started = performance.now();
      store.dispatch({ type: 'replyDelta', runId, text: harmless(word) });
      const between = performance.now();
      appendFileSync(bare, `{"type":"replyDelta","runId":"R1","text":"${word}","seq":${event},"at":1790000000000}\n`);
      times.push(between - started);
      bareTimes.push(performance.now() - between);
    }
    closeSync(bare);
    store.dispose();

    const old = smoke ? 3 : 50;
    for (let incident = 0; incident < old; incident += 1) {
      const filled = start(`old${incident}`);
      ask(filled);
      const text = harmless(word.repeat(smoke ? 10 : 920));
      for (let part = 0; part < 100; part += 1) filled.dispatch({ type: 'replyDelta', runId, text });
      new IncidentLibrary(folder).remember(filled.incident);
      filled.dispose();
    }
    const opening: number[] = [];
    for (let round = 0; round < (smoke ? 1 : 9); round += 1) {
      const started = performance.now();
      const listed = new IncidentLibrary(folder).list();
      const opened = IncidentStore.open({ path: join(folder, 'old0.jsonl'), now: Date.now });
      opening.push(performance.now() - started);
      if (listed.length !== old + 1 || !opened.ok) throw new Error('the incidents are not there');
      opened.value.dispose();
    }
    return [
      {
        what: `append to the journal, each of ${events} words (p95)`,
        ours: percentile(times, 0.95),
        unit: 'ms',
        peer: { name: 'a bare append', value: percentile(bareTimes, 0.95) },
        goal: { kind: 'atMost', value: 1 },
      },
      {
        what: `list ${old + 1} incidents of 2 MB and open one`,
        ours: percentile(opening, 0.5),
        unit: 'ms',
        goal: { kind: 'atMost', value: 200 },
      },
    ];
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
};
