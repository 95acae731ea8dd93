import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * Compares text with what was found right and kept in a file beside the test. With `UPDATE_GOLDEN=1` the file is written
 * anew, for its difference to be read before it is committed.
 * @param directory `import.meta.url` of the test
 */
export function assertGolden(directory: string, name: string, actual: string): void {
  const path = fileURLToPath(new URL(`golden/${name}.txt`, directory));
  if (process.env['UPDATE_GOLDEN'] === '1') {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, `${actual}\n`);
  }
  assert.equal(`${actual}\n`, readFileSync(path, 'utf8'), `${path} has other text; UPDATE_GOLDEN=1 writes it anew`);
}
