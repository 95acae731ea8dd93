import assert from 'node:assert/strict';
import { resolveFrameFile } from '../../../../src/evidence/frames/resolveFrame.ts';
import { WorkspaceIndex, indexWorkspace } from '../../../../src/evidence/frames/workspaceIndex.ts';
import type { TraceLanguage } from '../../../../src/evidence/stackTrace/model.ts';
import { TemporaryRepository } from '../../../support/temporaryRepository.ts';
import { useTemporaryFolder } from '../../../support/temporaryFolder.ts';
import { writeFiles } from '../../../support/traceWorkspace.ts';
import { processorTime } from '../../../support/processorTime.ts';

const root = '/home/ada/shop';

/** The path that a frame's file means among these, with the doubt; several candidates; or `unknown`. */
function resolve(written: string, language: TraceLanguage, ...paths: readonly string[]): string {
  const files = paths.map((path) =>
    path.startsWith('/') ? { root: path.split(':')[0] ?? '', path: path.split(':')[1] ?? '' } : { root, path },
  );
  const match = resolveFrameFile(
    written,
    language,
    new WorkspaceIndex([...new Set(files.map((one) => one.root))], files),
  );
  switch (match.kind) {
    case 'found':
      return `${match.file.root === root ? '' : `${match.file.root}:`}${match.file.path}${match.doubt === undefined ? '' : ` (${match.doubt})`}`;
    case 'ambiguous':
      return match.candidates.map(({ path }) => path).join(' or ');
    case 'unknown':
      return 'unknown';
  }
}

describe('frame resolution', () => {
  const cases: readonly [string, TraceLanguage, readonly string[], string][] = [
    [
      '/app/src/services/payment.js',
      'javascript',
      ['src/services/payment.js', 'test/payment.js'],
      'src/services/payment.js',
    ],
    [
      '/app/dist/services/payment.js',
      'javascript',
      ['src/services/payment.ts', 'src/old/payment.ts'],
      'src/services/payment.ts (compiled)',
    ],
    [
      'C:\\agent\\_work\\1\\s\\src\\Shop\\Payment.cs',
      'dotnet',
      ['src/Shop/Payment.cs', 'src/Other/Payment.cs'],
      'src/Shop/Payment.cs',
    ],
    ['/_/src/Shop/Payment.cs', 'dotnet', ['src/Shop/Payment.cs'], 'src/Shop/Payment.cs'],
    [
      'webpack://shop/./src/api/client.ts?a1b2',
      'javascript',
      ['src/api/client.ts', 'src/client.ts'],
      'src/api/client.ts',
    ],
    ['webpack-internal:///(rsc)/./app/page.tsx', 'javascript', ['app/page.tsx', 'app/cart/page.tsx'], 'app/page.tsx'],
    ['file:///srv/app/lib/x.mjs', 'javascript', ['lib/x.mjs'], 'lib/x.mjs'],
    [
      'com/shop/pay/Payment.java',
      'jvm',
      ['src/main/java/com/shop/pay/Payment.java', 'src/main/java/com/shop/old/Payment.java'],
      'src/main/java/com/shop/pay/Payment.java',
    ],
    ['com/shop/Cart.kt', 'jvm', ['app/src/main/kotlin/Cart.kt'], 'app/src/main/kotlin/Cart.kt (nameOnly)'],
    ['github.com/acme/shop/pay/charge.go', 'go', ['pay/charge.go', 'cmd/charge.go'], 'pay/charge.go'],
    [
      'package:shop/pages/cart.dart',
      'dart',
      ['lib/pages/cart.dart', 'packages/ui/lib/pages/cart.dart'],
      'lib/pages/cart.dart',
    ],
    [
      'package:ui/pages/cart.dart',
      'dart',
      ['lib/pages/cart.dart', 'packages/ui/lib/pages/cart.dart'],
      'packages/ui/lib/pages/cart.dart',
    ],
    ['./src/payment.rs', 'rust', ['src/payment.rs'], 'src/payment.rs'],
    [
      '/var/www/html/app/Services/Payment.php',
      'php',
      ['app/Services/Payment.php', 'tests/Payment.php'],
      'app/Services/Payment.php',
    ],
    ['/app/app/models/cart.rb', 'ruby', ['app/models/cart.rb', 'spec/models/cart.rb'], 'app/models/cart.rb'],
    ['/usr/src/app/index.js', 'javascript', ['index.js', 'packages/a/index.js'], 'index.js'],
    [
      '/app/src/index.js',
      'javascript',
      ['packages/a/src/index.js', 'packages/b/src/index.js'],
      'packages/a/src/index.js or packages/b/src/index.js',
    ],
    ['/home/ci/tool/helpers/index.js', 'javascript', ['src/index.js'], 'unknown'],
    ['/app/dist/index.js', 'javascript', ['src/index.ts'], 'src/index.ts (compiled)'],
    ['/app/src/gone.py', 'python', ['src/here.py'], 'unknown'],
    ['/home/ada/shop/src/a.py', 'python', ['src/a.py', 'x/home/ada/shop/src/a.py'], 'src/a.py'],
    ['/app/vendor/acme/a.php', 'php', ['vendor/acme/a.php'], 'unknown'],
    ['/app/SRC/Cart.py', 'python', ['src/cart.py'], 'src/cart.py'],
  ];
  for (const [written, language, files, expected] of cases)
    it(`takes ${written} for ${expected}`, () => {
      assert.equal(resolve(written, language, ...files), expected);
    });

  it('finds a file in any of several folders', () => {
    const files = ['/w/api:src/cart.py', '/w/web:src/cart.ts', '/w/web:src/view.ts'];
    assert.equal(resolve('/app/src/view.ts', 'javascript', ...files), '/w/web:src/view.ts');
    assert.equal(resolve('/app/src/cart.py', 'python', ...files), '/w/api:src/cart.py');
  });

  it('stays fast among twenty thousand files', () => {
    const files = Array.from({ length: 20_000 }, (_, at) => ({
      root,
      path: `packages/p${at % 40}/src/m${at % 500}/file${at}.ts`,
    }));
    const index = new WorkspaceIndex([root], files);
    const started = processorTime();
    for (let at = 0; at < 2_000; at += 1) {
      const { path } = files[at * 10] ?? { path: '' };
      const match = resolveFrameFile(`/app/dist/${path.replace(/\.ts$/, '.js')}`, 'javascript', index);
      assert.equal(match.kind === 'found' ? match.file.path : match.kind, path);
    }
    assert.ok(processorTime() - started < 1500, `${processorTime() - started} ms`);
  });
});

describe('workspace index', () => {
  const folder = useTemporaryFolder();

  it('walks a folder without git, and does not enter what others wrote', async () => {
    writeFiles(folder(), { 'src/a.js': '1', 'node_modules/x/a.js': '1', '.git/config': '', 'b.py': '' });
    const index = await indexWorkspace([folder()], { mayRunGit: false }, AbortSignal.timeout(5_000));
    assert.deepEqual(index.files.map(({ path }) => path).sort(), ['b.py', 'src/a.js']);
    assert.equal(index.listing, 'whole');
  });

  it('says that a folder could not be listed', async () => {
    const index = await indexWorkspace([`${folder()}/gone`], { mayRunGit: true }, AbortSignal.timeout(5_000));
    assert.deepEqual([index.files.length, index.listing], [0, 'failed']);
  });

  it('stops when it is cancelled', async () => {
    writeFiles(folder(), { 'a.js': '', 'b.js': '' });
    const index = await indexWorkspace([folder()], { mayRunGit: false }, AbortSignal.abort());
    assert.equal(index.listing, 'cut');
  });

  it('takes what git knows and what it would add, below the folder alone', async () => {
    const repository = await TemporaryRepository.create();
    try {
      await repository.write('.gitignore', 'dist\n');
      await repository.commit('api/src/a.js', '1', 'First');
      await repository.write('api/src/new ü.js', '1');
      await repository.write('api/dist/a.js', '1');
      await repository.write('web/b.js', '1');
      const index = await indexWorkspace([repository.path('api')], { mayRunGit: true }, AbortSignal.timeout(10_000));
      assert.deepEqual(index.files.map(({ path }) => path).sort(), ['src/a.js', 'src/new ü.js']);
    } finally {
      await repository.remove();
    }
  });
});
