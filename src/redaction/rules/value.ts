/** Values that stand in for a secret or say that there is none: hiding them would hide what an on-call developer looks for. */
const placeholderWords = new RegExp(
  '^(?:' +
    [
      'change[-_ ]?(?:me|it|this)?(?:[-_ ].*)?',
      '(?:your|my|some|the|insert|enter|put|replace|add|example|sample|dummy|fake|placeholder|todo|fixme)(?:[-_ ].*)?',
      'null|nil|none|undefined|nan|void|empty|unset|missing|true|false|yes|no|on|off|default|auto|required|optional|enabled|disabled',
      '\\[?(?:redacted|filtered|masked|hidden|secret|removed|protected|sensitive|omitted|scrubbed|not[-_ ]?set|unknown)\\]?',
      'string|str|text|number|int|integer|bool|boolean|bytes?|buffer|object|any|char|varchar(?:\\(\\d+\\))?|uint8array|self|this|value|function',
      'test|testing|foo|bar|baz|foobar|abc|xyz|hello|world|n/?a|tbd',
    ].join('|') +
    ')$',
  'i',
);

/** A reference to a value kept elsewhere: `${X}`, `$X`, `{{ x }}`, `%X%`, `<x>`, `#{x}`, `@Microsoft.KeyVault(…)`, `vault:…`. */
const reference =
  /^(?:\$\{|\$\(|\$[A-Za-z_]|\{\{|\{[A-Za-z0-9_.]*\}|%[A-Za-z_]+%|%\(?[A-Za-z0-9_]*\)?[sdvqr@]$|<[^>]*>?$|#\{|@Microsoft\.KeyVault|(?:vault|op|ssm|sm|secretsmanager|doppler|env|file|arn|projects|secretref|valueFrom|kms|sops|ref\+[a-z]+):|\/\/|ENC\[|!vault|!Ref|!Sub|!GetAtt|:[a-z_]+$|\?$)/;

/** Whether a value is none to hide: a placeholder, a mask, a reference to where the value is kept, or one of ours. */
export function isPlaceholderValue(value: string): boolean {
  if (value === '' || placeholderWords.test(value) || reference.test(value)) return true;
  // Masks, dots and rulers: ****, xxxx-xxxx, ......, ------, ••••, and what logs leave of a key: ab**********yz
  if (/^[*xX.\-_•●#=~?0\s/\\|+]+$/.test(value) || /\*{4,}|•{3,}|x{8,}|X{8,}|\.{3,}$/.test(value)) return true;
  return /^(?:«[a-z][a-z0-9-]{0,39}-\d{1,6}»)+$/.test(value);
}

/** How often each ASCII character was met; all zero between two calls. */
const met = new Uint32Array(128);

/** Shannon entropy in bits for each character: about 3 for words, 4 and more for random letters and digits. */
export function entropy(value: string): number {
  // eslint-disable-next-line no-control-regex -- all of ASCII
  if (!/^[\x00-\x7f]*$/.test(value)) return entropyOfAny(value);
  for (let at = 0; at < value.length; at += 1) met[value.charCodeAt(at)] = (met[value.charCodeAt(at)] ?? 0) + 1;
  let bits = 0;
  for (let at = 0; at < value.length; at += 1) {
    const code = value.charCodeAt(at);
    const count = met[code] ?? 0;
    if (count === 0) continue;
    met[code] = 0;
    bits -= (count / value.length) * Math.log2(count / value.length);
  }
  return bits;
}

function entropyOfAny(value: string): number {
  const counts = new Map<string, number>();
  for (const character of value) counts.set(character, (counts.get(character) ?? 0) + 1);
  let bits = 0;
  for (const count of counts.values()) bits -= (count / value.length) * Math.log2(count / value.length);
  return bits;
}

/** Whether a value looks drawn by lot: long, of mixed characters, and no path, word list or version. */
export function looksRandom(value: string, least: number): boolean {
  if (value.length < least || !/\d/.test(value) || !/[A-Za-z]/.test(value)) return false;
  if (/[\s/.]{1}[a-z]{3,}[/.]/.test(value)) return false;
  if (/^[0-9a-fA-F-]+$/.test(value)) return value.length >= 16 && entropy(value) >= 2.8;
  // Words with separators and a number here and there: user-service-v2-primary-1
  if (consistsOfPlainWords(value)) return false;
  return entropy(value) >= 3;
}

/** The longest word that `isPlainWord` takes. */
export const longestPlainWord = 14;

/** Whether a stretch is a word, a number, or a short word with a short number, as names are put together of; nothing at all is one, too. */
export function isPlainWord(text: string, start: number, end: number): boolean {
  if (end - start > longestPlainWord) return false;
  let at = start;
  while (at < end && isLetter(text.charCodeAt(at))) at += 1;
  const letters = at - start;
  while (at < end && isDigit(text.charCodeAt(at))) at += 1;
  const digits = at - start - letters;
  return at === end && (digits === 0 || (letters === 0 ? digits <= 10 : letters <= 10 && digits <= 3));
}

const isLetter = (code: number): boolean => (code >= 97 && code <= 122) || (code >= 65 && code <= 90);

const isDigit = (code: number): boolean => code >= 48 && code <= 57;

/** `-`, `_`, `.`, `:` and `/`: what stands between the words of a name. */
export const isWordSeparator = (code: number): boolean => (code >= 45 && code <= 47) || code === 58 || code === 95;

/** Whether there are two plain words or more, with separators between, and nothing else. */
function consistsOfPlainWords(value: string): boolean {
  let start = 0;
  for (let at = 0; at < value.length; at += 1) {
    if (!isWordSeparator(value.charCodeAt(at))) continue;
    if (!isPlainWord(value, start, at)) return false;
    start = at + 1;
  }
  return start > 0 && isPlainWord(value, start, value.length);
}

/** Whether a value that its place alone tells is one to hide. */
export const hides = (value: string): boolean => value.length >= 3 && !isPlaceholderValue(value);
