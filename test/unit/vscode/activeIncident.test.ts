import assert from 'node:assert/strict';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ActiveIncident } from '../../../src/vscode/activeIncident.ts';

describe('which incident a window works on', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'active-incident-'));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  /** A window whose editor remembers, as VS Code does, only what it was told well before it died. */
  const window = (memory = new Map<string, unknown>(), storage: string | undefined = join(folder, 'storage')) =>
    new ActiveIncident(contextOf(memory, storage));

  it('is known to the next one, although the editor forgot', async () => {
    assert.equal(window().get(), undefined);
    await window().set('first');
    await window().set('second');
    assert.equal(window().get(), 'second');
    assert.deepEqual(await readdir(join(folder, 'storage')), ['active-incident']);
  });

  it('is none after the incident is gone', async () => {
    await window().set('first');
    await window().set(undefined);
    assert.equal(window().get(), undefined);
  });

  it('is what the editor remembers in a window without a folder', async () => {
    const memory = new Map<string, unknown>();
    const without = () => new ActiveIncident(contextOf(memory, undefined));
    await without().set('first');
    assert.equal(without().get(), 'first');
  });

  it('is what the editor remembers where the file holds something else, is empty or cannot be written', async () => {
    const memory = new Map<string, unknown>();
    const path = join(folder, 'storage', 'active-incident');
    await window(memory).set('first');
    for (const other of ['', ' \n', 'x'.repeat(10_000)]) {
      await writeFile(path, other);
      assert.equal(window(memory).get(), 'first');
    }
    await writeFile(join(folder, 'file'), '');
    await window(memory, join(folder, 'file')).set('second');
    assert.equal(window(memory, join(folder, 'file')).get(), 'second');
  });

  it('is nothing that is no id', () => {
    for (const value of [7, {}, '', null]) {
      assert.equal(window(new Map([['incidentPanel.activeIncident', value]])).get(), undefined);
    }
  });
});

function contextOf(memory: Map<string, unknown>, storage: string | undefined) {
  return {
    storageUri: storage === undefined ? undefined : ({ fsPath: storage } as never),
    workspaceState: {
      keys: () => [...memory.keys()],
      get: (key: string) => memory.get(key) as never,
      update: async (key: string, value: unknown) => void memory.set(key, value),
    },
  };
}
