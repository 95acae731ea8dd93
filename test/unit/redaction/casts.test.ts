import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';

describe('the type of redacted text', () => {
  it('is given by a cast only in redaction, in the model that declares it, and in the journal that wrote it', () => {
    const sources = globSync(['src/**/*.ts', 'webview/**/*.ts']).map((path) => path.replaceAll('\\', '/'));
    assert.ok(sources.includes('src/redaction/redactor.ts'), 'the sources are not found');
    const casting = sources.filter((path) =>
      /\bas (?:unknown as )?(?:readonly )?Redacted\b|<Redacted>\s*[\w'"`(]/.test(readFileSync(path, 'utf8')),
    );
    const allowed = /^src\/(?:redaction\/|model\/redacted\.ts$|incident\/journal\w*\.ts$)/;
    assert.deepEqual(
      casting.filter((path) => !allowed.test(path)),
      [],
    );
    assert.ok(casting.includes('src/redaction/redactor.ts'));
  });
});
