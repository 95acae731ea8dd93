import { lineAt } from '../../model/lines.ts';

/** What a source text imports or reads by name. `ImportResolver` finds the files that are meant. */
export interface ImportedPath {
  /** Ends of paths, the likeliest first; the name of a package or a namespace where `means` says so. */
  readonly ends: readonly string[];
  /**
   * `relative`: from the importing file's own folder. `module`: below a folder that the importing file lies in.
   * `package`: a folder of Go, by the path of its module. `namespace`: files of .NET that declare it.
   */
  readonly means: 'path' | 'relative' | 'module' | 'package' | 'namespace';
  readonly line: number;
}

interface ImportGrammar {
  readonly files: RegExp;
  readonly imports: readonly {
    readonly pattern: RegExp;
    readonly ends: (...groups: readonly string[]) => readonly string[];
    /** Further files that the same statement imports, each by itself. */
    readonly members?: (...groups: readonly string[]) => readonly string[];
    readonly means?: ImportedPath['means'];
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
        means: 'relative',
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
        pattern: /^[ \t]*from[ \t]+(\.+)([\w.]*)[ \t]+import[ \t]+(?:\(([^)]{0,2000})|([\w, \t]*))/gm,
        ends: (dots = '', name = '') => pythonRelative(dots, name),
        members: (dots = '', name = '', listed = '', names = '') => pythonMembers(dots, name, listed + names),
        means: 'relative',
      },
      {
        pattern: /^[ \t]*from[ \t]+django\.conf[ \t]+import[ \t]+(settings)/gm,
        ends: () => ['settings/production.py', 'settings.py', 'settings/base.py', 'settings/__init__.py'],
      },
      {
        pattern: /^[ \t]*from[ \t]+(?!django\b|\.)([\w.]+)[ \t]+import[ \t]+(?:\(([^)]{0,2000})|([\w, \t]*))/gm,
        ends: (name = '') => [`${dotted(name)}.py`, `${dotted(name)}/__init__.py`],
        members: (name = '', listed = '', names = '') =>
          memberNames(listed + names).map((member) => `${dotted(name)}/${member}.py`),
        means: 'module',
      },
      {
        pattern: /^[ \t]*import[ \t]+([\w.]+)/gm,
        ends: (name = '') => [`${dotted(name)}.py`, `${dotted(name)}/__init__.py`],
        means: 'module',
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
      {
        pattern: /^\s*(?:import\s+)?(?:[\w.]+\s+)?"((?:[\w.-]+\/)+[\w.-]+)"/gm,
        ends: (path = '') => [path],
        means: 'package',
      },
    ],
  },
  {
    files: /(\.(rb|rake|ru)|rakefile)$/i,
    imports: [
      {
        pattern: /\brequire_relative\s*\(?\s*['"]([^'"\n]{1,300})['"]/g,
        ends: (path = '') => [path.endsWith('.rb') ? path : `${path}.rb`],
        means: 'relative',
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
        means: 'relative',
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
      {
        pattern: /^\s*(?:global\s+)?using\s+(?:static\s+)?(?:\w+\s*=\s*)?(?!System\b|Microsoft\b)([\w.]+)\s*;/gm,
        ends: (name = '') => [name],
        means: 'namespace',
      },
      {
        // What is in the file's own namespace, or in one around it, needs no `using`.
        pattern: /^\s*namespace\s+([\w.]+)/gm,
        ends: (name = '') => enclosing(name),
        means: 'namespace',
      },
      { pattern: /\bI?Configuration(?:Manager|Root)?\b|\bIOptions(?:Snapshot|Monitor)?</g, ends: () => dotnetFiles },
    ],
  },
  {
    files: /\.(?:sh|bash|zsh|ksh)$/,
    imports: [
      {
        pattern: /^\s*(?:source|\.)\s+["']?(?:(?:\$\{?\w+\}?|\$\([^)\n]{1,80}\))\/)?([\w./-]{1,300})/gm,
        ends: (path = '') => [path],
        means: 'relative',
      },
    ],
  },
  {
    files: /\.rs$/,
    imports: [
      { pattern: /\b(?:crate|super|self)::((?:\w+::)*\w+)/g, ends: (path = '') => rustPaths(path) },
      {
        pattern: /^\s*(?:pub\s+)?mod\s+(\w+)\s*;/gm,
        ends: (name = '') => [`${name}.rs`, `${name}/mod.rs`],
        means: 'relative',
      },
    ],
  },
  {
    files: /\.dart$/,
    imports: [
      { pattern: /^\s*import\s+['"]package:[\w]+\/([^'"\n]{1,300}\.dart)['"]/gm, ends: (path = '') => [`lib/${path}`] },
      { pattern: /^\s*import\s+['"]([\w./]{1,300}\.dart)['"]/gm, ends: (path = '') => [path], means: 'relative' },
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

/** Imports that are looked at in one file; a generated file may have thousands. */
const maxImports = 300;

/** What a source file imports or reads its settings from, in its order; empty for a language that is not known. */
export function importedPaths(path: string, text: string): readonly ImportedPath[] {
  const grammar = grammars.find(({ files }) => files.test(path.toLowerCase()));
  const found: (ImportedPath & { at: number })[] = [];
  for (const { pattern, ends, members, means = 'path' } of grammar?.imports ?? [])
    for (const match of text.matchAll(pattern)) {
      if (found.length >= maxImports) break;
      const written: readonly (string | undefined)[] = match.slice(1);
      const groups = written.map((group) => group ?? '');
      const line = lineAt(text, match.index);
      const own = ends(...groups);
      if (own.length > 0) found.push({ ends: own, means, line, at: match.index });
      for (const member of members?.(...groups) ?? []) found.push({ ends: [member], means, line, at: match.index });
    }
  return found.sort((a, b) => a.at - b.at).map(({ ends, means, line }) => ({ ends, means, line }));
}

function scriptPaths(path: string): readonly string[] {
  const bare = path.replace(/\.[cm]?js$/, '');
  return [...(bare === path ? [] : [path]), ...scriptEndings.map((ending) => bare + ending)].map((one) =>
    one.replace(/\/+/g, '/'),
  );
}

/** One dot is the package itself, each further one the package above. */
function pythonBase(dots: string, name: string): string {
  return `${'../'.repeat(dots.length - 1)}${dotted(name)}`;
}

function pythonRelative(dots: string, name: string): readonly string[] {
  const base = pythonBase(dots, name);
  return name === '' ? [] : [`${base}.py`, `${base}/__init__.py`];
}

/** `from .settings import X` means a name in it, or a module of the package. */
function pythonMembers(dots: string, name: string, names: string): readonly string[] {
  const base = pythonBase(dots, name);
  return memberNames(names).map((member) => `${base === '' || base.endsWith('/') ? base : `${base}/`}${member}.py`);
}

function memberNames(names: string): readonly string[] {
  return names
    .replace(/#[^\n]*/g, '')
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

/** `Acme.Shop.Pay` and the namespaces around it, the innermost first. */
function enclosing(name: string): readonly string[] {
  const parts = name.split('.');
  return parts.map((_, at) => parts.slice(0, parts.length - at).join('.'));
}

/** A namespace's first parts are often no folders. */
function suffixes(path: string): readonly string[] {
  const parts = path.split('/');
  return parts.slice(0, -1).map((_, at) => parts.slice(at).join('/'));
}
