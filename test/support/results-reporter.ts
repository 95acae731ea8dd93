import { writeFileSync } from 'node:fs';
import { relative } from 'node:path';
import Mocha from 'mocha';
import { resultsVariable, type TestResults } from './results.ts';

/**
 * Mocha's spec reporter, which also writes the results to the file that INCIDENT_PANEL_TEST_RESULTS names, and names each
 * test that needed a second try with what its first one failed of, so that a test that is not steady is heard of.
 */
class ResultsReporter extends Mocha.reporters.Spec {
  constructor(runner: Mocha.Runner, options: Mocha.MochaOptions) {
    super(runner, options);
    const retried: string[] = [];
    runner.on(Mocha.Runner.constants.EVENT_TEST_RETRY, (test: Mocha.Test, error: Error) => {
      retried.push(`${test.fullTitle()}: ${error.message}`);
    });
    const files: Record<string, { passed: number; failed: number }> = {};
    const count = (of: 'passed' | 'failed') => (test: Mocha.Runnable) => {
      const file = relative(process.cwd(), test.file ?? '');
      (files[file] ??= { passed: 0, failed: 0 })[of] += 1;
    };
    runner.on(Mocha.Runner.constants.EVENT_TEST_PASS, count('passed'));
    // Of a hook too: its file has failed as well, whatever its tests would have said.
    runner.on(Mocha.Runner.constants.EVENT_TEST_FAIL, count('failed'));
    runner.once('end', () => {
      for (const each of retried) console.log(`  needed a second try: ${each}\n`);
      const path = process.env[resultsVariable];
      const { passes: passed, failures: failed, pending: skipped } = this.stats;
      // At once, not later: mocha ends the process as soon as its reporters have heard of the end.
      if (path !== undefined)
        writeFileSync(path, JSON.stringify({ passed, failed, skipped, files } satisfies TestResults));
    });
  }
}

// The default export is what mocha loads when a reporter is given to it by its path.
export { ResultsReporter, ResultsReporter as default };
