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

/** What a rule for secrets says of itself, for people and for tests. */
const saidOfRules = new Set(['name', 'source', 'examples']);

/**
 * Leaves out of the bundle what only those read who write and test the rules for secrets: names, sources and examples,
 * a third of their script.
 *
 * @type {import('esbuild').Plugin}
 */
export const withoutWordsOfRules = {
  name: 'without-words-of-rules',
  setup({ onLoad }) {
    onLoad({ filter: /[\\/]src[\\/]redaction[\\/]rules[\\/]\w+\.ts$/ }, async ({ path }) => ({
      contents: withoutWords(await readFile(path, 'utf8')),
      loader: 'ts',
    }));
  },
};

const matcher = /^var regexpStringMatcherExports = .*$/m;

/**
 * Leaves out of the bundle how the library's rules compare what they found with the patterns that its configuration allows:
 * half of its script, and no rule is given such a pattern (what the user allows is seen to in `src/redaction/redactor.ts`).
 *
 * @type {import('esbuild').Plugin}
 */
export const withoutAllowedPatterns = {
  name: 'without-allowed-patterns',
  setup({ onLoad }) {
    onLoad({ filter: /[\\/]secretlint-rule-preset-recommend[\\/]module[\\/]index\.js$/ }, async ({ path }) => {
      const source = await readFile(path, 'utf8');
      if (!matcher.test(source)) throw new Error(`The matcher of allowed patterns is not found in ${path}.`);
      return { contents: source.replace(matcher, 'const regexpStringMatcherExports = { matchPatterns: () => [] };') };
    });
  },
};

/** As much of the package `debug` as is called where it is off, which is always: nobody sets `DEBUG` for an editor. */
const silentDebug = `function createDebug(namespace) {
  const log = () => undefined;
  return Object.assign(log, { namespace, enabled: false, extend: (name) => createDebug(namespace + ':' + name) });
}
createDebug.formatters = {};
module.exports = createDebug;
module.exports.default = createDebug;`;

/**
 * Leaves out of the bundle how simple-git writes its commands to the standard error stream, with the colours for that.
 *
 * @type {import('esbuild').Plugin}
 */
export const withoutDebugLog = {
  name: 'without-debug-log',
  setup({ onLoad }) {
    onLoad({ filter: /[\\/]node_modules[\\/]debug[\\/]src[\\/]index\.js$/ }, () => ({ contents: silentDebug }));
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
  plugins: [...forExtensionHost.plugins, withoutDebugLog, withoutWordsOfRules, withoutAllowedPatterns, loadedLater],
};

/**
 * The module with what rules say of themselves left out: of the object literals that have anchors or prefixes, as a rule or
 * a row of their tables has, and of no other.
 *
 * @param {string} source a TypeScript module
 */
export function withoutWords(source) {
  const file = ts.createSourceFile('module.ts', source, ts.ScriptTarget.Latest);
  /** @type {[start: number, end: number][]} */
  const cuts = [];
  /** @param {ts.ObjectLiteralElementLike} property */
  const nameOf = ({ name }) => (name !== undefined && ts.isIdentifier(name) ? name.text : '');
  /** @param {ts.Node} node */
  const visit = (node) => {
    if (
      ts.isObjectLiteralExpression(node) &&
      node.properties.some((each) => /^(?:anchors|prefixes)$/.test(nameOf(each)))
    ) {
      for (const property of node.properties) {
        if (!ts.isPropertyAssignment(property) || !saidOfRules.has(nameOf(property))) continue;
        const comma = /^\s*,/.exec(source.slice(property.end))?.[0].length ?? 0;
        cuts.push([property.getStart(file), property.end + comma]);
      }
    } else ts.forEachChild(node, visit);
  };
  visit(file);
  let result = '';
  let at = 0;
  for (const [start, end] of cuts) {
    result += source.slice(at, start);
    at = end;
  }
  return result + source.slice(at);
}

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
