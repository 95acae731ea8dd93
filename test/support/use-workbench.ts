import { openWorkbench, type Workbench } from './workbench.ts';
import type { WorkbenchOptions } from './workbenchPage.ts';

/** The first start on a slow machine, with room to spare, in ms. */
const startLimit = 120_000;

/**
 * One workbench for all tests of the `describe` that this is called in, opened before them and closed after them. After a
 * test that failed, a picture and the extension host's log are saved.
 * @param options evaluated before the first test, so that it may make the folder
 * @returns a function that gives the workbench, from inside a test or a hook
 */
export function useWorkbench(options: () => WorkbenchOptions | Promise<WorkbenchOptions>): () => Workbench {
  let workbench: Workbench | undefined;

  before(async function () {
    this.timeout(startLimit);
    workbench = await openWorkbench(await options());
  });

  afterEach(async function () {
    if (this.currentTest?.state !== 'failed' || workbench === undefined) return;
    const name = this.currentTest.fullTitle().replace(/[^\w-]+/g, '-');
    const saved = await workbench.saveState(name.slice(0, 100)).catch((error: unknown) => [String(error)]);
    console.log(`      saved: ${saved.join(', ')}`);
  });

  after(async function () {
    this.timeout(startLimit);
    await workbench?.close();
    workbench = undefined;
  });

  return () => {
    if (workbench === undefined) throw new Error('The workbench is there only while the tests of its block run.');
    return workbench;
  };
}
