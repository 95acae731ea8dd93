import { lineAt } from '../model/lines.ts';
import type { BoundVariable } from './environmentBindings.ts';

/** A place that reads a variable whose name is only made when the program runs. */
export interface RuntimeRead {
  readonly path: string;
  readonly line: number;
}

/** Places of one file; a generated file may have thousands. */
const maxPlaces = 200;

/** What stands between the brackets of a read: anything that is no text alone. */
const expression = '(?!\\s*["\'`][^"\'`\\n$#{}]*["\'`]\\s*[,)\\]])\\s*([^\\s)\\]][^)\\]\\n]{0,200})';

const grammars: readonly { readonly files: RegExp; readonly reads: RegExp }[] = [
  {
    files: /\.([cm]?[jt]sx?|vue|svelte|astro)$/,
    reads: read(
      `\\b(?:process|Bun|import\\.meta)\\??\\.env(?:\\?\\.)?\\[${expression}`,
      `\\bDeno\\.env\\.get\\(${expression}`,
    ),
  },
  { files: /\.pyi?$/, reads: read(`\\benviron(?:\\[|\\.get\\()${expression}`, `\\bgetenv\\(${expression}`) },
  { files: /(\.(rb|rake|ru|erb)|rakefile|gemfile)$/, reads: read(`\\bENV(?:\\[|\\.fetch\\()${expression}`) },
  { files: /\.go$/, reads: read(`\\bos\\.(?:Getenv|LookupEnv)\\(${expression}`) },
  { files: /\.(java|kts?|scala|groovy|gradle)$/, reads: read(`\\bSystem\\.getenv\\((?!\\s*\\))${expression}`) },
  { files: /\.(php|phtml|inc)$/, reads: read(`\\bgetenv\\((?!\\s*\\))${expression}`, `\\$_ENV\\[${expression}`) },
  { files: /\.(cs|vb|fs|cshtml|razor)$/, reads: read(`\\bGetEnvironmentVariable\\(${expression}`) },
  { files: /\.rs$/, reads: read(`\\benv::var(?:_os)?\\(${expression}`) },
  { files: /\.dart$/, reads: read(`\\bPlatform\\.environment\\[${expression}`) },
  { files: /\.exs?$/, reads: read(`\\bSystem\\.(?:get_env|fetch_env!?)\\((?!\\s*\\))${expression}`) },
  { files: /\.(sh|bash|zsh|ksh)$/, reads: /\$\{!([A-Za-z_]\w*)[}:]|\bprintenv\s+"?(\$\w+)/g },
];

const comment = /^\s*(?:\/\/|\*|\/\*|#)/;

/**
 * Reads by a name that no text gives: `process.env[name]`, `os.environ[key]`. One whose name is a constant of the same
 * file is told as what it reads, and one in a function of the file (`envOr(key, fallback)`) as what its calls there name;
 * the others' places are told, and nothing is guessed.
 */
export function findRuntimeReads(
  path: string,
  text: string,
): { readonly named: readonly BoundVariable[]; readonly places: readonly RuntimeRead[] } {
  const grammar = grammars.find(({ files }) => files.test(path.toLowerCase()));
  const named: BoundVariable[] = [];
  const places: RuntimeRead[] = [];
  for (const match of grammar === undefined ? [] : text.matchAll(grammar.reads)) {
    const start = text.lastIndexOf('\n', match.index) + 1;
    const groups: readonly (string | undefined)[] = match.slice(1);
    // An assignment gives a variable its value.
    const isAssigned = /^\s*\]\s*=[^=>~]/.test(
      text.slice(match.index + match[0].length, match.index + match[0].length + 20),
    );
    if (comment.test(text.slice(start, start + 80)) || isAssigned) continue;
    if (named.length + places.length >= maxPlaces) break;
    const name = constantOf(groups.find((group) => group !== undefined)?.trim() ?? '', text);
    const calls =
      name === undefined ? callsWithNames(groups.find((group) => group !== undefined) ?? '', match.index, text) : [];
    if (name !== undefined) named.push({ name, at: match.index });
    else if (calls.length > 0) named.push(...calls);
    else places.push({ path, line: lineAt(text, match.index) });
  }
  return { named, places };
}

/** Characters before a read in which the head of its function stands. */
const helperHead = 500;
/** Calls of one helper that are taken. */
const maxCalls = 500;

/** Where the name that is read is the first parameter of the function around it: what the calls of that function name. */
function callsWithNames(written: string, at: number, text: string): readonly BoundVariable[] {
  const parameter = /^&?\$?([A-Za-z_]\w{0,80})$/.exec(written.split(',')[0]?.trim() ?? '')?.[1];
  if (parameter === undefined) return [];
  const heads = [
    ...text
      .slice(Math.max(0, at - helperHead), at)
      .matchAll(
        new RegExp(
          `\\b(?!(?:if|for|while|switch|return|catch|elsif|unless)\\b)(\\w{1,80})(?:<[^<>\\n]{1,60}>)?\\s*(?:=\\s*(?:async\\s*)?)?\\(\\s*(?:(?:final\\s+)?[Ss]tring\\s+)?[&$]?${parameter}\\s*[,:)?=]|\\b(\\w{1,80})\\s*\\(\\s*${parameter}\\s+string\\b`,
          'g',
        ),
      ),
  ];
  const groups: readonly (string | undefined)[] = heads.at(-1)?.slice(1) ?? [];
  const helper = groups.find((group) => group !== undefined);
  if (helper === undefined) return [];
  const calls = new RegExp(
    `(?<!\\w)${helper}(?:<[^<>\\n]{1,60}>)?\\(\\s*["'\`]([A-Z][A-Z0-9_]{0,100})["'\`](?:\\s*,\\s*("[^"\\n]*"|'[^'\\n]*'|[\\w.-]+))?`,
    'g',
  );
  return [...text.matchAll(calls)].slice(0, maxCalls).map(({ 1: name = '', 2: value, index }) => ({
    name,
    at: index,
    ...(value === undefined ? {} : { default: value }),
  }));
}

/** The text that a name of the file stands for, where it is given once and to nothing else. */
function constantOf(written: string, text: string): string | undefined {
  const name = /^&?\$?((?:[A-Za-z_]\w*\.)?[A-Za-z_]\w{0,80})$/.exec(written.split(',')[0]?.trim() ?? '')?.[1];
  const own = name?.split('.').at(-1);
  if (own === undefined) return undefined;
  const given = [
    ...text.matchAll(
      new RegExp(
        `(?<![\\w.])\\$?${own}\\b(?:\\s*:\\s*[&'\\w<>]{1,40}(?:\\s\\w{1,20})?|\\s+string)?\\s*:?=(?![=>])\\s*([^\\n]{1,200})`,
        'g',
      ),
    ),
  ];
  const [only] = given;
  return given.length === 1
    ? /^["'`]([A-Za-z_]\w{0,100})["'`]\s*(?:as const\s*)?[;,]?\s*(?:(?:\/\/|#).*)?$/.exec(only?.[1] ?? '')?.[1]
    : undefined;
}

function read(...sources: readonly string[]): RegExp {
  return new RegExp(sources.join('|'), 'g');
}
