import assert from 'node:assert/strict';
import { join, resolve, win32 } from 'node:path';
import fc from 'fast-check';
import { isInside } from '../../../src/evidence/confinement.ts';
import { isPlainPath } from '../../../src/evidence/plainPath.ts';
import { isEnvironmentValuesFile } from '../../../src/model/suspect.ts';

/** Each is a way into something on some system. */
const tricks = [
  '',
  '/etc/passwd',
  '//server/share/x',
  '\\\\server\\share\\x',
  '\\\\?\\C:\\x',
  '\\\\.\\pipe\\x',
  'C:\\Windows\\win.ini',
  'C:secret.txt',
  'c:/x',
  'file:///etc/passwd',
  'http://evil.example/x',
  '~/.ssh/id_rsa',
  '..',
  '../x',
  'src/../../x',
  'src\\..\\..\\x',
  'src/..',
  '.git/config',
  '.GIT/config',
  'sub/.git/hooks/pre-commit',
  '.git',
  '.git./config',
  '.git /config',
  '.g\u200cit/config',
  '\ufeff.git/config',
  'GIT~1/config',
  'git~2',
  'PROGRA~1/x',
  '.git::$INDEX_ALLOCATION/config',
  'a.js:stream',
  'a.js::$DATA',
  '.env',
  '.ENV',
  'config/.env.production',
  '.env::$DATA',
  '.env.',
  '.env ',
  'prod.env',
  '.e\u200dnv',
  'NUL',
  'con.txt',
  'src/COM1',
  'lpt9.log',
  'a\0b.js',
  'a\nb.js',
  'a\u0085b',
  'x'.repeat(5_000),
];

describe('a plain path', () => {
  it('is what files of a repository have', () => {
    for (const path of [
      'a.js',
      'src/services/payment.js',
      './src/a.ts',
      'src\\Api\\Pay.cs',
      'src/',
      '.github/workflows/ci.yml',
      '.gitignore',
      '.env.example',
      'Dockerfile',
      'a b/ü.py',
      'pages/[id].tsx',
      'src/console.ts',
      'aux-files/x',
      'v1.2..3/notes',
      '日本語/ファイル.ts',
    ])
      assert.ok(isPlainPath(path), path);
  });

  it('is none of the ways out of a repository, into Git’s folder or to environment values, on any system', () => {
    for (const path of tricks) assert.ok(!isPlainPath(path), JSON.stringify(path));
  });

  it('is no spelling of Git’s folder, a device or a file of environment values, on whatever system and wherever it stands', () => {
    const anyCase = (name: string): fc.Arbitrary<string> =>
      fc
        .array(fc.boolean(), { minLength: name.length, maxLength: name.length })
        .map((upper) =>
          Array.from(name, (letter, at) => (upper[at] === true ? letter.toUpperCase() : letter)).join(''),
        );
    const unseen = fc.constantFrom('', '\u200c', '\u200d', '\u2060', '\ufeff', '\u202e', '\u00ad');
    // HFS+ leaves out what is not seen; Windows drops what stands at the end, and reads `:` as a stream.
    const spelled = (name: fc.Arbitrary<string>): fc.Arbitrary<string> =>
      fc
        .tuple(name, fc.nat(20), unseen, fc.constantFrom('', '.', ' ', '. .', '::$DATA', ':x', '::$INDEX_ALLOCATION'))
        .map(([text, at, mark, end]) => text.slice(0, at) + mark + text.slice(at) + end);
    const git = spelled(fc.oneof(anyCase('.git'), anyCase('git~1'), anyCase('git~23')));
    const values = spelled(
      fc.oneof(
        anyCase('.env'),
        anyCase('.env.production'),
        anyCase('live.env'),
        anyCase('.envrc'),
        anyCase('envpro~1'),
      ),
    );
    const device = fc
      .tuple(
        fc.oneof(anyCase('con'), anyCase('nul'), anyCase('aux'), anyCase('prn'), anyCase('com1'), anyCase('lpt9')),
        fc.constantFrom('', '.txt', '.tar.gz', ':', '.'),
      )
      .map(([name, end]) => name + end);
    const separator = fc.constantFrom('/', '\\');
    const folder = fc.constantFrom('', 'src', 'a b', 'ü', 'u\u0308', './src', 'deep/er');
    fc.assert(
      fc.property(
        fc.oneof(git, device),
        separator,
        folder,
        fc.constantFrom('', 'config', 'hooks/x'),
        (name, by, before, behind) => {
          const path = [before, name, behind].filter((part) => part !== '').join(by);
          assert.ok(!isPlainPath(path), JSON.stringify(path));
        },
      ),
      { numRuns: 2_000 },
    );
    fc.assert(
      fc.property(values, separator, folder, (name, by, before) => {
        const path = before === '' ? name : before + by + name;
        assert.ok(!isPlainPath(path), JSON.stringify(path));
      }),
      { numRuns: 2_000 },
    );
    for (const path of ['\\\\server\\share\\.env', '\\\\?\\UNC\\s\\x', '//./pipe/x', '\\\\.\\GLOBALROOT\\x'])
      assert.ok(!isPlainPath(path), path);
  });

  it('never leads out of its folder, whatever it is made of', () => {
    const piece = fc.oneof(
      fc.constantFrom('..', '.', '/', '\\', ':', '~', 'C:', '.git', '.env', 'a', ' ', '::$DATA', '\0', '\u200d'),
      fc.string({ maxLength: 4 }),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 8 }), (pieces) => {
        const path = pieces.join('');
        if (!isPlainPath(path)) return;
        const folder = resolve('/work/folder');
        assert.ok(isInside(folder, join(folder, path.replaceAll('\\', '/'))), path);
        const onWindows = win32.resolve('C:\\folder', path);
        assert.ok(onWindows === 'C:\\folder' || onWindows.startsWith('C:\\folder\\'), path);
        const segments = path.toLowerCase().split(/[\\/]/);
        assert.ok(!segments.includes('.git') && !isEnvironmentValuesFile(path), path);
      }),
      { numRuns: 2_000 },
    );
  });
});
