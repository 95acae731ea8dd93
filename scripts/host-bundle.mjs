import ts from 'typescript';
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';

/** Parts of the Claude SDK that the extension never calls. What only they bring along goes with them. */
const unusedParts =
  /[\\/]@anthropic-ai[\\/]sdk[\\/]resources[\\/](?:beta|organization|skills|user-profiles)[\\/][\w-]+\.mjs$/;

/**
 * Leaves out of the bundle what the Claude SDK offers beside messages and models (managed agents, organizations,
 * skills): about 270 kB of 410. The SDK's client makes an object of each part, used or not; it gets empty ones.
 * Errors stay, since the SDK chooses an error's class by the code that a server answers with.
 *
 * @type {import('esbuild').Plugin}
 */
export const withoutUnusedSdkParts = {
  name: 'without-unused-sdk-parts',
  setup({ onLoad }) {
    onLoad({ filter: unusedParts }, async ({ path }) => ({ contents: withEmptyParts(await readFile(path, 'utf8')) }));
  },
};

/** The scripts of the extension host: what the editor loads, and what that loads on first use. */
const entryPoints = {
  extension: 'src/extension.ts',
  incident: 'src/vscode/start.ts',
  redaction: 'src/redaction/redactor.ts',
};

/**
 * Leaves a script of the extension host, where another one imports it, to be loaded then: esbuild splits no CommonJS.
 *
 * @type {import('esbuild').Plugin}
 */
const loadedLater = {
  name: 'loaded-later',
  setup({ onResolve, initialOptions }) {
    onResolve({ filter: /^\./ }, ({ kind, path, resolveDir }) => {
      if (kind !== 'dynamic-import') return undefined;
      const wanted = resolve(resolveDir, path);
      const root = initialOptions.absWorkingDir ?? process.cwd();
      const found = Object.entries(entryPoints).find(([, file]) => resolve(root, file) === wanted);
      return found === undefined ? undefined : { path: `./${found[0]}.cjs`, external: true };
    });
  },
};

/**
 * How anything is built that runs in the extension host.
 *
 * @satisfies {import('esbuild').BuildOptions}
 */
export const forExtensionHost = {
  platform: /** @type {const} */ ('node'),
  format: /** @type {const} */ ('cjs'),
  target: 'node20',
  bundle: true,
  external: ['vscode'],
  plugins: [withoutUnusedSdkParts],
};

/**
 * How the extension's own scripts are built.
 *
 * @satisfies {import('esbuild').BuildOptions}
 */
export const hostBundle = {
  ...forExtensionHost,
  entryPoints,
  outExtension: { '.js': '.cjs' },
  plugins: [...forExtensionHost.plugins, loadedLater],
};

/**
 * The module with an empty class in the place of each variable that it exports, errors excepted.
 *
 * @param {string} source an ES module
 */
export function withEmptyParts(source) {
  const file = ts.createSourceFile('module.js', source, ts.ScriptTarget.Latest);
  let result = '';
  let at = 0;
  for (const statement of file.statements) {
    if (!ts.isVariableStatement(statement)) continue;
    if (!statement.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword)) continue;
    const names = statement.declarationList.declarations.map(({ name }) => name.getText(file));
    if (names.some((name) => name.endsWith('Error'))) continue;
    result += source.slice(at, statement.getStart(file));
    result += names.map((name) => `export class ${name} {}`).join(' ');
    at = statement.end;
  }
  return result + source.slice(at);
}
