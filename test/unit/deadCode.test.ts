import assert from 'node:assert/strict';
import { existsSync, globSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import ts from 'typescript';
import { hostBundle } from '../../scripts/host-bundle.mjs';
import { nodes, readSources, root } from '../support/sources.ts';
import type { Source } from '../support/sources.ts';

/** What is begun with: what the editor loads, what mocha finds, what package.json's scripts and benches run. */
const entries = [
  ...Object.values(hostBundle.entryPoints),
  'src/demo/demo.ts',
  'webview/main.ts',
  // Run by test-electron inside the editor, by its path.
  'test/host/run.ts',
  // A page of its own; modules that the build puts in the place of a package, with that package's names.
  'test/bench/peers/page.mjs',
  'webview/markdown/noLinkify.ts',
  'webview/markdown/unicodeClasses.ts',
  'esbuild.config.mjs',
  ...globSync(['test/**/*.test.ts', 'test/bench/*.bench.ts', 'test/bench/run-one.ts', 'scripts/*.mjs'], { cwd: root }),
];

/** A name that a file gives to others, or takes from one; `*` is all of them. */
type Named = `${string}#${string}`;

describe('what is written', function () {
  this.timeout(30_000);
  let all: readonly Source[] = [];
  before(() => {
    all = readSources('{src,webview,test,scripts,demo}/**/*.{ts,mjs}', '*.mjs');
    for (const entry of entries) assert.ok(existsSync(join(root, entry)), `${entry} is not there`);
  });

  it('is reached from what is begun with', () => {
    const sources = new Map(all.map((source) => [source.path, source]));
    const reached = new Set<string>();
    const waiting = [...entries];
    for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) {
      const source = sources.get(path);
      if (source === undefined || reached.has(path)) continue;
      reached.add(path);
      waiting.push(...source.imports.map((name) => resolved(path, name)));
      // A worker, a stage, a plugin of the build: run or read by a path that is put together.
      for (const named of filesNamedIn(source)) waiting.push(...all.map((each) => each.path).filter(endsIn(named)));
    }
    assert.deepEqual(
      all.map(({ path }) => path).filter((path) => !reached.has(path) && !path.endsWith('.d.ts')),
      [],
    );
  });

  it('is given to others where others take it', () => {
    const taken = new Set(all.flatMap((source) => [...takenBy(source)]));
    const given = all.filter(({ path }) => !entries.includes(path) && !path.endsWith('.d.ts')).flatMap(givenBy);
    assert.ok(given.length > 500);
    assert.deepEqual(
      given.filter((name) => !taken.has(name) && !taken.has(`${name.split('#')[0] ?? ''}#*`)),
      [],
    );
  });

  it('needs every package that is installed for it', () => {
    const { dependencies = {}, devDependencies = {} } = JSON.parse(
      readFileSync(join(root, 'package.json'), 'utf8'),
    ) as {
      readonly dependencies?: Readonly<Record<string, string>>;
      readonly devDependencies?: Readonly<Record<string, string>>;
    };
    // Linters and programs are named in configurations and scripts, not imported; types by the types of what needs them.
    const texts = ['package.json', 'eslint.config.mjs', 'webview/panel.css', ...all.map(({ path }) => path)].map(
      (path) => readFileSync(join(root, path), 'utf8'),
    );
    texts[0] = (texts[0] ?? '').replace(/"(?:dev)?[dD]ependencies": \{[^}]*\}/g, '');
    const unused = Object.keys({ ...dependencies, ...devDependencies }).filter(
      (name) => !/^@types\/|\/types$/.test(name) && !texts.some((text) => text.includes(name)),
    );
    assert.deepEqual(unused, []);
  });
});

function resolved(from: string, name: string): string {
  return name.startsWith('.') ? posix.join(posix.dirname(from), name) : name;
}

/** The files that a source names in its texts, without what leads there from its folder. */
function filesNamedIn({ ast }: Source): string[] {
  return [...nodes(ast)].flatMap((node) =>
    (ts.isStringLiteralLike(node) || ts.isTemplateTail(node)) && /[\w/-]\.(?:ts|mjs|js)$/.test(node.text)
      ? [node.text.replace(/^(?:\.{0,2}\/)+/, '').replace(/\.js$/, '.ts')]
      : [],
  );
}

const endsIn =
  (name: string) =>
  (path: string): boolean =>
    path === name || path.endsWith(`/${name}`);

function* takenBy({ path, ast }: Source): Generator<Named> {
  for (const node of nodes(ast)) {
    const from =
      ts.isImportDeclaration(node) || ts.isExportDeclaration(node)
        ? node.moduleSpecifier
        : ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)
          ? node.argument.literal
          : ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword
            ? node.arguments[0]
            : undefined;
    if (from === undefined || !ts.isStringLiteralLike(from)) continue;
    const file = resolved(path, from.text);
    const named = ts.isImportDeclaration(node) ? node.importClause?.namedBindings : undefined;
    if (named !== undefined && ts.isNamedImports(named))
      for (const { propertyName, name } of named.elements) yield `${file}#${(propertyName ?? name).text}`;
    else yield `${file}#*`;
  }
}

function givenBy({ path, ast }: Source): Named[] {
  return ast.statements.flatMap((statement): Named[] => {
    if (!ts.canHaveModifiers(statement)) return [];
    const isGiven = ts.getModifiers(statement)?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword) === true;
    if (!isGiven) return [];
    if (ts.isVariableStatement(statement))
      return statement.declarationList.declarations.flatMap(({ name }) =>
        ts.isIdentifier(name) ? [`${path}#${name.text}` satisfies Named] : [],
      );
    // Types say what a promise is made of: they are given with it, whoever names them.
    if (!ts.isFunctionDeclaration(statement) && !ts.isClassDeclaration(statement)) return [];
    return statement.name === undefined ? [] : [`${path}#${statement.name.text}`];
  });
}
