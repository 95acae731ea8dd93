/** What came of a run of tests, as the reporter writes it (JSON) and `npm test` adds it up. */
export interface TestResults {
  readonly passed: number;
  readonly failed: number;
  /** Tests that were written but not run; we allow none. */
  readonly skipped: number;
}

/** The environment variable with the path of the file that the results go to. */
export const resultsVariable = 'INCIDENT_PANEL_TEST_RESULTS';

/** The results in a file's text; `undefined` when it holds something else, as after a run that died while writing. */
export function parseTestResults(text: string): TestResults | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (typeof value !== 'object' || value === null) return undefined;
  const { passed, failed, skipped } = value as Record<string, unknown>;
  if (!isCount(passed) || !isCount(failed) || !isCount(skipped)) return undefined;
  return { passed, failed, skipped };
}

function isCount(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
}
