import { writeFileSync } from 'node:fs';
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
    runner.once('end', () => {
      for (const each of retried) console.log(`  needed a second try: ${each}\n`);
      const path = process.env[resultsVariable];
      const { passes: passed, failures: failed, pending: skipped } = this.stats;
      // At once, not later: mocha ends the process as soon as its reporters have heard of the end.
      if (path !== undefined) writeFileSync(path, JSON.stringify({ passed, failed, skipped } satisfies TestResults));
    });
  }
}

// The default export is what mocha loads when a reporter is given to it by its path.
export { ResultsReporter, ResultsReporter as default };
