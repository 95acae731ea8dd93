import { tellingName } from './names.ts';
import type { Span } from './rule.ts';
import { isPlaceholderValue } from './value.ts';
import { isSecret, prose, statusWord } from './judgement.ts';
import type { Place } from './judgement.ts';

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

/** The longest stretch of a name on either side of the anchor, and of a value. */
const longestName = 64;
const longestValue = 4_096;
const longestWord = 512;

/** Between a name and its value: assignment signs of programming languages, INI, JSON, YAML, properties, URLs, with the key's closing quote. */
const sign =
  /(?:\\*["'`](?:[ \t]{0,8}\r?\n[ \t]{1,40}(?=: ?["']))?)?(?:\]|\))?[ \t]{0,40}(?::[ \t]*[|>][-+]?[ \t]*\r?\n|=>|:=|={1,3}|!==?|\?\?=?(?!\?)|\?:(?= ?["'])|by lazy \{|\|\|=?|or(?= ["'])|:(?![:/])|->|<-|%3[DA])(?:(?<=[=:])[ \t]?\(?\r?\n[ \t+]{1,40}(?=["'`])|(?<==)\\\r?\n[ \t]{0,40}|[ \t]{0,40}|[+-])(?:\((?=["'])|\[(?=\\*["'])|\[(?=[^\s"'\]]{6,512}\])|(?:Some|Secret|SecretString|String|Just|Optional|SecretStr)[([ ](?=["'])|!!str |\s{1,9}string\(\d{1,5}\) (?="))?/iy;
/** A declared type between the name and its value: `token: string = "…"`, `password: str = "…"`. */
const typed =
  /\??[ \t]?:[ \t]?(?:[&*](?:'[a-z]{1,10} )?)?[A-Za-z_][\w.]{0,40}(?:<[\w, ]{1,40}>|\[\])?(?:[ \t]?\|[ \t]?[A-Za-z]{1,20})?[ \t]{1,3}=(?![=>])[ \t]{0,8}/y;
/**
 * The value in a second place: `name="x" value="…"`, `"name": "X", "value": "…"`, `- name: X⏎ value: …`; a property list's
 * `<key>X</key><string>…`; a form's part; an object or block with `value` or `default` in it; a parameter with its type between.
 */
const paired: readonly RegExp[] = [
  /(?:\\*["'])?[ \t]{0,4}[,;]?(?:\r?\n)?[ \t+-]{0,40}(?:\\*["'])?(?:[Vv]alue|VALUE|default|stringValue|ParameterValue|OptionValue|SecretString|secretString|plaintext)(?:\\*["'])?[ \t]{0,4}[:=][ \t]{0,4}/y,
  /<\/key>\s{0,40}<string>/y,
  /["'](?:;[^\r\n]{0,80})?\r?\n(?:Content-[^\r\n]{1,80}\r?\n){0,3}\r?\n/y,
  /\\*["']?\s{0,3}[:=]?\s{0,3}\{\s{0,40}(?:\\*["']?[a-z_]{1,20}\\*["']?\s{0,3}[:=]\s{0,3}[^,{}\n]{1,80}[,\n]\s{0,40}){0,4}\\*["']?(?:value|default)\\*["']?\s{0,3}[:=]\s{0,3}/y,
  /\\*["'],\s{0,40}\\*["']Type\\*["']: ?\\*["'][A-Za-z]{6,12}\\*["'],\s{0,40}\\*["']Value\\*["']: ?/y,
];
const argument = /(?:\\*["'])[ \t]{0,4},[ \t]{0,40}(?=\\*["'])|\([ \t]{0,4}(?=[fbru@$]?\\*["'])/y;
/** A word behind a blank that is none of those which `paired` looks for. */
const inSentence =
  /[ \t]{1,3}(?!value|default|stringValue|ParameterValue|OptionValue|[Ss]ecretString|plaintext)[A-Za-z0-9$]/y;
const element = /(?: [^<>\n]{0,120})?>(?:<!\[CDATA\[)?|["'][^<>\n]{0,60}>/y;
const option = /[ \t]{1,4}(?=[^\s-])/y;
/** A variable and its value in a list of them, a directive and its argument: `SetEnv DB_PASSWORD …`, `password            …` to the end of the line. */
const blanks = /[ \t]{1,40}["']?(?=[^\s"'=:])/y;
/** The values of an object whose own name is telling: `"bearer": { "api.acme.io": "…" }`. */
const nested = /\\*["']\s{0,3}:\s{0,3}\{\s{0,40}\\*["'][\w.:/-]{1,80}\\*["']\s{0,3}:\s{0,3}(?=\\*["'])/y;
/** Words between a telling name and the secret in a sentence: `token is …`, `key for prod: …`. */
const sentence = /(?:[ \t]{1,2}[\p{L}]{1,14}){0,5}[ \t:=('"`[<{]{1,4}/uy;

const sumOf = /(?:(?:checksum|digest|hash|sha\d{1,3}|md5)\/|(?:MD5|SHA[-\d]{1,7}|BLAKE2\w{1,3}|RMD160) ?\()$/i;

function after(pattern: RegExp, text: string, at: number): number | undefined {
  pattern.lastIndex = at;
  return pattern.test(text) ? pattern.lastIndex : undefined;
}

function firstAfter(patterns: readonly RegExp[], text: string, at: number): number | undefined {
  for (const pattern of patterns) {
    const found = after(pattern, text, at);
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

/** `.`, `$` and `-` */
const isSignInName = (code: number): boolean => code === 46 || code === 36 || code === 45;

/** The secret that a telling name at `at` is given, if it is given one. Looks no further than a name and a value reach. */
export function findAssignment(text: string, at: number): Assignment | { readonly nameEnd: number } {
  let start = at;
  while (start > 0 && at - start < longestName && isNameCode(text.charCodeAt(start - 1))) start -= 1;
  let end = at;
  while (end < text.length && end - at < longestName && isNameCode(text.charCodeAt(end))) end += 1;
  while (end > at && isSignInName(text.charCodeAt(end - 1))) end -= 1;
  const nameEnd = Math.max(end, at + 1);
  const nothing = { nameEnd };
  // The words in a placeholder name no value: `«api-token-1»@x`.
  if (text[start - 1] === '«') return nothing;
  // A sum over what is called so: `checksum/secret: 0bf2…` of Helm, `MD5 (token.txt) = 0b15…`.
  if (sumOf.test(text.slice(Math.max(0, start - 16), start))) return nothing;
  const name = text.slice(start, end);
  const spaced =
    name.length <= 4 &&
    /^keys?$/i.test(name) &&
    /(?:api|access|secret|private|account|app|hmac|aes|master|signing|encryption|shared|webhook|session|server) $/i.test(
      text.slice(Math.max(0, start - 8), start),
    );
  const telling = spaced ? ({ kind: 'key', strong: true } as const) : tellingName(name);
  if (telling === undefined) return nothing;
  const bareName = isSignInName(name.charCodeAt(0)) ? name.replace(/^[-$.]+/, '') : name;
  const place: Place = { text, name: bareName, start, telling, form: 'assigned' };

  // Names in sentences are by far the most: what no assignment can begin with need not be tried as one.
  const previous = text[start - 1];
  if (previous !== '<' && previous !== ':' && after(inSentence, text, end) !== undefined)
    return { ...(afterBlanks(place, end) ?? nothing), nameEnd };
  const typedAt = after(typed, text, end);
  if (typedAt !== undefined) return { ...(valueAt({ ...place, form: 'code' }, typedAt) ?? nothing), nameEnd };
  const pairedAt = firstAfter(paired, text, end);
  if (pairedAt !== undefined) return { ...(valueAt(place, pairedAt) ?? nothing), nameEnd };
  const signAt = after(sign, text, end);
  if (signAt !== undefined) return { ...(valueAt(place, signAt) ?? nothing), nameEnd };
  if (/<(?:[\w-]{1,20}:)?$|=["']$/.test(text.slice(Math.max(0, start - 24), start))) {
    const elementAt = after(element, text, end);
    if (elementAt !== undefined) return { ...(valueAt({ ...place, form: 'element' }, elementAt) ?? nothing), nameEnd };
  }
  const nestedAt = after(nested, text, end);
  if (nestedAt !== undefined) return { ...(valueAt({ ...place, form: 'sentence' }, nestedAt) ?? nothing), nameEnd };
  const argumentAt = after(argument, text, end);
  if (argumentAt !== undefined) return { ...(valueAt({ ...place, form: 'argument' }, argumentAt) ?? nothing), nameEnd };
  return { ...(afterBlanks(place, end) ?? nothing), nameEnd };
}

/** The value of an option, of a variable in a list, or in a sentence. */
function afterBlanks(place: Place, end: number): (Span & { kind: string }) | undefined {
  const { text, start, telling } = place;
  if (text[start] === '-') {
    const optionAt = after(option, text, end);
    if (optionAt !== undefined) return valueAt({ ...place, form: 'option' }, optionAt);
  }
  const blanksAt = after(blanks, text, end);
  if (blanksAt !== undefined && isListed(text, start, end, blanksAt))
    return valueAt({ ...place, form: 'listed' }, blanksAt);
  // What `isSecret` takes in a sentence follows a name that is telling by itself.
  if (!telling.strong) return undefined;
  const sentenceAt = after(sentence, text, end);
  if (sentenceAt === undefined || !digitAhead(text, sentenceAt) || startsElsewhere(text, end, sentenceAt))
    return undefined;
  const said = /(?: (?:is|was|are|to|ist|lautet|war|est|es|é|è|e|jest|är|er|on)|[:=])[ "'`(]{0,4}$/.test(
    text.slice(end, sentenceAt),
  );
  const next = /^[ \t]["'`]?$/.test(text.slice(end, sentenceAt));
  return valueAt({ ...place, form: 'sentence', said, next }, sentenceAt);
}

/** Whether the word at `at` has a digit: without one it is no secret in a sentence. */
function digitAhead(text: string, at: number): boolean {
  for (let here = at; here < text.length && here - at < longestWord; here += 1) {
    const code = text.charCodeAt(here);
    if (code >= 48 && code <= 57) return true;
    if (code <= 32) return false;
  }
  return false;
}

const isCapital = (code: number): boolean => code >= 65 && code <= 90;

/** Whether a value may follow a name after blanks alone: a variable's name in capitals, or a name in the first column and nothing behind the value. */
function isListed(text: string, start: number, end: number, valueAt: number): boolean {
  if (isCapital(text.charCodeAt(start)) && /^[A-Z][A-Z0-9]*_[A-Z0-9_]*$/.test(text.slice(start, end))) return true;
  if (start > 0 && text[start - 1] !== '\n') return false;
  return valueAt - end >= 2 && /^\S{4,512}[ \t]*(?:\r?\n|$)/.test(text.slice(valueAt, valueAt + 560));
}

/**
 * Whether a sentence ends before what stands at `at`: its quote was closed, as in `msg="… stripe_key of undefined" req=1`,
 * or the next field begins there.
 */
function startsElsewhere(text: string, nameEnd: number, at: number): boolean {
  return /["'`][ \t]/.test(text.slice(nameEnd, at)) || /^[A-Za-z_][\w.-]{0,40}=(?!=)/.test(text.slice(at, at + 42));
}

const opening = /[fbruLN@$]?(?:<<)?(\\*)("""|'''|["'`])/y;

function valueAt(place: Place, at: number): (Span & { kind: string }) | undefined {
  const { text, telling } = place;
  opening.lastIndex = at;
  const quote = opening.exec(text);
  if (quote !== null) {
    const start = at + quote[0].length;
    const end = closingQuote(text, start, (quote[1] ?? '') + (quote[2] ?? ''));
    const value = text.slice(start, end);
    return isSecret(place, value, true) ? { start, end, kind: telling.kind } : undefined;
  }
  // What opens an expression is none of the words that `isSecret` takes.
  if (/[({[&!=]/.test(text[at] ?? '')) return undefined;
  const wordEnd = unquotedEnd(place, at);
  const end = passphraseEnd(place, at, wordEnd) ?? wordEnd;
  const value = text.slice(at, end);
  if (end > wordEnd) return { start: at, end, kind: telling.kind };
  if (place.form === 'element' && text[end] !== '<' && !text.startsWith(']]>', end - 3)) return undefined;
  return isSecret(place, value, false, text[end] ?? '') ? { start: at, end, kind: telling.kind } : undefined;
}

/** Two to eight words of a passphrase to the end of their line, before a comment. */
const passphrase =
  /[^\s:=(){}<>[\]"'`;,|#]{2,40}(?: [^\s:=(){}<>[\]"'`;,|#]{2,40}){1,7}(?=[ \t]*(?:#[^\n]*)?(?:\r?\n|$))/y;

/** Where an unquoted password of several words ends: `password: correct horse battery`. */
function passphraseEnd({ text, name, start, telling, form }: Place, at: number, wordEnd: number): number | undefined {
  if (telling.kind !== 'password' || form !== 'assigned' || /^pass$/i.test(name) || text[wordEnd] !== ' ')
    return undefined;
  if (!startsLine(text, start)) return undefined;
  passphrase.lastIndex = at;
  const match = passphrase.exec(text);
  if (match === null) return undefined;
  const words = match[0].split(' ');
  if (prose.test(match[0]) || words.some((word) => statusWord.test(word) || isPlaceholderValue(word))) return undefined;
  return at + match[0].length;
}

/** Whether nothing but a list's dash, a line number or a keyword of a shell stands before `at` on its line. */
function startsLine(text: string, at: number): boolean {
  const before = text.slice(Math.max(0, at - 25), at);
  const lineFrom = before.lastIndexOf('\n') + 1;
  return (lineFrom > 0 || at < 25) && lineStart.test(before.slice(lineFrom));
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

/** Where unquoted values end, by the form they are in. */
const plainValue = /[^\s"'`<>;|&)}\],]{0,512}/y;
const optionValue = /[^\s"'`|]{0,512}/y;
const wordValue = /\S{0,512}/y;
const elementValue = /[^<\n]{0,512}/y;
const lineStart =
  /^[ \t>]*(?:[-+][ \t]*)?(?:\d{1,6}[:|][ \t]*)?(?:export |set |SET |ENV |ARG |-e |--env |declare -x |\$env:|"|')?$/;

/** A whole line `NAME=value` keeps what would end a value elsewhere, up to the next pair on it. */
function unquotedEnd({ text, start, form }: Place, at: number): number {
  const wholeLine = form === 'assigned' && startsLine(text, start);
  const bounds =
    form === 'element' ? elementValue : wholeLine ? wordValue : form === 'option' ? optionValue : plainValue;
  let end = at;
  // Most values are short, so a long one is read in a second go: many names in a row must not each read far ahead.
  for (let go = 0; go < 8; go += 1) {
    bounds.lastIndex = end;
    bounds.test(text);
    const read = bounds.lastIndex - end;
    end += read;
    if (read < 512 || form === 'sentence') break;
    if (go === 0 && !/\d/.test(text.slice(at, end))) break;
  }
  if (!wholeLine) return end;
  const next = /[;&,][ \t]*[A-Za-z_][\w. ]{0,40}=(?![=\s;,"']|$)|["',;)}\]]+$/.exec(text.slice(at, end));
  return next === null ? end : at + next.index;
}
