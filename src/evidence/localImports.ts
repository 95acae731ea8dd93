import { readFile } from 'node:fs/promises';
import { dirname, join, relative, sep } from 'node:path';
import { realPathInside } from './confinement.ts';
import { importedPaths, type ImportedPaths } from './importedPaths.ts';

/** A file that another one imports, as a path on disk. */
export interface ImportedFile {
  readonly path: string;
  /** Relative to its root, with `/`. */
  readonly displayPath: string;
  readonly text: string;
}

/** Files followed at most, and how deep: enough for a service's configuration, little enough to be instant. */
const maxFiles = 40;
const maxDepth = 2;
const maxBytes = 256 * 1024;

const specifier =
  /\b(?:require|import)\s*\(\s*['"](\.{1,2}(?:\/[^'"\n]*)?)['"]|\b(?:from|import)\s+['"](\.{1,2}(?:\/[^'"\n]*)?)['"]/g;
const endings = [
  '',
  '.js',
  '.ts',
  '.mjs',
  '.cjs',
  '.jsx',
  '.tsx',
  '.mts',
  '.cts',
  '/index.js',
  '/index.ts',
  '/index.mjs',
  '/index.cjs',
];

/**
 * The files of the workspace that a source file imports (JavaScript and TypeScript by a relative path, others as
 * `importedPaths.ts` reads them), and those that they import in turn. Read to find names in them; their text is not evidence and goes nowhere. A file that cannot be read
 * is passed over.
 */
export async function localImports(
  paths: readonly string[],
  roots: readonly string[],
  signal: AbortSignal,
): Promise<readonly ImportedFile[]> {
  const seen = new Set(paths);
  const found: ImportedFile[] = [];
  let level = paths;
  for (let depth = 0; depth < maxDepth; depth += 1) {
    const next: string[] = [];
    for (const path of level) {
      for (const candidates of candidatesIn(path, await textOf(path), roots)) {
        if (signal.aborted || found.length >= maxFiles) return found;
        const file = await resolve(candidates, roots, seen);
        if (file === undefined) continue;
        found.push(file);
        next.push(file.path);
      }
    }
    level = next;
  }
  return found;
}

function specifiers(text: string): readonly string[] {
  return [...text.matchAll(specifier)].flatMap((match) => match[1] ?? match[2] ?? []);
}

/** For each import the places of the file that it may mean. */
function candidatesIn(path: string, text: string, roots: readonly string[]): readonly ImportedPaths[] {
  if (!/\.(?:[cm]?[jt]sx?|vue|svelte|astro)$/.test(path)) return importedPaths(path, text, roots);
  return specifiers(text).map((written) => {
    const base = join(dirname(path), written);
    // TypeScript writes `./x.js` for `./x.ts`.
    const bases = /\.[cm]?js$/.test(base) ? [base, base.replace(/js$/, 'ts')] : [base];
    return bases.flatMap((one) => endings.map((ending) => one + ending));
  });
}

async function resolve(
  candidates: ImportedPaths,
  roots: readonly string[],
  seen: Set<string>,
): Promise<ImportedFile | undefined> {
  for (const candidate of candidates) {
    if (seen.has(candidate)) return undefined;
    const real = await realPathInside(candidate, roots).catch(() => undefined);
    if (real === undefined || !/\.(?:[cm]?[jt]sx?|py|rb|php|java|kt|rs|sh)$/.test(real)) continue;
    const text = await textOf(real);
    if (text === '') continue;
    seen.add(candidate);
    const root = roots.find((one) => candidate.startsWith(one + sep)) ?? dirname(candidate);
    return { path: candidate, displayPath: relative(root, candidate).replaceAll(sep, '/'), text };
  }
  return undefined;
}

async function textOf(path: string): Promise<string> {
  const text = await readFile(path, 'utf8').catch(() => '');
  return text.length > maxBytes ? '' : text;
}
