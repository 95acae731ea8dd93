import { rank } from './finding.ts';
import type { Finding } from './finding.ts';
import { entropy } from './rules/value.ts';

/** Words that are told by all of their build, which no literal in them could tell; with their lengths, which most words have not. */
const shapes: readonly {
  readonly kind: string;
  readonly least: number;
  readonly most: number;
  readonly shape: RegExp;
}[] = [
  // Mailgun documentation, "API keys", since 2018.
  { kind: 'mailgun-key', least: 50, most: 50, shape: /^[0-9a-f]{32}-[0-9a-f]{8}-[0-9a-f]{8}$/ },
  // UptimeRobot documentation, "API".
  { kind: 'uptimerobot-key', least: 32, most: 37, shape: /^(?:ur|u|m)\d{6,10}-[0-9a-f]{24}$/ },
  // NATS documentation, "NKeys": S, the kind, base32.
  { kind: 'nats-seed', least: 56, most: 59, shape: /^S[UAONCX](?=(?:[A-Z]*\d){3})[A-Z0-9]{54,57}$/ },
  // ngrok documentation, "Authtoken": an id that begins with its version, then the secret.
  {
    kind: 'ngrok-key',
    least: 48,
    most: 54,
    shape: /^[12](?=(?:[A-Za-z]*\d){2})[A-Za-z0-9]{26,28}_[A-Za-z0-9]{20,24}$/,
  },
  // Stellar, "StrKey": S and base32.
  { kind: 'wallet-key', least: 56, most: 56, shape: /^S(?=(?:[A-Z]*\d){3})[A-Z0-9]{55}$/ },
  // Bitcoin, "Wallet import format": base58.
  {
    kind: 'wallet-key',
    least: 51,
    most: 53,
    shape: /^(?:5[HJK][A-HJ-NP-Za-km-z1-9]{49}|[KL](?=(?:[A-Za-z]*\d){3})[A-Za-z1-9]{51})$/,
  },
];

/** Two words drawn by lot with a dot or a colon between: an id and its secret, of makers that give no prefix. */
const pair = /^(?:[0-9a-f]{24,64}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|[A-Z]{2}[0-9a-f]{32})$/;
const secondOfPair = /(?:\.(?=[A-Za-z]*\d)[A-Za-z0-9]{16,64}|:(?=[a-f]*\d)[0-9a-f]{32,64})(?![A-Za-z0-9._:@/-])/y;

/** What a maker puts before a token: one to four short words, each with a separator behind it. */
const part = /(?:[a-z][a-z0-9]{0,15}|[A-Z][A-Z0-9]{0,15})[_-]{1,2}/y;
/** Digests and names that are followed by one, and what counts, styles or times. */
const innocent =
  /^(?:sha\d*|md5|crc|hash|digest|etag|chunk|asset|bundle|index|main|vendor|style|css|font|img|image|icon|svg|layer|build|commit|trace|span|req|request|session|pod|node|ip|i|vol|subnet|eni|arn|chatcmpl|resp|msg|run|call|toolu|evt|cus|pi|ch|in|price|prod|sub|acct)[_-]/i;
const tellingWord =
  /(?:^|[_-])(?:sk|rk|key|apikey|api|token|tok|secret|sec|pat|live|auth|access|private|priv|bearer|credential)[_-]/i;
/** What stands before a word that only names one request, one run or one message, or is a sum over a file. */
const identifier =
  /sha\d{1,3}[=:-]$|(?:request|trace|span|correlation|cf|operation|invocation|message|event|job|run|build|execution)[-_]?id\\*["']?[:=] ?\\*["']?$/i;
/** A signature or a checksum behind a separator. */
const tail = /(?:[.~=]{1,2}(?=[A-Za-z_-]{0,60}\d)[A-Za-z0-9_-]{6,512}){0,4}={0,2}/y;

/** The shortest token with its prefix, and the least that is drawn by lot in it. */
const shortestLooseToken = 33;
const shortestBody = 30;

/**
 * Finds tokens of makers that the table does not know: a short prefix and a long body that is drawn by lot, in a run of letters,
 * digits, `_`, `-`, `+` and `/` that `run` bounds. What is hexadecimal counts only behind a word such as `key_`, for digests look the same.
 */
export function findLooseTokens(text: string, run: readonly [number, number], found: (finding: Finding) => void): void {
  let [start] = run;
  const [, end] = run;
  for (let at = start; at <= end; at += 1) {
    const code = at === end ? 47 : text.charCodeAt(at);
    if (code !== 47 && code !== 43) continue;
    const known = at - start >= shortestShape && at - start <= 60 ? shapeOf(text, start, at) : undefined;
    if (known !== undefined) found({ ...known, start, rank: rank.library });
    else if (
      at - start >= shortestLooseToken &&
      at - start <= 600 &&
      isLooseToken(text.slice(start, at)) &&
      !identifier.test(text.slice(Math.max(0, start - 24), start))
    ) {
      tail.lastIndex = at;
      tail.test(text);
      found({ start, end: Math.max(at, tail.lastIndex), kind: 'token', rank: rank.library });
    }
    start = at + 1;
  }
}

/** The shortest word of `shapes` and of `pair`. */
const shortestShape = 24;

function shapeOf(text: string, start: number, end: number): Pick<Finding, 'kind' | 'end'> | undefined {
  const word = text.slice(start, end);
  const next = text[end];
  if (next === '.' || next === ':') {
    secondOfPair.lastIndex = end;
    if (pair.test(word) && secondOfPair.test(text)) return { kind: 'token', end: secondOfPair.lastIndex };
  }
  const { length } = word;
  const found = shapes.find(({ least, most, shape }) => length >= least && length <= most && shape.test(word));
  return found && { kind: found.kind, end };
}

function isLooseToken(word: string): boolean {
  // `acme_live_4eC39HqL…`: the prefix may be `acme_` or `acme_live_`.
  // A UUID at the end of a line, with the next line's word behind it.
  if (/^[0-9a-f]{8}-[0-9a-f]{4}-/.test(word)) return false;
  let prefixEnd = 0;
  for (let parts = 0; parts < 4; parts += 1) {
    prefixEnd = endOfPart(word, prefixEnd);
    if (prefixEnd < 3 || word.length - prefixEnd < shortestBody) return false;
    const prefix = word.slice(0, prefixEnd);
    if (innocent.test(prefix)) return false;
    if (isDrawnByLot(word.slice(prefixEnd), prefix)) return true;
  }
  return false;
}

/** Where the next short word and its separators end; 0 where none is there. */
function endOfPart(word: string, start: number): number {
  part.lastIndex = start;
  return part.test(word) ? part.lastIndex : 0;
}

function isDrawnByLot(body: string, prefix: string): boolean {
  const digits = body.match(/\d/g)?.length ?? 0;
  // Words with separators between them have more of those than chance gives.
  const separators = body.match(/[_-]/g)?.length ?? 0;
  if (digits < 3 || separators > Math.max(2, body.length * 0.08) || /^[A-Za-z]{7}|[_-]{3}/.test(body)) return false;
  // A digest behind the name of what it is of: v3-deps-5f2a…
  if (/[_-][0-9a-f]{32,128}$/i.test(body) && !tellingWord.test(prefix + body)) return false;
  if (/^[0-9a-f-]+$/i.test(body)) return tellingWord.test(prefix) && digits >= 6 && entropy(body) >= 3;
  const changes = classChanges(body) / body.length;
  if (/[A-Z]/.test(body) && /[a-z]/.test(body)) return changes >= 0.42 && entropy(body) >= 3.9;
  return body.length >= 40 && digits >= 6 && changes >= 0.28 && entropy(body) >= 3.7 && !/[a-z]{7}/i.test(body);
}

/** How often capitals, small letters, digits and separators give way to each other: often where they are drawn by lot. */
function classChanges(text: string): number {
  let changes = 0;
  let before = -1;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    const kind = code >= 97 ? 0 : code >= 65 && code <= 90 ? 1 : code >= 48 && code <= 57 ? 2 : 3;
    if (kind !== before && before >= 0) changes += 1;
    before = kind;
  }
  return changes;
}
