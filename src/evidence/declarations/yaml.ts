import { shapeOfValue } from '../environmentValueShape.ts';
import type { ValueShape } from '../environmentValueShape.ts';
import type { Named } from './named.ts';

const blockNames = [
  'environment|env|envs|data|stringData|encryptedData|variables|Variables|env_variables|envVars|extraEnv|extraEnvVars',
  'literals|config|build_args|buildArgs|args|secrets|secretEnv',
].join('|');
const anchor = /(?:&[\w-]+\s*)?/.source;
const blockKey = new RegExp(`^(\\s*)(?:- )?(${blockNames}):\\s*${anchor}(?:#.*)?$`);
/** The same on one line: `environment: [A=1, B]`, `env: { A: 1 }`, and Travis's `env: A=1 B=2`. */
const flowBlock = new RegExp(`^\\s*(?:- )?(${blockNames}):\\s*${anchor}([[{].*)$`);
const assigned = /^\s*(?:env:|-)\s+((?:[A-Z_][A-Z0-9_]*=\S*\s*)+)$/;
/** Parts of a block that hold the names themselves: Kamal's, Travis's, Platform's. */
const partKey = /^\s*(?:clear|secret|global|matrix|jobs|env):\s*(?:#.*)?$/;
/** Blocks that hold other things too: only names in capitals count there. */
const mixedBlocks: ReadonlySet<string> = new Set([
  'data',
  'stringData',
  'encryptedData',
  'secrets',
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
export function yamlNames(lines: readonly string[], isTravis = false): Named[] {
  const names: Named[] = [];
  let block: { indent: number; key: string; own?: number; isPart?: true } | undefined;
  for (const [at, line] of lines.entries()) {
    if (line.trim() === '' || /^\s*(?:#|\{\{)/.test(line)) continue;
    const indent = line.length - line.trimStart().length;
    const isItem = line.trimStart().startsWith('-');
    const isPart = partKey.test(line);
    // The next part of the same block stands beside the one before.
    if (block?.isPart === true && isPart && indent === block.indent) {
      block = { indent, key: block.key, isPart: true };
      continue;
    }
    if (block !== undefined && (indent < block.indent || (indent === block.indent && !isItem))) block = undefined;
    const flow = flowBlock.exec(line);
    if (flow !== null) {
      names.push(...flowNames(flow[1] ?? '', flow[2] ?? '', at + 1));
      continue;
    }
    if (isPart && (block?.key === 'env' || block?.key === 'variables')) {
      block = { indent, key: block.key === 'env' ? 'env' : 'environment', isPart: true };
      continue;
    }
    // Several on one line are Travis's: elsewhere a value may hold blanks and an equals sign.
    const several = isTravis ? assigned.exec(line)?.[1] : undefined;
    if (several !== undefined) {
      for (const [, name = '', value = ''] of several.matchAll(/([A-Z_][A-Z0-9_]*)=(\S*)/g))
        names.push({ name, line: at + 1, value: shapeOfValue(name, value) });
      continue;
    }
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
    // `- { name: NAME, value: … }`
    const inBraces = /^\s*-\s*\{\s*(?:name|key):\s*["']?([A-Za-z_]\w*)["']?\s*[,}]/.exec(line)?.[1];
    if (inBraces !== undefined) {
      names.push({ name: inBraces, line: at + 1, value: 'unknown' });
      continue;
    }
    const match =
      /^\s*-\s+(?:name|key|secretKey|variable):\s*["']?([A-Za-z_]\w*)["']?\s*(?:#.*)?$/.exec(line) ??
      /^\s*-\s+["']?([A-Za-z_]\w*)(?:=(.*)|["']?\s*)$/.exec(line) ??
      /^\s*["']?([A-Za-z_]\w*)["']?:(?:\s(.*))?$/.exec(line);
    const name = match?.[1];
    if (name === undefined || (mixedBlocks.has(block.key) && !/^[A-Z_][A-Z0-9_]*$/.test(name))) continue;
    const written = match?.[2];
    const isNamed = /^\s*-\s+(?:name|key|secretKey|variable):/.test(line);
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

/** What stands in brackets or braces on one line. Arguments in brackets are words of a command. */
function flowNames(key: string, text: string, line: number): Named[] {
  if (text.startsWith('[') && key === 'args') return [];
  const inner = text.replace(/\s#.*$/, '').replace(/^[[{]|[\]}]\s*$/g, '');
  return inner.split(',').flatMap((entry) => {
    const [, name, sign, value = ''] = /^\s*["']?([A-Za-z_]\w*)["']?(?:\s*([=:])\s*(.*?)["']?)?\s*$/.exec(entry) ?? [];
    if (name === undefined || (mixedBlocks.has(key) && !/^[A-Z_][A-Z0-9_]*$/.test(name))) return [];
    return [{ name, line, value: sign === undefined ? ('unknown' as const) : shapeOfValue(name, value) }];
  });
}
