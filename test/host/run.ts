import Mocha from 'mocha';
import { ResultsReporter } from '../support/results-reporter.ts';

/**
 * Runs tests inside the extension host; esbuild.config.mjs makes the list of the files by their names.
 * @param files each loads one file, and with it declares the tests in it
 * @throws when a test failed or none was found
 */
export async function runTests(files: readonly (() => Promise<unknown>)[]): Promise<void> {
  const mocha = new Mocha({ ui: 'bdd', timeout: 20_000, reporter: ResultsReporter, color: false });
  // What mocha does for each file that it loads itself: it puts describe, it … where the file finds them.
  mocha.suite.emit('pre-require', globalThis, '', mocha);
  for (const load of files) await load();
  const { failures, tests } = await new Promise<Mocha.Stats>((resolve) => {
    const runner = mocha.run(() => {
      resolve(runner.stats ?? { suites: 0, tests: 0, passes: 0, pending: 0, failures: 0 });
    });
  });
  if (tests === 0) throw new Error('No test was run.');
  if (failures > 0) throw new Error(`${failures} of ${tests} tests failed.`);
}
