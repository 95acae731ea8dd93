import { findBoundVariables } from './environmentBindings.ts';
import { findRuntimeReads } from './environmentRuntimeReads.ts';
import { findSchemaVariables } from './environmentSchemas.ts';

/** A place where source reads an environment variable. */
export interface EnvironmentRead {
  readonly name: string;
  readonly path: string;
  readonly line: number;
  /** The default's source text, where the read has one: a literal or an expression, cut to `maxDefaultLength`. */
  readonly default?: string;
}

/** A source file whose reads are looked for. */
export interface SourceText {
  /** Relative to its workspace folder; its ending tells the language. */
  readonly path: string;
  readonly text: string;
}

const maxDefaultLength = 80;
/** Reads taken from one file; a generated file may have thousands. */
const maxReads = 1000;

const name = '([A-Za-z_][A-Za-z0-9_]*)';
const constant = '([A-Z][A-Z0-9_]*)';
const quoted = `["'\`]${name}["'\`]`;
/** A literal or a plain word after `??`, `||` and the like; who throws there has no default. */
const fallback =
  '(?!(?:throw|raise|die|error|fail|panic|abort|invariant|missing|require)\\w*(?:\\s*\\(|\\s+[\\w"\'(]))' +
  '("[^"\\n]*"|\'[^\'\\n]*\'|`[^`\\n]*`|[\\w.$-]+)';
const secondArgument = `(?:\\s*,\\s*(?:default(?:Value)?\\s*[:=]\\s*)?${fallback})?`;

/** As configurations write it: `${A}`, `${A:-x}`, `${env:A}`, Spring's `${A:x}`. */
const inBraces = `\\$\\{\\??(?:env[:.])?${constant}(?::?-([^}\\n]*)|:(?![-?+])([^}\\n]*)|:?[?+][^}\\n]*)?\\}`;

interface Grammar {
  /** Endings and names of files, in lower case. */
  readonly files: RegExp;
  /** Each with the name as its first group and the default as its second. */
  readonly reads: readonly RegExp[];
  readonly comment: RegExp;
  /** Whether `const { A } = process.env` is read too. */
  readonly destructures?: true;
  /** Whether the text may give a variable its value itself, and read what every shell has. */
  readonly assigns?: true;
}

const slashComment = /^\s*(?:\/\/|\*|\/\*)/;
const hashComment = /^\s*#/;

const grammars: readonly Grammar[] = [
  {
    files: /\.([cm]?[jt]sx?|vue|svelte|astro)$/,
    comment: slashComment,
    destructures: true,
    reads: [
      read(
        `\\b(?:process|Bun|import\\.meta)\\??\\.env\\??\\.${name}(?![\\w]|\\s*=[^=>])(?:\\s*(?:\\?\\?|\\|\\|)\\s*${fallback})?`,
      ),
      read(
        `\\b(?:process|Bun|import\\.meta)\\.env(?:\\?\\.)?\\[${quoted}\\](?!\\s*=[^=>])(?:\\s*(?:\\?\\?|\\|\\|)\\s*${fallback})?`,
      ),
      read(`\\bDeno\\.env\\.(?:get|has)\\(\\s*${quoted}\\s*\\)(?:\\s*(?:\\?\\?|\\|\\|)\\s*${fallback})?`),
      read(`${quoted}\\s+in\\s+(?:process|import\\.meta|Bun)\\.env\\b`),
      // NestJS and convict-like holders: only names in capitals are the environment's.
      read(
        `\\b(?:this\\.config|\\w{0,40}[cC]onfigService)\\)?\\.(?:get|getOrThrow)(?:<[^>\\n]{1,80}>)?\\(\\s*["'\`]${constant}["'\`]${secondArgument}`,
      ),
      read(`(?<![.\\w])env(?:\\.(?:get|required?))?\\(\\s*["'\`]${constant}["'\`]${secondArgument}`),
    ],
  },
  {
    files: /\.pyi?$/,
    comment: hashComment,
    reads: [
      read(`\\benviron\\[\\s*${quoted}\\s*\\](?!\\s*=[^=])`),
      read(`\\b(?:environ\\.get|getenv|environ\\.pop)\\(\\s*(?:key\\s*=\\s*)?${quoted}${secondArgument}`),
      read(`\\benviron\\.setdefault\\(\\s*${quoted}`),
      read(`${quoted}\\s+(?:not\\s+)?in\\s+(?:os\\.)?environ\\b`),
      // python-decouple
      read(`(?<![.\\w])config\\(\\s*["']${constant}["']${secondArgument}`),
      // django-environ and environs: `env("X")`, `env.int("X", default=1)`
      read(`\\benv(?:\\.\\w+)?\\(\\s*${quoted}${secondArgument}`),
    ],
  },
  {
    files: /(\.(rb|rake|gemspec|ru|erb)|rakefile|gemfile)$/,
    comment: hashComment,
    reads: [
      read(`\\bENV\\[\\s*${quoted}\\s*\\](?!\\s*=[^=~])(?:\\s*\\|\\|\\s*${fallback})?`),
      read(`\\bENV\\.(?:key\\?|has_key\\?|include\\?|dig)\\(\\s*${quoted}`),
      read(`\\bENV\\.fetch\\(\\s*${quoted}(?:\\s*,\\s*${fallback}|\\s*\\)\\s*\\{\\s*${fallback})?`),
    ],
  },
  {
    files: /\.go$/,
    comment: slashComment,
    reads: [
      read(`\\b(?:os|syscall)\\.(?:Getenv|LookupEnv)\\(\\s*${quoted}`),
      read(`\\bos\\.ExpandEnv\\(\\s*["'\`][^"'\`\\n]{0,200}?\\$\\{?${constant}`),
      read(`\\b\\.(?:BindEnv|MustBindEnv)\\(\\s*"[^"\\n]*"\\s*,\\s*${quoted}`),
      // kong and others write the default first.
      read(`\\bdefault:${fallback}[^\`\\n]{0,200}?\\benv:"(?<name>[A-Za-z_]\\w*)"`),
      read(`\\b(?:env|envconfig):"${name}[^"]*"(?:[^\`\\n]*\\b(?:envDefault|default):${fallback})?`),
    ],
  },
  {
    files: /\.(java|kts?|scala|groovy|gradle)$/,
    comment: slashComment,
    reads: [
      read(`\\bgetenv\\(\\s*${quoted}\\s*\\)(?:(?:\\s*\\?\\.\\w{1,40}\\(\\)){0,3}\\s*\\?:\\s*${fallback})?`),
      read(`\\bgetenv\\(\\)(?:\\.get\\(|\\.getOrDefault\\(|\\[)\\s*${quoted}${secondArgument}`),
      read(`\\bsys\\.env(?:\\.get|\\.getOrElse)?\\(\\s*${quoted}${secondArgument}`),
      read(`\\$\\{${constant}(?::([^}\\n]*))?\\}`),
      read(`\\bdotenv(?:\\.get\\(|\\[)\\s*${quoted}${secondArgument}`),
      read(`\\bsystemEnvironment(?:\\[|\\.get\\()\\s*${quoted}`),
    ],
  },
  {
    files: /\.(php|phtml|inc)$/,
    comment: /^\s*(?:\/\/|\*|\/\*|#(?!\[))/,
    reads: [
      read(`\\b(?:getenv|env|Env::get)\\(\\s*${quoted}${secondArgument}`),
      read(`\\$_ENV\\[\\s*${quoted}\\s*\\](?!\\s*=[^=>])(?:\\s*\\?[?:]\\s*${fallback})?`),
      // What a web server sets about the request is none of the environment's.
      read(
        `\\$_SERVER\\[\\s*["'](?!HTTP_|REQUEST_|SERVER_|REMOTE_|SCRIPT_|PHP_|QUERY_|DOCUMENT_|PATH_|HTTPS|GATEWAY_|CONTENT_)${constant}["']\\s*\\](?!\\s*=[^=>])(?:\\s*\\?[?:]\\s*${fallback})?`,
      ),
    ],
  },
  {
    files: /\.(cs|vb|fs|cshtml|razor)$/,
    comment: slashComment,
    reads: [read(`\\bGetEnvironmentVariable\\(\\s*${quoted}\\s*(?:,[^)]*)?\\)(?:\\s*\\?\\?\\s*${fallback})?`)],
  },
  {
    files: /\.rs$/,
    comment: slashComment,
    reads: [
      read(
        `\\b(?:env::)?var(?:_os)?\\(\\s*${quoted}\\s*\\)(?:\\s*\\.unwrap_or(?:_else)?\\((?:\\|_\\|\\s*)?${fallback})?`,
      ),
      read(`\\b(?:option_)?env!\\(\\s*${quoted}`),
      // clap
      read(
        `#\\[(?:arg|clap|structopt)\\([^\\]\\n]{0,200}?\\benv\\s*(?:=\\s*|\\(\\s*)${quoted}(?:[^\\]\\n]{0,200}?\\bdefault_value(?:_t)?\\s*=\\s*${fallback})?`,
      ),
    ],
  },
  {
    files: /\.dart$/,
    comment: slashComment,
    reads: [
      read(`\\bPlatform\\.environment\\[\\s*${quoted}\\s*\\](?:\\s*\\?\\?\\s*${fallback})?`),
      read(`\\.fromEnvironment\\(\\s*${quoted}${secondArgument}`),
    ],
  },
  {
    files: /\.exs?$/,
    comment: hashComment,
    reads: [
      read(`\\bSystem\\.(?:get_env|fetch_env!?)\\(\\s*${quoted}${secondArgument}`),
      read(`\\{:system,\\s*${quoted}${secondArgument}`),
    ],
  },
  {
    files: /(\.(sh|bash|zsh|ksh)|(^|\/)(\.?bashrc|\.?profile|entrypoint))$/,
    comment: hashComment,
    assigns: true,
    reads: [read(`\\$\\{${constant}(?::?[-=]([^}\\n]*)|:?[?+#%/^,][^}\\n]*)?\\}`), read(`\\$${constant}\\b`)],
  },
  {
    files: /(^|\/)(docker-)?compose[^/]*\.ya?ml$/,
    comment: hashComment,
    // Two dollar signs are one that is none of compose's.
    reads: [read(inBraces), read(`(?<![$\\\\])\\$${constant}\\b`)],
  },
  {
    files:
      /(\.(ya?ml|properties|toml|conf|cfg|ini|json|xml|template|tmpl|tpl)|(^|\/)dockerfile[^/]*|\.dockerfile|\.env[^/]*)$/,
    comment: hashComment,
    reads: [
      read(inBraces),
      // Rails writes Ruby into its configuration.
      read(
        `<%=?[^%\\n]{0,200}?\\bENV(?:\\.fetch\\(|\\[)\\s*${quoted}(?:\\s*,\\s*${fallback}|\\s*\\)\\s*\\{\\s*${fallback})?`,
      ),
      // Symfony: `%env(resolve:DATABASE_URL)%`
      read(`%env\\((?:[\\w-]{1,40}:){0,5}${constant}\\)%`),
      // GitHub Actions
      read(`\\$\\{\\{[^}\\n]{0,100}?\\b(?:secrets|vars)\\.${constant}`),
      read(`\\{\\{-?\\s*(?:\\.Env\\.|(?:env|getenv)\\s+["'])${constant}`),
    ],
  },
];

/** Set by every shell or system, or by the script itself: never missing. */
const ambient: ReadonlySet<string> = new Set(
  'PATH HOME PWD OLDPWD USER SHELL TERM LANG HOSTNAME RANDOM SECONDS LINENO IFS PPID UID EUID BASH_SOURCE BASH_REMATCH FUNCNAME OPTARG OPTIND REPLY TMPDIR'.split(
    ' ',
  ),
);

/** The environment variables that a source text reads, in their order; none for a language that is not known. */
export function findEnvironmentReads({ path, text }: SourceText): readonly EnvironmentRead[] {
  const grammar = grammars.find(({ files }) => files.test(path.toLowerCase()));
  if (grammar === undefined) return [];
  const isShell = grammar.assigns === true;
  const assigned = isShell ? assignedNames(text) : new Set<string>();
  const lines = new LineNumbers(text);
  const found = new Map<string, { read: EnvironmentRead; at: number }>();
  const add = (variable: string, at: number, value: string | undefined): void => {
    const { line, content } = lines.at(at);
    if (grammar.comment.test(content) || assigned.has(variable) || (isShell && ambient.has(variable))) return;
    const key = `${variable}:${line}`;
    if (found.size >= maxReads || found.has(key)) return;
    const read = { name: variable, path, line, ...(value === undefined ? {} : { default: cut(value) }) };
    found.set(key, { read, at });
  };
  for (const pattern of grammar.reads)
    for (const match of text.matchAll(pattern)) {
      // A default may stand before the name, which is named then.
      const named = match.groups?.['name'];
      const groups: readonly (string | undefined)[] = named === undefined ? match.slice(2) : match.slice(1, 2);
      add(
        named ?? match[1] ?? '',
        match.index,
        groups.find((group) => group !== undefined),
      );
    }
  if (grammar.destructures === true) findDestructured(text, add);
  const { named } = findRuntimeReads(path, text);
  for (const bound of [...findBoundVariables(path, text), ...findSchemaVariables(path, text), ...named])
    add(bound.name, bound.at, bound.default);
  return [...found.values()].sort((a, b) => a.at - b.at).map(({ read }) => read);
}

type Add = (variable: string, at: number, value: string | undefined) => void;

/** `const { A, B: b, C = 'x' } = process.env`, and reads through a name given to it: `const env = process.env; env.A`. */
function findDestructured(text: string, add: Add): void {
  for (const match of text.matchAll(/\{([^{}]{1,4000})\}\s*=\s*(?:process|import\.meta|Bun)\.env\b/g)) {
    for (const part of (match[1] ?? '').matchAll(
      /(?<!\.\.\.\s?|\w)([A-Za-z_]\w*)\s*(?::\s*[A-Za-z_$][\w$]*\s*)?(?:=\s*([^,\n]+))?(?:,|$|\n)/g,
    ))
      add(part[1] ?? '', match.index + 1 + part.index, part[2]?.trim());
  }
  const aliases = new Set<string>();
  // Vite's `loadEnv` gives the environment to its configuration.
  const aliasPattern =
    /\b(?:const|let|var)\s+([A-Za-z_$][\w$]*)\s*(?::\s*[\w.]+\s*)?=\s*(?:(?:process|import\.meta|Bun)\.env\s*(?:;|\n|$)|loadEnv\()/g;
  for (const match of text.matchAll(aliasPattern)) aliases.add(match[1] ?? '');
  for (const match of text.matchAll(
    /\bimport\s*\{[^{}\n]{0,200}\benv(?:\s+as\s+([A-Za-z_$][\w$]*))?[^{}\n]{0,200}\}\s*from\s*['"](?:node:)?process['"]/g,
  )) {
    const groups: readonly (string | undefined)[] = match.slice(1);
    aliases.add(groups[0] ?? 'env');
  }
  for (const match of text.matchAll(
    /\bimport\s*\{\s*env(?:\s+as\s+([A-Za-z_$][\w$]*))?\s*\}\s*from\s*['"](?:\$env\/dynamic\/(?:private|public)|cloudflare:workers)['"]/g,
  )) {
    const groups: readonly (string | undefined)[] = match.slice(1);
    aliases.add(groups[0] ?? 'env');
  }
  // A worker's handler is given its environment.
  if (
    /\b(?:fetch|scheduled|queue|onRequest\w*)\s*(?:\(|=\s*async\s*\()\s*\w+\s*(?::[^,()\n]{1,80})?,\s*env\b/.test(text)
  )
    aliases.add('env');
  for (const alias of [...aliases].slice(0, maxAliases)) {
    const place = `(?<![\\w.$])${alias.replaceAll('$', '\\$')}\\.${constant}(?!\\w|\\s*=[^=>])`;
    const reads = new RegExp(`${place}(?:\\s*(?:\\?\\?|\\|\\|)\\s*${fallback})?`, 'g');
    for (const match of text.matchAll(reads)) add(match[1] ?? '', match.index, match[2]);
  }
}

/** Names that one file gives to `process.env`. */
const maxAliases = 5;

/** Variables that a shell script or template gives a value itself. Exported ones are its own too. */
function assignedNames(text: string): Set<string> {
  const names = new Set<string>();
  for (const match of text.matchAll(
    /^[ \t]*(?:export |local |readonly |declare (?:-\w+ )?)?([A-Za-z_]\w*)=(?!\s*["']?\$\{?\1\b)/gm,
  ))
    names.add(match[1] ?? '');
  for (const match of text.matchAll(/\bfor ([A-Za-z_]\w*) in\b|\bread (?:-\w+ )*([A-Za-z_]\w*)/g))
    names.add(match[1] ?? match[2] ?? '');
  return names;
}

/** Line numbers of increasing or any offsets, by bisection. */
class LineNumbers {
  readonly #text: string;
  readonly #starts: number[] = [0];

  constructor(text: string) {
    this.#text = text;
    for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) this.#starts.push(at + 1);
  }

  at(offset: number): { line: number; content: string } {
    let low = 0;
    let high = this.#starts.length - 1;
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if ((this.#starts[middle] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    const start = this.#starts[low] ?? 0;
    return { line: low + 1, content: this.#text.slice(start, start + 200).split('\n', 1)[0] ?? '' };
  }
}

function read(source: string): RegExp {
  return new RegExp(source, 'g');
}

function cut(value: string): string {
  return value.length <= maxDefaultLength ? value : `${value.slice(0, maxDefaultLength - 1)}…`;
}
