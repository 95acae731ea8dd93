import { build } from 'esbuild';
import ts from 'typescript';
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';

/** Resources of the API that the extension never calls. What only they bring along goes with them. */
const unusedResources =
  /[\\/]resources[\\/](?:(?:beta|organization|skills|user-profiles)[\\/][\w/\\-]+|files|messages[\\/]batches)\.mjs$/;

/**
 * Modules of the SDK whose functions are never called, by their paths in the package, with what of each is kept:
 * credentials that the SDK finds for itself (it is given a key), replies gathered to whole messages (they are read as they
 * stream), files to upload.
 *
 * @type {Readonly<Record<string, readonly string[]>>}
 */
const unusedModules = {
  'lib/MessageStream.mjs': [],
  'lib/parser.mjs': [],
  'lib/credentials/credential-chain.mjs': [],
  'lib/credentials/token-cache.mjs': [],
  'lib/credentials/types.mjs': [],
  'internal/uploads.mjs': ['isAsyncIterable'],
  'internal/to-file.mjs': [],
};

/**
 * Modules whose functions give nothing while tracing is off, as it is for the one client there is (`openTelemetry: false`
 * in src/claude/anthropic.ts).
 *
 * @type {Readonly<Record<string, readonly string[]>>}
 */
const tracingModules = {
  'internal/tracing.mjs': ['resolveOpenTelemetryOptions'],
  'lib/internal/tracing.mjs': [],
};

/** What writes a request's query: one level of names and values, which is all that models are asked with. */
const flatQuery = `export function stringifyQuery(query) {
  const given = Object.entries(query).filter(([, value]) => value !== undefined);
  for (const [name, value] of given) if (typeof value === 'object') throw new Error(name + ' is no plain value');
  return given.map(([name, value]) => encodeURIComponent(name) + '=' + encodeURIComponent(String(value))).join('&');
}`;

/**
 * Leaves out of the bundle what the Claude SDK offers beside messages and models (managed agents, organizations, skills,
 * uploads, tracing, credentials that it finds for itself): about 340 kB of 410. The SDK's client makes an object of each
 * resource, used or not; it gets empty ones. Errors stay, since the SDK chooses an error's class by the code that a server
 * answers with. A module that is no longer where it was fails the build, instead of growing it.
 *
 * @type {import('esbuild').Plugin}
 */
export const withoutUnusedSdkParts = {
  name: 'without-unused-sdk-parts',
  setup({ onResolve, onLoad, onEnd }) {
    const wanted = new Set([
      'client.mjs',
      'internal/utils/query.mjs',
      ...Object.keys(unusedModules),
      ...Object.keys(tracingModules),
    ]);
    onLoad({ filter: /[\\/]@anthropic-ai[\\/]sdk[\\/].*\.mjs$/ }, async ({ path }) => {
      const name = path.replaceAll('\\', '/').replace(/^.*\/@anthropic-ai\/sdk\//, '');
      wanted.delete(name);
      if (name === 'internal/utils/query.mjs') return { contents: flatQuery };
      if (unusedResources.test(path)) return { contents: withEmptyParts(await readFile(path, 'utf8')) };
      const kept = unusedModules[name] ?? tracingModules[name];
      if (kept === undefined) return undefined;
      return { contents: withoutFunctions(await readFile(path, 'utf8'), kept, name in tracingModules) };
    });
    // Touched in the branches for a call that is traced, and nowhere else.
    onResolve({ filter: /^@opentelemetry\/api$/ }, ({ path }) => ({ path, namespace: 'left-out' }));
    onLoad({ filter: /.*/, namespace: 'left-out' }, () => ({ contents: 'module.exports = {};' }));
    onEnd(() =>
      wanted.has('client.mjs') || wanted.size === 0
        ? undefined
        : { errors: [{ text: `The Claude SDK has no such modules any more: ${[...wanted].join(', ')}.` }] },
    );
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

/**
 * Puts the definitions of the tools into the bundle as they are, instead of what makes them from their schemas each time:
 * 13 kB of a library that nothing else calls.
 *
 * @type {import('esbuild').Plugin}
 */
export const withMadeTools = {
  name: 'with-made-tools',
  setup({ onLoad, initialOptions: { absWorkingDir = process.cwd() } }) {
    onLoad({ filter: /[\\/]src[\\/]prompt[\\/]toolDefinitions\.ts$/ }, async ({ path }) => {
      const { outputFiles, metafile } = await build({
        absWorkingDir,
        entryPoints: [path],
        bundle: true,
        metafile: true,
        platform: 'node',
        format: 'esm',
        target: 'node20',
        write: false,
        logLevel: 'silent',
      });
      const module = `data:text/javascript,${encodeURIComponent(outputFiles[0]?.text ?? '')}`;
      const { toolDefinitions } = await import(module);
      const contents = `const made = ${JSON.stringify(toolDefinitions())}; export const toolDefinitions = () => made;`;
      const watchFiles = Object.keys(metafile.inputs).map((input) => resolve(absWorkingDir, input));
      return { contents, loader: 'js', watchFiles };
    });
  },
};

/** The scripts of the extension host: what the editor loads, and what that loads on first use. */
const entryPoints = {
  extension: 'src/extension.ts',
  page: 'src/vscode/firstPage.ts',
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
  // Node reads scripts as UTF-8; written as escapes, the words and patterns that are not ASCII take 4 kB more.
  charset: 'utf8',
  plugins: [
    ...forExtensionHost.plugins,
    withoutDebugLog,
    withoutWordsOfRules,
    withoutAllowedPatterns,
    withMadeTools,
    loadedLater,
  ],
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
 * The module with an empty class in the place of each class that it exports, errors excepted.
 *
 * @param {string} source an ES module
 */
export function withEmptyParts(source) {
  return replaced(source, ({ name, kind }) =>
    name.endsWith('Error') || kind === 'function' ? undefined : `export class ${name} {}`,
  );
}

/**
 * The module with all that it exports put out of use: a class is empty, a function says that it was left out, or gives
 * nothing where that is what it does while it is off.
 *
 * @param {string} source an ES module
 * @param {readonly string[]} kept names that stay as they are; what only the others use is shaken off by the bundler
 * @param {boolean} silent whether its functions give nothing
 */
export function withoutFunctions(source, kept, silent) {
  return replaced(source, ({ name, kind }) => {
    if (kept.includes(name) || kind === 'value') return undefined;
    if (kind === 'class') return `export class ${name} {}`;
    return `export function ${name}() {${silent ? '' : ` throw new Error('${name} is left out of the bundle');`}}`;
  });
}

/**
 * @typedef {{ readonly name: string, readonly kind: 'class' | 'function' | 'value' }} Exported what a module exports by
 * name; a variable is a value where it is set to a literal, a function where it is set to an arrow, or else a class.
 */

/**
 * The module with other text in the place of what it exports, where `textOf` gives one for all names of a statement.
 *
 * @param {string} source an ES module
 * @param {(exported: Exported) => string | undefined} textOf
 */
function replaced(source, textOf) {
  const file = ts.createSourceFile('module.js', source, ts.ScriptTarget.Latest);
  let result = '';
  let at = 0;
  for (const statement of file.statements) {
    const texts = exportedBy(statement).map(textOf);
    if (texts.length === 0 || texts.includes(undefined)) continue;
    result += source.slice(at, statement.getStart(file)) + texts.join(' ');
    at = statement.end;
  }
  return result + source.slice(at);

  /** @param {ts.Statement} statement @returns {Exported[]} */
  function exportedBy(statement) {
    if (ts.isExportDeclaration(statement)) {
      const named = statement.exportClause;
      if (named === undefined || !ts.isNamedExports(named) || statement.moduleSpecifier === undefined) return [];
      return named.elements.map(({ name }) => ({ name: name.text, kind: 'function' }));
    }
    if (!ts.canHaveModifiers(statement)) return [];
    if (!ts.getModifiers(statement)?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword)) return [];
    if (ts.isFunctionDeclaration(statement)) return [{ name: statement.name?.text ?? '', kind: 'function' }];
    if (ts.isClassDeclaration(statement)) return [{ name: statement.name?.text ?? '', kind: 'class' }];
    if (!ts.isVariableStatement(statement)) return [];
    return statement.declarationList.declarations.map(({ name, initializer }) => ({
      name: name.getText(file),
      kind:
        initializer === undefined || ts.isLiteralExpression(initializer)
          ? 'value'
          : ts.isArrowFunction(initializer)
            ? 'function'
            : 'class',
    }));
  }
}
