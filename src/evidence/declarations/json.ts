import { shapeOfValue } from '../environmentValueShape.ts';
import { settingsKeys } from '../settingsKeys.ts';
import type { Named } from './named.ts';
import { namesBeforeCommand } from './shell.ts';

/** Files of JSON, with or without comments, that hold variables in a table of their own. */
export function isEnvironmentJson(file: string): boolean {
  return /^(?:app|vercel|now|local\.settings|launch|launchsettings|tasks|settings|nodemon|devcontainer|template|cloudformation|[\w.-]*task-?def(?:inition)?[\w.-]*|[\w.-]+\.template)\.json$|^\.?(?:wrangler|devcontainer)\.jsonc?$/.test(
    file,
  );
}

/** `env` of Heroku, Vercel and the editor, Azure's `Values`, .NET's `environmentVariables`, Cloudflare's `vars`, …. */
const table =
  /(?:^|__)(?:env|Values|environmentVariables|vars|containerEnv|remoteEnv|Environment__Variables|terminal\.integrated\.env\.\w+)__([A-Za-z_][A-Za-z0-9]*(?:_[A-Za-z0-9]+)*)$/;

/** Of a container of ECS: `"environment": [{ "name": "NAME", "value": "…" }]`, and `secrets` likewise. */
const listed = /(?:^|__)(?:environment|secrets|Environment|Secrets)__\d*_*[nN]ame$/;

/** In a longer line, which no person wrote, values are not looked for: each would be looked for from its beginning. */
const longestLine = 4000;

/** Variables by the keys that lead to them. */
export function jsonNames(text: string, lines: readonly string[]): Named[] {
  const namesOnLine = new Map<number, string[]>();
  return settingsKeys('file.json', text).flatMap(({ name: key, line }) => {
    const written = lines[line - 1] ?? '';
    const isLong = written.length > longestLine;
    if (/(?:^|_)[nN]ame$/.test(key)) {
      // The keys come in the order in which they stand: so do the names of a line.
      const names =
        namesOnLine.get(line) ??
        [...written.matchAll(/"[nN]ame"\s*:\s*"([^"\\]*)"/g)].map((match) => match[1] ?? '').reverse();
      namesOnLine.set(line, names);
      const name = names.pop();
      if (listed.test(key) && name !== undefined && /^[A-Za-z_]\w*$/.test(name))
        return [{ name, line, value: 'unknown' as const }];
    }
    const name = table.exec(key)?.[1];
    if (name === undefined) return [];
    // Heroku says of a variable how it is made; Cloudflare's `env` has environments in small letters, each with its own.
    if (!isLong && /[a-z]/.test(name) && new RegExp(`"${name}"\\s*:\\s*\\{`).test(written)) return [];
    const value = isLong ? undefined : new RegExp(`"${name}"\\s*:\\s*("(?:[^"\\\\]|\\\\.)*")`).exec(written)?.[1];
    return [{ name, line, value: value === undefined ? ('unknown' as const) : shapeOfValue(name, value) }];
  });
}

/** What the scripts of a `package.json` give the commands that they start. */
export function packageScriptNames(lines: readonly string[]): Named[] {
  let isScripts = false;
  return lines.flatMap((line, at) => {
    if (/"scripts"\s*:\s*\{/.test(line)) isScripts = true;
    const found = isScripts
      ? [...line.matchAll(/"[^"\\]{1,100}"\s*:\s*"((?:[^"\\]|\\.)*)"/g)].flatMap(([, command = '']) =>
          namesBeforeCommand(command.replaceAll('\\"', "'"), at + 1),
        )
      : [];
    if (line.includes('}')) isScripts = false;
    return found;
  });
}
