import { c, cpp, csharp, java, kotlin, scala } from '@codemirror/legacy-modes/mode/clike';
import { diff } from '@codemirror/legacy-modes/mode/diff';
import { dockerFile } from '@codemirror/legacy-modes/mode/dockerfile';
import { go } from '@codemirror/legacy-modes/mode/go';
import { javascript, json, typescript } from '@codemirror/legacy-modes/mode/javascript';
import { powerShell } from '@codemirror/legacy-modes/mode/powershell';
import { properties } from '@codemirror/legacy-modes/mode/properties';
import { python } from '@codemirror/legacy-modes/mode/python';
import { ruby } from '@codemirror/legacy-modes/mode/ruby';
import { rust } from '@codemirror/legacy-modes/mode/rust';
import { shell } from '@codemirror/legacy-modes/mode/shell';
import { simpleMode } from '@codemirror/legacy-modes/mode/simple-mode';
import { toml } from '@codemirror/legacy-modes/mode/toml';
import { html, xml } from '@codemirror/legacy-modes/mode/xml';
import { yaml } from '@codemirror/legacy-modes/mode/yaml';
import { StringStream } from '@codemirror/streamparser';
import type { StreamParser } from '@codemirror/streamparser';

/** Reads code line by line and says what each piece of a line is; all it keeps from line to line is its state. */
export type CodeMode = StreamParser<unknown>;

/** Columns of a tab and of an indentation, which some modes ask for. */
const tabSize = 4;
const indentUnit = 2;

const sqlWords =
  'select insert update delete from where join left right inner outer full cross on using and or not in is like ilike ' +
  'between exists case when then else end as distinct group by order having limit offset union all intersect except ' +
  'create alter drop table index view database schema column constraint primary foreign key references unique check ' +
  'default values into set returning with recursive begin commit rollback transaction grant revoke truncate explain ' +
  'analyze vacuum lock add cascade if replace trigger function procedure language returns declare asc desc over partition';
const sqlTypes =
  'int integer bigint smallint serial bigserial numeric decimal real double precision float text varchar char boolean ' +
  'bool date time timestamp timestamptz interval uuid json jsonb bytea blob';
const word = (words: string): RegExp => new RegExp(`(?:${words.replaceAll(' ', '|')})\\b`, 'i');

/** What SQL dialects have in common: the package's own mode brings the words of twelve, 37 kB of them. */
const sql = simpleMode({
  start: [
    { regex: /--.*/, token: 'comment' },
    { regex: /\/\*/, token: 'comment', next: 'comment' },
    { regex: /'(?:[^']|'')*'?/, token: 'string' },
    { regex: /"[^"]*"?|`[^`]*`?/, token: 'property' },
    { regex: /\d+(?:\.\d+)?\b/, token: 'number' },
    { regex: /(?:null|true|false)\b/i, token: 'atom' },
    { regex: word(sqlWords), token: 'keyword' },
    { regex: word(sqlTypes), token: 'type' },
    { regex: /[\w$]+/, token: null },
  ],
  comment: [
    { regex: /.*?\*\//, token: 'comment', next: 'start' },
    { regex: /.+/, token: 'comment' },
  ],
});

const modes: Readonly<Record<string, CodeMode>> = {
  c,
  cpp,
  csharp,
  diff,
  dockerfile: dockerFile,
  dotenv: shell,
  go,
  groovy: java,
  html,
  ini: properties,
  java,
  javascript,
  javascriptreact: javascript,
  json,
  jsonc: json,
  kotlin,
  powershell: powerShell,
  properties,
  python,
  ruby,
  rust,
  scala,
  shellscript: shell,
  sql,
  toml,
  typescript,
  typescriptreact: typescript,
  xml,
  yaml,
};

/** The languages that have colours, as VS Code calls them. */
export const colouredLanguages: readonly string[] = Object.keys(modes);

/** The mode for a language as VS Code calls it; undefined where there is none, and the code stays plain. */
export function codeMode(language: string | undefined): CodeMode | undefined {
  return language !== undefined && Object.hasOwn(modes, language) ? modes[language] : undefined;
}

export interface CodeToken {
  readonly text: string;
  /** What the mode calls it (`keyword`, `string property`, `variableName.special`), or null for nothing special. */
  readonly style: string | null;
}

/** A mode that stands still this often in a row is broken. */
const mostStandstills = 10;

/** The state before the first line. */
export function startState(mode: CodeMode): unknown {
  return mode.startState?.(indentUnit) ?? {};
}

/**
 * The pieces of one line (without its end), all of it. Moves `state`, which belongs to this listing, on to the next line.
 * Throws what a mode throws at code that it cannot cope with.
 */
export function codeTokens(mode: CodeMode, line: string, state: unknown): readonly CodeToken[] {
  forgetLastToken(mode);
  if (line === '') mode.blankLine?.(state, indentUnit);
  const stream = new StringStream(line, tabSize, indentUnit);
  const tokens: CodeToken[] = [];
  for (let standstills = 0; !stream.eol();) {
    stream.start = stream.pos;
    // Some modes give undefined, or an empty text, for what is nothing special.
    const style = mode.token(stream, state) || null;
    if (stream.pos > stream.start) {
      tokens.push({ text: stream.current(), style });
      standstills = 0;
    } else if ((standstills += 1) > mostStandstills) {
      throw new Error('The mode does not go on.');
    }
  }
  return tokens;
}

/**
 * The mode of JavaScript remembers its last token outside of its state, and takes it for the kind of one that it does
 * not know (a lone `#`): without this, colours would depend on what other listing was read before.
 */
function forgetLastToken(mode: CodeMode): void {
  mode.token(new StringStream(';', tabSize, indentUnit), startState(mode));
}
