import { shapeOfValue } from '../environmentValueShape.ts';
import type { Named } from './named.ts';

/** `NAME=value`, `export NAME=value`; the further lines of a quoted value are not names. */
export function dotenvNames(lines: readonly string[]): Named[] {
  const names: Named[] = [];
  let openQuote: string | undefined;
  for (const [at, line] of lines.entries()) {
    if (openQuote !== undefined) {
      if (endsQuote(line, openQuote)) openQuote = undefined;
      continue;
    }
    const match = /^\s*(?:export\s+)?([A-Za-z_]\w*)\s*[=:]\s*(.?)(.*)$/.exec(line);
    if (match === null) continue;
    const [, name = '', first = '', rest = ''] = match;
    const opens =
      /["'`]/.test(first) && !endsQuote(rest, first) && lines.slice(at + 1).some((later) => endsQuote(later, first));
    if (opens) openQuote = first;
    // A shell's `export A=1 B=2`: of a value that is no single word the rest of the line is its own.
    const further = /^\s*export\s/.test(line) && !opens ? assignments(line).slice(1) : [];
    const [next] = further;
    const own = next === undefined ? first + rest : line.slice(line.indexOf('=') + 1, next.at);
    names.push({ name, line: at + 1, value: opens ? 'set' : shapeOfValue(name, own) });
    names.push(
      ...further.map((each) => ({ name: each.name, line: at + 1, value: shapeOfValue(each.name, each.value) })),
    );
  }
  return names;
}

/** `NAME=value` of a line, one behind the other, as a shell reads them. */
function assignments(line: string): { readonly name: string; readonly value: string; readonly at: number }[] {
  return [...line.matchAll(/(?:^|\s)([A-Za-z_]\w*)=("(?:[^"\\]|\\.)*"|'[^']*'|[^\s"']*)(?=\s|$)/g)].map((match) => ({
    name: match[1] ?? '',
    value: match[2] ?? '',
    at: match.index,
  }));
}

/** What a command is given in front of it: `A=1 B=2 node main.js`, also behind `env`, `cross-env`, `&&` and `;`. */
export function namesBeforeCommand(command: string, line: number): Named[] {
  return command.split(/&&|\|\||[;|]/).flatMap((part) => {
    const given =
      /^\s*(?:export\s+|env\s+(?:-\S+\s+)*|(?:npx\s+)?cross-env(?:-shell)?\s+)?((?:[A-Za-z_]\w*=\S*\s+)+)/.exec(
        part,
      )?.[1];
    return assignments(given?.trim() ?? '').map(({ name, value }) => ({
      name,
      line,
      value: shapeOfValue(name, value),
    }));
  });
}

/** A Procfile's commands. */
export function procfileNames(lines: readonly string[]): Named[] {
  return lines.flatMap((line, at) => namesBeforeCommand(/^[\w-]+:(.*)$/.exec(line)?.[1] ?? '', at + 1));
}

/** `export NAME := value` of a Makefile or a justfile; what is not exported is no variable of the environment. */
export function makefileNames(lines: readonly string[]): Named[] {
  return lines.flatMap((line, at) => {
    const [, name, value] = /^\s*export\s+([A-Za-z_]\w*)\s*(?:[:?+]{0,3}=\s*(.*))?$/.exec(line) ?? [];
    if (name === undefined) return [];
    return [{ name, line: at + 1, value: value === undefined ? ('unknown' as const) : shapeOfValue(name, value) }];
  });
}

/** `env =` of pytest-env, `setenv =` of tox: `NAME=value` lines that stand deeper, with pytest-env's flags before them. */
export function iniNames(lines: readonly string[]): Named[] {
  let isBlock = false;
  return lines.flatMap((line, at) => {
    if (line.trim() === '' || /^\s*[#;]/.test(line)) return [];
    const isDeeper = /^\s/.test(line);
    const opened = /^(?:env|set_?env)\s*=\s*(.*)$/.exec(line)?.[1];
    if (!isDeeper) isBlock = opened !== undefined;
    const entry = isDeeper ? line : (opened ?? '');
    const [, name, value = ''] = isBlock ? (/^\s*(?:[DR]{1,2}:)*([A-Za-z_]\w*)\s*=\s*(.*)$/.exec(entry) ?? []) : [];
    return name === undefined ? [] : [{ name, line: at + 1, value: shapeOfValue(name, value) }];
  });
}

function endsQuote(text: string, quote: string): boolean {
  return text.replaceAll(`\\${quote}`, '').includes(quote);
}

/** `ENV A=1 B=2`, `ENV A 1`, `ARG A=1`, with lines continued by a backslash. */
export function dockerfileNames(lines: readonly string[]): Named[] {
  const names: Named[] = [];
  let instruction = '';
  for (const [at, line] of lines.entries()) {
    const start = /^\s*(ENV|ARG)\s+(.*)$/i.exec(line);
    const body = start?.[2] ?? (instruction === '' ? undefined : line);
    if (start !== null) instruction = start[1] ?? '';
    if (body === undefined) continue;
    const pairs = [...body.matchAll(/(?:^|\s)([A-Za-z_]\w*)=("(?:[^"\\]|\\.)*"|'[^']*'|[^\s\\]*)/g)];
    if (pairs.length > 0)
      for (const [, name = '', value = ''] of pairs)
        names.push({ name, line: at + 1, value: shapeOfValue(name, value) });
    else {
      const [, name, value = ''] = /^\s*([A-Za-z_]\w*)(?:\s+(.*)|$)/.exec(body) ?? [];
      // An argument without a default is given when the image is built.
      const shape = name === undefined || value === '' ? 'unknown' : shapeOfValue(name, value);
      if (name !== undefined && start !== null) names.push({ name, line: at + 1, value: shape });
    }
    if (!line.trimEnd().endsWith('\\')) instruction = '';
  }
  return names;
}

/** systemd's `Environment=A=1 "B=2"`. */
export function systemdNames(lines: readonly string[]): Named[] {
  return lines.flatMap((line, at) => {
    const assigned = /^\s*Environment=(.*)$/.exec(line)?.[1] ?? '';
    return [...assigned.matchAll(/(?:^|\s)(?:"([A-Za-z_]\w*)=([^"]*)"|([A-Za-z_]\w*)=(?:"([^"]*)"|(\S*)))/g)].map(
      (match) => {
        const groups: readonly (string | undefined)[] = match;
        const name = groups[1] ?? groups[3] ?? '';
        const value = groups[2] ?? groups[4] ?? groups[5] ?? '';
        return { name, line: at + 1, value: shapeOfValue(name, `"${value}"`) };
      },
    );
  });
}
