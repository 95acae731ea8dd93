import { mkdir, mkdtemp, realpath, rm, symlink, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import assert from 'node:assert/strict';
import { findLogs, maxFoundLogs, type FoundLogs } from '../../../src/evidence/findLogs.ts';

describe('finding logs', () => {
  let root = '';
  beforeEach(async () => {
    root = await mkdtemp(join(tmpdir(), 'find logs ü '));
  });
  afterEach(() => rm(root, { recursive: true }));

  async function write(path: string, minutesOld = 0, content = 'x\n'): Promise<void> {
    const full = join(root, path);
    await mkdir(dirname(full), { recursive: true });
    await writeFile(full, content);
    const time = new Date(Date.UTC(2026, 0, 1) - minutesOld * 60_000);
    await utimes(full, time, time);
  }

  async function find(...folders: string[]): Promise<FoundLogs> {
    const result = await findLogs({
      folders: folders.length === 0 ? [root] : folders,
      signal: new AbortController().signal,
    });
    assert.ok(result.ok);
    return result.value;
  }

  const paths = ({ logs }: FoundLogs): string[] => logs.map(({ displayPath }) => displayPath);

  it('offers error logs, then stack logs, then others, the newest and nearest first', async () => {
    await write('logs/access.log', 0);
    await write('service/stack.log', 5);
    await write('deep/er/error.log', 1);
    await write('error.log', 1);
    await write('server.err', 3);
    assert.deepEqual(paths(await find()), [
      'error.log',
      'deep/er/error.log',
      'server.err',
      'service/stack.log',
      'logs/access.log',
    ]);
    assert.deepEqual((await find()).logs[0], {
      path: join(root, 'error.log'),
      displayPath: 'error.log',
      role: 'errorLog',
      bytes: 2,
      modifiedAt: Date.UTC(2026, 0, 1) - 60_000,
    });
  });

  it('finds what lies below var/log, by whatever usual name', async () => {
    for (const name of ['syslog', 'nginx/error.log.1', 'app/app.log', 'app/app.log-20260101', 'readme.txt', 'x.log.gz'])
      await write(`var/log/${name}`);
    assert.deepEqual(paths(await find(join(root, 'var', 'log'))), [
      'nginx/error.log.1',
      'syslog',
      'app/app.log',
      'app/app.log-20260101',
    ]);
  });

  it('passes over dependencies, other files, empty logs and links that lead nowhere or in a circle', async () => {
    await write('node_modules/x/error.log');
    await write('.git/error.log');
    await write('src/error.ts');
    await write('src/some.log');
    await write('logs/empty.log', 0, '');
    await symlink(join(root, 'none'), join(root, 'logs', 'gone.log'));
    await symlink(root, join(root, 'logs', 'circle'));
    await write('logs/real.log');
    const found = await find();
    assert.deepEqual(paths(found), ['logs/real.log']);
    assert.equal(found.incomplete, false);
  });

  it('offers six at most', async () => {
    for (let at = 0; at < 20; at += 1) await write(`logs/${at}.log`);
    assert.equal((await find()).logs.length, maxFoundLogs);
  });

  it('offers a log once, found through two folders', async () => {
    await write('logs/error.log');
    assert.equal((await find(root, join(root, 'logs'))).logs.length, 1);
  });

  it('says when a bound was reached, and gives what it found by then', async () => {
    await write('error.log');
    await write('a/b/c/d/e/f/g/h/error.log');
    const found = await find();
    assert.deepEqual(paths(found), ['error.log']);
    assert.equal(found.incomplete, true);
    const late = await findLogs({ folders: [root], signal: new AbortController().signal, timeLimit: -1 });
    assert.ok(late.ok);
    assert.equal(late.value.incomplete, true);
  });

  it('finds nothing in folders that are not there, and stops when cancelled', async () => {
    assert.deepEqual(await find(join(root, 'none')), { logs: [], incomplete: false });
    const cancelled = await findLogs({ folders: [root], signal: AbortSignal.abort() });
    assert.deepEqual(cancelled, { ok: false, failure: { kind: 'cancelled' } });
  });

  it('offers a link that leads out of the folder only where it leads to a log, and says where', async () => {
    const elsewhere = await mkdtemp(join(tmpdir(), 'elsewhere '));
    try {
      await mkdir(join(elsewhere, 'log'));
      await writeFile(join(elsewhere, 'passwd'), 'root:x\n');
      await writeFile(join(elsewhere, 'log', 'production.log'), 'x\n');
      await write('logs/real.log');
      await mkdir(join(root, 'log'));
      await symlink(join(elsewhere, 'passwd'), join(root, 'passwd.log'));
      await symlink(join(elsewhere, 'passwd'), join(root, 'log', 'error.log'));
      await symlink(join(elsewhere, 'log', 'production.log'), join(root, 'log', 'production.log'));
      await symlink(join(root, 'logs', 'real.log'), join(root, 'log', 'current.log'));
      assert.deepEqual(paths(await find()).toSorted(), [
        'log/current.log',
        `log/production.log → ${join(await realpath(elsewhere), 'log', 'production.log')}`,
        'logs/real.log',
      ]);
    } finally {
      await rm(elsewhere, { recursive: true });
    }
  });
});
