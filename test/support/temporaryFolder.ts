import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A folder with blanks and letters beyond ASCII in its path, made before each test of a suite and removed after it. */
export function useTemporaryFolder(): () => string {
  let folder = '';
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'incident panel ü '));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));
  return () => folder;
}
