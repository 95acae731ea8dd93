import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { testEnvironment } from '../../../src/proof/environment.ts';
import { maxKeptOutput, runCommand } from '../../../src/proof/runCommand.ts';
import type { CommandRequest } from '../../../src/proof/runCommand.ts';
import { useTemporaryFolder } from '../../support/temporaryFolder.ts';
import { processesWith } from '../../../scripts/process-tree.ts';

describe('a command of a proof', function () {
  this.timeout(20_000);
  const folder = useTemporaryFolder();
  const run = (line: string, more: Partial<CommandRequest> = {}) =>
    runCommand({
      line,
      folder: folder(),
      environment: { PATH: process.env.PATH ?? '' },
      timeLimitMs: 10_000,
      signal: new AbortController().signal,
      ...more,
    });

  it('gives its exit code, its time and both its streams, as they come', async () => {
    const pieces: string[] = [];
    const result = await run('echo über; echo oops >&2; exit 3', { onOutput: (text) => pieces.push(text) });
    assert.deepEqual(result.end, { kind: 'exited', code: 3 });
    assert.deepEqual(result.output.split('\n').sort(), ['', 'oops', 'über']);
    assert.equal(pieces.join(''), result.output);
    assert.ok(result.milliseconds >= 0);
  });

  it('keeps the end of a flood', async () => {
    const { output, end } = await run('yes 0123456789 | head -c 3000000; echo the end');
    assert.deepEqual(end, { kind: 'exited', code: 0 });
    assert.equal(output.length, maxKeptOutput);
    assert.match(output, /the end\n$/);
  });

  it('tells a signal, a folder that is not there and a run that was stopped before it began', async () => {
    assert.deepEqual((await run('kill -SEGV $$')).end, { kind: 'signalled', signal: 'SIGSEGV' });
    assert.equal((await run('true', { folder: join(folder(), 'missing') })).end.kind, 'notStarted');
    assert.deepEqual((await run('echo x > ran', { signal: AbortSignal.abort() })).end, { kind: 'stopped' });
    assert.ok(!existsSync(join(folder(), 'ran')));
  });

  it('is over when its shell is, and ends what that left behind', async () => {
    const started = Date.now();
    const { end } = await run(`sh -c 'sleep 61; echo ${folder()}' & echo started`);
    assert.deepEqual(end, { kind: 'exited', code: 0 });
    assert.ok(Date.now() - started < 5_000);
    assert.deepEqual(await processesWith(folder()), []);
  });

  it('ends grandchildren that ignore a polite request or leave the group, when time runs out', async () => {
    const stubborn = `trap '' TERM; sh -c "trap '' TERM; sleep 62; sleep 62; echo '${folder()}'" & setsid sh -c "sleep 62; echo '${folder()}'" & wait; sleep 62`;
    const { end } = await run(stubborn, { timeLimitMs: 500 });
    assert.deepEqual(end, { kind: 'timedOut', seconds: 1 });
    await delay(50);
    assert.deepEqual(await processesWith(folder()), []);
  });
});

describe('the environment of a test run', () => {
  const folders = {
    temporary: '/scratch/tmp',
    programs: ['/copy/node_modules/.bin'],
    pythonModules: ['/copy/src', '/copy'],
  };

  it('is the user’s, without our keys and what belongs to the editor', () => {
    const made = testEnvironment(
      {
        PATH: '/usr/bin',
        HOME: '/home/ada',
        DATABASE_URL: 'x',
        ANTHROPIC_API_KEY: 'k',
        anthropic_auth_token: 'k',
        INCIDENT_PANEL_DEMO_REPLIES: '1',
        VSCODE_PID: '1',
        ELECTRON_RUN_AS_NODE: '1',
        GIT_DIR: '/x',
        GIT_AUTHOR_NAME: 'Ada',
        GONE: undefined,
      },
      folders,
      ':',
    );
    assert.deepEqual(made, {
      PATH: '/copy/node_modules/.bin:/usr/bin',
      HOME: '/home/ada',
      DATABASE_URL: 'x',
      GIT_AUTHOR_NAME: 'Ada',
      PYTHONPATH: '/copy/src:/copy',
      PYTHONDONTWRITEBYTECODE: '1',
      TMPDIR: '/scratch/tmp',
      TMP: '/scratch/tmp',
      TEMP: '/scratch/tmp',
      CARGO_TARGET_DIR: '/scratch/tmp/target',
      CI: 'true',
      NO_COLOR: '1',
    });
  });

  it('has one search path on Windows, however that is written', () => {
    const made = testEnvironment({ Path: 'C:\\Windows' }, { ...folders, programs: ['D:\\copy'] }, ';');
    assert.equal(made['Path'], 'D:\\copy;C:\\Windows');
    assert.equal(made['PATH'], undefined);
  });
});
