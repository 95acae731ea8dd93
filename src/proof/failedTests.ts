import { plain } from './judgeRun.ts';

/** How runners report one test that failed, with its name: TAP and node's own, mocha, Jest, Vitest, pytest,
 * unittest, Go, Cargo, RSpec, Bun, Deno, Maven, Gradle, sbt, .NET, Pest, Dart. */
const reports: readonly RegExp[] = [
  /^not ok \d+ - (.+?)(?: # .*)?$/,
  /^[✖✗✕×] (.+?)(?: \(?[\d.]+ ?m?s\)?)?$/,
  /^● (.+)$/,
  /^FAILED (\S+::.+?)(?: - .*)?$/,
  /^(?:FAIL|ERROR): (\w+ \([\w.]+\))$/,
  /^--- FAIL: (\S+) \(/,
  /^test (\S+) \.\.\. FAILED$/,
  /^rspec (\S+) # /,
  /^\(fail\) (.+?)(?: \[[\d.]+ ?m?s\])?$/,
  /^(?!test )(.+?) \.\.\. FAILED(?: \(\d+m?s\))?$/,
  /^\[ERROR\] {1,3}(\w[\w$]*[.:#]\w[^\s:]*)(?::\d+)?\b/,
  /^(\S.* > .+\(\)?) FAILED$/,
  /^\[error\]\s+x (.+?)(?: \*\*\*.*)?$/,
  /^- (.+) \*\*\* FAILED \*\*\*/,
  /^(?:Failed|X) ([\w.]+(?:\(.*\))?) \[[\d<. ]+m?s\]$/,
  /^⨯ (.+?)(?: {2,}[\d.]+s)?$/,
  /^FAILED {2,3}(\S.*)$/,
  /^\d\d:\d\d \+\d+(?: ~\d+)? -\d+: (.+) \[E\]$/,
  /^\d+\) (.+?):?$/,
];

/** The names of the tests that failed in a run, as its runner reports them; empty where it names none. */
export function failedTests(output: string): ReadonlySet<string> {
  const names = new Set<string>();
  for (const line of plain(output).split('\n')) {
    const text = line.slice(0, 1_000).trim();
    for (const report of reports) {
      const name = report.exec(text)?.[1]?.trim();
      // A file that failed is reported like a test, because a test in it failed.
      if (name !== undefined && name !== '' && !/[\\/][^\s]*\.\w+$/.test(name)) names.add(name);
    }
  }
  return names;
}

/** Whether a run mentions a test at all, passed or failed: one that is not there was not run. */
export function mentions(output: string, name: string): boolean {
  return plain(output).includes(name);
}
