import { tellingName } from './names.ts';
import type { TellingName } from './names.ts';
import type { Span } from './rule.ts';
import type { Structure } from './structures.ts';
import { isPlaceholderValue, looksRandom } from './value.ts';

/** How far before its values a statement may begin, and how long a list of values is. */
const longestStatement = 4_000;
const longestList = 8_000;

/** Values whose names stand elsewhere in the same document: in the statement they are bound to, in the list they are in. */
export const documentStructures: readonly Structure[] = [
  {
    id: 'secret',
    name: 'Values bound to a statement',
    source: 'TypeORM, Prisma, Knex, MyBatis, Django, SQLAlchemy, PostgreSQL (log_parameter): the values in the order of their marks',
    anchors: ['parameters: ', 'params: [', 'params [', 'bindings: [', 'bindings = [', 'args=(', 'params=(', 'binds: [', 'with values '],
    find: boundValues,
    examples: {
      hidden: [
        'UPDATE users SET name = $1, api_token = $2 -- PARAMETERS: ["jane","[[{x64}]]"]',
        "insert into t (id, access_token) values (?, ?) bindings: [ 7, '[[{A20}]]' ]",
        'Preparing: insert into users (name, password) values (?, ?)\nParameters: jane(String), [[{A12}]](String)',
        "SELECT * FROM users WHERE reset_token = %s LIMIT 1; args=('[[{w43}]]',)",
        "UPDATE u SET password = $1 WHERE id = $2\nDETAIL:  parameters: $1 = '[[{A12}]]', $2 = '7'",
      ],
      kept: [
        'SELECT * FROM users WHERE id = $1 -- PARAMETERS: ["{A12}"]',
        'SELECT token FROM t WHERE name = ? -- PARAMETERS: ["{A12}"]',
        'Parameters: {"token"=>"x"}',
      ],
    },
  },
  {
    id: 'secret',
    name: 'Values bound to a statement, line by line',
    source: 'Hibernate: org.hibernate.orm.jdbc.bind tells each value with its place in the statement',
    anchors: ['binding parameter '],
    find: boundLine,
    examples: {
      hidden: [
        'insert into users (email, password) values (?, ?)\nbinding parameter [2] as [VARCHAR] - [[{A12}]]',
        'update u set api_key=? where id=?\nbinding parameter (1:VARCHAR) <- [[{A12}]]',
      ],
      kept: ['insert into users (email, password) values (?, ?)\nbinding parameter [1] as [VARCHAR] - [{A12}]'],
    },
  },
  {
    id: 'secret',
    name: 'Parameters of a stack that are not to be echoed',
    source: 'AWS CloudFormation User Guide, "Parameters": NoEcho with a Default',
    anchors: ['noecho'],
    find: unechoedDefault,
    examples: {
      hidden: ['  ApiSecret:\n    Type: String\n    NoEcho: true\n    Default: [[{A24}]]\n', '"Pw": {"Default": "[[{A12}]]", "NoEcho": "true", "Type": "String"}'],
      kept: ['  A:\n    NoEcho: true\n  B:\n    Default: {A12}\n', 'NoEcho: false\n    Default: {A12}'],
    },
  },
  {
    id: 'cookie',
    name: 'Cookies of a captured request',
    source: 'HAR 1.2, "cookies"; Playwright and Puppeteer storage states: a list of objects with name and value',
    anchors: ['"cookies"'],
    find: cookieValues,
    examples: {
      hidden: ['"cookies":[{"name":"session","value":"[[{w43}]]","path":"/"},{"name":"a","value":"[[{a26}]]"}]'],
      kept: ['"cookies":[]', '"cookies": [{"name":"theme","value":"dark"}]', '"cookies": true, "value": "{A32}"'],
    },
  },
]; // prettier-ignore

/** The names behind the marks of a statement, in the order of those; `undefined` where a mark has none. */
function boundNames(statement: string): (string | undefined)[] {
  const inserted =
    /\binsert into [\w."`[\]]{1,120}\s{0,3}\(([^()]{1,2000})\)\s{0,3}values\s{0,3}\(([^()]{1,2000})\)/i.exec(statement);
  const marks = inserted?.[2]?.split(',').map((mark) => mark.trim()) ?? [];
  const columns = inserted?.[1]?.split(',').map((name) => name.trim().replace(/["'`[\]]/g, '')) ?? [];
  const names: (string | undefined)[] = [];
  const put = (mark: string, name: string | undefined): void => {
    const number = Number(/^[$:@?]p?(\d{1,3})$/i.exec(mark)?.[1] ?? NaN);
    if (Number.isNaN(number)) names.push(name);
    else names[number - 1] = name;
  };
  const isMark = /^(?:\?\d{0,3}|[$:@]p?\d{1,3}|%s)$/i;
  marks.forEach((mark, index) => {
    if (isMark.test(mark)) put(mark, columns[index]);
  });
  const rest = inserted === null ? statement : statement.slice(inserted.index + inserted[0].length);
  for (const [, name, mark = ''] of rest.matchAll(
    /(?:([\w.]{1,80})["'`\]]?\s{0,3}(?:=|<>|!=|like|[<>]=?)\s{0,3})?(\?\d{0,3}|[$:@]p?\d{1,3}(?!\d)|%s)/gi,
  ))
    put(mark, name);
  if (names.length > 0) return names;
  // Django writes the values into the statement, and lists them behind it again.
  return [...rest.matchAll(/([\w.]{1,80})["'`\]]?\s{0,3}=\s{0,3}(?:'[^'\n]{0,500}'|\d)/g)].map(([, name]) => name);
}

/** The statement that ends before `at`. */
function statementBefore(text: string, at: number): string {
  const part = text.slice(Math.max(0, at - longestStatement), at);
  const begins = [...part.matchAll(/\b(?:insert into|update|select|delete from|merge into)\b/gi)];
  // A part of a statement may be one too: the last that begins a line or follows a sign, else the last of all.
  const begin =
    begins.findLast(({ index }) => /(?:^|[\n:"'`>(\]]\s{0,8}|\s{2})$/.test(part.slice(0, index))) ?? begins.at(-1);
  return begin === undefined ? '' : part.slice(begin.index);
}

const tellingOf = (name: string | undefined): TellingName | undefined =>
  name === undefined ? undefined : tellingName(name.split('.').at(-1) ?? '');

/** Whether a value is the secret of its column; in one called `key` it must look drawn by lot. */
function hides(name: string | undefined, value: string): boolean {
  const telling = tellingOf(name);
  if (telling === undefined || value.length < 4 || isPlaceholderValue(value)) return false;
  return telling.strong || (looksRandom(value, 24) && !/^[0-9a-f]{8}-[0-9a-f]{4}-/.test(value));
}

/** One value of a list: in quotes, numbered by PostgreSQL, typed by MyBatis, or bare. */
const listed =
  /\s{0,3}(?:\$\d{1,3} = )?(?:[bu]?\\?"((?:[^"\\]|\\(?!").)*)\\?"|[bu]?'((?:[^'\\]|\\.|'')*)'|([^\s,()[\]"'][^,()[\]\n"']{0,500})(?:\([A-Z]\w{2,20}\))?)\s{0,3}(?:,|(?=[)\]\n]|$))/y;

function boundValues(text: string, at: number): Span[] {
  const names = boundNames(statementBefore(text, at));
  if (!names.some((name) => tellingOf(name) !== undefined)) return [];
  const open = /^[\w ]{4,12}[:=]? ?[[(]?/.exec(text.slice(at, at + 20))?.[0].length ?? 0;
  const list = text.slice(at + open, at + longestList);
  const spans: Span[] = [];
  let from = 0;
  for (let index = 0; index < 200; index += 1) {
    listed.lastIndex = from;
    const match = listed.exec(list);
    if (match === null || match[0] === '') return spans;
    const value = match[1] ?? match[2] ?? match[3] ?? '';
    if (hides(names[index], value)) {
      const start = at + open + from + match[0].indexOf(value);
      spans.push({ start, end: start + value.length });
    }
    from = listed.lastIndex;
  }
  return spans;
}

function boundLine(text: string, at: number): Span[] {
  const line =
    /^binding parameter (?:\[(\d{1,3})\] as \[\w+\] - |\((\d{1,3}):\w+\) <- )\[?([^[\]\n]{4,500})(?=\]|\n|$)/.exec(
      text.slice(at, at + 600),
    );
  const value = line?.[3] ?? '';
  if (line === null || !hides(boundNames(statementBefore(text, at))[Number(line[1] ?? line[2]) - 1], value)) return [];
  const start = at + line[0].length - value.length;
  return [{ start, end: start + value.length }];
}

function cookieValues(text: string, at: number): Span[] {
  const part = text.slice(at, at + longestList);
  if (!/^"cookies":\s{0,3}\[\s{0,40}\{/.test(part)) return [];
  const end = part.search(/\}\s{0,40}\]/);
  const list = end < 0 ? part : part.slice(0, end + 1);
  return [...list.matchAll(/"value":\s{0,3}"([^"\\\n]{8,4000})"/g)].flatMap((match) => {
    const value = match[1] ?? '';
    const start = at + match.index + match[0].length - 1 - value.length;
    return looksRandom(value, 12) ? [{ start, end: start + value.length }] : [];
  });
}

/** The default of the same parameter: between the same braces, or in the lines around that are set in as far. */
function unechoedDefault(text: string, at: number): Span[] {
  if (!/^noecho["']?\s{0,3}:\s{0,3}["']?true/i.test(text.slice(at, at + 24))) return [];
  const before = text.slice(Math.max(0, at - 600), at);
  const behind = text.slice(at, at + 600);
  let above: number;
  let below: number;
  if (text[at - 1] === '"') {
    above = before.length - before.lastIndexOf('{');
    below = behind.indexOf('}');
  } else {
    const margin = /(?:^|\n)([ \t]+)$/.exec(before)?.[1];
    if (margin === undefined) return [];
    const lines = before.split('\n').slice(0, -1);
    const first = lines.findLastIndex((line) => !line.startsWith(margin));
    above = lines.slice(first + 1).join('\n').length + 1 + margin.length;
    below = behind
      .split('\n')
      .slice(1)
      .findIndex((line) => !line.startsWith(margin));
    below =
      below < 0
        ? behind.length
        : behind
            .split('\n')
            .slice(0, below + 1)
            .join('\n').length;
  }
  const start = at - Math.min(above, before.length);
  const part = text.slice(start, at + (below < 0 ? behind.length : below));
  const match = /(?:^|[\s"',{])Default["']?\s{0,3}:\s{0,3}["']?([^\s"',}]{4,200})/.exec(part);
  const value = match?.[1] ?? '';
  if (match === null || isPlaceholderValue(value)) return [];
  const valueAt = start + match.index + match[0].length - value.length;
  return [{ start: valueAt, end: valueAt + value.length }];
}
