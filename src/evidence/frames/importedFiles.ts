import { posix } from 'node:path';
import type { WorkspaceFile } from '../workspacePath.ts';
import { lineAt } from '../../model/lines.ts';
import type { WorkspaceIndex } from './workspaceIndex.ts';

/** What a source text imports or reads by name, as ends of paths that a file of the workspace may have. */
export interface ImportedPath {
  /** Ends of paths, the likeliest first. */
  readonly ends: readonly string[];
  /** From the importing file's own folder. */
  readonly isRelative: boolean;
  readonly line: number;
}

interface ImportGrammar {
  readonly files: RegExp;
  readonly imports: readonly {
    readonly pattern: RegExp;
    readonly ends: (...groups: readonly string[]) => readonly string[];
    readonly isRelative?: true;
  }[];
}

const scriptEndings = [
  '',
  '.ts',
  '.tsx',
  '.js',
  '.jsx',
  '.mjs',
  '.cjs',
  '.mts',
  '.cts',
  '.json',
  '/index.ts',
  '/index.js',
  '/index.tsx',
  '/index.mjs',
];
const dotted = (name: string): string => name.replaceAll('.', '/');

/** Settings that a framework reads by name, and the files that hold them. */
const springFiles = [
  'application.yml',
  'application.yaml',
  'application.properties',
  'bootstrap.yml',
  'application.conf',
];
const dotnetFiles = ['appsettings.Production.json', 'appsettings.json'];

const grammars: readonly ImportGrammar[] = [
  {
    files: /\.([cm]?[jt]sx?|vue|svelte|astro)$/,
    imports: [
      {
        pattern: /(?:\bfrom\s*|\bimport\s*\(?\s*|\brequire\s*\(\s*)['"](\.{1,2}\/[^'"\n]{1,300}|\.{1,2})['"]/g,
        ends: (path = '') => scriptPaths(path),
        isRelative: true,
      },
      {
        // A path alias of the project: `@/config`, `~/config`, `src/config`, `#config`.
        pattern:
          /(?:\bfrom\s*|\bimport\s*\(?\s*|\brequire\s*\(\s*)['"](?:[@~]\/|#\/?|(?=(?:src|app|config|lib)\/))([^'"\n.][^'"\n]{0,300})['"]/g,
        ends: (path = '') => scriptPaths(path),
      },
      // The `config` package of Node.
      {
        pattern: /\brequire\(\s*['"](config)['"]\s*\)|\bfrom\s+['"](config)['"]/g,
        ends: () => ['config/production.json', 'config/default.json', 'config/default.yaml', 'config/default.js'],
      },
    ],
  },
  {
    files: /\.pyi?$/,
    imports: [
      {
        pattern: /^[ \t]*from[ \t]+(\.+)([\w.]*)[ \t]+import[ \t]+\(?[ \t]*([\w, \t]+)/gm,
        ends: (dots = '', name = '', names = '') => pythonRelative(dots, name, names),
        isRelative: true,
      },
      {
        pattern: /^[ \t]*from[ \t]+django\.conf[ \t]+import[ \t]+(settings)/gm,
        ends: () => ['settings/production.py', 'settings.py', 'settings/base.py', 'settings/__init__.py'],
      },
      {
        pattern: /^[ \t]*from[ \t]+(?!django\b|\.)([\w.]+)[ \t]+import[ \t]+\(?[ \t]*([\w, \t]+)/gm,
        ends: (name = '', names = '') => pythonModules(name, names),
      },
      {
        pattern: /^[ \t]*import[ \t]+([\w.]+)/gm,
        ends: (name = '') => [`${dotted(name)}.py`, `${dotted(name)}/__init__.py`],
      },
    ],
  },
  {
    files: /\.(java|kts?|scala|groovy)$/,
    imports: [
      { pattern: /^\s*import\s+(?:static\s+)?([\w.]+)/gm, ends: (name = '') => jvmPaths(name) },
      {
        pattern:
          /@(?:Value|ConfigurationProperties)\s*\(|\bEnvironment\s+\w+|\bgetProperty\s*\(|@ConfigProperty|ConfigFactory\.load/g,
        ends: () => springFiles,
      },
    ],
  },
  {
    files: /\.go$/,
    imports: [
      { pattern: /^\s*(?:import\s+)?(?:[\w.]+\s+)?"((?:[\w.-]+\/)+[\w.-]+)"/gm, ends: (path = '') => [`${path}/`] },
    ],
  },
  {
    files: /(\.(rb|rake|ru)|rakefile)$/i,
    imports: [
      {
        pattern: /\brequire_relative\s*\(?\s*['"]([^'"\n]{1,300})['"]/g,
        ends: (path = '') => [path.endsWith('.rb') ? path : `${path}.rb`],
        isRelative: true,
      },
      { pattern: /\brequire\s*\(?\s*['"]([\w./-]{1,300})['"]/g, ends: (path = '') => [`lib/${path}.rb`, `${path}.rb`] },
      {
        pattern: /\bRails\.(?:application\.)?(?:configuration|config|credentials)\b/g,
        ends: () => ['config/environments/production.rb', 'config/application.rb'],
      },
      { pattern: /\bconfig_for\(\s*:(\w+)/g, ends: (name = '') => [`config/${name}.yml`] },
      {
        pattern: /\b(Settings|Figaro)\b/g,
        ends: () => ['config/settings/production.yml', 'config/settings.yml', 'config/application.yml'],
      },
    ],
  },
  {
    files: /\.(php|phtml|inc)$/,
    imports: [
      { pattern: /\bconfig\(\s*['"](\w+)[.'"]/g, ends: (name = '') => [`config/${name}.php`] },
      { pattern: /\bConfig::get\(\s*['"](\w+)[.'"]/g, ends: (name = '') => [`config/${name}.php`] },
      {
        pattern:
          /\b(?:require|include)(?:_once)?\s*\(?\s*(?:__DIR__\s*\.\s*)?['"]([^'"\n]{1,300}\.(?:php|inc|ya?ml|ini))['"]/g,
        ends: (path = '') => [path.replace(/^\//, '')],
        isRelative: true,
      },
      { pattern: /^\s*use\s+([\w\\]+)/gm, ends: (name = '') => suffixes(`${name.replaceAll('\\', '/')}.php`) },
      {
        pattern: /#\[Autowire\(|\bgetParameter\(|%env\(/g,
        ends: () => ['config/services.yaml', 'config/packages/framework.yaml'],
      },
    ],
  },
  {
    files: /\.(cs|vb|fs)$/,
    imports: [
      { pattern: /\bI?Configuration(?:Manager|Root)?\b|\bIOptions(?:Snapshot|Monitor)?</g, ends: () => dotnetFiles },
    ],
  },
  {
    files: /\.rs$/,
    imports: [
      { pattern: /\b(?:crate|super|self)::((?:\w+::)*\w+)/g, ends: (path = '') => rustPaths(path) },
      {
        pattern: /^\s*(?:pub\s+)?mod\s+(\w+)\s*;/gm,
        ends: (name = '') => [`${name}.rs`, `${name}/mod.rs`],
        isRelative: true,
      },
    ],
  },
  {
    files: /\.dart$/,
    imports: [
      { pattern: /^\s*import\s+['"]package:[\w]+\/([^'"\n]{1,300}\.dart)['"]/gm, ends: (path = '') => [`lib/${path}`] },
      { pattern: /^\s*import\s+['"]([\w./]{1,300}\.dart)['"]/gm, ends: (path = '') => [path], isRelative: true },
    ],
  },
  {
    files: /\.exs?$/,
    imports: [
      {
        pattern: /\bApplication\.(?:get_env|fetch_env!?|compile_env!?)\(/g,
        ends: () => ['config/runtime.exs', 'config/prod.exs', 'config/config.exs'],
      },
    ],
  },
];

/** Imports that are followed from one file. */
const maxImports = 300;

/** What a source file imports or reads its settings from; empty for a language that is not known. */
export function importedPaths(path: string, text: string): readonly ImportedPath[] {
  const grammar = grammars.find(({ files }) => files.test(path.toLowerCase()));
  const found: (ImportedPath & { at: number })[] = [];
  for (const { pattern, ends, isRelative = false } of grammar?.imports ?? []) {
    for (const match of text.matchAll(pattern)) {
      if (found.length >= maxImports) break;
      const groups: readonly (string | undefined)[] = match.slice(1);
      const paths = ends(...groups.map((group) => group ?? ''));
      if (paths.length > 0) found.push({ ends: paths, isRelative, line: lineAt(text, match.index), at: match.index });
    }
  }
  return found.sort((a, b) => a.at - b.at).map(({ ends, isRelative, line }) => ({ ends, isRelative, line }));
}

/** The file of the workspace that an import means; undefined where none or several fit. */
export function resolveImport(
  imported: ImportedPath,
  from: WorkspaceFile,
  index: WorkspaceIndex,
): WorkspaceFile | undefined {
  const folder = posix.dirname(from.path);
  for (const end of imported.ends) {
    if (imported.isRelative) {
      const file = index.at(from.root, posix.normalize(posix.join(folder, end)));
      if (file !== undefined) return file;
      continue;
    }
    const file = end.endsWith('/') ? packageConfiguration(end, from, index) : byEnd(end, from, index);
    if (file !== undefined) return file;
  }
  return undefined;
}

/** The file with this end of its path that is nearest to the importing one. */
function byEnd(end: string, from: WorkspaceFile, index: WorkspaceIndex): WorkspaceFile | undefined {
  const fitting = index.named(posix.basename(end)).filter(({ path }) => path === end || path.endsWith(`/${end}`));
  const nearest = fitting
    .map((file) => ({ file, shared: file.root === from.root ? sharedStart(file.path, from.path) : -1 }))
    .sort((a, b) => b.shared - a.shared || a.file.path.length - b.file.path.length);
  return nearest[0]?.file;
}

/** A Go package is a folder: of it, the file that is named for configuration. */
function packageConfiguration(end: string, from: WorkspaceFile, index: WorkspaceIndex): WorkspaceFile | undefined {
  const name = posix.basename(end);
  if (!/^(config|conf|settings|env|configuration)$/i.test(name)) return undefined;
  return (
    byEnd(`${name}/${name}.go`, from, index) ??
    byEnd(`${name}/config.go`, from, index) ??
    byEnd(`${name}/env.go`, from, index)
  );
}

function scriptPaths(path: string): readonly string[] {
  const bare = path.replace(/\.[cm]?js$/, '');
  return [...(bare === path ? [] : [path]), ...scriptEndings.map((ending) => bare + ending)].map((one) =>
    one.replace(/\/+/g, '/'),
  );
}

function pythonRelative(dots: string, name: string, names: string): readonly string[] {
  const up = '../'.repeat(dots.length - 1);
  const base = `${up}${dotted(name)}`;
  const members = memberNames(names).map(
    (member) => `${base === '' || base.endsWith('/') ? base : `${base}/`}${member}.py`,
  );
  return name === '' ? members : [`${base}.py`, ...members, `${base}/__init__.py`];
}

function pythonModules(name: string, names: string): readonly string[] {
  return [
    `${dotted(name)}.py`,
    ...memberNames(names).map((member) => `${dotted(name)}/${member}.py`),
    `${dotted(name)}/__init__.py`,
  ];
}

function memberNames(names: string): readonly string[] {
  return names
    .split(',')
    .flatMap((name) => /\w+/.exec(name)?.[0] ?? [])
    .slice(0, 10);
}

function jvmPaths(name: string): readonly string[] {
  const parts = name.split('.');
  const type = parts.findIndex((part) => /^[A-Z]/.test(part));
  const path = (type === -1 ? parts : parts.slice(0, type + 1)).join('/');
  return ['.java', '.kt', '.scala', '.groovy'].map((ending) => path + ending);
}

function rustPaths(path: string): readonly string[] {
  const parts = path.split('::');
  return [parts, parts.slice(0, -1), parts.slice(0, 1)]
    .filter((some) => some.length > 0)
    .flatMap((some) => [`src/${some.join('/')}.rs`, `src/${some.join('/')}/mod.rs`]);
}

/** A namespace's first parts are often no folders. */
function suffixes(path: string): readonly string[] {
  const parts = path.split('/');
  return parts.slice(0, -1).map((_, at) => parts.slice(at).join('/'));
}

function sharedStart(one: string, other: string): number {
  const a = one.split('/');
  const b = other.split('/');
  let shared = 0;
  while (shared < a.length - 1 && shared < b.length - 1 && a[shared] === b[shared]) shared += 1;
  return shared;
}
