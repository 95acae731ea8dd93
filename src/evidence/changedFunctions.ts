import type { Fix } from '../model/records.ts';

/** A function that a fix changes, by where its name stands in the file as it is now. */
export interface ChangedFunction {
  /** As the fix names the file. */
  readonly path: string;
  readonly name: string;
  /** From 1. */
  readonly line: number;
  /** From 0, in characters. */
  readonly character: number;
}

/** Functions that are followed, of all edits together. */
export const maxChangedFunctions = 12;

const word = '[A-Za-z_$][\\w$]*[?!]?';
/** How languages begin a function, with its name as the only group. Of the endings of files that write so. */
const definitions: readonly { readonly files: RegExp; readonly patterns: readonly RegExp[] }[] = [
  {
    files: /\.([cm]?[jt]sx?|vue|svelte)$/,
    patterns: [
      new RegExp(`\\bfunction\\s*\\*?\\s+(${word})\\s*[(<]`),
      new RegExp(
        `^\\s*(?:export\\s+)?(?:const|let|var)\\s+(${word})\\s*(?::[^=]{0,200})?=\\s*(?:async\\s*)?(?:function\\b|\\([^()]{0,300}\\)\\s*(?::[^=]{0,100})?=>|\\w+\\s*=>)`,
      ),
      new RegExp(`^\\s*(?:module\\.)?exports\\.(${word})\\s*=\\s*(?:async\\s*)?(?:function\\b|\\(|\\w+\\s*=>)`),
      new RegExp(
        `^\\s*(?:(?:public|private|protected|static|async|override|get|set)\\s+)*(?!if\\b|for\\b|while\\b|switch\\b|catch\\b|return\\b|function\\b)(#?${word})\\s*(?:<[^>()]{0,100}>)?\\([^()]{0,300}\\)\\s*(?::[^{;]{0,200})?\\{\\s*$`,
      ),
    ],
  },
  { files: /\.pyi?$/, patterns: [/^\s*(?:async\s+)?def\s+(\w+)\s*\(/] },
  { files: /\.(rb|rake)$/, patterns: [/^\s*def\s+(?:self\.)?(\w+[?!]?)/] },
  { files: /\.go$/, patterns: [/^func\s+(?:\([^)]{0,200}\)\s*)?(\w+)\s*[([]/] },
  { files: /\.rs$/, patterns: [/^\s*(?:pub(?:\([^)]{0,60}\))?\s+)?(?:(?:async|const|unsafe)\s+)*fn\s+(\w+)/] },
  { files: /\.(php|phtml|inc)$/, patterns: [/\bfunction\s+&?(\w+)\s*\(/] },
  { files: /\.kts?$/, patterns: [/^\s*(?:[\w@]+\s+)*fun\s+(?:<[^>]{0,100}>\s*)?(?:[\w.]+\.)?(\w+)\s*\(/] },
  { files: /\.scala$/, patterns: [/^\s*(?:[\w@]+\s+)*def\s+(\w+)/] },
  { files: /\.exs?$/, patterns: [/^\s*defp?\s+(\w+[?!]?)/] },
  { files: /\.swift$/, patterns: [/^\s*(?:[\w@]+\s+)*func\s+(\w+)/] },
  {
    files: /\.(java|cs|groovy|dart)$/,
    patterns: [
      /^\s*(?:(?:public|private|protected|internal|static|final|abstract|override|virtual|async|synchronized|sealed)\s+)*(?!return\b|new\b|else\b|throw\b|await\b)(?:<[^>]{0,100}>\s+)?[\w.]{1,120}(?:<[\w<>[\],.? ]{1,120}>)?(?:\[\])*\??\s+(\w+)\s*\([^;]{0,400}\)?\s*(?:throws\s+[\w.,\s]{1,200})?\{?\s*$/,
    ],
  },
];

/** The function whose definition a line holds, with where its name begins; undefined where it holds none. */
export function definedIn(
  path: string,
  text: string,
): { readonly name: string; readonly character: number } | undefined {
  const grammar = definitions.find(({ files }) => files.test(path.toLowerCase()));
  if (grammar === undefined || text.length > 600) return undefined;
  for (const pattern of grammar.patterns) {
    const match = pattern.exec(text);
    const name = match?.[1];
    if (match !== null && name !== undefined) return { name, character: match.index + match[0].lastIndexOf(name) };
  }
  return undefined;
}

/**
 * The functions that the edits of a fix touch, in a file's text as it is now, before or after the fix was applied: the
 * one around the place of each edit, and those that are defined within it.
 */
export function changedFunctions(edits: Fix['edits'], path: string, text: string): readonly ChangedFunction[] {
  const lines = text.split('\n');
  const found = new Map<string, ChangedFunction>();
  const add = (at: number): boolean => {
    const defined = definedIn(path, lines[at] ?? '');
    if (defined === undefined) return false;
    if (found.size < maxChangedFunctions) found.set(defined.name, { path, line: at + 1, ...defined });
    return true;
  };
  for (const { path: edited, search, replace } of edits) {
    if (edited !== path) continue;
    const place = [search, replace].find((one) => one !== undefined && one.trim() !== '' && text.includes(one));
    if (place === undefined) continue;
    const first = text.slice(0, text.indexOf(place)).split('\n').length - 1;
    const last = first + place.replace(/\n$/, '').split('\n').length - 1;
    for (let at = first; at <= last; at += 1) add(at);
    if (definedIn(path, lines[first] ?? '') !== undefined) continue;
    for (let at = first - 1; at >= 0; at -= 1) if (add(at)) break;
  }
  return [...found.values()];
}

/**
 * The function that a line (from 1) stands in, by its indentation: the nearest definition above that is less indented.
 * Undefined at the top level, where a file's language is not known, and where lines are not indented.
 */
export function functionAround(path: string, lines: readonly string[], line: number): string | undefined {
  const own = lines[line - 1];
  if (own === undefined || own.trim() === '') return undefined;
  let indent = indentOf(own);
  for (let at = line - 2; at >= 0 && indent > 0; at -= 1) {
    const text = lines[at] ?? '';
    if (text.trim() === '' || indentOf(text) >= indent) continue;
    const defined = definedIn(path, text);
    if (defined !== undefined) return defined.name;
    indent = indentOf(text);
  }
  return undefined;
}

/** Columns of white space at the start of a line; a tab counts as one, since a file rarely mixes them. */
function indentOf(text: string): number {
  return text.length - text.trimStart().length;
}
