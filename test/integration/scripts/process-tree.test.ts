import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { descendantsOf, endProcessTree, processesWith } from '../../../scripts/process-tree.ts';

/** What tells the processes of one test from all others. */
function newMark(): string {
  return `mark-${randomUUID()}`;
}

/** A parent with one child; both say when they are up, and both ignore SIGTERM when `stubborn`. */
async function startFamily(mark: string, stubborn: boolean): Promise<ChildProcess> {
  const ignore = stubborn ? `process.on('SIGTERM', () => {});` : '';
  const child = `${ignore} console.log('up'); setInterval(() => {}, 1e6);`;
  const parent = `${ignore} require('node:child_process')
    .spawn(process.execPath, ['-e', ${JSON.stringify(child)}, '${mark}'], { stdio: 'inherit' }); setInterval(() => {}, 1e6);`;
  const started = spawn(process.execPath, ['-e', parent, mark], { stdio: ['ignore', 'pipe', 'inherit'] });
  await once(started.stdout, 'data');
  return started;
}

describe('process tree', function () {
  this.timeout(20_000);

  for (const stubborn of [false, true]) {
    it(`ends a process and its child${stubborn ? ', though both ignore the request' : ''}`, async () => {
      const mark = newMark();
      const { pid } = await startFamily(mark, stubborn);
      assert.ok(pid);
      assert.equal((await descendantsOf(pid)).length, 1);
      assert.equal((await processesWith(mark)).length, 2);
      await endProcessTree(pid, 500);
      assert.deepEqual(await processesWith(mark), []);
    });
  }

  it('does nothing when the process has ended already', async () => {
    const ended = spawn(process.execPath, ['-e', '']);
    await once(ended, 'exit');
    await endProcessTree(ended.pid ?? 0);
  });

  it('finds a process by its command line, and never itself', async () => {
    const mark = newMark();
    const marked = spawn(process.execPath, ['-e', `console.log('up'); setInterval(() => {}, 1e6)`, mark]);
    await once(marked.stdout, 'data');
    const found = (await processesWith(mark)).map((each) => each.pid);
    await endProcessTree(marked.pid ?? 0);
    assert.deepEqual(found, [marked.pid]);
    const self = await processesWith('');
    assert.ok(self.length > 0 && self.every((each) => each.pid !== process.pid));
  });
});
