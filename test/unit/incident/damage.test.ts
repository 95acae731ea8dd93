import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { Journal } from '../../../src/incident/journal.ts';
import type { JournalContents } from '../../../src/incident/journal.ts';
import { journalLine } from '../../../src/incident/journalLine.ts';
import { IncidentStore } from '../../../src/incident/store.ts';
import type { Failure } from '../../../src/model/failure.ts';
import { replyText } from '../../../src/model/reply.ts';
import { claude, harmless } from '../../support/incidents.ts';
import { useTemporaryFolder } from '../../support/temporaryFolder.ts';
import { until } from '../../support/until.ts';
import { wholeIncident } from '../../support/wholeIncidents.ts';

const { events } = wholeIncident();
const lines = events.map(journalLine);
const whole = Buffer.from(lines.join(''));

describe('a damaged journal', () => {
  const folder = useTemporaryFolder();
  const path = (): string => join(folder(), 'one.jsonl');

  function read(content: string | Uint8Array): JournalContents {
    writeFileSync(path(), content);
    const contents = new Journal(path()).read();
    assert.ok(contents.ok);
    return contents.value;
  }

  it('loses at most two of its events to any one byte that was changed, says so, and can be gone on with', () => {
    fc.assert(
      fc.property(fc.nat(whole.length - 1), fc.integer({ min: 1, max: 255 }), (at, flip) => {
        const damaged = Buffer.from(whole);
        damaged[at] = (damaged[at] ?? 0) ^ flip;
        writeFileSync(path(), damaged);
        const opened = IncidentStore.open({ path: path(), now: Date.now });
        // The one byte that makes it a journal of a later format: left as it is, for the version that wrote it.
        if (!opened.ok) {
          assert.equal(opened.failure.kind, 'journalFromNewerVersion');
          assert.deepEqual(readFileSync(path()), damaged);
          return;
        }
        const { damage, incident } = opened.value;
        const lost = damage.badLines + damage.missing + damage.unknown;
        const readBack = read(damaged).events;
        assert.ok(readBack.length >= events.length - 2);
        assert.ok(readBack.length === events.length || lost > 0, 'what is lost is said');
        opened.value.dispatch({ type: 'incidentRenamed', title: harmless('Gone on with') });
        opened.value.dispose();
        const again = IncidentStore.open({ path: path(), now: Date.now });
        assert.ok(again.ok);
        assert.equal(again.value.incident.title, 'Gone on with');
        assert.equal(again.value.incident.evidence.length, incident.evidence.length);
        again.value.dispose();
      }),
      { numRuns: 150 },
    );
  });

  it('happens once where its lines are there twice', () => {
    const doubled = read(lines.flatMap((line) => [line, line]).join(''));
    assert.deepEqual(doubled.events, events);
    assert.equal(doubled.missing, 0);
  });

  it('says how many entries are missing between those that are there', () => {
    const { missing, badLines } = read(lines.filter((_, at) => at !== 4 && at !== 7 && at !== 8).join(''));
    assert.deepEqual({ missing, badLines }, { missing: 3, badLines: 0 });
    const cut = read([...lines.slice(0, 5), '{"seq":6,"at"\n', ...lines.slice(6)].join(''));
    assert.deepEqual({ missing: cut.missing, badLines: cut.badLines }, { missing: 0, badLines: 1 });
  });

  it('says how many lines were of a kind that this version does not know', () => {
    const later = `${JSON.stringify({ seq: events.length + 1, at: 1, type: 'fixRolledOut' })}\n`;
    assert.deepEqual([read(lines.join('') + later).unknown, read(lines.join('')).unknown], [1, 0]);
  });

  it('is read around blocks of NULs, which a crash of the machine leaves, and keeps them aside', () => {
    const middle = lines.slice(0, 10).join('').length;
    const { events: left, badLines } = read(
      Buffer.concat([whole.subarray(0, middle), Buffer.alloc(4_096), whole.subarray(middle)]),
    );
    assert.equal(left.length, events.length - 1);
    assert.equal(badLines, 1);
    assert.ok(existsSync(new Journal(path()).badLinesPath));
  });
});

describe('an incident whose disk is full', () => {
  const folder = useTemporaryFolder();

  it('keeps what streams in memory, and writes it by itself when there is room again, which is told', async function () {
    this.timeout(10_000);
    const place = join(folder(), 'incidents');
    const path = join(place, 'one.jsonl');
    const store = IncidentStore.start({ path, now: Date.now, id: 'one', title: harmless('Checkout fails') });
    store.dispose();
    const opened = IncidentStore.open({ path, now: Date.now });
    assert.ok(opened.ok);
    const told: (Failure['kind'] | undefined)[] = [];
    opened.value.onFailureChange((failure) => told.push(failure?.kind));
    const kept = readFileSync(path);
    // Nothing can be written where the folder is a file.
    rmSync(place, { recursive: true });
    writeFileSync(place, '');
    const runId = 'R1';
    const asked = { runId, step: 'orient', kind: 'step', evidenceIds: [], endpoint: claude } as const;
    opened.value.dispatch({ type: 'stepAsked', ...asked, question: harmless('?') });
    for (const word of ['It ', 'fails ', 'at 02:41.']) {
      opened.value.dispatch({ type: 'replyDelta', runId, text: harmless(word) });
    }
    assert.deepEqual(told, ['journalWriteFailed']);
    assert.equal(replyText(opened.value.incident.runs[0] ?? assert.fail()), 'It fails at 02:41.');
    rmSync(place);
    mkdirSync(place);
    writeFileSync(path, kept);
    await until('it is written without anything more happening', async () => told.length === 2, 6_000);
    assert.deepEqual([told[1], opened.value.failure], [undefined, undefined]);
    const contents = new Journal(path).read();
    assert.ok(contents.ok);
    assert.equal(contents.value.events.length, 5);
    assert.equal(contents.value.missing, 0);
    opened.value.dispose();
  });
});
