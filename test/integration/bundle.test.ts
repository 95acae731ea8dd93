import assert from 'node:assert/strict';
import { builtinModules } from 'node:module';
import { runInNewContext } from 'node:vm';
import { build } from 'esbuild';
import type { BuildOptions } from 'esbuild';
import { hostBundle } from '../../scripts/host-bundle.mjs';
import { root } from '../support/sources.ts';

/** Bytes of the extension host's scripts until the panel is open. */
const largestHostScript = 900_000;
/** The same with the redactor, which is loaded with an incident. */
const largestHostScripts = 1_000_000;
/** Bytes of the one that each window reads, used or not. */
const largestActivatedScript = 30_000;

/** Builds in memory, and gives what went in; imports that stayed outside are among the output's imports. */
async function bundle(options: BuildOptions): Promise<{ inputs: string[]; external: string[]; bytes: number }> {
  const { metafile } = await build({
    absWorkingDir: root,
    bundle: true,
    metafile: true,
    write: false,
    minify: true,
    outdir: 'dist',
    logLevel: 'silent',
    ...options,
  });
  assert.ok(metafile);
  const outputs = Object.entries(metafile.outputs).filter(([path]) => /\.c?js$/.test(path));
  return {
    // With what was thrown away left out.
    inputs: outputs.flatMap(([, { inputs }]) =>
      Object.entries(inputs)
        .filter(([, { bytesInOutput }]) => bytesInOutput > 0)
        .map(([path]) => path),
    ),
    external: outputs.flatMap(([, { imports }]) =>
      imports.filter(({ external }) => external === true).map(({ path }) => path),
    ),
    bytes: outputs.reduce((sum, [, { bytes }]) => sum + bytes, 0),
  };
}

const packageOf = (path: string): string | undefined =>
  /(?:^|\/)node_modules\/((?:@[^/]+\/)?[^/]+)\/(?!.*node_modules\/)/.exec(path)?.[1];

describe('bundles', function () {
  this.timeout(30_000);
  const packages = (inputs: readonly string[]): Set<string> => new Set(inputs.flatMap((path) => packageOf(path) ?? []));

  it('of the webview have no React, no zod, nothing of the host or of Node', async () => {
    const webview = await bundle({ platform: 'browser', format: 'iife', entryPoints: ['webview/main.ts'] });
    const libraries = packages(webview.inputs);
    assert.ok(libraries.has('@vscode/webview-ui-toolkit'), 'the packages are not found');
    for (const library of ['react', 'react-dom', 'zod', '@anthropic-ai/sdk', 'simple-git', '@secretlint/core'])
      assert.ok(!libraries.has(library), library);
    assert.deepEqual(
      webview.external.filter((name) => name.startsWith('node:') || builtinModules.includes(name)),
      [],
    );
    assert.deepEqual(
      webview.inputs.filter((path) =>
        /^src\/(?!model\/|protocol\.ts|wording\.ts|traceWording\.ts|editWording\.ts|endpointWording\.ts)/.test(path),
      ),
      [],
    );
    process.stdout.write(`      webview.js: ${Math.round(webview.bytes / 1024)} KB\n`);
  });

  it('of the host have no library of the tests and leave the editor alone outside', async () => {
    const host = await bundle(hostBundle);
    const libraries = packages(host.inputs);
    assert.ok(libraries.has('@anthropic-ai/sdk'), 'the packages are not found');
    const tests = [
      '@copilotkit/aimock',
      'playwright-core',
      'mocha',
      'fast-check',
      'jsdom',
      'axe-core',
      'typescript',
      'esbuild',
      '@vscode/webview-ui-toolkit',
      'lit-html',
    ];
    for (const library of tests) assert.ok(!libraries.has(library), library);
    assert.deepEqual(
      host.external.filter(
        (name) =>
          !['vscode', './page.cjs', './incident.cjs', './redaction.cjs'].includes(name) &&
          !name.startsWith('node:') &&
          !builtinModules.includes(name),
      ),
      [],
    );
    assert.deepEqual(
      host.inputs.filter((path) => /^(test|demo|scripts|webview)\//.test(path)),
      [],
    );
    assert.ok(host.bytes <= largestHostScripts, `they have ${host.bytes} bytes`);
    const { redaction, ...untilOpen } = hostBundle.entryPoints;
    assert.ok(redaction);
    const first = await bundle({ ...hostBundle, entryPoints: untilOpen });
    assert.ok(first.bytes <= largestHostScript, `they have ${first.bytes} bytes without the redactor`);
    const kilobytes = [first, host].map(({ bytes }) => Math.round(bytes / 1_000));
    process.stdout.write(`      the host's scripts: ${kilobytes[0]} kB, with the redactor ${kilobytes[1]} kB\n`);
  });

  it('of the host load no library when the extension is activated', async () => {
    const { extension } = hostBundle.entryPoints;
    const activated = await bundle({ ...hostBundle, entryPoints: { extension } });
    assert.deepEqual([...packages(activated.inputs)], []);
    assert.ok(activated.bytes <= largestActivatedScript, `it has ${activated.bytes} bytes`);
  });

  it('of the host make nothing of Intl when the extension is loaded, whose data take 20 ms', async () => {
    const { extension } = hostBundle.entryPoints;
    const { outputFiles } = await build({
      ...hostBundle,
      absWorkingDir: root,
      entryPoints: { extension },
      outdir: 'dist',
      write: false,
      logLevel: 'silent',
    });
    const script = outputFiles.find(({ path }) => path.endsWith('extension.cjs'))?.text ?? '';
    const made: string[] = [];
    const watched = new Proxy(Intl, { get: (_, name) => made.push(String(name)) });
    const module = { exports: {} };
    runInNewContext(script, { module, exports: module.exports, require: () => ({}), Intl: watched });
    assert.deepEqual(Object.keys(module.exports), ['activate']);
    assert.deepEqual(made, []);
  });

  it('of the demo have nothing but the demo, the model and Node, and no other has it', async () => {
    const demo = await bundle({ platform: 'node', format: 'esm', entryPoints: ['src/demo/demo.ts'] });
    assert.deepEqual([...packages(demo.inputs)], []);
    assert.deepEqual(
      demo.inputs.filter((path) => !/^(demo|src\/demo|src\/model)\//.test(path)),
      [],
    );
    assert.deepEqual(
      demo.external.filter((name) => !name.startsWith('node:')),
      [],
    );
    const host = await bundle(hostBundle);
    assert.deepEqual(
      host.inputs.filter((path) => path.startsWith('src/demo/')),
      [],
    );
  });
});
