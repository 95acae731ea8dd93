import { characterTest } from '../nearby.ts';
import { tellingName } from './names.ts';
import type { Span } from './rule.ts';
import { isPlaceholderValue, looksRandom } from './value.ts';
import { isSecret, prose, statusWord } from './judgement.ts';
import type { Place } from './judgement.ts';
import { isDull, longestValue, startsLine, unquotedEnd } from './unquotedValue.ts';
import type { PlaceAmongWords } from './unquotedValue.ts';
import { beginsField, isPlainSign, mayBePaired, mayOpenQuote } from './firstSigns.ts';
import type { WordSearch } from './wordSearch.ts';

/** Every telling name holds one of these. */
export const nameAnchors = [
  'pass',
  'pwd',
  'secret',
  'token',
  'key',
  'cred',
  'auth',
  'jwt',
  'bearer',
  'kennwort',
  'senha',
  'contrasen',
  'cvv',
  'cvc',
  'otp',
  'salt',
  '_pw',
  '_pat',
  '$pw',
  'pw=',
  'pw ',
  'pw:',
  'pw"',
  'bindpw',
  'rootpw',
  'csrf',
  'xsrf',
  'refresh',
  'psk',
  'cookie',
  'mfa',
  'recovery',
  'backup',
  'verification',
  'mdp',
  'wachtwoord',
  'haslo',
  'losenord',
  'heslo',
  'sifre',
  'salasana',
  'adgangskode',
  'jelszo',
  'parola',
  'zugangs',
  'mnemonic',
  'pin_code',
  'pin-code',
  'crumb',
  'user_info',
  'honeycomb',
  'user-info',
  'pincode',
  'phrase',
  'activation',
  'licen',
  'serial',
];

export interface Assignment extends Span {
  readonly kind: string;
  /** Where the name ends: no other anchor in it needs a look. */
  readonly nameEnd: number;
}

/** The longest stretch of a name on either side of the anchor. */
const longestName = 64;

/** Between a name and its value: assignment signs of programming languages, INI, JSON, YAML, properties, URLs, with the key's closing quote. */
const sign =
  /(?:\\*["'`](?:[ \t]{0,8}\r?\n[ \t]{1,40}(?=: ?["']))?)?(?::(?:protected|private)|:"[^"\n]{1,80}":private)?(?:\]|\))?[ \t]{0,40}(?:\.{4,60}(?=["'])|:[ \t]*[|>][-+]?[ \t]*\r?\n|=>|:=|={1,3}|!==?|\?\?=?(?!\?)|\?:(?= ?["'])|by lazy \{|\|\|=?|or(?= ["'])|:(?![:/])|->|<-|%3[DA])(?:(?<=[=:])[ \t]?\(?\r?\n[ \t+]{1,40}(?=["'`])|(?<==)\\\r?\n[ \t]{0,40}|[ \t]{0,40}|[+-])(?:\((?=["'])|\[(?=\\*["'])|\[(?=[^\s"'\]]{6,512}\])|(?:Some|Secret|SecretString|String|Just|Optional|SecretStr)[([ ](?=["'])|\{(?:noop|plain|cleartext|bcrypt)\}(?=[^\s"'])|<%=[^%\n]{1,80}?(?:\|\||,|\{) ?(?=["'])|!!str |\s{1,9}string\(\d{1,5}\) (?="))?/iy;
/** A declared type between the name and its value: `token: string = "…"`, `password: str = "…"`. */
const typed =
  /\??[ \t]?:[ \t]?(?:[&*](?:'[a-z]{1,10} )?)?[A-Za-z_][\w.]{0,40}(?:<[\w, ]{1,40}>|\[\])?(?:[ \t]?\|[ \t]?[A-Za-z]{1,20})?[ \t]{1,3}=(?![=>])[ \t]{0,8}/y;
/**
 * The value in a second place: `name="x" value="…"`, `"name": "X", "value": "…"`, `- name: X⏎ value: …`; a property list's
 * `<key>X</key><string>…`; a form's part; an object or block with `value` or `default` in it; a parameter with its type between.
 * Each with the characters that it may begin with.
 */
const paired = (
  [
    [
      /[\\"'\s,;+\-VvdsPOSp]/,
      /(?:\\*["'])?[ \t]{0,4}[,;]?(?:\r?\n)?[ \t+-]{0,40}(?:\\*["'])?(?:[Vv]alue|VALUE|default|stringValue|ParameterValue|OptionValue|SecretString|secretString|plaintext)(?:\\*["'])?[ \t]{0,4}[:=][ \t]{0,4}/y,
    ],
    [/</, /<\/key>\s{0,40}<string>/y],
    [/["']/, /["'](?:;[^\r\n]{0,80})?\r?\n(?:Content-[^\r\n]{1,80}\r?\n){0,3}\r?\n/y],
    [
      /[\\"'\s:={]/,
      /\\*["']?\s{0,3}[:=]?\s{0,3}\{\s{0,40}(?:\\*["']?[a-z_]{1,20}\\*["']?\s{0,3}[:=]\s{0,3}[^,{}\n]{1,80}[,\n]\s{0,40}){0,4}\\*["']?(?:value|default)\\*["']?\s{0,3}[:=]\s{0,3}/y,
    ],
    [/[\\"']/, /\\*["'],\s{0,40}\\*["']Type\\*["']: ?\\*["'][A-Za-z]{6,12}\\*["'],\s{0,40}\\*["']Value\\*["']: ?/y],
  ] as const
).map(([first, pattern]) => ({ mayBegin: characterTest(first), pattern }));
/** The next item of a list behind an option: `"--password",⏎ "…"`, `- --password⏎ - …`. */
const nextItem = /(?:\\*["']),?[ \t]{0,4}\r?\n[ \t]{0,40}(?:- )?(?=\\*["'])|\r?\n[ \t]{0,40}- (?=[^\s-])/y;
const argument = /(?:\\*["'])[ \t]{0,4},[ \t]{0,40}(?=\\*["'])|\([ \t]{0,4}(?=[fbru@$]?\\*["'])/y;
/** A word behind a blank that is none of those which `paired` looks for. */
const inSentence =
  /[ \t]{1,3}(?!value|default|stringValue|ParameterValue|OptionValue|[Ss]ecretString|plaintext)[A-Za-z0-9$]/y;
const element = /(?: [^<>\n]{0,120})?>(?:<!\[CDATA\[|\s{0,40}<[Vv]alue>)?|["'][^<>\n]{0,60}>/y;
const option = /[ \t]{1,4}(?=[^\s-])/y;
/** A variable and its value in a list of them, a directive and its argument: `SetEnv DB_PASSWORD …`, `password            …` to the end of the line. */
const blanks = /[ \t]{1,40}["']?(?=[^\s"'=:])/y;
/** The values of an object whose own name is telling: `"bearer": { "api.acme.io": "…" }`. */
const nested = /\\*["']\s{0,3}:\s{0,3}\{\s{0,40}\\*["'][\w.:/-]{1,80}\\*["']\s{0,3}:\s{0,3}(?=\\*["'])/y;
/** Words between a telling name and the secret in a sentence: `token is …`, `key for prod: …`. */
const sentence =
  /(?:[ \t]{1,2}[\p{L}]{1,14}){0,5}(?:[ \t][a-z][a-z0-9_.-]{1,30}(?:@[\w.-]{1,40})?(?=[ \t]?(?:[:=→]|->)[ \t]))?(?:[ \t](?:->|→))?[ \t:=('"`[<{]{1,4}/uy;

/** More than `sentence` and the word behind it reach. */
const sentenceReach = 1_000;

/** The first character of what `sentence` matches. */
const mayGoOn = characterTest(/[ \t:=('"`[<{]/);

const sumOf = /(?:(?:checksum|digest|hash|sha\d{1,3}|md5)\/|(?:MD5|SHA[-\d]{1,7}|BLAKE2\w{1,3}|RMD160) ?\()$/i;

function after(pattern: RegExp, text: string, at: number): number | undefined {
  pattern.lastIndex = at;
  return pattern.test(text) ? pattern.lastIndex : undefined;
}

function pairedAfter(text: string, at: number): number | undefined {
  const code = text.charCodeAt(at);
  for (const { mayBegin, pattern } of paired) {
    const found = mayBegin(code) ? after(pattern, text, at) : undefined;
    if (found !== undefined) return found;
  }
  return undefined;
}

const isNameCode = (code: number): boolean =>
  (code >= 97 && code <= 122) ||
  (code >= 65 && code <= 90) ||
  (code >= 48 && code <= 57) ||
  code === 95 ||
  code === 45 ||
  code === 46 ||
  code === 36;

/** `«`, with which a placeholder begins. */
const leftMark = 0xab;

/** `.`, `$` and `-` */
const isSignInName = (code: number): boolean => code === 46 || code === 36 || code === 45;

/**
 * The secret that a telling name at `at` is given, if it is given one. Looks no further than a name and a value reach. `words` is of the
 * same text.
 */
export function findAssignment(text: string, at: number, words: WordSearch): Assignment | { readonly nameEnd: number } {
  let start = at;
  while (start > 0 && at - start < longestName && isNameCode(text.charCodeAt(start - 1))) start -= 1;
  let end = at;
  while (end < text.length && end - at < longestName && isNameCode(text.charCodeAt(end))) end += 1;
  while (end > at && isSignInName(text.charCodeAt(end - 1))) end -= 1;
  const nameEnd = Math.max(end, at + 1);
  const nothing = { nameEnd };
  const given = (value: (Span & { kind: string }) | undefined): Assignment | typeof nothing =>
    value === undefined ? nothing : { start: value.start, end: value.end, kind: value.kind, nameEnd };
  // The words in a placeholder name no value: `«api-token-1»@x`.
  const previous = text.charCodeAt(start - 1);
  if (previous === leftMark) return nothing;
  const name = text.slice(start, end);
  const spaced =
    name.length <= 4 &&
    previous === 32 &&
    mayEndKeysOwner(text.charCodeAt(start - 2)) &&
    /^keys?$/i.test(name) &&
    /(?:api|access|secret|private|account|app|hmac|aes|master|signing|encryption|shared|webhook|session|server) $/i.test(
      text.slice(Math.max(0, start - 8), start),
    );
  const telling = spaced ? ({ kind: 'key', strong: true } as const) : tellingName(name);
  if (telling === undefined) return nothing;
  // A sum over what is called so: `checksum/secret: 0bf2…` of Helm, `MD5 (token.txt) = 0b15…`.
  if ((previous === 47 || previous === 40) && sumOf.test(text.slice(Math.max(0, start - 16), start))) return nothing;
  const bareName = isSignInName(name.charCodeAt(0)) ? name.replace(/^[-$.]+/, '') : name;
  const place: PlaceAmongWords = { text, name: bareName, start, telling, form: 'assigned', words };

  const next = text.charCodeAt(end);
  // Names in sentences are by far the most: what no assignment can begin with need not be tried as one.
  if (previous !== 60 && previous !== 58 && isBlank(next) && after(inSentence, text, end) !== undefined)
    return given(afterBlanks(place, end));
  const opened = openedBy(next);
  const typedAt = afterIf(opened & forms.typed, typed, text, end);
  if (typedAt !== undefined) return given(valueAt({ ...place, form: 'code' }, typedAt));
  const pairedAt = opened & forms.paired && mayBePaired(text, end) ? pairedAfter(text, end) : undefined;
  if (pairedAt !== undefined) return given(valueAt(place, pairedAt));
  const signAt = isPlainSign(next, text.charCodeAt(end + 1)) ? end + 1 : afterIf(opened & forms.sign, sign, text, end);
  if (signAt !== undefined) return given(valueAt(place, signAt));
  if (mayBeElement(previous) && beforeElement.test(text.slice(Math.max(0, start - 24), start))) {
    const elementAt = after(element, text, end);
    if (elementAt !== undefined) return given(valueAt({ ...place, form: 'element' }, elementAt));
  }
  const nestedAt = afterIf(opened & forms.quoted, nested, text, end);
  if (nestedAt !== undefined) return given(valueAt({ ...place, form: 'sentence' }, nestedAt));
  const argumentAt =
    afterIf(opened & (forms.quoted | forms.call), argument, text, end) ??
    (text[start] === '-' ? after(nextItem, text, end) : undefined);
  if (argumentAt !== undefined) return given(valueAt({ ...place, form: 'argument' }, argumentAt));
  return given(afterBlanks(place, end));
}

/** The last letter of what makes a key one by itself: `api key`. */
const mayEndKeysOwner = characterTest(/[cdegiknprst]/i);

/** Before the name of an element or of an attribute's value, and what that ends with. */
const beforeElement = /<(?:[\w-]{1,20}:)?$|=["']$/;
const mayBeElement = characterTest(/[<:"']/);

/** What may stand between a name and its value, told by its first character: most patterns need not be tried. */
const forms = { typed: 1, paired: 2, sign: 4, quoted: 8, call: 16 } as const;
const openings: readonly (readonly [form: number, characters: RegExp])[] = [
  [forms.typed, /[?: \t]/],
  // Neither a sign of an operation nor a dot or a bracket that closes; the word "value" may stand at once.
  [forms.paired, /[\s\\"'<,;:={+\-A-Za-z]/],
  // A dot leads to a value in columns: `password........"…"`.
  [forms.sign, /[\\"'`\]) \t:=!?|<%bo.-]/i],
  [forms.quoted, /[\\"']/],
  [forms.call, /\(/],
];
const openingForms = Uint8Array.from({ length: 128 }, (_, code) =>
  openings.reduce((sum, [form, characters]) => sum | (characters.test(String.fromCharCode(code)) ? form : 0), 0),
);
const anyForm = openings.reduce((sum, [form]) => sum | form, 0);

const openedBy = (code: number): number => (code < 128 ? (openingForms[code] ?? 0) : anyForm);

function afterIf(isPossible: number, pattern: RegExp, text: string, at: number): number | undefined {
  return isPossible === 0 ? undefined : after(pattern, text, at);
}

/** The value of an option, of a variable in a list, or in a sentence. */
function afterBlanks(place: PlaceAmongWords, end: number): (Span & { kind: string }) | undefined {
  const { text, start, telling, words } = place;
  if (text[start] === '-') {
    const optionAt = after(option, text, end);
    if (optionAt !== undefined) return valueAt({ ...place, form: 'option' }, optionAt);
  }
  const next = text.charCodeAt(end);
  const blanksAt = isBlank(next) ? after(blanks, text, end) : undefined;
  if (blanksAt !== undefined && isListed(text, start, end, blanksAt) && !startsElsewhere(text, blanksAt, blanksAt))
    return valueAt({ ...place, form: 'listed' }, blanksAt);
  // What `isSecret` takes in a sentence follows a name that is telling by itself.
  if (!telling.strong || !mayGoOn(next) || !words.hasDigit(end, sentenceReach)) return undefined;
  const sentenceAt = after(sentence, text, end);
  if (sentenceAt === undefined || words.digitAhead(sentenceAt) !== true || startsElsewhere(text, end, sentenceAt))
    return undefined;
  const said = /(?: (?:is|was|are|to|ist|lautet|war|est|es|é|è|e|jest|är|er|on)|[:=→]|->)[ "'`(]{0,4}$/.test(
    text.slice(end, sentenceAt),
  );
  const isNext = /^[ \t]["'`]?$/.test(text.slice(end, sentenceAt));
  return valueAt({ ...place, form: 'sentence', said, next: isNext }, sentenceAt);
}

const isBlank = (code: number): boolean => code === 32 || code === 9;

const isCapital = (code: number): boolean => code >= 65 && code <= 90;

/** Whether a value may follow a name after blanks alone: a variable's name in capitals, or a name in the first column and nothing behind the value. */
function isListed(text: string, start: number, end: number, valueAt: number): boolean {
  if (isCapital(text.charCodeAt(start)) && /^[A-Z][A-Z0-9]*_[A-Z0-9_]*$/.test(text.slice(start, end))) return true;
  // A directive of a block: an indented name of several words, and nothing behind its value.
  const limit = Math.max(0, start - 40);
  let before = start;
  while (before > limit && isBlank(text.charCodeAt(before - 1))) before -= 1;
  if (before > limit && text[before - 1] !== '\n') return false;
  if (before < start && !/[_-]/.test(text.slice(start, end))) return false;
  return (
    (valueAt - end >= 2 || text.slice(start, end).includes('_')) &&
    /^\S{4,512}[ \t]*(?:\r?\n|$)/.test(text.slice(valueAt, valueAt + 560))
  );
}

/**
 * Whether a sentence ends before what stands at `at`: its quote was closed, as in `msg="… stripe_key of undefined" req=1`,
 * or the next field begins there.
 */
function startsElsewhere(text: string, nameEnd: number, at: number): boolean {
  return beginsField(text, at) || (at > nameEnd && /["'`][ \t]|[ \t]\p{L}{1,14}=$/u.test(text.slice(nameEnd, at)));
}

const opening = /[fbruLN@$]?(?:<<)?(\\*)("""|'''|["'`])/y;
/** The first character of what opens an expression. */
const opensExpression = characterTest(/[({[&!=]/);

function valueAt(place: PlaceAmongWords, at: number): (Span & { kind: string }) | undefined {
  const { text, telling } = place;
  const first = text.charCodeAt(at);
  opening.lastIndex = at;
  const quote = mayOpenQuote(first, text.charCodeAt(at + 1)) ? opening.exec(text) : null;
  if (quote !== null) {
    const start = at + quote[0].length;
    const end = closingQuote(text, start, (quote[1] ?? '') + (quote[2] ?? ''));
    const value = text.slice(start, end);
    return isSecret(place, value, true) ? { start, end: joinedEnd(text, end), kind: telling.kind } : undefined;
  }
  // What opens an expression is none of the words that `isSecret` takes.
  if (opensExpression(first)) return undefined;
  const wholeLine = place.form === 'assigned' && startsLine(text, place.start);
  const wordEnd = unquotedEnd(place, at, wholeLine);
  if (!wholeLine && isDull(place, at, wordEnd)) return undefined;
  const end = passphraseEnd(place, at, wordEnd) ?? listEnd(place, at, wordEnd);
  const value = text.slice(at, end);
  if (end > wordEnd) return { start: at, end, kind: telling.kind };
  if (place.form === 'element' && text[end] !== '<' && !text.startsWith(']]>', end - 3)) return undefined;
  return isSecret(place, value, false, text.slice(end, end + 24)) ? { start: at, end, kind: telling.kind } : undefined;
}

/** Two to eight words of a passphrase to the end of their line, before a comment. */
const passphrase =
  /[^\s:=(){}<>[\]"'`;,|#]{2,40}(?: [^\s:=(){}<>[\]"'`;,|#]{2,40}){1,7}(?=[ \t]*(?:#[^\n]*)?(?:\r?\n|$))/y;

/** A further part of a text in quotes: `"…" + "…"`, `"…" \\⏎ "…"`, `"…"⏎ "…"` in brackets. */
const joinedPart =
  /["'](?:[ \t]{0,4}[+&.\\][ \t]{0,4}(?:\\?\r?\n[ \t]{0,40})?|[ \t]{0,4}\r?\n[ \t]{1,40})[fbru]?["'](?=[^"'\s:]{4})[^"'\n:]{4,512}(?=["'])(?!["'][ \t]{0,4}[:=,])/y;

/** Where a quoted value ends that goes on in further texts, eight at most. */
function joinedEnd(text: string, end: number): number {
  let at = end;
  for (let part = 0; part < 8; part += 1) {
    const next = after(joinedPart, text, at);
    if (next === undefined) break;
    at = next;
  }
  return at;
}

/** A further item of a list of keys. */
const listedKey = /,([A-Za-z0-9+/_-]{16,512}={0,2})(?![\w=])/y;

/** Where a list of keys ends: `APP_KEYS=…,…`. */
function listEnd({ text }: Place, at: number, wordEnd: number): number {
  let end = wordEnd;
  for (let item = 0; item < 16 && text[end] === ','; item += 1) {
    listedKey.lastIndex = end;
    const key = listedKey.exec(text)?.[1];
    if (key === undefined || !looksRandom(key, 16) || !looksRandom(text.slice(at, wordEnd), 16)) break;
    end += key.length + 1;
  }
  return end;
}

/** What is called a phrase may also stand within a line: `passphrase=correct horse battery (attempt 3)`. */
const anywhere =
  /[^\s:=(){}<>[\]"'`;,|#]{2,40}(?: [^\s:=(){}<>[\]"'`;,|#]{2,40}){1,11}(?=[ \t]*(?:[()\]}"',;#|]|\r?\n|$))/y;

/** Where an unquoted password of several words ends: `password: correct horse battery`. */
function passphraseEnd({ text, name, start, telling, form }: Place, at: number, wordEnd: number): number | undefined {
  if (telling.kind !== 'password' || form !== 'assigned' || /^pass$/i.test(name) || text[wordEnd] !== ' ')
    return undefined;
  const isPhrase = /phrase$/i.test(name);
  if (!isPhrase && !startsLine(text, start)) return undefined;
  const words = isPhrase ? anywhere : passphrase;
  words.lastIndex = at;
  const match = words.exec(text);
  if (match === null) return undefined;
  if (prose.test(match[0]) || match[0].split(' ').some((word) => statusWord.test(word) || isPlaceholderValue(word)))
    return undefined;
  return at + match[0].length;
}

/** Where a quoted value ends: at its quote, at the end of the line where the quote was cut off. */
function closingQuote(text: string, start: number, quote: string): number {
  const limit = Math.min(text.length, start + longestValue);
  for (let at = start; at < limit; at += 1) {
    const code = text.charCodeAt(at);
    if (code === 10 || code === 13) return at;
    if (text.startsWith(quote, at)) return at;
    if (code === 92 && quote.length === 1) at += 1;
  }
  return limit;
}
