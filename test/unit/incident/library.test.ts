import assert from 'node:assert/strict';
import {
  mkdirSync,
  readdirSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
  appendFileSync,
  utimesSync,
} from 'node:fs';
import { join } from 'node:path';
import { IncidentLibrary } from '../../../src/incident/library.ts';
import { readRedactionState, redactionStatePath, writeRedactionState } from '../../../src/incident/redactionState.ts';
import { IncidentStore } from '../../../src/incident/store.ts';
import { harmless } from '../../support/incidents.ts';
import { useTemporaryFolder } from '../../support/temporaryFolder.ts';
import { processorTime } from '../../support/processorTime.ts';

describe('incident library', () => {
  const folder = useTemporaryFolder();

  /** An incident of one day in 2026, with its summary. */
  function add(library: IncidentLibrary, id: string, day: number): void {
    const at = Date.UTC(2026, 0, day);
    const store = IncidentStore.start({
      path: library.pathOf(id),
      now: () => at,
      id,
      title: harmless(`Incident ${id}`),
    });
    store.dispatch({ type: 'stepChecked', step: 'orient' });
    store.dispose();
    library.remember(store.incident);
    utimesSync(library.pathOf(id), at / 1000, at / 1000);
  }

  it('deletes all that is kept of one incident, and nothing of another', () => {
    const library = new IncidentLibrary(folder());
    for (const id of ['a', 'a-b', 'b']) {
      add(library, id, 1);
      writeRedactionState(redactionStatePath(library.pathOf(id)), { version: 1, entries: [] });
      writeFileSync(join(folder(), `${id}.bad-lines.txt`), 'x\n');
    }
    const before = readdirSync(folder());
    assert.equal(library.delete('a'), undefined);
    assert.deepEqual(
      readdirSync(folder()),
      before.filter((name) => !name.startsWith('a.')),
    );
    assert.deepEqual(library.ids(), ['a-b', 'b']);
    assert.equal(library.delete('never was'), undefined);
  });

  it('keeps everything readable by its owner alone, also what was made with other rights before', () => {
    const place = join(folder(), 'storage', 'incidents');
    mkdirSync(place, { recursive: true, mode: 0o755 });
    const library = new IncidentLibrary(place);
    writeFileSync(library.pathOf('a'), '', { mode: 0o644 });
    add(library, 'a', 1);
    add(library, 'b', 2);
    writeRedactionState(redactionStatePath(library.pathOf('a')), { version: 1, entries: [] });
    appendFileSync(library.pathOf('a'), 'not a line\n');
    const again = IncidentStore.open({ path: library.pathOf('a'), now: Date.now });
    assert.ok(again.ok && again.value.damage.badLines === 1);
    again.value.dispose();
    const rights = (path: string): string => (statSync(path).mode & 0o777).toString(8);
    assert.equal(rights(place), '700');
    const names = readdirSync(place);
    assert.ok(names.length >= 6, names.join());
    for (const name of names) assert.equal(rights(join(place, name)), '600', name);
  });

  it('lists incidents with what their summaries tell, the latest first', () => {
    const library = new IncidentLibrary(folder());
    add(library, 'a', 1);
    add(library, 'c', 3);
    add(library, 'b', 2);
    assert.deepEqual(
      library.list().map(({ id, title, stepsSettled, resolved }) => ({ id, title, stepsSettled, resolved })),
      [
        { id: 'c', title: 'Incident c', stepsSettled: 1, resolved: false },
        { id: 'b', title: 'Incident b', stepsSettled: 1, resolved: false },
        { id: 'a', title: 'Incident a', stepsSettled: 1, resolved: false },
      ],
    );
    for (const name of readdirSync(folder())) assert.equal(statSync(join(folder(), name)).mode & 0o777, 0o600, name);
  });

  it('does not read journals for it', () => {
    const library = new IncidentLibrary(folder());
    for (let count = 0; count < 20; count += 1) add(library, `i${count}`, 1 + count);
    // Without its summary, the worst case: the first line is all that is read of it.
    rmSync(join(folder(), 'i7.summary.json'));
    truncateSync(library.pathOf('i7'), 50 * 1024 * 1024);
    const started = processorTime();
    const listed = library.list();
    const took = processorTime() - started;
    assert.equal(listed.length, 20);
    assert.equal(listed.find(({ id }) => id === 'i7')?.title, 'Incident i7');
    assert.ok(took < 100, `${took} ms`);
  });

  it('falls back on the first line where a summary is missing, damaged, of another shape or of another incident', () => {
    const library = new IncidentLibrary(folder());
    add(library, 'a', 1);
    const summary = join(folder(), 'a.summary.json');
    for (const content of [
      '',
      '{"id":"a"',
      'null',
      '{"id":"a","title":7}',
      '{"id":"b","title":"b","startedAt":1,"lastEventAt":1,"resolved":false,"stepsSettled":0}',
    ]) {
      writeFileSync(summary, content);
      assert.equal(library.list()[0]?.title, 'Incident a', content);
    }
  });

  it('lists also what cannot be read', () => {
    const library = new IncidentLibrary(folder());
    writeFileSync(library.pathOf('damaged'), Buffer.from([0, 255, 10, 13]));
    writeFileSync(library.pathOf('empty'), '');
    assert.deepEqual(
      library
        .list()
        .map(({ id, title }) => [id, title])
        .sort(),
      [
        ['damaged', 'damaged'],
        ['empty', 'empty'],
      ],
    );
  });

  it('is empty where there is no folder, and fails at nothing where it cannot write', () => {
    const library = new IncidentLibrary(join(folder(), 'missing'));
    assert.deepEqual(library.list(), []);
    library.remember(
      IncidentStore.start({ path: join(folder(), 'x.jsonl'), now: () => 1, id: 'x', title: harmless('x') }).incident,
    );
    assert.deepEqual(library.list(), []);
  });

  it('tells an incident’s size and the folder that it belongs to', () => {
    const library = new IncidentLibrary(folder());
    const uri = 'file:///shop';
    const store = IncidentStore.start({
      path: library.pathOf('a'),
      now: () => 1,
      id: 'a',
      title: harmless('a'),
      folder: { name: 'shop', uri },
    });
    store.dispose();
    library.remember(store.incident);
    appendFileSync(library.pathOf('a'), '\n'.repeat(100));
    const [summary] = library.list();
    assert.equal(summary?.folderUri, uri);
    assert.equal(summary.bytes, statSync(library.pathOf('a')).size);
    rmSync(join(folder(), 'a.summary.json'));
    assert.equal(library.list()[0]?.folderUri, uri);
  });
});

describe('redaction state', () => {
  const folder = useTemporaryFolder();

  it('is kept beside the journal for its owner alone, and is nothing where it is damaged', () => {
    const path = redactionStatePath(join(folder(), 'a.jsonl'));
    assert.equal(readRedactionState(path), undefined);
    writeRedactionState(path, { numbers: [1] });
    assert.deepEqual(readRedactionState(path), { numbers: [1] });
    assert.equal(statSync(path).mode & 0o777, 0o600);
    assert.deepEqual(new IncidentLibrary(folder()).list(), []);
    writeFileSync(path, '{"numbers":[');
    assert.equal(readRedactionState(path), undefined);
    writeRedactionState(join(folder(), 'missing', 'a.placeholders.json'), {});
  });
});
