import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  appendFileSync,
  chmodSync,
  existsSync,
  mkdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { Journal } from '../../../src/incident/journal.ts';
import type { JournalContents } from '../../../src/incident/journal.ts';
import { journalLine, parseJournalLine } from '../../../src/incident/journalLine.ts';
import type { Fact } from '../../../src/model/event.ts';
import { replyText } from '../../../src/model/reply.ts';
import { anyFacts, replay, stamped } from '../../support/arbitraryFacts.ts';
import { claude, harmless } from '../../support/incidents.ts';
import { records } from '../../support/records.ts';
import { useTemporaryFolder } from '../../support/temporaryFolder.ts';

const started: Fact = { type: 'incidentStarted', format: 1, incidentId: 'one', title: harmless('Checkout fails') };
const renamed = (title: string): Fact => ({ type: 'incidentRenamed', title: harmless(title) });

describe('journal', () => {
  const folder = useTemporaryFolder();
  const path = (): string => join(folder(), 'incidents', 'one.jsonl');

  function write(content: string | Uint8Array): Journal {
    mkdirSync(dirname(path()), { recursive: true });
    writeFileSync(path(), content);
    return new Journal(path());
  }

  function contents(journal: Journal): JournalContents {
    const read = journal.read();
    assert.ok(read.ok, JSON.stringify(read));
    return read.value;
  }

  const typesOf = (read: JournalContents): string[] => read.events.map(({ type }) => type);
  const lines = stamped([started, renamed('a'), renamed('b')]).map(journalLine);

  it('gives back what was appended, in files that their owner alone may read', () => {
    const events = stamped([started, renamed('line\nbreak \u2028 “”'), renamed('\ud83d')]);
    const journal = new Journal(path());
    for (const event of events) assert.equal(journal.append(event), undefined);
    journal.close();
    assert.deepEqual(contents(new Journal(path())), {
      events,
      badLines: 0,
      missing: 0,
      unknown: 0,
      bytes: statSync(path()).size,
    });
    assert.equal(statSync(path()).mode & 0o777, 0o600);
  });

  it('reads around damaged lines and keeps each of them aside once', () => {
    const garbage = [
      'not json',
      '{"seq":1}',
      '[]',
      'null',
      '{"seq":2,"at":3,"type":"suspectAdded","suspect":{}}',
      '\0\0\0',
    ];
    const journal = write(`${lines[0] ?? ''}${garbage.join('\n')}\n\n  \n${lines[1] ?? ''}${lines[2] ?? ''}`);
    for (const time of ['first', 'second']) {
      const read = contents(journal);
      assert.deepEqual(typesOf(read), ['incidentStarted', 'incidentRenamed', 'incidentRenamed']);
      assert.equal(read.badLines, garbage.length, time);
    }
    assert.equal(readFileSync(journal.badLinesPath, 'utf8'), `${garbage.join('\n')}\n`);
    assert.equal(statSync(journal.badLinesPath).mode & 0o777, 0o600);
  });

  it('keeps a new damaged line beside the ones that were kept before', () => {
    const journal = write(`${lines[0] ?? ''}first\n`);
    contents(journal);
    appendFileSync(path(), 'second\n');
    contents(journal);
    assert.equal(readFileSync(journal.badLinesPath, 'utf8'), 'first\nsecond\n');
  });

  it('goes on, on a line of its own, after a line that was cut', () => {
    const cut = (lines[1] ?? '').slice(0, 20);
    const journal = write(`${lines[0] ?? ''}${cut}`);
    assert.equal(contents(journal).badLines, 1);
    journal.append({ ...renamed('after'), seq: 2, at: 5 });
    journal.append({ ...renamed('and on'), seq: 3, at: 6 });
    journal.close();
    assert.equal(readFileSync(path(), 'utf8').split('\n')[1], cut);
    assert.deepEqual(typesOf(contents(new Journal(path()))), ['incidentStarted', 'incidentRenamed', 'incidentRenamed']);
  });

  it('takes a last line that lacks only its line break', () => {
    const journal = write(lines.join('').trimEnd());
    assert.equal(contents(journal).events.length, 3);
    journal.append({ ...renamed('after'), seq: 4, at: 5 });
    journal.close();
    assert.deepEqual(contents(new Journal(path())).badLines, 0);
    assert.equal(contents(new Journal(path())).events.length, 4);
  });

  it('reads the same from a journal with carriage returns, and one that was cut anywhere gives a beginning of it', () => {
    const whole = contents(write(lines.join(''))).events;
    assert.deepEqual(contents(write(lines.join('').replaceAll('\n', '\r\n'))).events, whole);
    const bytes = Buffer.from(lines.join(''));
    for (let length = (lines[0] ?? '').length; length < bytes.length; length += 7) {
      const { events } = contents(write(bytes.subarray(0, length)));
      assert.deepEqual(events, whole.slice(0, events.length));
    }
  });

  it('survives bytes of any kind between its lines, and a line of many megabytes', () => {
    const binary = Buffer.concat([
      Buffer.from(lines[0] ?? ''),
      Buffer.from(Array.from({ length: 4_096 }, (_, at) => at % 256)),
      Buffer.from(`\n${'x'.repeat(20_000_000)}\n${lines[1] ?? ''}`),
    ]);
    assert.deepEqual(typesOf(contents(write(binary))), ['incidentStarted', 'incidentRenamed']);
  });

  it('passes over a type of event that only a newer version knows', () => {
    const read = contents(write(`${lines[0] ?? ''}{"seq":2,"at":3,"type":"fixRolledOut","much":1}\n`));
    assert.deepEqual({ types: typesOf(read), bad: read.badLines }, { types: ['incidentStarted'], bad: 0 });
  });

  it('refuses a journal of a newer format and leaves it as it is', () => {
    const content = `${journalLine({ type: 'incidentStarted', format: 2, incidentId: 'one', title: harmless('New'), seq: 1, at: 1 })}garbage\n`;
    const journal = write(content);
    assert.deepEqual(journal.read(), {
      ok: false,
      failure: { kind: 'journalFromNewerVersion', path: path(), format: 2 },
    });
    assert.equal(readFileSync(path(), 'utf8'), content);
    assert.equal(existsSync(journal.badLinesPath), false);
  });

  it('tells that there is no journal, or that a folder is in its place', () => {
    const failure = (code: string) => ({ ok: false, failure: { kind: 'journalUnreadable', path: path(), code } });
    assert.deepEqual(new Journal(path()).read(), failure('ENOENT'));
    mkdirSync(path(), { recursive: true });
    assert.deepEqual(new Journal(path()).read(), failure('EISDIR'));
  });

  describe('when it cannot be written', () => {
    const events = stamped([started, renamed('a'), renamed('b'), renamed('c')]);
    const failure = (code: string) => ({ kind: 'journalWriteFailed', path: path(), code });

    it('tells of a full disk, and writes what it owes as soon as there is room', () => {
      mkdirSync(dirname(path()), { recursive: true });
      symlinkSync('/dev/full', path());
      const journal = new Journal(path());
      for (const event of events.slice(0, 3)) assert.deepEqual(journal.append(event), failure('ENOSPC'));
      rmSync(path());
      assert.equal(journal.append(events[3] ?? assert.fail()), undefined);
      journal.close();
      assert.deepEqual(contents(new Journal(path())), {
        events,
        badLines: 0,
        missing: 0,
        unknown: 0,
        bytes: statSync(path()).size,
      });
    });

    it('tells of a folder that cannot be made, and writes what it owes when it is closed', () => {
      writeFileSync(dirname(path()), 'a file where the folder should be');
      const journal = new Journal(path());
      for (const event of events) assert.deepEqual(journal.append(event), failure('EEXIST'));
      rmSync(dirname(path()));
      journal.close();
      assert.deepEqual(contents(new Journal(path())).events, events);
    });

    it('is closed without an error where it can never be written', () => {
      mkdirSync(dirname(path()), { recursive: true });
      symlinkSync('/dev/full', path());
      const journal = new Journal(path());
      journal.append({ ...started, seq: 1, at: 1 });
      journal.close();
    });
  });

  it('loses nothing that was reported when its process is killed in the middle of a reply', async function () {
    this.timeout(20_000);
    const writer = fileURLToPath(new URL('../../support/journalWriter.ts', import.meta.url));
    const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', writer, path()]);
    let reported = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      reported += text;
      if (reported.length > 20_000) child.kill('SIGKILL');
    });
    await once(child, 'close');
    const last = Number(reported.trimEnd().split('\n').at(-1));
    const { events, badLines } = contents(new Journal(path()));
    assert.ok(last > 1_000 && events.length >= last, `${last} reported, ${events.length} read`);
    assert.ok(badLines <= 1);
    const words = replyText(replay(events).runs[0] ?? assert.fail('no run')).split(' ');
    for (let seq = 3; seq <= last; seq += 1) assert.equal(words[(seq - 3) * 2], String(seq));
  });

  it('notices that a nearly full disk took a part of a line only', async function () {
    this.timeout(20_000);
    const writer = fileURLToPath(new URL('../../support/journalWriter.ts', import.meta.url));
    const limited = ['-c', 'ulimit -f 9; exec "$@"', 'sh', process.execPath, '--disable-warning=ExperimentalWarning'];
    const child = spawn('sh', [...limited, writer, path()]);
    let reported = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => (reported += text));
    await once(child, 'close');
    const [seq = '', code = ''] = reported.trimEnd().split('\n').at(-1)?.split(' ') ?? [];
    assert.equal(code, 'EFBIG');
    const read = contents(new Journal(path()));
    assert.equal(read.events.length, Number(seq) - 1, 'every event before the reported one is there, and it is not');
  });

  it('takes 10,000 events at under a millisecond each, nineteen of twenty times', function () {
    this.timeout(20_000);
    const journal = new Journal(path());
    const times: number[] = [];
    for (const event of stamped(Array.from({ length: 10_000 }, (_, at) => renamed(`Title ${at}`)))) {
      const from = performance.now();
      journal.append(event);
      times.push(performance.now() - from);
    }
    journal.close();
    const p95 = times.sort((a, b) => a - b)[9_500] ?? Infinity;
    assert.ok(p95 < 1, `${p95} ms`);
  });

  it('reads any journal whose lines were shuffled, dropped or cut into a legal list of events', () => {
    fc.assert(
      fc.property(anyFacts, fc.array(fc.tuple(fc.nat(60), fc.nat(400)), { maxLength: 5 }), (facts, damages) => {
        const all = stamped(facts).map(journalLine);
        for (const [at, length] of damages) if (all[at] !== undefined) all[at] = `${all[at].slice(0, length)}\n`;
        const { events, badLines } = contents(write(all.join('')));
        assert.ok(events.length + badLines <= facts.length);
        replay(events);
      }),
      { numRuns: 40 },
    );
  });

  it('does not need to be writable to be read', () => {
    const journal = write(lines.join(''));
    chmodSync(path(), 0o400);
    assert.equal(contents(journal).events.length, 3);
  });
});

describe('journal line', () => {
  const badOf = (value: unknown): string => parseJournalLine(JSON.stringify(value)).kind;
  const event = { seq: 1, at: 1 };
  const refused: Readonly<Record<string, unknown>> = {
    'an id of evidence that no citation could name': {
      ...event,
      type: 'evidenceRemoved',
      evidenceId: 'evidence',
    },
    'the id of a run that is no number': { ...event, type: 'replyDelta', runId: 'R0', text: '' },
    'a failed reply without its failure': {
      ...event,
      type: 'replyEnded',
      runId: 'R1',
      outcome: { kind: 'failed' },
    },
    'a reply that is done without a reason': { ...event, type: 'replyEnded', runId: 'R1', outcome: { kind: 'done' } },
    'a reply that goes on': { ...event, type: 'replyEnded', runId: 'R1', outcome: { kind: 'streaming' } },
    'a step that does not exist': { ...event, type: 'stepChecked', step: 'eighth' },
    'a record that does not fit its step': {
      ...event,
      type: 'resultRecorded',
      runId: 'R1',
      record: { step: 'files', data: records.orient.data },
    },
    'a place that is no number': { type: 'incidentResolved', seq: '1', at: 1 },
    'a place before the first': { type: 'incidentResolved', seq: 0, at: 1 },
  };
  for (const [name, value] of Object.entries(refused)) {
    it(`is bad: ${name}`, () => assert.equal(badOf(value), 'bad'));
  }

  it('never throws and never takes what a prototype has for a type', () => {
    for (const type of ['constructor', '__proto__', 'toString']) assert.equal(badOf({ ...event, type }), 'unknownType');
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), (line) =>
        ['bad', 'unknownType', 'event'].includes(parseJournalLine(line).kind),
      ),
    );
  });

  it('keeps what a later version adds to an event', () => {
    const line = {
      ...event,
      type: 'stepAsked',
      runId: 'R1',
      step: 'files',
      kind: 'step',
      question: '?',
      evidenceIds: ['E1'],
      endpoint: { ...claude, region: 'eu' },
      later: 1,
    };
    assert.deepEqual(parseJournalLine(JSON.stringify(line)), { kind: 'event', event: line });
  });
});
