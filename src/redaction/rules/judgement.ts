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
/** Words of sentences. */
export const prose =
  /\b(?:is|are|was|must|should|be|not|the|your|you|a|an|to|for|with|and|or|of|in|please|enter|required|invalid|expired|missing|failed|reset|forgot|incorrect|wrong|does|can|cannot|has|have|least|characters)\b/i;
/** What is said about a secret, and no secret. */
export const statusWord =
  /^(?:incorrect|invalid|wrong|expired|revoked|rejected|refused|denied|failed|accepted|valid|ok|okay|success|set|reset|changed|updated|created|rotated|present|absent|empty|found|provided|given|used|unused|stored|saved|loaded|loading|cached|encrypted|hashed|plaintext|plain|basic|bearer|jwt|oauth2?|hidden|visible|expected|received|unauthorized|forbidden|identifier|type|error|warning|info|debug|verification|authentication|authorization|and|or|for|with|was|is|not|the|will|must|should|has|in|to|from|at|by|on|production|staging|development|local|localhost|public|private|internal|external|static|const|readonly|final|import|export|include|vault|keychain|env|environment|request|response|header|cookie|query|body|session|admin|root|user|username|guest|postgres|mysql|redis)$/i;

/** The last word on a value beside a telling name. */
export function isSecret(
  { text, name, start, telling, form, said = false, next = false }: Place,
  value: string,
  quoted: boolean,
  follower = '',
): boolean {
  if (value.length < 4 || isPlaceholderValue(value) || statusWord.test(value)) return false;
  // The quote that a prompt ends with, `"Password: " answer`; a shell's complaint, `${X:?is not set}`; the last part of an ARN.
  if (quoted ? /^\s/.test(value) : value.startsWith('?') && text[start - 1] === '{') return false;
  if (/:\d{12}:$/.test(text.slice(Math.max(0, start - 14), start))) return false;
  if (!quoted && ((code.test(value) && !isPairOfParts(value)) || follower === '(' || follower === '[')) return false;
  if (
    /^(?:https?|file|ftp|ssh|git|unix):\/\//i.test(value) ||
    /^(?:\.{0,2}|~|[A-Z]:)[\\/][\w.-]+(?:[\\/][\w .-]+)*$/.test(value)
  )
    return false;
  if (sameAsName(name, value)) return false;
  if (/^#[0-9a-f]{3,8}$/i.test(value) || camelCase.test(value)) return false;
  const random = looksRandom(value, 12);
  if (form === 'sentence') {
    if (!telling.strong) return false;
    // Straight behind the name: `with password …`, `radius secret …`; or said of it: `the password is …`.
    if ((telling.kind === 'password' ? said : false) && isChosen(value)) return true;
    if (next && value.length >= 8 && telling.kind !== 'key' && isChosen(value) && looksRandom(value, 8)) return true;
    if (next && telling.kind === 'password' && /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(value))
      return true;
    if (!looksRandom(value, 16) || /[/:@]/.test(value.slice(0, 8)) || /^[0-9a-f-]+$/i.test(value))
      return /^(?=.*\d)(?=.*[a-f])[0-9a-f]{32,128}$/i.test(value);
    return entropy(value) >= 3.3;
  }
  if (form === 'listed') return /\d/.test(value) && /[A-Za-z]/.test(value) && value.length >= 6;
  if (telling.kind === 'credential' && /^\d{4,10}$|^[0-9a-z]{4,8}(?:-[0-9a-z]{4,8}){1,5}$/i.test(value))
    return /\d/.test(value);
  if (form === 'argument' && !telling.strong) return looksRandom(value, 30);
  if (form === 'argument')
    return telling.strong && /\d/.test(value) && /[A-Za-z]/.test(value) && !/\s/.test(value) && value.length >= 6;
  if (!telling.strong && /^(?:[A-Za-z]+[-_.]){2,}[0-9a-f]{32,}$/.test(value)) return false;
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
          ((telling.kind === 'password' && !/^pass$/i.test(name) && value.split(/\s+/).length <= 8) || random)
      : false;
  if (telling.kind === 'password') {
    // `pass` alone is a word of logs and tests too: "First pass: resolve".
    if (!quoted && /^pass$/i.test(name) && /^[A-Za-z-]+$/.test(value)) return false;
    if (/^\d+$/.test(value)) return quoted || value.length >= 6;
    if (quoted || form === 'option' || form === 'element')
      return !/^[A-Z][a-z]+(?:[A-Z][a-z]+)+$/.test(value) || value.length > 20;
    // Bare letters are more often the name of a variable or a type than a password; `=` without a space assigns outside code.
    return /[^A-Za-z_$]/.test(value) || !/^[,;)(}]/.test(follower);
  }
  if (/^\d+(?:\.\d+)?[a-z]{0,3}$/i.test(value)) return value.length >= 16;
  if (value.length < 8) return telling.kind === 'secret' && quoted && /\d/.test(value) && /[A-Za-z]/.test(value);
  if (/^[A-Za-z]+$/.test(value))
    return value.length >= 16 && /[a-z][A-Z][^a-z]?|[A-Z]{3}[a-z]/.test(value) && entropy(value) >= 3.7;
  if (random) return true;
  // Words joined by separators name something: a header, a member of a config, a message id.
  if (/^[A-Za-z]+(?:[-_.:/ ][A-Za-z]+)*$/.test(value))
    return telling.kind === 'secret' && quoted && value.length >= 16 && !/[.:/]/.test(value);
  return /\d/.test(value) || /[^\w.:/-]/.test(value);
}

/** `3fc2a1….Xy7Kq2…`: an id and its secret with a dot between, which looks like a member of something. */
function isPairOfParts(value: string): boolean {
  return (
    /^[A-Za-z0-9]{6,64}\.[A-Za-z0-9_-]{16,128}$/.test(value) &&
    value.split('.').every((part) => (part.match(/\d/g)?.length ?? 0) >= 2 && looksRandom(part, 6))
  );
}

/** Whether a word looks like a password that somebody chose: letters and digits, with capitals among small letters or another sign. */
function isChosen(word: string): boolean {
  if (word.length < 6 || !/\d/.test(word) || !/[A-Za-z]/.test(word) || /[/\\@]|\.\w|^v?\d+[.:]/.test(word))
    return false;
  return /[!#$%^&*+?~]/.test(word) || (/[A-Z]/.test(word) && /[a-z]/.test(word) && looksRandom(word, 8));
}

/** `password: hashedPassword`, `token=userToken`, `secret: 'client_secret'`: the value is a name like its own. */
function sameAsName(name: string, value: string): boolean {
  if (!/^[A-Za-z_$][\w$.-]*$/.test(value)) return false;
  const plain = (text: string): string => text.toLowerCase().replace(/[^a-z0-9]/g, '');
  const own = plain(name);
  const other = plain(value);
  if (own === other || (other.length >= 4 && own.endsWith(other))) return true;
  return tellingName(value) !== undefined && /^[A-Za-z_$.-]+\d{0,2}$/.test(value);
}
