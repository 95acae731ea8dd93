import type { RunBench } from '../bench/harness.ts';
import { assertFigures, benchesInBrowser } from '../support/benchSmoke.ts';

describe('benches that need a browser', function () {
  this.timeout(240_000);

  for (const name of benchesInBrowser) {
    it(`of ${name} run, and give figures`, async () => {
      const { run } = (await import(`../bench/${name}.bench.ts`)) as { run: RunBench };
      assertFigures(await run({ smoke: true }));
    });
  }
});
