/**
 * One word of a command line that means a text literally. Undefined where the system's shell has no way to say it:
 * `cmd.exe` expands `%` within quotes as well.
 */
export function shellWord(text: string, platform: NodeJS.Platform, isOption = false): string | undefined {
  // A path that begins like an option is one to every program.
  const word = text.startsWith('-') && !isOption ? `./${text}` : text;
  // What turns the direction of text would show another command than the one that runs.
  if (/[\0\r\n]|\p{Bidi_Control}/u.test(word)) return undefined;
  if (/^[\w@+=:,./-]+$/.test(word)) return word;
  if (platform === 'win32') return /["%!]/.test(word) ? undefined : `"${word}"`;
  return `'${word.replaceAll("'", `'\\''`)}'`;
}

/** Several words, with a space between them; undefined where one cannot be said. */
export function shellWords(
  texts: readonly string[],
  platform: NodeJS.Platform,
  areOptions = false,
): string | undefined {
  const words = texts.map((text) => shellWord(text, platform, areOptions));
  return words.some((word) => word === undefined) ? undefined : words.join(' ');
}

/** A word of a command line: as it is written, and what it means. */
export interface WrittenWord {
  readonly written: string;
  readonly meaning: string;
}

/**
 * The commands of a simple command line, split at `&&`, `;`, `|` and `||`, each in words. Undefined for what only a shell
 * understands (substitutions, redirections): it is then taken whole or not at all.
 */
export function splitCommands(line: string): readonly (readonly WrittenWord[])[] | undefined {
  if (/[`<>]|\$\(|\n/.test(line)) return undefined;
  const commands: WrittenWord[][] = [[]];
  const token = /\s*(&&|\|\||;|\||(?:[^\s"'&|;\\]|\\.|"(?:[^"\\]|\\.)*"|'[^']*')+)/gy;
  let at = 0;
  for (const match of line.matchAll(token)) {
    at = match.index + match[0].length;
    const [, written = ''] = match;
    if (/^(?:&&|\|\||;|\|)$/.test(written)) commands.push([]);
    else commands.at(-1)?.push({ written, meaning: unquoted(written) });
  }
  return line.slice(at).trim() === '' ? commands : undefined;
}

function unquoted(written: string): string {
  return written.replace(
    /\\(.)|"((?:[^"\\]|\\.)*)"|'([^']*)'/g,
    (_, escaped?: string, double?: string, single?: string) =>
      escaped ?? single ?? (double ?? '').replace(/\\(.)/g, '$1'),
  );
}
