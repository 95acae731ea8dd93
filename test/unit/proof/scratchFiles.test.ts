import assert from 'node:assert/strict';
import { readdirSync, realpathSync } from 'node:fs';
import { ScratchFiles } from '../../../src/proof/scratchFiles.ts';
import { useTemporaryFolder } from '../../support/temporaryFolder.ts';

describe('the files of a scratch copy', () => {
  const folder = useTemporaryFolder();

  for (const path of [
    '../outside.ts',
    'src/.. /outside.ts',
    '/etc/passwd',
    'C:\\Windows\\x.ts',
    '.git',
    '.git/hooks/pre-commit',
    'sub/.GIT/config',
    '.git./config',
    '.git /config',
    'git~1/config',
    '.g\u200cit/config',
    '.git::$INDEX_ALLOCATION/config',
    'a\0.ts',
  ]) {
    it(`are not written at ${JSON.stringify(path)}`, async () => {
      const root = realpathSync(folder());
      const files = new ScratchFiles(root, root);
      const written = await files.write(path, Buffer.from('x'));
      assert.ok(!written.ok);
      assert.equal(written.failure.kind, 'outsideWorkspace');
      assert.deepEqual(readdirSync(root), []);
    });
  }

  it('are written elsewhere, and taken back', async () => {
    const root = realpathSync(folder());
    const files = new ScratchFiles(root, root);
    assert.ok((await files.write('src/.gitignore.ts', Buffer.from('x'))).ok);
    assert.deepEqual(readdirSync(`${root}/src`), ['.gitignore.ts']);
    await files.restore();
    assert.deepEqual(readdirSync(`${root}/src`), []);
  });
});
