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

/** Shannon entropy in bits for each character: about 3 for words, 4 and more for random letters and digits. */
export function entropy(value: string): number {
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
  const words = value.split(/[-_.:/]/);
  if (words.length > 1 && words.every((word) => /^(?:[A-Za-z]{0,14}|\d{1,10}|[A-Za-z]{1,10}\d{1,3})$/.test(word)))
    return false;
  return entropy(value) >= 3;
}
