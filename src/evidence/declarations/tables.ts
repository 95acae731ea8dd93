import { shapeOfValue } from '../environmentValueShape.ts';
import type { Named } from './named.ts';

/** Files of TOML that hold variables in a table of their own. */
export function isEnvironmentToml(path: string): boolean {
  return /(?:^|\/)(?:(?:fly|netlify|wrangler|railway|shuttle|\.?mise|pyproject|hatch|pixi)(?:\.[\w-]+)?|\.cargo\/config)\.toml$/.test(
    path,
  );
}

/** Fly's `[env]`, Netlify's `[build.environment]`, Cloudflare's `[vars]` and `[env.production.vars]`. */
export function tomlNames(lines: readonly string[]): Named[] {
  let isTable = false;
  let isList = false;
  return lines.flatMap((line, at) => {
    const table = /^\s*\[+([^\]]{1,200})\]/.exec(line)?.[1];
    if (table !== undefined) isTable = /(?:^|\.)(?:env|environment|vars|env-vars|pytest_env)$/.test(table.trim());
    if (table !== undefined) isList = false;
    // pytest-env's `env = ["NAME=value", …]`, on one line or on several.
    if (/^\s*env\s*=\s*\[/.test(line)) isList = true;
    if (isList) {
      const items = [...line.matchAll(/["'](?:[DR]{1,2}:)*([A-Za-z_]\w*)\s*=([^"']*)["']/g)];
      if (line.includes(']')) isList = false;
      return items.map(([, name = '', value = '']) => ({ name, line: at + 1, value: shapeOfValue(name, value) }));
    }
    const [, name, value = ''] = /^\s*([A-Za-z_]\w*)\s*=\s*(.*)$/.exec(line) ?? [];
    if (name === undefined || !isTable) return [];
    return [{ name, line: at + 1, value: value.startsWith('{') ? ('unknown' as const) : shapeOfValue(name, value) }];
  });
}

/**
 * Terraform: `variables = { NAME = value }` of a function, `env { name = "NAME" }` and ECS's lists of a container. Nomad's
 * `env` and the text of its templates, and a Jenkinsfile's `environment`, are written alike.
 */
export function terraformNames(lines: readonly string[]): Named[] {
  const names: Named[] = [];
  let depth = 0;
  let heredoc: string | undefined;
  for (const [at, line] of lines.entries()) {
    if (heredoc !== undefined) {
      if (line.trim() === heredoc) heredoc = undefined;
      const [, name, value = ''] = /^\s*(?:export\s+)?([A-Z_][A-Z0-9_]*)=(.*)$/.exec(line) ?? [];
      if (name !== undefined) names.push({ name, line: at + 1, value: shapeOfValue(name, value) });
      continue;
    }
    heredoc = /<<[-~]?"?(\w+)"?\s*$/.exec(line)?.[1];
    const opened = /\b(?:variables|environment|environment_variables|app_settings|env|secrets)\s*=?\s*[[{]/.test(line);
    if (opened || depth > 0) {
      const item = /\bname\s*=\s*"([A-Za-z_]\w*)"/.exec(line)?.[1];
      const [, key, value = ''] = /^\s*"?([A-Z_][A-Z0-9_]*)"?\s*[=:]\s*(.*)$/.exec(line) ?? [];
      if (item !== undefined) names.push({ name: item, line: at + 1, value: 'unknown' });
      else if (key !== undefined)
        names.push({ name: key, line: at + 1, value: /^["']/.test(value) ? shapeOfValue(key, value) : 'unknown' });
      depth += (line.match(/[[{]/g) ?? []).length - (line.match(/[\]}]/g) ?? []).length;
      depth = Math.max(0, depth);
    }
  }
  return names;
}

/** pm2's `env: { NAME: … }` and `env_production`, in a file of JavaScript. */
export function processFileNames(lines: readonly string[]): Named[] {
  const names: Named[] = [];
  let depth = 0;
  for (const [at, line] of lines.entries()) {
    const start = depth > 0 ? 0 : /\benv(?:_\w+)?["']?\s*:\s*\{/.exec(line)?.index;
    if (start === undefined) continue;
    let from = start;
    if (depth === 0) from = line.indexOf('{', start);
    const part = line.slice(from);
    for (const [, name = ''] of part.matchAll(/(?:^|[{,])\s*["']?([A-Za-z_]\w*)["']?\s*:/g))
      names.push({ name, line: at + 1, value: 'unknown' });
    depth = Math.max(0, depth + (part.match(/\{/g) ?? []).length - (part.match(/\}/g) ?? []).length);
  }
  return names;
}

/** `<env name="NAME" value="…">` of PHPUnit and IntelliJ, IIS's `<environmentVariable name="NAME">`. */
export function xmlNames(lines: readonly string[]): Named[] {
  return lines.flatMap((line, at) =>
    [...line.matchAll(/<(?:env|server|environmentVariable)\s+name="([A-Za-z_]\w*)"(?:\s+value="([^"]*)")?/g)].map(
      ([, name = '', value]: readonly (string | undefined)[]) => ({
        name,
        line: at + 1,
        value: value === undefined ? ('unknown' as const) : shapeOfValue(name, value),
      }),
    ),
  );
}
