import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import type { RunBench } from '../../bench/harness.ts';
import { assertFigures, benchesInBrowser } from '../../support/benchSmoke.ts';

/** Tried in `smoke.test.ts`. */
const elsewhere = ['commonmark', 'frames', 'git', 'journal', 'logs', 'redaction', 'size', 'tokens'];
const ending = '.bench.ts';
const names = readdirSync(new URL('../../bench', import.meta.url))
  .filter((file) => file.endsWith(ending))
  .map((file) => file.slice(0, -ending.length));

describe('every other bench', function () {
  this.timeout(60_000);

  it('is there', () => {
    for (const name of [...elsewhere, ...benchesInBrowser]) assert.ok(names.includes(name), name);
    assert.ok(names.length > elsewhere.length + benchesInBrowser.length);
  });

  // So that a bench that is added is tried as well.
  const tried: readonly string[] = [...elsewhere, ...benchesInBrowser];
  for (const name of names.filter((each) => !tried.includes(each))) {
    it(`runs, and gives figures: ${name}`, async () => {
      const { run } = (await import(`../../bench/${name}.bench.ts`)) as { run: RunBench };
      assertFigures(await run({ smoke: true }));
    });
  }
});
