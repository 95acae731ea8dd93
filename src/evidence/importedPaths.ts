import { dirname, join, sep } from 'node:path';

/** One import: the places of the file that it may mean, the likeliest first. */
export type ImportedPaths = readonly string[];

/** Imports looked at in one file; a generated file may have thousands. */
const maxImports = 200;

/**
 * The files that a source text imports from its own project, as paths that may or may not exist: modules of Python,
 * `require_relative` of Ruby, `require` and `include` of PHP, classes of Java and Kotlin, modules of Rust, scripts that
 * a shell script sources. Imports of libraries give paths that do not exist.
 */
export function importedPaths(path: string, text: string, roots: readonly string[]): readonly ImportedPaths[] {
  const ending = /\.(\w+)$/.exec(path)?.[1]?.toLowerCase() ?? '';
  const read = languages[ending];
  return read === undefined ? [] : read({ folder: dirname(path), path, text, roots }).slice(0, maxImports);
}

interface Importing {
  readonly folder: string;
  readonly path: string;
  readonly text: string;
  readonly roots: readonly string[];
}

const languages: Readonly<Record<string, (file: Importing) => readonly ImportedPaths[]>> = {
  py: python,
  rb: (file) => quotedPaths(file, /^\s*require_relative\s*\(?\s*["']([^"'\n]{1,300})["']/gm, ['.rb', '']),
  php: (file) =>
    quotedPaths(file, /\b(?:require|include)(?:_once)?\s*\(?\s*(?:__DIR__\s*\.\s*)?["']\/?([^"'\n]{1,300})["']/g, ['']),
  sh: (file) => quotedPaths(file, /^\s*(?:source|\.)\s+["']?(?:\$\{?\w+\}?\/)?([\w./-]{1,300})/gm, ['']),
  java: (file) => classes(file, ['.java', '.kt']),
  kt: (file) => classes(file, ['.kt', '.java']),
  rs: rust,
};

function python({ folder, text, roots }: Importing): readonly ImportedPaths[] {
  const imports =
    /^[ \t]*(?:from[ \t]+(\.*)([\w.]*)[ \t]+import[ \t]+\(?[ \t]*([\w, \t]{0,500})|import[ \t]+([\w.]{1,200}))/gm;
  return [...text.matchAll(imports)].flatMap(([, dots = '', module = '', names = '', plain = '']) => {
    const parts = (plain === '' ? module : plain).split('.').filter((part) => part !== '');
    // One dot is the package itself, each further one the package above.
    const bases =
      dots === '' ? [folder, ...roots, ...roots.map((root) => join(root, 'src'))] : [up(folder, dots.length - 1)];
    const own: ImportedPaths = bases.flatMap((base) => [
      `${join(base, ...parts)}.py`,
      join(base, ...parts, '__init__.py'),
    ]);
    // `from .settings import X` means a name in it, or a module of the package.
    const below = names
      .split(',')
      .map((name) => name.trim().split(/\s/)[0] ?? '')
      .filter((name) => name !== '')
      .map((name): ImportedPaths => bases.map((base) => `${join(base, ...parts, name)}.py`));
    return parts.length === 0 ? below : [own, ...below];
  });
}

function up(folder: string, levels: number): string {
  return levels <= 0 ? folder : up(dirname(folder), levels - 1);
}

function quotedPaths(
  { folder, text }: Importing,
  pattern: RegExp,
  endings: readonly string[],
): readonly ImportedPaths[] {
  return [...text.matchAll(pattern)].map((match) =>
    endings.map((ending) => `${join(folder, match[1] ?? '')}${ending}`),
  );
}

/** `import com.example.Settings;` beside `package com.example.pay;`: both start at the same source folder. */
function classes({ folder, text }: Importing, endings: readonly string[]): readonly ImportedPaths[] {
  const depth = (/^\s*package\s+([\w.]{1,200})/m.exec(text)?.[1] ?? '').split('.').filter((part) => part !== '').length;
  const source = up(folder, depth);
  return [...text.matchAll(/^\s*import\s+(?:static\s+)?([\w.]{1,300})/gm)].map(([, name = '']) => {
    const parts = name.split('.');
    // A static import names a member of the class.
    return [parts, parts.slice(0, -1)].flatMap((one) => endings.map((ending) => `${join(source, ...one)}${ending}`));
  });
}

/** `mod config;`, `use crate::config::Settings;` */
function rust({ folder, path, text }: Importing): readonly ImportedPaths[] {
  const below = /(?:^|[\\/])(?:main|lib|mod)\.rs$/.test(path) ? folder : path.slice(0, -'.rs'.length);
  const modules = [...text.matchAll(/^\s*(?:pub(?:\([\w ]{1,20}\))?\s+)?mod\s+(\w{1,100})\s*;/gm)].map(
    ([, name = '']): ImportedPaths => [`${join(below, name)}.rs`, join(below, name, 'mod.rs')],
  );
  const at = path.lastIndexOf(`${sep}src${sep}`);
  const crate = at === -1 ? folder : path.slice(0, at + sep.length + 3);
  const uses = [...text.matchAll(/\buse\s+crate::([\w:]{1,200})/g)].map(([, name = '']): ImportedPaths => {
    const parts = name.split('::').filter((part) => part !== '');
    return [parts, parts.slice(0, -1)]
      .filter((one) => one.length > 0)
      .flatMap((one) => [`${join(crate, ...one)}.rs`, join(crate, ...one, 'mod.rs')]);
  });
  return [...modules, ...uses];
}
