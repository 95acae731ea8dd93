/** What came of a run of tests, as the reporter writes it (JSON) and `npm test` adds it up. */
export interface TestResults {
  readonly passed: number;
  readonly failed: number;
  /** Tests that were written but not run; we allow none. */
  readonly skipped: number;
  /** What came of each file, by its path; none of them where the run was no test's (a type check). */
  readonly files: Readonly<Record<string, FileResults>>;
}

export interface FileResults {
  readonly passed: number;
  readonly failed: number;
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
  const { passed, failed, skipped, files } = value as Record<string, unknown>;
  if (!isCount(passed) || !isCount(failed) || !isCount(skipped) || !isFiles(files)) return undefined;
  return { passed, failed, skipped, files };
}

/** The files in which something failed. */
export function failedFiles(results: TestResults): readonly string[] {
  return Object.keys(results.files).filter((file) => (results.files[file]?.failed ?? 0) > 0);
}

/** Results in which those of some files are replaced by what came of them in a second run. */
export function withSecondRun(first: TestResults, second: TestResults): TestResults {
  const again = failedFiles(first).flatMap((file) => first.files[file] ?? []);
  const sum = (of: keyof FileResults) => again.reduce((total, each) => total + each[of], 0);
  return {
    passed: first.passed - sum('passed') + second.passed,
    failed: first.failed - sum('failed') + second.failed,
    skipped: first.skipped + second.skipped,
    files: { ...first.files, ...second.files },
  };
}

function isFiles(value: unknown): value is Record<string, FileResults> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  return Object.values(value).every((each: unknown) => {
    if (typeof each !== 'object' || each === null) return false;
    const { passed, failed } = each as Record<string, unknown>;
    return isCount(passed) && isCount(failed);
  });
}

function isCount(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
}
