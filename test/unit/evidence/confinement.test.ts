import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import assert from 'node:assert/strict';
import { isInside, realPathInside } from '../../../src/evidence/confinement.ts';
import { useTemporaryFolder } from '../../support/temporaryFolder.ts';

describe('the confinement of paths', () => {
  const folder = useTemporaryFolder();

  it('takes the folder itself and what is below it, and no neighbour of the same beginning', () => {
    assert.ok(isInside('/work/shop', '/work/shop'));
    assert.ok(isInside('/work/shop', '/work/shop/..data/a.ts'));
    assert.ok(!isInside('/work/shop', '/work/shopping/a.ts'));
    assert.ok(!isInside('/work/shop', '/work/shop/../a.ts'));
  });

  it('follows links within a folder, and none that leads out of it', async () => {
    const [root, outside] = [join(folder(), 'root'), join(folder(), 'outside')];
    await mkdir(root);
    await mkdir(outside);
    await writeFile(join(root, 'a.ts'), 'a');
    await writeFile(join(outside, 'secret.ts'), 's');
    await symlink(join(root, 'a.ts'), join(root, 'b.ts'));
    await symlink(join(outside, 'secret.ts'), join(root, 'c.ts'));
    assert.ok((await realPathInside(join(root, 'b.ts'), [root]))?.endsWith('a.ts'));
    assert.equal(await realPathInside(join(root, 'c.ts'), [root]), undefined);
    await assert.rejects(realPathInside(join(root, 'd.ts'), [root]), { code: 'ENOENT' });
  });

  // To look at it is to sign in to its host. What does not exist rejects: a path that does not was not looked at.
  it('never looks at a share of the network that is in no open folder', async () => {
    for (const share of ['//203.0.113.7/share/a.ts', '\\\\203.0.113.7\\share\\a.ts', '\\\\?\\UNC\\203.0.113.7\\c$\\a'])
      assert.equal(await realPathInside(share, [folder()]), undefined, share);
  });
});
