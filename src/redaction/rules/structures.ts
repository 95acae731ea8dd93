import { documentStructures } from './documents.ts';
import type { Span } from './rule.ts';
import { tellingName } from './names.ts';
import { columnOfSecrets, valueInNextCell } from './columns.ts';
import { hides } from './value.ts';

/**
 * Secrets that only the structure around them tells: a column under a heading, a value in a document that says of itself
 * that it is secret. One row finds several places at once.
 */
export interface Structure {
  readonly id: string;
  readonly name: string;
  readonly source: string;
  /** Literals of which one stands in the structure, letters in either case. */
  readonly anchors: readonly string[];
  /** The secrets of the structure that has its anchor at `at`; looks a bounded distance around. */
  readonly find: (text: string, at: number) => Span[];
  /** Set where one look finds the secrets of every anchor in so many characters behind the first. */
  readonly covers?: number;
  /** Made-up texts as in `RuleExamples`, with several secrets each. */
  readonly examples: { readonly hidden: readonly string[]; readonly kept: readonly string[] };
}

/** How far around its anchor a document is looked at. */
const reach = 8_000;

export const structures: readonly Structure[] = [
  {
    id: 'kubernetes-secret',
    name: 'Values of Kubernetes secrets',
    source: 'Kubernetes documentation, "Secrets": every value under data (base64) and stringData',
    anchors: ['kind: Secret', '"kind":"Secret"', '"kind": "Secret"'],
    find: kubernetesValues,
    covers: 2_000,
    examples: {
      hidden: [
        'kind: Secret\ndata:\n  username: [[{A8}]]\n  db: [[{b16}]]\n',
        '{"kind":"Secret","data":{"a":"[[{b16}]]","b":"[[{b24}]]"}}',
        'kind: Secret\ndata:\n  a: [[{b16}]]\nstringData:\n  note: [[{A14}]]\n',
      ],
      kept: ['kind: SecretProviderClass\ndata:\n  a: {b16}', 'kind: ConfigMap\ndata:\n  a: {b16}'],
    },
  },
  {
    id: 'secret',
    name: 'Values that a document marks as sensitive',
    source:
      'Terraform documentation, "State: sensitive data"; AWS Systems Manager: parameters of the type SecureString',
    anchors: ['"sensitive"', '"SecureString"'],
    find: sensitiveOutput,
    examples: {
      hidden: [
        '"x": {"sensitive": true, "type": "string", "value": "[[{A20}]]"}',
        '"x":{"value":"[[{A20}]]","type":"string","sensitive":true}',
        '{"name":"/db","type":"SecureString","value":"[[{A18}]]"}',
      ],
      kept: ['"x":{"sensitive":false,"value":"{A20}"}', '"x":{"sensitive":true,"type":"string"}'],
    },
  },
  {
    id: 'password',
    name: 'Columns of secrets in tables and CSV files',
    source: 'psql, mysql, sqlite3 and exports: the name stands in the heading',
    anchors: [
      'password',
      'passwd',
      'pwd',
      'passwort',
      'kennwort',
      'secret',
      'token',
      'api_key',
      'apikey',
      'private_key',
      'access_key',
    ],
    find: columnOfSecrets,
    examples: {
      hidden: [
        'id,email,password,role\n1,x,[[{A10}]],admin\n2,y,[[{A10}]],user\n',
        ' id | token | n\n----+-------+---\n  1 | [[{A32}]] | 3\n',
      ],
      kept: [
        ' name | type | n\n------+------+---\n x-token | Opaque | 1\n other9 | tls | 2\n',
        'import { a, password, b } from "x";\nconst y = [1, a2b3c4d5, 3, 4];\n',
        'name, password, and token\nare required, a1b2c3d4, here\n',
      ],
    },
  },
  {
    id: 'secret',
    name: 'Names and values side by side in a table',
    source: 'Markdown and consoles: a row has the name of a setting and its value',
    anchors: ['password', 'passwd', 'pwd', 'secret', 'token', 'api_key', 'apikey', 'private_key', 'access_key'],
    find: valueInNextCell,
    examples: {
      hidden: ['| Variable | Value |\n|---|---|\n| DB_PASSWORD | [[{A12}]] |\n| API_KEY | `[[{A32}]]` |\n'],
      kept: ['| API_KEY | required |\n| token | string | 3 |\n', '| DB_PASSWORD | set in Vault |\n'],
    },
  },
  {
    id: 'secret',
    name: 'Values of several lines in YAML',
    source: 'YAML 1.2, "Block scalars": the lines that are set in below the name',
    anchors: [': |', ': >'],
    find: blockScalar,
    examples: {
      hidden: ['api_key: >\n  [[{A20}]]\n  [[{A20}]]\nname: x\n'],
      kept: ['token: |\n  see the vault 1\n  for it\n', 'script: |\n  {A20}\n', 'password: >\nname: a1b2c3d4e5\n'],
    },
  },
  {
    id: 'password',
    name: 'Columns of secrets in statements',
    source: 'SQL: INSERT INTO table (columns) VALUES (values)',
    anchors: ['insert into '],
    find: insertedSecrets,
    examples: {
      hidden: ["INSERT INTO users (id, email, password) VALUES (1, 'x', '[[{A12}]]'), (2, 'y', '[[{A12}]]');"],
      kept: ["INSERT INTO users (id, name) VALUES (1, '{A12}')", 'INSERT INTO users (id, password) VALUES ($1, $2)'],
    },
  },
  {
    id: 'password',
    name: 'Values that stand before their name',
    source: 'XML and JSON know no order: value="…" key="ClientSecret", "value": "…", "name": "DB_PASSWORD"',
    anchors: ['value=', 'value"'],
    find: valueBeforeName,
    examples: {
      hidden: ['<add value="[[{A24}]]" key="ClientSecret"/>', '{"value": "[[{A12}]]", "name": "DB_PASSWORD"}'],
      kept: ['<add value="{A24}" key="Region"/>', '{"value":"${X}","name":"DB_PASSWORD"}'],
    },
  },
  {
    id: 'password',
    name: 'Passwords that Terraform drew',
    source: 'Terraform provider "random": the result of random_password and random_string is in the state',
    anchors: ['"random_password"', '"random_string"'],
    find: drawnPassword,
    examples: {
      hidden: ['{"type":"random_password","instances":[{"attributes":{"id":"none","result":"[[{A16}]]"}}]}'],
      kept: ['{"type":"random_password","name":"db"}'],
    },
  },
  {
    id: 'password-hash',
    name: 'Old hashes in password files',
    source: 'shadow(5): the DES crypt of thirteen characters, before the days that the password is good for',
    anchors: [':99999:'],
    find: oldHash,
    examples: { hidden: ['old:[[{A13}]]:17000:0:99999:7:::'], kept: ['a:*:17000:0:99999:7:::', 'a:!!:17000:0:99999:'] },
  },
  ...documentStructures,
];

function blockScalar(text: string, at: number): Span[] {
  const lineFrom = text.slice(Math.max(0, at - 200), at).lastIndexOf('\n') + 1 + Math.max(0, at - 200);
  const head = /^([ \t]*)(?:- )?["']?([\w.-]{1,64})["']?$/.exec(text.slice(lineFrom, at));
  const opened = /^: [|>][-+]?\d?[ \t]*\r?\n/.exec(text.slice(at, at + 40));
  if (head === null || opened === null || tellingName(head[2] ?? '')?.strong !== true) return [];
  const margin = head[1]?.length ?? 0;
  const spans: Span[] = [];
  let from = at + opened[0].length;
  for (let count = 0; count < 60 && from < text.length; count += 1) {
    const line = /^([ \t]*)([^\r\n]*)(?:\r?\n|$)/.exec(text.slice(from, from + 1_000));
    const [whole = '', lead = '', value = ''] = line ?? [];
    if (whole === '' || lead.length <= margin || value === '') break;
    // Words with blanks between them are a text about the secret.
    if (/\s/.test(value.trim()) || !hides(value) || value.length < 8 || !/\d/.test(value)) return [];
    spans.push({ start: from + lead.length, end: from + lead.length + value.trimEnd().length });
    from += whole.length;
  }
  return spans;
}

const beforeName =
  /value\\*["']?\s{0,3}[:=]\s{0,3}\\*["']([^"'\\\n]{4,1000})\\*["']\s{0,4},?\s{0,40}\\*["']?(?:key|name)\\*["']?\s{0,3}[:=]\s{0,3}\\*["']([\w.:-]{1,100})\\*["']/iy;

function valueBeforeName(text: string, at: number): Span[] {
  beforeName.lastIndex = at;
  const match = beforeName.exec(text);
  const [whole = '', value = '', name = ''] = match ?? [];
  if (match === null || tellingName(name)?.strong !== true || !hides(value)) return [];
  const start = at + whole.indexOf(value, 5);
  return [{ start, end: start + value.length }];
}

function drawnPassword(text: string, at: number): Span[] {
  const part = text.slice(at, at + 2_000);
  const match = /"result":\s{0,3}"((?:[^"\\]|\\.){4,400})"/.exec(part);
  const value = match?.[1] ?? '';
  if (match === null || !hides(value)) return [];
  const start = at + match.index + match[0].length - 1 - value.length;
  return [{ start, end: start + value.length }];
}

function oldHash(text: string, at: number): Span[] {
  const base = Math.max(0, at - 40);
  const match = /:([./A-Za-z0-9]{13}):\d{0,6}:\d{0,6}$/.exec(text.slice(base, at));
  if (match === null) return [];
  const start = base + match.index + 1;
  return [{ start, end: start + 13 }];
}

function kubernetesValues(text: string, at: number): Span[] {
  if (!/^(?:kind: Secret[ \t]*(?:\r?\n|$)|"kind": ?"Secret")/i.test(text.slice(at, at + 40))) return [];
  const from = text.slice(Math.max(0, at - reach), at).lastIndexOf('\n---');
  const start = from < 0 ? Math.max(0, at - reach) : Math.max(0, at - reach) + from;
  const next = text.slice(at, at + reach).indexOf('\n---');
  const part = text.slice(start, next < 0 ? at + reach : at + next);
  // What `data` and `stringData` end with: without it nothing of a secret is here.
  if (!part.includes('ata')) return [];
  const spans: Span[] = [];
  const block = /^([ \t]*)(?:data|stringData):[ \t]*\r?\n((?:\1[ \t]+[^\n]*(?:\n|$)){1,200})/gm;
  for (const match of part.matchAll(block)) {
    const body = match[2] ?? '';
    const offset = start + match.index + match[0].length - body.length;
    for (const line of body.matchAll(/^[ \t]+["']?[\w.-]{1,253}["']?:[ \t]+["']?([^\s"'|>][^\s"']*)/gm)) {
      const value = line[1] ?? '';
      const valueAt = offset + line.index + line[0].length - value.length;
      if (hides(value)) spans.push({ start: valueAt, end: valueAt + value.length });
    }
  }
  for (const match of part.matchAll(/"(?:data|stringData)":\s{0,3}\{([^{}]{0,12000})\}/g)) {
    const body = match[1] ?? '';
    const offset = start + match.index + match[0].length - 1 - body.length;
    for (const pair of body.matchAll(/"[\w.-]{1,253}":\s{0,3}"([^"\\]{1,8000})"/g)) {
      const value = pair[1] ?? '';
      const valueAt = offset + pair.index + pair[0].length - 1 - value.length;
      if (hides(value)) spans.push({ start: valueAt, end: valueAt + value.length });
    }
  }
  return spans;
}

function sensitiveOutput(text: string, at: number): Span[] {
  if (!/^(?:"sensitive":\s{0,3}true|"SecureString")/.test(text.slice(at, at + 20))) return [];
  const base = Math.max(0, at - 4_000);
  const open = text.slice(base, at).lastIndexOf('{');
  const close = text.slice(at, at + 4_000).indexOf('}');
  if (open < 0 || close < 0) return [];
  const start = base + open;
  const part = text.slice(start, at + close);
  const match = /"value":\s{0,3}"((?:[^"\\]|\\.){3,4000})"/i.exec(part);
  const value = match?.[1] ?? '';
  if (match === null || !hides(value)) return [];
  const valueAt = start + match.index + match[0].length - 1 - value.length;
  return [{ start: valueAt, end: valueAt + value.length }];
}

function insertedSecrets(text: string, at: number): Span[] {
  const part = text.slice(at, at + reach);
  const head = /^insert into [\w."`[\]]{1,120}\s{0,3}\(([^()]{1,2000})\)\s{0,3}values\s{0,3}/i.exec(part);
  if (head === null) return [];
  const columns = (head[1] ?? '')
    .split(',')
    .flatMap((name, index) => (tellingName(name.trim())?.strong === true ? [index] : []));
  if (columns.length === 0) return [];
  const spans: Span[] = [];
  let from = head[0].length;
  const tuple = /\(((?:'(?:[^'\\]|''|\\.)*'|[^()'])*)\)\s{0,3},?\s{0,3}/y;
  for (tuple.lastIndex = from; ; tuple.lastIndex = from) {
    const match = tuple.exec(part);
    if (match === null) return spans;
    const values = [...(match[1] ?? '').matchAll(/\s*(?:N?'((?:[^'\\]|''|\\.)*)'|[^,']+)\s*(?:,|$)/g)];
    for (const index of columns) {
      const value = values[index]?.[1] ?? '';
      const valueAt = at + from + 1 + (values[index]?.index ?? 0) + (values[index]?.[0].indexOf("'") ?? 0) + 1;
      if (hides(value)) spans.push({ start: valueAt, end: valueAt + value.length });
    }
    from += match[0].length;
  }
}
