import type { BoundVariable } from './environmentBindings.ts';

/** Characters of one schema, list or call that are looked at. */
const maxBlockLength = 20_000;
/** Schemas and holders that one file has. */
const maxBlocks = 50;

/**
 * Variables that a text names in a list or a schema rather than one by one: Node's schemas that are given the whole
 * environment (zod, envalid, Joi, convict, SvelteKit's imports), lists of names (Ruby's `values_at`, click's `envvar`,
 * urfave's `EnvVars`), clap's fields, and viper's keys behind a prefix.
 */
export function findSchemaVariables(path: string, text: string): readonly BoundVariable[] {
  const lower = path.toLowerCase();
  if (/\.(?:[cm]?[jt]sx?|vue|svelte|astro)$/.test(lower)) return nodeSchemas(text);
  if (lower.endsWith('.go')) return [...listed(text, goLists), ...viperKeys(text)];
  if (/\.pyi?$/.test(lower)) return [...listed(text, pythonLists), ...pythonAliases(text)];
  if (/(?:\.(?:rb|rake|gemspec|ru|erb)|rakefile|gemfile)$/.test(lower)) return listed(text, rubyLists);
  return lower.endsWith('.rs') ? clapFields(text) : [];
}

const goLists = /\b(?:EnvVars:\s*\[\]string\{|cli\.EnvVars\()([^)}\n]{1,400})/g;
const pythonLists = /\benvvar\s*=\s*\[?([^\]\n]{1,400}?)(?=\]|\)|,\s*\w+\s*=|\n)/g;
const rubyLists = /\bENV\.(?:values_at|slice|fetch_values)\(([^)\n]{1,400})/g;
const quotedName = /["']([A-Za-z_]\w{0,100})["']/g;

function listed(text: string, lists: RegExp): BoundVariable[] {
  return [...text.matchAll(lists)].flatMap((list) => {
    const start = list.index + list[0].length - (list[1] ?? '').length;
    return [...(list[1] ?? '').matchAll(quotedName)].map(({ 1: name = '', index }) => ({ name, at: start + index }));
  });
}

/** `from os import environ as env`, then `env["A"]` and `env.get("A", 1)`. */
function pythonAliases(text: string): BoundVariable[] {
  const alias = /\bfrom os import [^\n#]{0,200}\benviron as (\w{1,60})/.exec(text)?.[1];
  if (alias === undefined) return [];
  const reads = new RegExp(
    `\\b${alias}(?:\\[\\s*|\\.(?:get|pop)\\(\\s*)["'](\\w{1,100})["'](?!\\s*\\]\\s*=[^=])(?:\\s*,\\s*([^)\\n]{1,100}))?`,
    'g',
  );
  return [...text.matchAll(reads)].map((match) => bound(match[1], match.index, match[2]));
}

function nodeSchemas(text: string): BoundVariable[] {
  const found: BoundVariable[] = [];
  for (const { 1: names = '', index } of text.matchAll(
    /\bimport\s*\{([^{}]{1,4000})\}\s*from\s*['"]\$env\/static\/(?:private|public)['"]/g,
  ))
    for (const name of names.matchAll(/(?:^|,)\s*([A-Za-z_]\w{0,100})/g))
      found.push({ name: name[1] ?? '', at: index + 'import {'.length + name.index });
  // A schema in place, or one that is given the environment by its name.
  const starts: number[] = [];
  for (const match of text.matchAll(/\b(?:cleanEnv|envsafe)\(\s*(?:process\.env\s*,\s*)?(?=\{)/g))
    starts.push(match.index + match[0].length);
  // t3-env keeps the server's apart from what the browser may see.
  for (const call of [...text.matchAll(/\bcreateEnv\(\s*(?=\{)/g)].slice(0, maxBlocks)) {
    const start = call.index + call[0].length;
    const block = text.slice(start, endOfBlock(text, start) ?? start);
    for (const part of block.matchAll(/\b(?:server|client|shared)\s*:\s*(?=\{)/g))
      starts.push(start + part.index + part[0].length);
  }
  for (const match of text.matchAll(/\bvalidationSchema:\s*\w{1,40}\.object\(\s*(?:<[^>\n]{1,80}>)?(?=\{)/g))
    starts.push(match.index + match[0].length);
  const given = text.matchAll(
    /\b([A-Za-z_$][\w$]{0,80})\.(?:parse|safeParse|parseAsync|validate|validateSync|cast)\(\s*(?:process|import\.meta|Bun)\.env\b/g,
  );
  for (const match of [...given].slice(0, maxBlocks)) {
    const name = (match[1] ?? '').replaceAll('$', '\\$');
    const schema = new RegExp(
      `\\b(?:const|let|var)\\s+${name}\\s*(?::[^=\\n]{1,200})?=[^={]{1,200}?\\(\\s*(?=\\{)`,
    ).exec(text);
    if (schema !== null) starts.push(schema.index + schema[0].length);
  }
  for (const match of [...text.matchAll(/\.object\(\s*(?=\{)/g)].slice(0, maxBlocks)) {
    const start = match.index + match[0].length;
    const end = endOfBlock(text, start);
    if (
      end !== undefined &&
      /^\s*\)[^;]{0,200}?\.(?:parse|safeParse)\(\s*process\.env\b/.test(text.slice(end, end + 300))
    )
      starts.push(start);
  }
  for (const start of starts.slice(0, maxBlocks)) found.push(...keysAt(text, start));
  found.push(...configServices(text));
  if (/\bconvict\(/.test(text))
    for (const match of text.matchAll(/\benv:\s*["']([A-Z][A-Z0-9_]{0,100})["']/g))
      found.push({ name: match[1] ?? '', at: match.index });
  return found;
}

/** What is asked of NestJS's `ConfigService`, under the names that it is injected as; only names in capitals. */
function configServices(text: string): BoundVariable[] {
  const names = new Set([...text.matchAll(/\b([A-Za-z_$][\w$]{0,60})\s*:\s*ConfigService\b/g)].map(([, name]) => name));
  return [...names].slice(0, maxBlocks).flatMap((name = '') => {
    const holder = name.replaceAll('$', '\\$');
    const reads = new RegExp(
      `(?<![\\w$])${holder}\\.(?:get|getOrThrow)(?:<[^>\\n]{1,80}>)?\\(\\s*["'\`]([A-Z][A-Z0-9_]{0,100})["'\`](?:\\s*,\\s*("[^"\\n]*"|'[^'\\n]*'|[\\w.-]+))?`,
      'g',
    );
    return [...text.matchAll(reads)].map((match) => bound(match[1], match.index, match[2]));
  });
}

/** Where a block ends that opens at `start`, behind its closing brace; undefined where it is longer than a schema is. */
function endOfBlock(text: string, start: number): number | undefined {
  let depth = 0;
  const block = text.slice(start, start + maxBlockLength);
  for (const token of block.matchAll(/"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|`[^`]*`|\/\/[^\n]*|[{}]/g)) {
    if (token[0] === '{') depth += 1;
    else if (token[0] === '}') {
      depth -= 1;
      if (depth === 0) return start + token.index + 1;
    }
  }
  return undefined;
}

/** The keys of an object that opens at `start`, not those of objects in it. */
function keysAt(text: string, start: number): BoundVariable[] {
  const keys: BoundVariable[] = [];
  let depth = 0;
  const block = text.slice(start, start + maxBlockLength);
  const tokens =
    /(?<key>[A-Za-z_]\w{0,100}|["'][A-Za-z_]\w{0,100}["'])\s*:|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|`[^`]*`|\/\/[^\n]*|[{}()[\]]/g;
  for (const token of block.matchAll(tokens)) {
    const key = token.groups?.['key']?.replace(/["']/g, '');
    if (key !== undefined) {
      if (depth !== 1 || !/^[A-Z][A-Z0-9_]*$/.test(key)) continue;
      const rest = block.slice(token.index, token.index + 300).split('\n', 1)[0] ?? '';
      const value = /\bdefault(?:\(|:\s*)("[^"]*"|'[^']*'|[\w.-]+)/.exec(rest)?.[1];
      keys.push(bound(key, start + token.index, value));
    } else if (/^[{([]$/.test(token[0])) depth += 1;
    else if (/^[})\]]$/.test(token[0])) {
      depth -= 1;
      if (depth <= 0) break;
    }
  }
  return keys;
}

/** clap's `#[arg(long, env)]` reads the field's name in capitals. */
function clapFields(text: string): BoundVariable[] {
  return [
    ...text.matchAll(
      /#\[(?:arg|clap|structopt)\((?:[^\]\n]{0,200}?[\s,])?env(?=\s*[,)])[^\]\n]{0,200}\]\s*(?:#\[[^\]\n]{0,200}\]\s*|\/\/[^\n]*\n\s*){0,5}(?:pub(?:\([^)\n]{1,40}\))?\s+)?([a-z]\w{0,100})\s*:/g,
    ),
  ].map((match) =>
    bound(
      (match[1] ?? '').toUpperCase(),
      match.index,
      /\bdefault_value(?:_t)?\s*=\s*("[^"\n]*"|[\w.]+)/.exec(match[0])?.[1],
    ),
  );
}

/** viper asks the environment for every key once `AutomaticEnv` was called: in capitals, behind the prefix. */
function viperKeys(text: string): BoundVariable[] {
  if (!text.includes('.AutomaticEnv()')) return [];
  const prefix = /\.SetEnvPrefix\(\s*"(\w{1,60})"/.exec(text)?.[1];
  const defaults = new Map(
    [...text.matchAll(/\.SetDefault\(\s*"([\w.-]{1,200})"\s*,\s*([^)\n]{1,100})/g)].map((match) => [
      match[1],
      match[2],
    ]),
  );
  return [
    ...text.matchAll(
      /\.(?:Get(?:String|Bool|Int|Int32|Int64|Uint|Float64|Duration|Time|StringSlice|StringMap)?|IsSet)\(\s*"([\w.-]{1,200})"\s*\)/g,
    ),
  ].map(({ 1: key = '', index }) => {
    const name = `${prefix === undefined ? '' : `${prefix}_`}${key}`.replace(/[.-]/g, '_').toUpperCase();
    return bound(name, index, defaults.get(key));
  });
}

function bound(name: string | undefined, at: number, value: string | undefined): BoundVariable {
  return { name: name ?? '', at, ...(value === undefined ? {} : { default: value.trim() }) };
}
