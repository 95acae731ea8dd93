import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

/** The project's folder, with a slash at its end. */
export const root = fileURLToPath(new URL('../../', import.meta.url));

export interface Source {
  /** Relative to the project, with `/`. */
  readonly path: string;
  readonly lines: number;
  /** What it imports, or exports from elsewhere, as written; types too. */
  readonly imports: readonly string[];
  readonly ast: ts.SourceFile;
}

/** The TypeScript sources that a pattern finds, parsed. Throws where it finds none. */
export function readSources(...patterns: readonly string[]): readonly Source[] {
  const paths = globSync([...patterns], { cwd: root, exclude: ['**/node_modules/**', 'test/fixtures/**'] }).sort();
  if (paths.length === 0) throw new Error(`No source was found by ${patterns.join(', ')}.`);
  return paths.map((found) => {
    const path = found.replaceAll('\\', '/');
    const text = readFileSync(join(root, path), 'utf8');
    const ast = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true);
    const imports: string[] = [];
    for (const node of nodes(ast)) {
      const from = ts.isImportDeclaration(node) || ts.isExportDeclaration(node) ? node.moduleSpecifier : undefined;
      if (from !== undefined && ts.isStringLiteral(from)) imports.push(from.text);
      if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) {
        const [argument] = node.arguments;
        if (argument !== undefined && ts.isStringLiteral(argument)) imports.push(argument.text);
      }
    }
    return { path, lines: text.split('\n').length - 1, imports, ast };
  });
}

/** All nodes of a tree, parents first. */
export function* nodes(node: ts.Node): Generator<ts.Node> {
  yield node;
  const children: ts.Node[] = [];
  ts.forEachChild(node, (child) => {
    children.push(child);
  });
  for (const child of children) yield* nodes(child);
}
