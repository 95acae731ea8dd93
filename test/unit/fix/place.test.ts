import assert from 'node:assert/strict';
import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { foldersOnDisk, placeOnDisk } from '../../../src/fix/place.ts';
import type { FolderReader } from '../../../src/fix/place.ts';
import { useTemporaryFolder } from '../../support/temporaryFolder.ts';

/** A file system that, like those of Windows and macOS, finds a name in any letter case and by its short form. */
function forgiving(paths: readonly string[]): FolderReader {
  const key = (path: string): string =>
    path
      .normalize('NFC')
      .toLowerCase()
      .split('/')
      .map((part) => (/^progra~1/.test(part) ? 'program files' : part))
      .join('/');
  return {
    entry: async (path) => {
      if (paths.some((one) => key(one) === key(path))) return { kind: 'file', bytes: 1 };
      return paths.some((one) => key(one).startsWith(`${key(path)}/`)) ? { kind: 'folder', bytes: 0 } : undefined;
    },
    names: async (folder) =>
      paths.flatMap((one) =>
        key(one).startsWith(`${key(folder)}/`) ? [one.slice(folder.length + 1).split('/')[0] ?? ''] : [],
      ),
  };
}

describe('the place of an edit on disk', () => {
  const folder = useTemporaryFolder();
  const at = (path: string): ReturnType<typeof placeOnDisk> => placeOnDisk(folder(), path, foldersOnDisk);

  it('is a file, or nothing below the nearest folder that is there', async () => {
    await mkdir(join(folder(), 'src'));
    await writeFile(join(folder(), 'src/a.js'), 'abc');
    assert.deepEqual(await at('src/a.js'), { kind: 'file', path: `${folder()}/src/a.js`, bytes: 3 });
    assert.deepEqual(await at('src/new/b.js'), {
      kind: 'nothing',
      path: `${folder()}/src/new/b.js`,
      parent: `${folder()}/src`,
    });
  });

  it('is not behind a link, wherever in the path it is and wherever it leads', async () => {
    await mkdir(join(folder(), 'real'), { recursive: true });
    await writeFile(join(folder(), 'real/a.js'), '');
    await symlink('/etc', join(folder(), 'out'));
    await symlink('real', join(folder(), 'inside'));
    await symlink('real/a.js', join(folder(), 'file.js'));
    await symlink('nowhere', join(folder(), 'dangling.js'));
    for (const path of ['out/passwd', 'inside/a.js', 'file.js', 'dangling.js', 'inside/new.js']) {
      const place = await at(path);
      assert.deepEqual(place, { kind: 'refused', obstacle: { kind: 'link', at: path.split('/')[0] } }, path);
    }
  });

  it('is neither a folder nor below a file', async () => {
    await mkdir(join(folder(), 'folder/in'), { recursive: true });
    await writeFile(join(folder(), 'plain'), '');
    assert.deepEqual(await at('folder/in'), { kind: 'refused', obstacle: { kind: 'notAFile', at: 'folder/in' } });
    assert.deepEqual(await at('plain/x.js'), { kind: 'refused', obstacle: { kind: 'notAFile', at: 'plain' } });
  });

  it('has the name that it has on disk: no other letter case, no short name', async () => {
    const reader = forgiving(['/w/src/Payment.js', '/w/Program Files/x.js', '/w/u\u0308.js']);
    assert.equal((await placeOnDisk('/w', 'src/Payment.js', reader)).kind, 'file');
    assert.deepEqual(await placeOnDisk('/w', 'SRC/Payment.js', reader), {
      kind: 'refused',
      obstacle: { kind: 'otherName', at: 'SRC' },
    });
    assert.deepEqual(await placeOnDisk('/w', 'src/payment.js', reader), {
      kind: 'refused',
      obstacle: { kind: 'otherName', at: 'src/payment.js' },
    });
    assert.deepEqual(await placeOnDisk('/w', 'PROGRA~1/x.js', reader), {
      kind: 'refused',
      obstacle: { kind: 'otherName', at: 'PROGRA~1' },
    });
    // One letter, written in two ways, is the same name.
    assert.equal((await placeOnDisk('/w', '\u00fc.js', reader)).kind, 'file');
  });

  it('is refused where the system will not tell', async () => {
    const place = await placeOnDisk('/w', 'a.js', {
      entry: () => Promise.reject(Object.assign(new Error('no'), { code: 'EACCES' })),
      names: async () => [],
    });
    assert.deepEqual(place, { kind: 'refused', obstacle: { kind: 'unreadable', code: 'EACCES' } });
  });
});
