import { isEnvironmentValuesFile } from '../model/suspect.ts';
import { isEnvironmentJson, jsonNames, packageScriptNames } from './declarations/json.ts';
import type { Named } from './declarations/named.ts';
import {
  dockerfileNames,
  dotenvNames,
  iniNames,
  makefileNames,
  procfileNames,
  systemdNames,
} from './declarations/shell.ts';
import { isEnvironmentToml, processFileNames, terraformNames, tomlNames, xmlNames } from './declarations/tables.ts';
import { yamlNames } from './declarations/yaml.ts';
import type { SourceText } from './environmentReads.ts';
import { isSettingsFile, settingsKeys } from './settingsKeys.ts';
import type { ValueShape } from './environmentValueShape.ts';

/** A place that gives an environment variable a value, or names it in an example. Never the value itself. */
export interface EnvironmentDeclaration {
  readonly name: string;
  readonly path: string;
  readonly line: number;
  readonly source: DeclarationSource;
  /** What is known of its value, which is not kept. */
  readonly value: ValueShape;
}

/** `values`: a real `.env`; `example`: its example or template; `script`: what starts one command with it. */
export type DeclarationSource =
  'values' | 'example' | 'compose' | 'dockerfile' | 'kubernetes' | 'workflow' | 'settings' | 'script';

const maxDeclarations = 2000;

type Reader = (lines: readonly string[], text: string) => readonly Named[];

/** How files that are told by their whole name are read, in this order. Paths are in lower case, with `/`. */
const readers: readonly { readonly file: RegExp; readonly source: DeclarationSource; readonly read: Reader }[] = [
  { file: /(?:^|\/)package\.json$/, source: 'script', read: packageScriptNames },
  { file: /(?:^|\/)procfile(?:\.\w+)?$/, source: 'script', read: procfileNames },
  { file: /(?:^|\/)(?:gnu)?makefile$|\.mk$|(?:^|\/)justfile$/, source: 'script', read: makefileNames },
  { file: /(?:^|\/)(?:pytest|tox)\.ini$|(?:^|\/)setup\.cfg$/, source: 'script', read: iniNames },
  { file: /(?:^|\/)phpunit(?:\.\w+)?\.xml(?:\.dist)?$|\.run\.xml$/, source: 'script', read: xmlNames },
  { file: /(?:^|\/)web\.config$/, source: 'settings', read: xmlNames },
  { file: /(?:^|\/)(?:ecosystem|pm2|process)\.(?:config\.)?[cm]?[jt]s$/, source: 'settings', read: processFileNames },
  { file: /\.(?:tf|nomad|hcl)$/, source: 'settings', read: terraformNames },
  { file: /(?:^|\/)jenkinsfile$/, source: 'workflow', read: terraformNames },
  { file: /\.service$/, source: 'settings', read: systemdNames },
  {
    file: /(?:^|\/)(?:dockerfile[^/]*|[^/]*\.dockerfile|containerfile[^/]*|earthfile)$/,
    source: 'dockerfile',
    read: dockerfileNames,
  },
  { file: /(?:^|\/)\.travis\.ya?ml$/, source: 'workflow', read: (lines) => yamlNames(lines, true) },
];

function readerOf(path: string): (typeof readers)[number] | undefined {
  const lower = path.replaceAll('\\', '/').toLowerCase();
  return readers.find(({ file }) => file.test(lower));
}

/** What kind of declarations a file may hold, by its path; undefined for a file that holds none. */
export function declarationSource(path: string): DeclarationSource | undefined {
  const lower = path.replaceAll('\\', '/').toLowerCase();
  const file = lower.split('/').at(-1) ?? '';
  if (isEnvironmentValuesFile(lower)) return 'values';
  if (/^\.env\.|\.env[._-]|^env\.(example|sample|template|dist)$/.test(file)) return 'example';
  const whole = readerOf(path);
  if (whole !== undefined) return whole.source;
  if (isSettingsFile(file) || isEnvironmentJson(file) || isEnvironmentToml(lower)) return 'settings';
  if (!/\.ya?ml$/.test(file)) return undefined;
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
  return namesIn(path, text, source)
    .slice(0, maxDeclarations)
    .map(({ name, line, value }) => ({ name, path, line, source, value }));
}

function namesIn(path: string, text: string, source: DeclarationSource): readonly Named[] {
  const lower = path.replaceAll('\\', '/').toLowerCase();
  const file = path.split(/[\\/]/).at(-1) ?? '';
  if (isSettingsFile(file)) return settingsKeys(file, text).map((key) => ({ ...key, value: 'unknown' }));
  const lines = text.split(/\r?\n/);
  if (source === 'values' || source === 'example') return dotenvNames(lines);
  const whole = readerOf(path);
  if (whole !== undefined) return whole.read(lines, text);
  if (isEnvironmentJson(file.toLowerCase())) return jsonNames(text, lines);
  return isEnvironmentToml(lower) ? tomlNames(lines) : yamlNames(lines);
}
