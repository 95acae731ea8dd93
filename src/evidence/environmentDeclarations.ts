import { isEnvironmentValuesFile } from '../model/suspect.ts';
import type { SourceText } from './environmentReads.ts';
import { isSettingsFile, settingsKeys } from './settingsKeys.ts';
import { shapeOfValue, type ValueShape } from './environmentValueShape.ts';

/** A place that gives an environment variable a value, or names it in an example. Never the value itself. */
export interface EnvironmentDeclaration {
  readonly name: string;
  readonly path: string;
  readonly line: number;
  readonly source: DeclarationSource;
  /** What is known of its value, which is not kept. */
  readonly value: ValueShape;
}

/** `values`: a real `.env`; `example`: its example or template. */
export type DeclarationSource =
  'values' | 'example' | 'compose' | 'dockerfile' | 'kubernetes' | 'workflow' | 'settings';

const maxDeclarations = 2000;

/** What kind of declarations a file may hold, by its path; undefined for a file that holds none. */
export function declarationSource(path: string): DeclarationSource | undefined {
  const lower = path.replaceAll('\\', '/').toLowerCase();
  const file = lower.split('/').at(-1) ?? '';
  if (isEnvironmentValuesFile(lower)) return 'values';
  if (/^\.env\.|\.env[._-]|^env\.(example|sample|template|dist)$/.test(file)) return 'example';
  if (/^dockerfile|\.dockerfile$|^containerfile/.test(file)) return 'dockerfile';
  if (isSettingsFile(file) || /\.tf$/.test(file) || isEnvironmentJson(file) || isEnvironmentToml(file))
    return 'settings';
  if (!/\.ya?ml$/.test(file)) return /\.service$/.test(file) ? 'settings' : undefined;
  if (/^(docker-)?compose[^/]*\.ya?ml$/.test(file)) return 'compose';
  if (lower.includes('.github/workflows/') || /^\.gitlab-ci|^azure-pipelines|^bitbucket-pipelines/.test(file))
    return 'workflow';
  if (
    /(^|\/)(k8s|kubernetes|manifests|deploy|deployment|deployments|helm|charts?|templates|base|overlays)\//.test(lower)
  )
    return 'kubernetes';
  return /deployment|configmap|secret|cronjob|statefulset|kustomization|values/.test(file) ? 'kubernetes' : 'settings';
}

/** The names that a file declares, with their lines. Values are passed over while reading and are nowhere in the result. */
export function findEnvironmentDeclarations({ path, text }: SourceText): readonly EnvironmentDeclaration[] {
  const source = declarationSource(path);
  if (source === undefined) return [];
  const file = path.split(/[\\/]/).at(-1) ?? '';
  if (isSettingsFile(file))
    return settingsKeys(file, text)
      .slice(0, maxDeclarations)
      .map(({ name, line }) => ({ name, path, line, source, value: 'unknown' }));
  const lines = text.split(/\r?\n/);
  const named =
    source === 'values' || source === 'example'
      ? dotenvNames(lines)
      : source === 'dockerfile'
        ? dockerfileNames(lines)
        : /\.service$/i.test(path)
          ? systemdNames(lines)
          : isEnvironmentJson(file.toLowerCase())
            ? jsonNames(file, text, lines)
            : isEnvironmentToml(file.toLowerCase())
              ? tomlNames(lines)
              : /\.tf$/i.test(path)
                ? terraformNames(lines)
                : yamlNames(lines);
  return named.slice(0, maxDeclarations).map(({ name, line, value }) => ({ name, path, line, source, value }));
}

interface Named {
  readonly name: string;
  readonly line: number;
  readonly value: ValueShape;
}

/** `NAME=value`, `export NAME=value`; the further lines of a quoted value are not names. */
function dotenvNames(lines: readonly string[]): Named[] {
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
    names.push({ name, line: at + 1, value: opens ? 'set' : shapeOfValue(name, first + rest) });
  }
  return names;
}

function endsQuote(text: string, quote: string): boolean {
  return text.replaceAll(`\\${quote}`, '').includes(quote);
}

/** `ENV A=1 B=2`, `ENV A 1`, `ARG A=1`, with lines continued by a backslash. */
function dockerfileNames(lines: readonly string[]): Named[] {
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

function systemdNames(lines: readonly string[]): Named[] {
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

/** Files of platforms that hold variables in a table of their own. */
function isEnvironmentJson(file: string): boolean {
  return /^(?:app|vercel|now|local\.settings|launch|launchsettings)\.json$/.test(file);
}

function isEnvironmentToml(file: string): boolean {
  return /^(?:fly|netlify|wrangler|railway|shuttle)(?:\.[\w-]+)?\.toml$/.test(file);
}

/** Heroku's and Vercel's `env`, Azure's `Values`, .NET's `environmentVariables`, by their keys. */
function jsonNames(file: string, text: string, lines: readonly string[]): Named[] {
  return settingsKeys(file, text).flatMap(({ name: key, line }) => {
    const name = /(?:^|__)(?:env|Values|environmentVariables)__([A-Za-z_][A-Za-z0-9]*(?:_[A-Za-z0-9]+)*)$/.exec(
      key,
    )?.[1];
    if (name === undefined) return [];
    const written = new RegExp(`"${name}"\\s*:\\s*("(?:[^"\\\\]|\\\\.)*")`).exec(lines[line - 1] ?? '')?.[1];
    return [{ name, line, value: written === undefined ? ('unknown' as const) : shapeOfValue(name, written) }];
  });
}

/** Fly's `[env]`, Netlify's `[build.environment]`, Cloudflare's `[vars]` and `[env.production.vars]`. */
function tomlNames(lines: readonly string[]): Named[] {
  let isTable = false;
  return lines.flatMap((line, at) => {
    const table = /^\s*\[+([^\]]{1,200})\]/.exec(line)?.[1];
    if (table !== undefined) isTable = /(?:^|\.)(?:env|environment|vars)$/.test(table.trim());
    const [, name, value = ''] = /^\s*([A-Za-z_]\w*)\s*=\s*(.*)$/.exec(line) ?? [];
    return name === undefined || !isTable ? [] : [{ name, line: at + 1, value: shapeOfValue(name, value) }];
  });
}

/** Terraform: `variables = { NAME = value }` of a function, `env { name = "NAME" }` and ECS's lists of a container. */
function terraformNames(lines: readonly string[]): Named[] {
  const names: Named[] = [];
  let depth = 0;
  for (const [at, line] of lines.entries()) {
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

const blockKey =
  /^(\s*)(?:- )?(environment|env|data|stringData|variables|Variables|env_variables|envVars|extraEnv|extraEnvVars|literals|config|build_args|args):\s*(?:#.*)?$/;
/** Blocks that hold other things too: only names in capitals count there. */
const mixedBlocks: ReadonlySet<string> = new Set([
  'data',
  'stringData',
  'variables',
  'Variables',
  'config',
  'args',
  'env',
]);

/**
 * Blocks of compose files, Kubernetes manifests, Helm values and workflows, by their indentation: `NAME: value`,
 * `- NAME=value`, `- NAME`, `- name: NAME`. Read by lines, as templates of Helm are no YAML.
 */
function yamlNames(lines: readonly string[]): Named[] {
  const names: Named[] = [];
  let block: { indent: number; key: string; own?: number } | undefined;
  for (const [at, line] of lines.entries()) {
    if (line.trim() === '' || /^\s*(?:#|\{\{)/.test(line)) continue;
    const indent = line.length - line.trimStart().length;
    const isItem = line.trimStart().startsWith('-');
    if (block !== undefined && (indent < block.indent || (indent === block.indent && !isItem))) block = undefined;
    const opened = blockKey.exec(line);
    if (opened !== null) {
      block = { indent: indent + (isItem ? 2 : 0), key: opened[2] ?? '' };
      continue;
    }
    if (block === undefined) continue;
    block.own ??= indent;
    // What lies deeper belongs to an entry: `valueFrom`, a text of several lines.
    if (indent > block.own) {
      const name = /^\s*name:\s*["']?([A-Za-z_]\w*)["']?\s*$/.exec(line)?.[1];
      if (name !== undefined && /^[A-Z_][A-Z0-9_]*$/.test(name))
        names.push({ name, line: at + 1, value: valueBelow(name, lines[at + 1]) });
      continue;
    }
    const match =
      /^\s*-\s+(?:name|key):\s*["']?([A-Za-z_]\w*)["']?\s*(?:#.*)?$/.exec(line) ??
      /^\s*-\s+["']?([A-Za-z_]\w*)(?:=(.*)|["']?\s*)$/.exec(line) ??
      /^\s*["']?([A-Za-z_]\w*)["']?:(?:\s(.*))?$/.exec(line);
    const name = match?.[1];
    if (name === undefined || (mixedBlocks.has(block.key) && !/^[A-Z_][A-Z0-9_]*$/.test(name))) continue;
    const written = match?.[2];
    const isNamed = /^\s*-\s+(?:name|key):/.test(line);
    names.push({
      name,
      line: at + 1,
      value: isNamed ? valueBelow(name, lines[at + 1]) : yamlShape(name, line, written),
    });
  }
  return names;
}

/** Of a manifest's `- name: NAME`: its `value:` on the next line; `valueFrom:` and all else takes it from elsewhere. */
function valueBelow(name: string, next = ''): ValueShape {
  const value = /^\s*value:(?:\s(.*))?$/.exec(next);
  return value === null ? 'unknown' : shapeOfValue(name, value[1] ?? '');
}

/** Of `NAME:` alone the value is that of the machine (compose) or stands below; a block of text is a value. */
function yamlShape(name: string, line: string, written: string | undefined): ValueShape {
  if (written === undefined || (written.trim() === '' && !line.includes('='))) return 'unknown';
  if (/^\s*[|>][+-]?\d?\s*$/.test(written)) return 'set';
  // `- "NAME=value"`: the closing quote is that of the entry.
  const value = /^\s*-\s+["']/.test(line) ? written.replace(/["']\s*$/, '') : written;
  return /^\s*(?:null|~)\s*$/.test(value) ? 'empty' : shapeOfValue(name, value);
}
