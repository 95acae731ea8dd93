import { tellingName } from './names.ts';
import type { TellingName } from './names.ts';
import { entropy, isPlaceholderValue, looksRandom } from './value.ts';

/** A telling name and how a value stands to it. */
export interface Place {
  readonly text: string;
  readonly name: string;
  readonly start: number;
  readonly telling: TellingName;
  /** Whether "is", "was" or a colon stands just before the value of a sentence. */
  readonly said?: boolean;
  /** Whether nothing but a blank and a quote stands between the name and the value of a sentence. */
  readonly next?: boolean;
  readonly form: 'assigned' | 'code' | 'element' | 'option' | 'listed' | 'argument' | 'sentence';
}

/** Words run together: the name of a type or a variable. */
const camelCase = /^(?:[A-Z]{1,3}|[A-Z]?[a-z]{2,})(?:[A-Z][a-z]{2,}|[A-Z]{2,3}(?![A-Za-z]))+[A-Z]?\d{0,2}$/;
/** Names of members and calls: what code assigns. */
const code =
  /^(?:!?(?:await|new|typeof|void|return|function|async|lambda|yield)\b|[A-Za-z_$][\w$]*(?:\?\.|\.|->|::)(?!\w{1,40}:[\w-]{20})[A-Za-z_$[(]|[A-Za-z_$][\w$.]*[([]|\(|\[|\{|&|!|=|\.\.\.|@|\/[\w.-]+\/|\.{0,2}\/|~\/|[A-Z]:\\|https?:|\*|\\[nrt])/;
/** A name with the ending of a source or a document: what follows its colon is a line or a complaint. */
const fileName =
  /\.(?:[cm]?[jt]sx?|py|rb|go|rs|java|kts?|cs|vb|fs|php|c|cc|cpp|h|hpp|m|swift|scala|exs?|erl|vue|svelte|sql|md|jsonc?|ya?ml|toml|xml|html?|s?css|lock|log|txt|sh|ps1|tf|hcl|pl|lua|dart)$/i;
/** Words of sentences. */
export const prose =
  /\b(?:is|are|was|must|should|be|not|the|your|you|a|an|to|for|with|and|or|of|in|please|enter|required|invalid|expired|missing|failed|reset|forgot|incorrect|wrong|does|can|cannot|has|have|least|characters)\b/i;
/** What is said about a secret, and no secret. */
export const statusWord =
  /^(?:incorrect|invalid|wrong|expired|revoked|rejected|refused|denied|failed|accepted|valid|ok|okay|success|set|reset|changed|updated|created|rotated|present|absent|empty|found|provided|given|used|unused|stored|saved|loaded|loading|cached|encrypted|hashed|plaintext|plain|basic|bearer|jwt|oauth2?|hidden|visible|expected|received|unauthorized|forbidden|identifier|type|error|warning|info|debug|verification|authentication|authorization|and|or|for|with|was|is|not|the|will|must|should|has|in|to|from|at|by|on|production|staging|development|local|localhost|public|private|internal|external|static|const|readonly|final|import|export|include|refreshing|reading|still|creating|creation|exit|die|echo|return|break|continue|modifying|modifications|destroying|destruction|updating|importing|vault|keychain|env|environment|request|response|header|cookie|query|body|session|admin|root|user|username|guest|postgres|mysql|redis|bcrypt|scrypt|argon2(?:id|i|d)?|pbkdf2|md5|sha-?\d{1,3}|[hrep]s(?:256|384|512)|ed25519|rsa|aes(?:-\w{1,12})?)$/i;
/** What is told of a token by its fields: `jwt: kid=orders-2026 alg=RS256`. */
const fieldOfToken =
  /^(?:kid|alg|iss|issuer|aud|audience|sub|exp|iat|nbf|typ|ttl|expires(?:_in|_at)?|scopes?|len|length|accessor|version)=/i;

/** The last word on a value beside a telling name. */
export function isSecret(
  { text, name, start, telling, form, said = false, next = false }: Place,
  value: string,
  quoted: boolean,
  after = '',
): boolean {
  const follower = after[0] ?? '';
  if (value.length < 4) return false;
  // Two names that end alike are told by a few characters.
  if (endsAlike(name, value) && identifier.test(value) && endsWithWords(name, value)) return false;
  // What the first characters tell comes before what all of a value, which may be long, is read for.
  if (!quoted && ((code.test(value) && !isPairOfParts(value)) || follower === '(' || follower === '[')) return false;
  if (isPlaceholderValue(value) || statusWord.test(value)) return false;
  if (!quoted && fieldOfToken.test(value)) return false;
  // The quote that a prompt ends with, `"Password: " answer`; a shell's complaint, `${X:?is not set}`; the last part of an ARN.
  if (quoted ? /^\s/.test(value) : value.startsWith('?') && text[start - 1] === '{') return false;
  if (/:\d{12}:$/.test(text.slice(Math.max(0, start - 14), start))) return false;
  if (
    /^(?:https?|file|ftp|ssh|git|unix):\/\//i.test(value) ||
    /^(?:\.{0,2}|~|[A-Z]:)[\\/][\w.-]+(?:[\\/][\w .-]+)*$/.test(value)
  )
    return false;
  // A regular expression: `token = r'[^\W\d]\w*'`.
  if (/^\[\^|\\[wWdDsS](?:[*+?)\]{]|$)/.test(value)) return false;
  if (sameAsName(name, value) || (fileName.test(name) && !looksRandom(value, 20))) return false;
  if (/^#[0-9a-f]{3,8}$/i.test(value) || camelCase.test(value)) return false;
  if (form === 'sentence') {
    if (!telling.strong || value.startsWith('«')) return false;
    // Straight behind the name: `with password …`, `radius secret …`; or said of it: `the password is …`.
    if (said && (telling.kind === 'password' || (telling.kind === 'secret' && !value.includes(':'))) && isChosen(value))
      return true;
    if (next && value.length >= 8 && telling.kind !== 'key' && isChosen(value) && looksRandom(value, 8)) return true;
    if (next && telling.kind === 'password' && /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(value))
      return true;
    if (!looksRandom(value, 16) || /[/:@]/.test(value.slice(0, 8)) || /^[0-9a-f-]+$/i.test(value))
      return /^(?=.*\d)(?=.*[a-f])[0-9a-f]{32,128}$/i.test(value);
    return entropy(value) >= 3.3;
  }
  if (form === 'listed') return /\d/.test(value) && /[A-Za-z]/.test(value) && value.length >= 6;
  if (
    telling.strong &&
    telling.kind === 'credential' &&
    /^\d{4,10}$|^[0-9a-z]{4,8}(?:-[0-9a-z]{4,8}){1,5}$/i.test(value)
  )
    return /\d/.test(value);
  if (form === 'argument' && !telling.strong) return looksRandom(value, 30);
  if (form === 'argument')
    return (
      telling.strong && /\d/.test(value) && /[A-Za-z]/.test(value) && !/\s|^[a-z]+\d$/.test(value) && value.length >= 6
    );
  if (!telling.strong && /^(?:[A-Za-z]+[-_.:/]){2,}[0-9a-f]{32,}$/.test(value)) return false;
  if (
    !telling.strong &&
    /^[A-Z][A-Z\d_]*_KEY$/.test(name) &&
    /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(value)
  )
    return true;
  // Of a key with a name of its own: AIRBRAKE_PROJECT_KEY, not the key of a cache.
  if (!telling.strong && /[_-]/.test(name) && /^(?=.*\d)[0-9a-f]{32,64}$/i.test(value)) return entropy(value) >= 2.8;
  if (!telling.strong)
    return (
      looksRandom(value, 20) &&
      entropy(value) >= 3.5 &&
      !/\s/.test(value) &&
      !/^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f-]{22}$/i.test(value)
    );
  if (/\s/.test(value))
    return quoted || form === 'element'
      ? !prose.test(value) &&
          ((telling.kind === 'password' && !/^pass$/i.test(name) && value.split(/\s+/).length <= 8) ||
            (/phrase$/i.test(name) && value.split(/\s+/).length <= 25) ||
            looksRandom(value, 12))
      : false;
  if (telling.kind === 'password') {
    // `pass` alone is a word of logs and tests too: "First pass: resolve".
    if (!quoted && /^pass$/i.test(name) && /^[A-Za-z-]+$/.test(value)) return false;
    if (/^\d+$/.test(value)) return quoted || value.length >= 6;
    if (quoted || form === 'option' || form === 'element')
      return !/^[A-Z][a-z]+(?:[A-Z][a-z]+)+$/.test(value) || value.length > 20;
    // A sentence behind a colon: `passphrase: prompt the user`.
    if (/^[a-z]+$/i.test(value) && follower === ' ' && prose.test(after)) return false;
    // Bare letters are more often the name of a variable or a type than a password; `=` without a space assigns outside code.
    return /[^A-Za-z_$]/.test(value) || !/^[,;)(}]/.test(follower);
  }
  if (/^\d+(?:\.\d+)?[a-z]{0,3}$/i.test(value)) return value.length >= 16;
  if (value.length < 8) return telling.kind === 'secret' && quoted && /\d/.test(value) && /[A-Za-z]/.test(value);
  if (/^[A-Za-z]+$/.test(value))
    return value.length >= 16 && /[a-z][A-Z][^a-z]?|[A-Z]{3}[a-z]/.test(value) && entropy(value) >= 3.7;
  if (looksRandom(value, 12)) return true;
  // Words joined by separators name something: a header, a member of a config, a message id.
  if (/^[A-Za-z]+(?:[-_.:/ ][A-Za-z]+)*$/.test(value))
    return telling.kind === 'secret' && quoted && value.length >= 16 && !/[.:/]/.test(value);
  return /\d/.test(value) || /[^\w.:/-]/.test(value);
}

/** `3fc2a1….Xy7Kq2…`: an id and its secret with a dot between, which looks like a member of something. */
function isPairOfParts(value: string): boolean {
  if (!/^[A-Za-z0-9_-]{3,64}(?:\.[A-Za-z0-9_-]{3,128}){1,3}$/.test(value)) return false;
  const parts = value.split('.');
  const digits = (part: string): number => part.match(/\d/g)?.length ?? 0;
  return (
    (/^[^.]{6,64}\.[^.]{16,128}$/.test(value) && parts.every((part) => digits(part) >= 2 && looksRandom(part, 6))) ||
    parts.some((part) => part.length >= 24 && digits(part) >= 3 && looksRandom(part, 24) && entropy(part) >= 3.7)
  );
}

/** Whether a word looks like a password that somebody chose: letters and digits, with capitals among small letters or another sign. */
function isChosen(word: string): boolean {
  if (word.length < 6 || !/\d/.test(word) || !/[A-Za-z]/.test(word) || /[/\\@]|\.\w|^v?\d+[.:]/.test(word))
    return false;
  if (/^[A-Za-z0-9]{4,8}(?:-[A-Za-z0-9]{4,8}){2,3}$/.test(word)) return /[a-z]/.test(word) && /[A-Z]/.test(word);
  return /[!#$%^&*+?~]/.test(word) || (/[A-Z]/.test(word) && /[a-z]/.test(word) && looksRandom(word, 8));
}

const identifier = /^[A-Za-z_$][\w$.-]*$/;

/** `password: hashedPassword`, `token=userToken`, `secret: 'client_secret'`: the value is a name like its own. */
function sameAsName(name: string, value: string): boolean {
  return identifier.test(value) && ((endsAlike(name, value) && endsWithWords(name, value)) || isNameOfSecret(value));
}

function isNameOfSecret(value: string): boolean {
  return /^[A-Za-z_$.-]+\d{0,2}$/.test(value) && tellingName(value) !== undefined;
}

/** Whether a name is another, or ends with it where that has four letters and digits or more; signs and capitals aside. */
function endsWithWords(name: string, other: string): boolean {
  let at = name.length - 1;
  let same = 0;
  for (let back = other.length - 1; back >= 0; back -= 1) {
    const code = wordCode(other.charCodeAt(back));
    if (code < 0) continue;
    while (at >= 0 && wordCode(name.charCodeAt(at)) < 0) at -= 1;
    if (at < 0 || wordCode(name.charCodeAt(at)) !== code) return false;
    at -= 1;
    same += 1;
  }
  while (at >= 0 && wordCode(name.charCodeAt(at)) < 0) at -= 1;
  return at < 0 || same >= 4;
}

/** A letter as a small one, a digit as it is; -1 for what is neither. */
function wordCode(code: number): number {
  if ((code >= 97 && code <= 122) || (code >= 48 && code <= 57)) return code;
  return code >= 65 && code <= 90 ? code + 32 : -1;
}

/** Whether the last letters or digits of two names are the same: most values are told from a name by that. */
function endsAlike(a: string, b: string): boolean {
  return lastWordCode(a) === lastWordCode(b);
}

/** The last letter, small, or digit; -1 where there is none. */
function lastWordCode(text: string): number {
  for (let at = text.length - 1; at >= 0; at -= 1) {
    const code = wordCode(text.charCodeAt(at));
    if (code >= 0) return code;
  }
  return -1;
}
