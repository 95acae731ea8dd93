import assert from 'node:assert/strict';
import fc from 'fast-check';
import { badPath, possiblePlaces } from '../../../src/fix/editPath.ts';
import type { WorkspaceRoot } from '../../../src/fix/editPath.ts';

describe('the path of an edit', () => {
  for (const path of [
    'a.js',
    'src/a b/ü.js',
    '.github/workflows/ci.yml',
    '.gitignore',
    'src/app/[id]/(shop)/page.tsx',
    'a..b/c',
    '.gitlab/x',
    'git/x',
  ])
    it(`may be ${path}`, () => assert.equal(badPath(path), undefined));

  const refused: readonly (readonly [string, ReturnType<typeof badPath>])[] = [
    ['/etc/passwd', 'absolute'],
    ['C:\\Windows\\x', 'absolute'],
    ['c:x', 'absolute'],
    ['\\\\server\\share\\x', 'absolute'],
    ['//server/share/x', 'absolute'],
    ['~/.ssh/config', 'absolute'],
    ['../x', 'parent'],
    ['src/../../x', 'parent'],
    ['src\\..\\..\\x', 'parent'],
    ['src/.. /x', 'parent'],
    ['.git/hooks/pre-commit', 'git'],
    ['sub/.GIT/config', 'git'],
    ['.git./config', 'git'],
    ['.git /config', 'git'],
    ['git~1/config', 'git'],
    ['.g\u200cit/config', 'git'],
    ['.git::$INDEX_ALLOCATION/config', 'git'],
    ['sub\\.git\\config', 'git'],
    ['a.js:stream', 'characters'],
    ['a\\b.js', 'characters'],
    ['a\nb.js', 'characters'],
    ['a\0.js', 'characters'],
    ['a\u202egnp.js', 'characters'],
    ['a?.js', 'characters'],
    ['', 'characters'],
    ['src//a.js', 'characters'],
    ['./a.js', 'characters'],
    ['src/', 'characters'],
    ['CON', 'reserved'],
    ['src/nul.txt', 'reserved'],
    ['src/com1.js', 'reserved'],
    ['src/a.js.', 'reserved'],
    ['src /a.js', 'reserved'],
    ['a/'.repeat(300), 'long'],
  ];
  for (const [path, reason] of refused)
    it(`may not be ${JSON.stringify(path.slice(0, 40))}`, () => assert.equal(badPath(path), reason));

  it('never leads out of its folder, whatever it is', () => {
    const part = fc.constantFrom('..', '.', '', 'a', '.git', 'C:', '\\', '~', 'b.js', ' ');
    fc.assert(
      fc.property(
        fc.oneof(
          fc.array(part).map((parts) => parts.join('/')),
          fc.string(),
        ),
        (path) => {
          if (badPath(path) !== undefined) return;
          const url = new URL(path.split('/').map(encodeURIComponent).join('/'), 'file:///root/folder/');
          assert.ok(url.pathname.startsWith('/root/folder/'));
          assert.ok(!path.toLowerCase().split('/').includes('.git'));
        },
      ),
    );
  });
});

describe('the places that a path may mean', () => {
  const shop: WorkspaceRoot = { folder: '/w/shop', name: 'shop', prefix: '' };
  const api: WorkspaceRoot = { folder: '/w/mono/packages/api', name: 'api', prefix: 'packages/api' };
  const places = (path: string, roots: readonly WorkspaceRoot[]): string[] =>
    possiblePlaces(path, roots).map(({ root, path: inRoot }) => `${root.folder}/${inRoot}`);

  it('begin at the open folder', () => assert.deepEqual(places('src/a.js', [shop]), ['/w/shop/src/a.js']));

  it('may begin with the name of a folder where several are open', () => {
    assert.deepEqual(places('api/a.js', [shop, api]), [
      '/w/mono/packages/api/a.js',
      '/w/shop/api/a.js',
      '/w/mono/packages/api/api/a.js',
    ]);
  });

  it('may begin at the top of the repository, as a diff writes them', () => {
    assert.deepEqual(places('packages/api/a.js', [api]), [
      '/w/mono/packages/api/packages/api/a.js',
      '/w/mono/packages/api/a.js',
    ]);
  });
});
