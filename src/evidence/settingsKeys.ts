import { dotnetVariable, springVariable } from './environmentBindings.ts';

/** A setting by the name of the variable that may stand for it, with the line of its key. Values are passed over. */
export interface SettingsKey {
  readonly name: string;
  readonly line: number;
}

/** Files in which a framework keeps settings under the keys that variables may override. */
export function isSettingsFile(file: string): boolean {
  return /^appsettings(?:\.[\w-]+)?\.json$|^(?:application|bootstrap)[\w-]*\.(?:properties|ya?ml)$/i.test(file);
}

/** Every key of an `appsettings.json`, an `application.yml` or an `application.properties`. */
export function settingsKeys(file: string, text: string): readonly SettingsKey[] {
  if (/\.json$/i.test(file)) return jsonKeys(text);
  return /\.properties$/i.test(file) ? propertyKeys(text) : yamlKeys(text);
}

/** Settings that lie deeper are no service's. */
const maxDepth = 12;

/** What the nesting of JSON is read from; a text's closing quote and colon make it a key. */
const tokens = /\n|\/\/[^\n]*|\/\*[^]*?\*\/|"(?<key>(?:[^"\\\n]|\\.)*)"\s*:|"(?:[^"\\\n]|\\.)*"|[{}[\]]/g;

/** Keys of JSON with comments, nested ones behind their parents; an array's places are keys of .NET too (`Hosts__0`). */
function jsonKeys(text: string): SettingsKey[] {
  const keys: SettingsKey[] = [];
  const parents: string[] = [];
  let key = '';
  let line = 1;
  for (const match of text.matchAll(tokens)) {
    const [token] = match;
    const name = match.groups?.['key'];
    if (name !== undefined) {
      key = name;
      if (parents.length <= maxDepth)
        keys.push({ name: dotnetVariable([...parents, key].filter((part) => part !== '').join(':')), line });
    } else if (token === '{' || token === '[') {
      parents.push(key);
      key = '';
    } else if (token === '}' || token === ']') {
      parents.pop();
    }
    line += token.split('\n').length - 1;
  }
  return keys;
}

function propertyKeys(text: string): SettingsKey[] {
  return text.split(/\r?\n/).flatMap((line, at) => {
    const name = /^\s*([A-Za-z][\w.-]{0,200}(?:\[\d+\])?)\s*[=:]/.exec(line)?.[1];
    return name === undefined ? [] : springKeys(name, at + 1);
  });
}

function yamlKeys(text: string): SettingsKey[] {
  const keys: SettingsKey[] = [];
  const parents: { indent: number; name: string }[] = [];
  for (const [at, line] of text.split(/\r?\n/).entries()) {
    const [, blanks = '', name] = /^( *)["']?([A-Za-z][\w.-]{0,200})["']?:(?:\s|$)/.exec(line) ?? [];
    if (name === undefined) continue;
    while (parents.length > 0 && (parents.at(-1)?.indent ?? 0) >= blanks.length) parents.pop();
    if (parents.length <= maxDepth)
      keys.push(...springKeys([...parents.map((parent) => parent.name), name].join('.'), at + 1));
    parents.push({ indent: blanks.length, name });
  }
  return keys;
}

/** Spring also asks for a name without the hyphens, and fields are written in camel case. */
function springKeys(property: string, line: number): SettingsKey[] {
  const names = new Set([springVariable(property), springVariable(property.replaceAll('-', ''))]);
  return [...names].map((name) => ({ name, line }));
}
