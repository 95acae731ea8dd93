import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  findWorkspacePath,
  parseWrittenPath,
  resolveWorkspacePath,
  type WorkspaceFile,
} from '../../../src/evidence/workspacePath.ts';

const shop = '/home/me/shop';
const other = '/home/me/agent service';
const file = (path: string, root = shop): WorkspaceFile => ({ root, path });
const files = [
  file('src/services/payment.js'),
  file('src/routes/checkout.js'),
  file('index.ts'),
  file('src/index.ts'),
  file('packages/api/src/index.ts'),
  file('packages/web/src/index.ts'),
  file('src/Größe.ts'),
  file('src/x.cs', other),
  file('lib/util.js'),
  file('lib/util.js', other),
];

/** The meaning in a few words: `path`, `path @root` for the second folder, with the position, or the candidates. */
function meaning(text: string): string {
  const meant = findWorkspacePath(text, files, [shop, other]);
  const name = ({ root, path }: WorkspaceFile): string => (root === shop ? path : `${path} @other`);
  switch (meant.kind) {
    case 'unknown':
      return 'unknown';
    case 'found':
      return [name(meant.file), meant.line, meant.column].filter((part) => part !== undefined).join(':');
    case 'ambiguous':
      return meant.candidates.map(name).join(' | ');
  }
}

describe('a written path in the workspace', () => {
  it('is found by its name alone when only one file has it', () => {
    assert.equal(meaning('payment.js:47'), 'src/services/payment.js:47');
    assert.equal(meaning('`payment.js:47:12`'), 'src/services/payment.js:47:12');
  });

  it('is found although it is the path of another machine', () => {
    assert.equal(meaning('/app/src/services/payment.js'), 'src/services/payment.js');
    assert.equal(meaning('C:\\agent\\_work\\1\\s\\src\\x.cs:line 12'), 'src/x.cs @other:12');
    assert.equal(meaning('/usr/src/app/packages/web/src/index.ts:3:4'), 'packages/web/src/index.ts:3:4');
  });

  it('is found in the forms of bundlers, browsers and runtimes', () => {
    assert.equal(meaning('file:///app/src/services/payment.js:1:2'), 'src/services/payment.js:1:2');
    assert.equal(meaning('file:///C:/app/src/x.cs'), 'src/x.cs @other');
    assert.equal(meaning('webpack:///./src/routes/checkout.js?a1b2'), 'src/routes/checkout.js');
    assert.equal(meaning('webpack://shop/./src/routes/checkout.js'), 'src/routes/checkout.js');
    assert.equal(meaning('webpack-internal:///(rsc)/./src/routes/checkout.js:9'), 'src/routes/checkout.js:9');
    assert.equal(meaning('https://cdn.example.org/shop/src/Gr%C3%B6%C3%9Fe.ts'), 'src/Größe.ts');
    assert.equal(meaning('package:shop/services/payment.js'), 'src/services/payment.js');
    assert.equal(meaning('./src/services/payment.js'), 'src/services/payment.js');
    assert.equal(meaning('../../services/payment.js(47)'), 'src/services/payment.js:47');
    assert.equal(meaning('src/services/payment.js#L4-L9'), 'src/services/payment.js:4');
  });

  it('is the file itself when it is a path of this machine', () => {
    assert.equal(meaning(`${shop}/index.ts`), 'index.ts');
    assert.equal(meaning(`${other}/lib/util.js:5`), 'lib/util.js @other:5');
  });

  it('is ambiguous when several files fit equally well, and lists them', () => {
    assert.equal(meaning('lib/util.js'), 'lib/util.js | lib/util.js @other');
    assert.equal(meaning('util.js:3'), 'lib/util.js | lib/util.js @other');
    assert.equal(
      meaning('index.ts'),
      'index.ts | src/index.ts | packages/api/src/index.ts | packages/web/src/index.ts',
    );
    assert.equal(
      meaning('/app/src/index.ts'),
      'src/index.ts',
      'the path from the folder wins over the same end of a longer path',
    );
  });

  it('prefers the exact letter case, and forgives another', () => {
    assert.equal(meaning('SRC/Services/Payment.js'), 'src/services/payment.js');
    const two = [file('src/Payment.js'), file('src/payment.js')];
    const meant = findWorkspacePath('src/payment.js', two, [shop]);
    assert.ok(meant.kind === 'found');
    assert.equal(meant.file.path, 'src/payment.js');
  });

  it('matches whole segments only', () => {
    assert.equal(meaning('ment.js'), 'unknown');
    assert.equal(meaning('notpayment.js'), 'unknown');
  });

  it('is unknown when it is no path or nothing fits', () => {
    for (const text of ['', '   ', '..', '/', 'node:internal/process', '<anonymous>', 'a\0b', 'x'.repeat(10_000)])
      assert.equal(meaning(text), 'unknown', text.slice(0, 20));
  });

  it('never leads out of the workspace', () => {
    const hostile = [file('../../etc/passwd'), file('/etc/passwd')];
    assert.equal(findWorkspacePath('/etc/passwd', hostile, [shop]).kind, 'unknown');
    assert.equal(findWorkspacePath(`${shop}/../../../etc/passwd`, hostile, [shop]).kind, 'unknown');
  });

  it('takes any text, and gives only files of the list', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.string({ unit: 'binary' }), fc.webUrl(), fc.constantFrom('/', '\\', '.', ':', '(')),
        (text) => {
          const meant = findWorkspacePath(text, files, [shop, other]);
          if (meant.kind === 'found') assert.ok(files.includes(meant.file));
        },
      ),
    );
  });

  it('finds every file by its whole path behind any folder of another machine', () => {
    fc.assert(
      fc.property(fc.constantFrom('/app', '/srv/a b', 'C:\\w', 'file:///x', '.'), fc.nat(6), (prefix, at) => {
        const wanted = files[at];
        assert.ok(wanted);
        const separator = prefix.includes('\\') ? '\\' : '/';
        const written = `${prefix}${separator}${wanted.path.replaceAll('/', separator)}:7`;
        assert.deepEqual(findWorkspacePath(written, files, [shop, other]), { kind: 'found', file: wanted, line: 7 });
      }),
    );
  });

  it('takes positions of all runtimes apart', () => {
    assert.deepEqual(parseWrittenPath('a/b.php(12)'), { segments: ['a', 'b.php'], line: 12 });
    assert.deepEqual(parseWrittenPath('a/b.ts(12,5)'), { segments: ['a', 'b.ts'], line: 12, column: 5 });
    assert.deepEqual(parseWrittenPath('D:\\a b\\c.cs:12'), { segments: ['a b', 'c.cs'], line: 12 });
  });
});

describe('resolving a written path', () => {
  let folder = '';
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'resolve '));
    await mkdir(join(folder, 'shop'));
    await writeFile(join(folder, 'secret.txt'), 'x');
    await writeFile(join(folder, 'shop', 'real.txt'), 'x');
    await symlink(join(folder, 'secret.txt'), join(folder, 'shop', 'secret.txt'));
  });
  after(() => rm(folder, { recursive: true }));

  it('asks for the files of that name and leaves out links that lead out of the folder', async () => {
    const root = join(folder, 'shop');
    const asked: string[] = [];
    const workspace = {
      roots: [root],
      filesNamed: (name: string) => {
        asked.push(name);
        return Promise.resolve([file(name, root)]);
      },
    };
    const signal = new AbortController().signal;
    assert.deepEqual(await resolveWorkspacePath('/app/real.txt:3', workspace, signal), {
      kind: 'found',
      file: file('real.txt', root),
      line: 3,
    });
    assert.deepEqual(await resolveWorkspacePath('/app/secret.txt', workspace, signal), { kind: 'unknown' });
    assert.deepEqual(await resolveWorkspacePath('/app/none.txt', workspace, signal), { kind: 'unknown' });
    assert.deepEqual(asked, ['real.txt', 'secret.txt', 'none.txt']);
  });
});
