import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync, existsSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { journalLine } from '../../../src/incident/journalLine.ts';
import { IncidentLock, lockPath, staleMs } from '../../../src/incident/lock.ts';
import type { LockOwner } from '../../../src/incident/lock.ts';
import { IncidentStore } from '../../../src/incident/store.ts';
import type { IncidentEvent } from '../../../src/model/event.ts';
import { replyText } from '../../../src/model/reply.ts';
import { anyFacts } from '../../support/arbitraryFacts.ts';
import { firstAsked, harmless } from '../../support/incidents.ts';
import { useTemporaryFolder } from '../../support/temporaryFolder.ts';
import { until } from '../../support/until.ts';

const here: LockOwner = { window: 'first', pid: process.pid, host: 'here', since: 1 };

describe('an incident in two windows', () => {
  const folder = useTemporaryFolder();
  const path = (): string => join(folder(), 'one.jsonl');
  const stores: IncidentStore[] = [];
  const locks: IncidentLock[] = [];
  afterEach(() => {
    for (const each of [...stores.splice(0), ...locks.splice(0)]) each.dispose();
  });

  function lock(window: string, more: Partial<LockOwner> = {}, now: () => number = Date.now): IncidentLock {
    const made = new IncidentLock(path(), { me: { ...here, window, ...more }, now });
    locks.push(made);
    return made;
  }
  function start(): IncidentStore {
    const title = harmless('Checkout fails');
    const store = IncidentStore.start({ path: path(), now: Date.now, lock: lock('first'), id: 'one', title });
    stores.push(store);
    return store;
  }
  function open(window: string): IncidentStore {
    const opened = IncidentStore.open({ path: path(), now: Date.now, lock: lock(window) });
    assert.ok(opened.ok);
    stores.push(opened.value);
    return opened.value;
  }
  function ask(store: IncidentStore): void {
    store.dispatch(firstAsked);
  }
  const lines = (): string[] => readFileSync(path(), 'utf8').split('\n').slice(0, -1);

  it('is written by the one that has it, and followed live by the other, a reply in mid-stream included', async () => {
    const first = start();
    ask(first);
    const second = open('second');
    assert.equal(first.writer, undefined);
    assert.equal(second.writer?.window, 'first');
    assert.equal(second.incident.runs[0]?.phase.kind, 'streaming', 'it is not marked as interrupted');
    const heard: IncidentEvent[] = [];
    second.onEvent((event) => heard.push(event));
    for (const word of ['It ', 'fails é😀.']) {
      first.dispatch({ type: 'replyDelta', runId: 'R1', text: harmless(word) });
    }
    first.dispatch({ type: 'replyEnded', runId: 'R1', outcome: { kind: 'stopped' } });
    await until('the second window has heard it', async () => second.incident.seq === first.incident.seq, 5_000);
    assert.deepEqual(second.incident, first.incident);
    assert.deepEqual(
      heard.map(({ type }) => type),
      ['replyDelta', 'replyDelta', 'replyEnded'],
    );
    assert.deepEqual(second.history, first.history);
  });

  it('takes nothing from the window that only follows', () => {
    const first = start();
    const second = open('second');
    const before = lines();
    let heard = 0;
    second.onEvent(() => (heard += 1));
    second.dispatch({ type: 'incidentResolved' });
    assert.deepEqual(lines(), before);
    assert.deepEqual([heard, second.incident.status.kind, first.incident.status.kind], [0, 'open', 'open']);
  });

  it('can be taken over: the first finds out before it writes another line, and both go on with all that was written', async () => {
    const first = start();
    ask(first);
    first.dispatch({ type: 'replyDelta', runId: 'R1', text: harmless('The cause ') });
    let told = 0;
    first.onWriterChange(() => (told += 1));
    lock('second').takeOver();
    const second = open('second');
    assert.equal(second.writer, undefined);
    assert.equal(second.incident.runs[0]?.phase.kind, 'interrupted');
    const before = lines();
    first.dispatch({ type: 'replyDelta', runId: 'R1', text: harmless('is late') });
    assert.deepEqual(lines(), before, 'nothing is written by the one that lost it');
    await until('the first is told', async () => told === 1, 5_000);
    first.dispose();
    const again = open('first');
    assert.equal(again.writer?.window, 'second');
    second.dispatch({ type: 'incidentRenamed', title: harmless('Taken over') });
    await until('the first follows', async () => again.incident.title === 'Taken over', 5_000);
    assert.deepEqual(again.incident, second.incident);
    assert.equal(replyText(again.incident.runs[0] ?? assert.fail()), 'The cause ');
  });

  it('tells the first of a takeover also where it writes nothing', async () => {
    const first = start();
    let told = 0;
    first.onWriterChange(() => (told += 1));
    lock('second').takeOver();
    await until('the first is told', async () => told === 1, 5_000);
  });

  it('tells the window that follows when the one that wrote has let go', async () => {
    const first = start();
    const second = open('second');
    let told = 0;
    second.onWriterChange(() => (told += 1));
    first.dispose();
    assert.equal(existsSync(lockPath(path())), false);
    await until('the second is told', async () => told === 1, 5_000);
    second.dispose();
    assert.equal(open('second').writer, undefined);
  });

  it('is free at once where the process that wrote was killed', async () => {
    const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)']);
    const { pid } = child;
    assert.ok(pid !== undefined);
    const first = start();
    first.dispose();
    writeFileSync(lockPath(path()), JSON.stringify({ ...here, window: 'killed', pid }));
    assert.equal(lock('second').state().kind, 'held');
    child.kill('SIGKILL');
    await once(child, 'exit');
    assert.equal(lock('second').state().kind, 'free');
    assert.equal(open('second').writer, undefined);
  });

  it('is held by a window of another machine as long as that gives signs of life', () => {
    start().dispose();
    let now = Date.now();
    lock('far', { host: 'elsewhere', pid: 1 }, () => now).acquire();
    const mine = lock('near', {}, () => now);
    assert.equal(mine.state().kind, 'held');
    now += staleMs - 1_000;
    assert.equal(mine.state().kind, 'held');
    now += 2_000;
    assert.equal(mine.acquire().kind, 'own');
  });

  it('is not protected, but goes on, where a lock is damaged or cannot be written', () => {
    start().dispose();
    for (const damaged of ['', '{', '{"window":7}', '\0\0\0\0', JSON.stringify({ ...here, pid: -1 })]) {
      writeFileSync(lockPath(path()), damaged);
      assert.equal(open('second').writer, undefined, damaged);
      stores.pop()?.dispose();
    }
    writeFileSync(join(folder(), 'file'), '');
    const nowhere = new IncidentLock(join(folder(), 'file', 'one.jsonl'), { me: here, now: Date.now });
    assert.equal(nowhere.acquire().kind, 'free');
    assert.equal(nowhere.isLost, false);
    nowhere.dispose();
  });

  it('is protected from its first line on, in a folder that is made for it', () => {
    const place = join(folder(), 'storage', 'incidents', 'one.jsonl');
    const mine = new IncidentLock(place, { me: here, now: Date.now });
    const title = harmless('Checkout fails');
    stores.push(IncidentStore.start({ path: place, now: Date.now, lock: mine, id: 'one', title }));
    const other = new IncidentLock(place, { me: { ...here, window: 'second' }, now: Date.now });
    assert.equal(other.state().kind, 'held');
  });

  it('is taken again by its window where the lock was swept away', async () => {
    start();
    rmSync(lockPath(path()));
    await until('the lock is there again', async () => existsSync(lockPath(path())), 5_000);
    assert.equal(lock('second').state().kind, 'held');
  });

  it('gets exactly one owner, whichever window is faster, and is readable by its owner alone', () => {
    const both = [lock('a'), lock('b')].map((each) => each.acquire().kind);
    assert.deepEqual(both, ['own', 'held']);
    assert.equal(statSync(lockPath(path())).mode & 0o777, 0o600);
  });

  it('comes to the same in both, whatever happens and in whichever pieces the lines arrive', () => {
    fc.assert(
      fc.property(anyFacts, fc.array(fc.integer({ min: 1, max: 400 }), { maxLength: 20 }), (facts, sizes) => {
        writeFileSync(path(), '');
        const first = IncidentStore.start({ path: path(), now: () => 1, id: 'one', title: harmless('A') });
        const copy = join(folder(), 'copy.jsonl');
        writeFileSync(copy, readFileSync(path()));
        const held = new IncidentLock(copy, { me: { ...here, window: 'writer' }, now: Date.now });
        held.acquire();
        const me = { ...here, window: 'reader' };
        const opened = IncidentStore.open({
          path: copy,
          now: () => 1,
          lock: new IncidentLock(copy, { me, now: Date.now }),
        });
        assert.ok(opened.ok);
        const bytes = Buffer.from(facts.map((fact) => journalLine(first.dispatch(fact))).join(''));
        for (let at = 0, index = 0; at < bytes.length; index += 1) {
          const size = sizes[index % Math.max(1, sizes.length)] ?? bytes.length;
          appendFileSync(copy, bytes.subarray(at, at + size));
          opened.value.catchUp();
          at += size;
        }
        assert.deepEqual(opened.value.incident, first.incident);
        for (const each of [first, opened.value, held]) each.dispose();
      }),
      { numRuns: 30 },
    );
  });
});
