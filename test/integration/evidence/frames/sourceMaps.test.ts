import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { build } from 'esbuild';
import { minify } from 'terser';
import ts from 'typescript';
import type { PlacedFrame } from '../../../../src/model/traceReport.ts';
import { mappingWords, placeWords } from '../../../../src/traceWording.ts';
import { useTemporaryFolder } from '../../../support/temporaryFolder.ts';
import { reportOn, writeFiles } from '../../../support/traceWorkspace.ts';

const source = `export interface Order { readonly cents: number }

export function charge(order: Order | undefined): number {
  return order!.cents * 2;
}
`;
const entry = `import { charge } from './pay.ts';

export function checkout(): number {
  return charge(undefined);
}
`;

describe('source maps', function () {
  this.timeout(30_000);
  const folder = useTemporaryFolder();
  const write = (path: string, text: string): void => {
    mkdirSync(dirname(join(folder(), path)), { recursive: true });
    writeFileSync(join(folder(), path), text);
  };
  const read = (path: string): string => readFileSync(join(folder(), path), 'utf8');

  /** Where a text stands in a file, as a frame writes it: `line:column`. */
  function positionOf(path: string, text: string, skip = 0): string {
    const whole = read(path);
    const at = whole.indexOf(text) + skip;
    assert.ok(at >= skip, `${text} is not in ${path}`);
    const before = whole.slice(0, at).split('\n');
    return `${before.length}:${(before.at(-1)?.length ?? 0) + 1}`;
  }

  async function frameOf(
    place: string,
    files: Readonly<Record<string, string>> = { 'src/pay.ts': source, 'src/main.ts': entry },
    mapFolders: readonly string[] = [],
  ): Promise<PlacedFrame> {
    const listed = writeFiles(folder(), files);
    const { traces } = await reportOn(`TypeError: x is undefined\n    at charge (${place})`, listed, { mapFolders });
    const frame = traces[0]?.frames[0];
    assert.ok(frame);
    return frame;
  }

  /** What a frame came to: the file with its position, or why there is none, and how. */
  function told({ place, mapping }: PlacedFrame): string {
    const where =
      place.kind === 'file'
        ? [place.file.path, place.line].filter((part) => part !== undefined).join(':')
        : placeWords(place);
    return `${where}; ${mapping === undefined ? 'no mapping' : mappingWords(mapping)}`;
  }

  it('of esbuild, beside the file, lead to the line of the source', async () => {
    writeFiles(folder(), { 'src/pay.ts': source, 'src/main.ts': entry });
    await build({
      entryPoints: [join(folder(), 'src/main.ts')],
      bundle: true,
      minify: true,
      sourcemap: true,
      format: 'esm',
      outfile: join(folder(), 'dist/main.js'),
      logLevel: 'silent',
    });
    const frame = await frameOf(`/app/dist/main.js:${positionOf('dist/main.js', '.cents')}`);
    assert.equal(told(frame), 'src/pay.ts:4; by the source map main.js.map');
    assert.equal(frame.line, 1, 'the generated position stands beside it');
  });

  it('of esbuild, inline', async () => {
    writeFiles(folder(), { 'src/pay.ts': source, 'src/main.ts': entry });
    await build({
      entryPoints: [join(folder(), 'src/main.ts')],
      bundle: true,
      sourcemap: 'inline',
      format: 'cjs',
      outfile: join(folder(), 'dist/main.cjs'),
      logLevel: 'silent',
    });
    const frame = await frameOf(`/srv/shop/dist/main.cjs:${positionOf('dist/main.cjs', '.cents')}`);
    assert.equal(told(frame), 'src/pay.ts:4; by the source map inline in main.cjs');
  });

  it('of TypeScript, through a source root', async () => {
    const { outputText, sourceMapText } = ts.transpileModule(source, {
      fileName: 'pay.ts',
      compilerOptions: {
        sourceMap: true,
        target: ts.ScriptTarget.ES2022,
        module: ts.ModuleKind.ESNext,
        sourceRoot: '../src',
      },
    });
    write('out/pay.js', outputText);
    write('out/pay.js.map', sourceMapText ?? '');
    const frame = await frameOf(`file:///usr/src/app/out/pay.js:${positionOf('out/pay.js', 'cents')}`);
    assert.equal(told(frame), 'src/pay.ts:4; by the source map pay.js.map');
  });

  it('of terser, with a name of its own for the map', async () => {
    const js = 'export function charge(order) {\n  const total = order.cents * 2;\n  return total;\n}\n';
    const { code, map } = await minify(
      { '../src/pay.js': js },
      { module: true, compress: false, sourceMap: { url: 'maps/pay.min.map' } },
    );
    write('public/pay.min.js', code ?? '');
    write('public/maps/pay.min.map', typeof map === 'string' ? map.replace('../src', '../../src') : '');
    const frame = await frameOf(
      `https://shop.example.org/public/pay.min.js:${positionOf('public/pay.min.js', 'cents')}`,
      { 'src/pay.js': js },
    );
    assert.equal(told(frame), 'src/pay.js:2; by the source map pay.min.map');
  });

  it('that are indexed, in sections', async () => {
    writeFiles(folder(), { 'src/pay.ts': source, 'src/main.ts': entry });
    const options = {
      bundle: false,
      minify: true,
      sourcemap: 'external',
      write: false,
      format: 'esm',
      outdir: join(folder(), 'dist'),
      logLevel: 'silent',
    } as const;
    const parts = await Promise.all(
      ['src/main.ts', 'src/pay.ts'].map((path) => build({ ...options, entryPoints: [join(folder(), path)] })),
    );
    const texts = parts.map(({ outputFiles }) => ({
      code: outputFiles.find(({ path }) => path.endsWith('.js'))?.text ?? '',
      map: JSON.parse(outputFiles.find(({ path }) => path.endsWith('.map'))?.text ?? '{}') as unknown,
    }));
    const offsets = [0, (texts[0]?.code.split('\n').length ?? 1) - 1];
    write('dist/all.js', texts.map(({ code }) => code).join(''));
    const sections = texts.map(({ map }, at) => ({ offset: { line: offsets[at], column: 0 }, map }));
    write('dist/all.js.map', JSON.stringify({ version: 3, sections }));
    const frame = await frameOf(`/app/dist/all.js:${positionOf('dist/all.js', '.cents')}`);
    assert.equal(told(frame), 'src/pay.ts:4; by the source map all.js.map');
  });

  it('from a folder that the user points at, where the workspace has no compiled file', async () => {
    writeFiles(folder(), { 'w/src/pay.ts': source });
    await build({
      entryPoints: [join(folder(), 'w/src/pay.ts')],
      sourcemap: 'external',
      minify: true,
      format: 'esm',
      outdir: join(folder(), 'maps/assets'),
      logLevel: 'silent',
    });
    const place = `https://cdn.example.org/v7/assets/pay.js:${positionOf('maps/assets/pay.js', '.cents')}`;
    const listed = writeFiles(join(folder(), 'w'), { 'src/pay.ts': source });
    const mapFolders = [join(folder(), 'maps')];
    const { traces } = await reportOn(`TypeError: x\n    at ${place}`, listed, { mapFolders });
    const [frame] = traces[0]?.frames ?? [];
    assert.ok(frame);
    assert.equal(told(frame), 'src/pay.ts:4; by the source map pay.js.map');
  });

  it('that are missing are said, and the source of the same name is offered without a line', async () => {
    write('dist/pay.js', 'export const a = 1;\n');
    const frame = await frameOf('/app/dist/pay.js:1:14');
    assert.equal(told(frame), 'src/pay.ts; no source map was found for it');
  });

  it('that are broken are said, whatever is wrong with them', async () => {
    const broken: readonly [string, RegExp][] = [
      ['{"version":3,"sources":["a.ts"]', /cannot be read: .*JSON/],
      ['[]', /no source map of version 3/],
      ['{"version":2,"sources":[],"names":[],"mappings":""}', /no source map of version 3/],
      ['{"version":3,"sources":{},"names":[],"mappings":""}', /no source map of version 3/],
      ['{"version":3,"sections":[{"offset":{"line":0,"column":0},"map":null}]}', /no source map of version 3/],
      ['', /cannot be read/],
    ];
    write('dist/pay.js', 'export const a = 1;\n//# sourceMappingURL=pay.js.map\n');
    for (const [text, expected] of broken) {
      write('dist/pay.js.map', text);
      assert.match(told(await frameOf('/app/dist/pay.js:1:14')), expected, text);
    }
    write('dist/pay.js', 'export const a = 1;\n//# sourceMappingURL=data:application/json;base64,e30=\n');
    assert.match(told(await frameOf('/app/dist/pay.js:1:14')), /inline in pay\.js cannot be read/);
  });

  it('that say nothing of a position are told apart from missing ones', async () => {
    write('dist/pay.js', 'export const a = 1;\n');
    write(
      'dist/pay.js.map',
      JSON.stringify({ version: 3, sources: ['../src/pay.ts'], names: [], mappings: ';;;AAAA' }),
    );
    assert.match(told(await frameOf('/app/dist/pay.js:1:14')), /pay\.js\.map says nothing of this position/);
  });

  it('that lead out of the workspace are shown and never become a link', async () => {
    write('elsewhere/secret.ts', 'export {};\n');
    const map = {
      version: 3,
      sources: ['../../elsewhere/secret.ts', '/etc/passwd', 'https://example.org/x.ts'],
      names: [],
      mappings: 'AAAA,ICAA,ICAA',
    };
    const listed = writeFiles(join(folder(), 'w'), {
      'src/pay.ts': source,
      'dist/all.js': 'abcdefghijklmnop',
      'dist/all.js.map': JSON.stringify(map),
    });
    const trace = [
      'TypeError: x',
      '    at a (/app/dist/all.js:1:1)',
      '    at b (/app/dist/all.js:1:6)',
      '    at c (/app/dist/all.js:1:10)',
    ];
    const { traces, proposals } = await reportOn(trace.join('\n'), listed);
    assert.deepEqual(
      traces[0]?.frames.map(({ place }) => place.kind),
      ['outside', 'outside', 'outside'],
    );
    assert.deepEqual(proposals, []);
  });

  it('are not read through a link that leads out of the workspace', async () => {
    write(
      'elsewhere/pay.js.map',
      JSON.stringify({ version: 3, sources: ['../src/pay.ts'], names: [], mappings: 'AAAA' }),
    );
    write('w/dist/pay.js', 'export const a = 1;\n');
    symlinkSync(join(folder(), 'elsewhere/pay.js.map'), join(folder(), 'w/dist/pay.js.map'));
    const listed = writeFiles(join(folder(), 'w'), { 'src/pay.ts': source });
    const { traces } = await reportOn('TypeError: x\n    at a (/app/dist/pay.js:1:1)', listed);
    assert.deepEqual(traces[0]?.frames[0]?.mapping, { kind: 'noMap' });
  });

  it('of sources that are a library’s make the frame a library’s', async () => {
    write('dist/all.js', 'abcdefgh');
    write(
      'dist/all.js.map',
      JSON.stringify({
        version: 3,
        sources: ['../node_modules/x/y.js', '../src/pay.ts'],
        names: [],
        mappings: 'AAAA,ICGA',
      }),
    );
    const frame = await frameOf('/app/dist/all.js:1:1');
    assert.deepEqual([frame.own, frame.place.kind], [false, 'library']);
    assert.equal(told(await frameOf('/app/dist/all.js:1:6')), 'src/pay.ts:4; by the source map all.js.map');
  });
});
