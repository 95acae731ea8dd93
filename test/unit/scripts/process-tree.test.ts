import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { descendantsOf, endProcessTree, processesWith } from '../../../scripts/process-tree.ts';

/** A parent with one child; both say when they are up, and both ignore SIGTERM when `stubborn`. */
async function startFamily(stubborn: boolean): Promise<ChildProcess> {
  const ignore = stubborn ? `process.on('SIGTERM', () => {});` : '';
  const child = `${ignore} console.log('up'); setInterval(() => {}, 1e6);`;
  const parent = `${ignore} require('node:child_process')
    .spawn(process.execPath, ['-e', ${JSON.stringify(child)}], { stdio: 'inherit' }); setInterval(() => {}, 1e6);`;
  const started = spawn(process.execPath, ['-e', parent], { stdio: ['ignore', 'pipe', 'inherit'] });
  await once(started.stdout, 'data');
  return started;
}

describe('process tree', function () {
  this.timeout(20_000);

  for (const stubborn of [false, true]) {
    it(`ends a process and its child${stubborn ? ', though both ignore the request' : ''}`, async () => {
      const { pid } = await startFamily(stubborn);
      assert.ok(pid);
      const children = await descendantsOf(pid);
      assert.equal(children.length, 1);
      await endProcessTree(pid, 500);
      for (const each of [pid, ...children.map((child) => child.pid)]) {
        assert.throws(() => process.kill(each, 0), { code: 'ESRCH' });
      }
    });
  }

  it('does nothing when the process has ended already', async () => {
    const ended = spawn(process.execPath, ['-e', '']);
    await once(ended, 'exit');
    await endProcessTree(ended.pid ?? 0);
  });

  it('finds a process by its command line, and never itself', async () => {
    const mark = `mark-${process.pid}-${Date.now()}`;
    const marked = spawn(process.execPath, ['-e', `console.log('up'); setInterval(() => {}, 1e6)`, mark]);
    await once(marked.stdout, 'data');
    const found = (await processesWith(mark)).map((each) => each.pid);
    await endProcessTree(marked.pid ?? 0);
    assert.deepEqual(found, [marked.pid]);
    const self = await processesWith('');
    assert.ok(self.length > 0 && self.every((each) => each.pid !== process.pid));
  });
});
