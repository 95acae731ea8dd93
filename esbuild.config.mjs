import { build, context } from 'esbuild';
import { cp, mkdir, rm, writeFile } from 'node:fs/promises';
import { existsSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { forExtensionHost, hostBundle } from './scripts/host-bundle.mjs';
import { packagedReadme } from './scripts/packaged-readme.mjs';
import { smallTemplates, webviewBundle } from './scripts/webview-bundle.mjs';

const root = fileURLToPath(new URL('.', import.meta.url));
const flags = new Set(process.argv.slice(2));
const production = flags.has('--production');

/** @type {import('esbuild').BuildOptions} */
const common = {
  absWorkingDir: root,
  bundle: true,
  metafile: true,
  minify: production,
  sourcemap: !production,
  logLevel: 'warning',
  legalComments: 'linked',
};

/** @type {import('esbuild').BuildOptions[]} */
const bundles = [
  { ...common, ...hostBundle, outdir: 'dist' },
  // The demo, loaded by whoever starts one. Its git histories are files that git reads.
  {
    ...common,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    entryPoints: { demo: 'src/demo/demo.ts' },
    outdir: 'dist/demo',
    outExtension: { '.js': '.mjs' },
  },
  { ...common, ...webviewBundle, outdir: 'dist', plugins: [smallTemplates] },
];
if (flags.has('--tests')) bundles.push(hostTests());

/**
 * All tests that run inside an editor, found by their name, in one file with the runner that the editor calls.
 *
 * @returns {import('esbuild').BuildOptions}
 */
function hostTests() {
  const paths = readdirSync(`${root}test/host`, { recursive: true }).map(String);
  const files = paths.filter((path) => path.endsWith('.test.ts')).sort();
  if (files.length === 0) throw new Error('No test was found by test/host/**/*.test.ts.');
  const imports = files.map((file) => `() => import('./test/host/${file.replaceAll('\\', '/')}')`);
  const contents = `import { runTests } from './test/host/run.ts';
    export const run = () => runTests([${imports.join(', ')}]);`;
  return {
    ...common,
    ...forExtensionHost,
    minify: false,
    stdin: { contents, resolveDir: root, sourcefile: 'host-tests.ts', loader: 'ts' },
    outfile: 'dist-test/host/index.cjs',
    external: ['vscode', 'mocha'],
  };
}

/** @param {import('esbuild').BuildResult} result @param {import('esbuild').BuildOptions} options */
async function keepMetafile(result, options) {
  const entry = Object.entries(result.metafile?.outputs ?? {}).find(
    ([path, { entryPoint }]) => /\.[cm]?js$/.test(path) && entryPoint !== undefined,
  )?.[0];
  if (entry === undefined) throw new Error(`Nothing came of ${JSON.stringify(options.entryPoints)}.`);
  await writeFile(`${root}${entry.replace(/\.[cm]?js$/, '.meta.json')}`, JSON.stringify(result.metafile));
}

/** @type {import('esbuild').Plugin} */
const report = {
  name: 'report',
  setup({ onEnd, initialOptions }) {
    onEnd(async (result) => {
      if (result.errors.length > 0) return;
      await keepMetafile(result, initialOptions);
      if (flags.has('--watch')) console.log(`Built ${Object.keys(result.metafile?.outputs ?? {}).join(', ')}.`);
    });
  },
};

/** @param {import('esbuild').BuildOptions} options */
const withReport = (options) => ({ ...options, plugins: [...(options.plugins ?? []), report] });

for (const folder of flags.has('--tests') ? ['dist', 'dist-test'] : ['dist']) {
  // What an earlier build left would be packaged or tested as if it belonged to this one.
  if (existsSync(`${root}${folder}`)) await rm(`${root}${folder}`, { recursive: true });
  await mkdir(`${root}${folder}`, { recursive: true });
}
await cp(`${root}demo/incidents`, `${root}dist/demo/incidents`, { recursive: true });
if (production) await writeFile(`${root}dist/README.md`, await packagedReadme(root));
if (flags.has('--watch')) {
  for (const options of bundles) await (await context(withReport(options))).watch();
  console.log('Watching; Ctrl+C ends it.');
} else {
  await Promise.all(bundles.map((options) => build(withReport(options))));
}
