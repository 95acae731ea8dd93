import type { SuspicionKind } from '../model/suspicion.ts';
import { framePatterns } from './framePatterns.ts';
import { instructionAddresses } from './instructionAddresses.ts';
import { languagePatterns } from './instructionLanguages.ts';
import { instructionPatterns } from './instructionPatterns.ts';
import { instructionPhrases } from './instructionPhrases.ts';

export interface Suspicion {
  /** Index of the line, from 0. */
  readonly index: number;
  readonly kind: SuspicionKind;
  /** Where in the line something was noticed, as far as that is known, in UTF-16 units. */
  readonly at: number;
}

/** Of a longer line its first and its last part are looked at: a person reads no more of it either. Characters. */
const longestPart = 4_000;

/** Longest base64 word that is decoded. */
const longestEncoded = 2_000;

/**
 * The lines of a text that speak to a model rather than tell of a failure: instructions in some twenty languages, fake
 * speakers, chat templates, calls of tools; also spelled with look-alike letters, digits or gaps, over two lines, or in
 * base64, percent or `\u` escapes. A net with holes: what it misses is sent as data all the same, what it finds is shown
 * to the user. At most one suspicion a line; linear in the text.
 */
export function suspiciousLines(text: string, limit = Infinity): readonly Suspicion[] {
  const found: Suspicion[] = [];
  let before = '';
  for (const [index, raw] of text.split('\n').entries()) {
    if (found.length >= limit) break;
    const line = raw.length <= 2 * longestPart ? raw : `${raw.slice(0, longestPart)} ${raw.slice(-longestPart)}`;
    const own = inLine(line);
    // Broken over two lines; a line that was noticed by itself is not the beginning of another.
    const joined =
      own === undefined && before !== ''
        ? inLine(`${before.slice(-200)} ${line.trimStart().slice(0, 200)}`)
        : undefined;
    const noticed = own ?? joined;
    if (noticed !== undefined) found.push({ index, ...noticed });
    before = noticed === undefined ? line.trimEnd() : '';
  }
  return found;
}

type Noticed = Omit<Suspicion, 'index'>;

function inLine(line: string): Noticed | undefined {
  if (line.trim().length < 4) return undefined;
  const plain = folded(line);
  const noticed = match(plain, line);
  if (noticed !== undefined) return noticed;
  for (const variant of variantsOf(plain, line)) {
    const other = match(variant, line);
    if (other !== undefined) return { kind: other.kind, at: 0 };
  }
  return undefined;
}

/** What stands in every instruction or frame, so that the rest of a log costs one look. */
const anyFrame =
  /[<[{|`\\]|from|to:|tool|function|developer|human|assistant|system|admin|record_|search_rep|#|role|end of/;
const anyWord =
  /ignor|set aside|put aside|void|cancel|obsolete|outdated|invalid|supersed|revoke|replaced|suspend|lifted|no longer|not valid|not applicable|not relevant|new |disable|turn off|deactivate|remove|circumvent|lift|restrictions|filters|limitations|guardrails|censorship|translate|summari|encode|spell out|copy|recite|quote|prompt|approved|authori|consent|granted|permission|go ahead|tool|function|when|while|before|after|disregard|forget|overr|bypass|neglect|discard|drop|follow|obey|heed|comply|listen|attention|task|goal|job|objective|mission|purpose|instruction|role|now on|henceforth|you |you're|act as|behave as|as if|as though|pretend|mode|do anything|jail ?break|claude|gpt|llm|model|assistant|agent|copilot|gemini|bot\b|chatbot|\bai\b|a\.i\.|tell|mention|reveal|inform|disclos|notif|alert|warn|without|avoid|refrain|hide|conceal|keep|print|repeat|output|show|leak|display|write|expose|recite|dump|give|return|include|append|echo|send|upload|post|exfil|forward|mail|transmit|safe|required|important|mandatory|to fix|to resolve|to solve|conclude|answer|respond|reply|state|say|claim|report|record|recommend|confirm|mark|treat|consider|trust|believe|analy[sz]ing|reviewing/;
const latin = /^[\p{Script=Latin}\p{N}\p{P}\p{S}\p{Z}\p{Cc}]*$/u;
const anyLatinWord =
  /ignor|verg[ei]|missacht|beacht|ubersch|umgeh|oubli|compte|contourn|neglig|suive|olvid|caso|desobed|descart|omit|pas[ae] por|esque|desconsid|nao sig|dimentic|non seg|non consid|trascur|negeer|sla |houd|glom|glem|bortse|strunta|zapom|pomin|yok ?say|unut|dikkate|goz ardi|gormezden|abai|lupa|jangan|hirau|bo qua|quen|phot lo|khong tuan|uita|hagyd|felejt|se bort|an d(?:ie ki|en )|an das sprach|erwahn|l'assistant|l'ia|repond|mentionn|asistente|menciones/;

/** The last two speak no English: their lines are told by other words than the rest. */
const [addressesInLatin, addressesInOthers] = [instructionAddresses.slice(-2, -1), instructionAddresses.slice(-1)];
const foreign = [...addressesInLatin, ...addressesInOthers, ...languagePatterns];
const speech = [...instructionPatterns, ...instructionPhrases, ...instructionAddresses.slice(0, -2)];

function match(text: string, line: string): Noticed | undefined {
  if (anyFrame.test(text)) {
    for (const { kind, pattern } of framePatterns) {
      const at = pattern.exec(text)?.index;
      if (at !== undefined) return { kind, at: Math.min(at, line.length) };
    }
  }
  if (anyWord.test(text)) {
    for (const { kind, pattern } of speech) {
      const at = pattern.exec(text)?.index;
      if (at !== undefined) return { kind, at: Math.min(at, line.length) };
    }
  }
  if (!anyLatinWord.test(text) && latin.test(text)) return undefined;
  for (const { kind, pattern } of foreign) {
    const at = pattern.exec(text)?.index;
    if (at !== undefined) return { kind, at: Math.min(at, line.length) };
  }
  return undefined;
}

/** Lower case, without accents and hidden characters, wide and fancy letters as plain ones, single spaces. */
function folded(line: string): string {
  // Nearly every line of a log is ASCII: there is nothing to take apart.
  if (/^[\x20-\x7e]*$/.test(line)) return line.toLowerCase().replace(/ {2,}/g, ' ');
  return line
    .normalize('NFKD')
    .replace(/\p{Default_Ignorable_Code_Point}|[\u0300-\u036f]/gu, '')
    .normalize('NFC')
    .toLowerCase()
    .replaceAll('ı', 'i')
    .replaceAll('ß', 'ss')
    .replaceAll('ø', 'o')
    .replaceAll('đ', 'd')
    .replaceAll('ł', 'l')
    .replaceAll('’', "'")
    .replace(/[^\S\n]+|_{1,3}(?=\p{L})/gu, (gap) => (gap.startsWith('_') ? '_' : ' '));
}

/** Other readings of a line, each only where there is a reason for it. */
function* variantsOf(plain: string, line: string): Generator<string> {
  // Letters of another alphabet that look Latin, within a word that has Latin ones.
  if (
    /\p{Script=Latin}[\p{Script=Cyrillic}\p{Script=Greek}]|[\p{Script=Cyrillic}\p{Script=Greek}]\p{Script=Latin}/u.test(
      plain,
    )
  ) {
    yield plain.replace(/[асеорхуіјѕһԁԛԝкмтнвαεινορτυχκμηβ]/gu, (letter) => lookAlikes.get(letter) ?? letter);
  }
  // Small capitals: `ɪɢɴᴏʀᴇ`.
  if (/[ɢɪɴʀʟʏʙʜᴀ-ᴢꜰꜱ]{3}/u.test(plain))
    yield plain.replace(/[ɢɪɴʀʟʏʙʜᴀᴄᴅᴇᴊᴋᴍᴏᴘᴛᴜᴠᴡᴢꜰꜱ]/gu, (letter) => smallCapitals.get(letter) ?? letter);
  // Backwards, and with letters moved by thirteen: by the words that such lines have.
  if (/snoitcurtsni|noitcurtsni|suoiverp|erongi|tpmorp/.test(plain)) yield Array.from(plain).reverse().join('');
  if (/vafgehpgvba|cerivbhf|vtaber|flfgrz cebzcg/.test(plain))
    yield plain.replace(/[a-z]/g, (letter) => String.fromCharCode(((letter.charCodeAt(0) - 97 + 13) % 26) + 97));
  // Digits and signs for letters: `1gn0re pr3vious`.
  if (/\p{L}[01345@$!|][\p{L}]|\b[1!|]\p{L}/u.test(plain)) {
    yield plain.replace(/[01345@$!|]/g, (sign) => letters.get(sign) ?? sign);
  }
  // Letters with gaps or signs between them: `i g n o r e  a l l`, `i.g.n.o.r.e`.
  if (/(?:^|[^\p{L}])(?:\p{L}[ .\-_*·]){6}/u.test(plain)) {
    yield folded(line.replace(/(?<=(?:^|[^\p{L}])\p{L})[.\-_*· ](?=\p{L}(?:[^\p{L}]|$))/gu, ''));
  }
  // Words tied by other signs than spaces: `ignore_all-previous.instructions`.
  if (/\p{L}[_\-.+/]\p{L}+[_\-.+/]\p{L}+[_\-.+/]\p{L}/u.test(plain)) yield plain.replace(/[_\-.+/]+/g, ' ');
  yield* decoded(line);
}

function* decoded(line: string): Generator<string> {
  if (/(?:%[0-9a-f]{2}[^%]{0,20}){3}/i.test(line)) {
    yield folded(line.replaceAll('+', ' ').replace(/(?:%[0-9a-f]{2})+/gi, percentDecoded));
  }
  if (/(?:\\u[0-9a-f]{4}|\\x[0-9a-f]{2}|&#)/i.test(line)) {
    yield folded(
      line
        .replace(/\\u([0-9a-f]{4})|\\x([0-9a-f]{2})/gi, (_, four?: string, two?: string) =>
          String.fromCharCode(parseInt(four ?? two ?? '20', 16)),
        )
        .replace(/&#(?:x([0-9a-f]{1,6})|(\d{1,7}));/gi, (whole, hex?: string, decimal?: string) =>
          codePoint(hex === undefined ? Number(decimal) : parseInt(hex, 16), whole),
        ),
    );
  }
  for (const [word] of line.matchAll(/[A-Za-z0-9+/_-]{24,2000}={0,2}/g)) {
    const bytes = Buffer.from(word.slice(0, longestEncoded), 'base64');
    const text = bytes.toString('utf8');
    if (isProse(text)) yield folded(text);
    const hex = /^(?:[0-9a-f]{2}){12,}$/i.test(word) ? Buffer.from(word, 'hex').toString('utf8') : '';
    if (isProse(hex)) yield folded(hex);
  }
}

/** Text with words in it, not the noise that decoding anything gives. */
function isProse(text: string): boolean {
  return (
    text.length >= 12 && / /.test(text) && !/[^\p{L}\p{M}\p{N}\p{P}\p{S}\s]/u.test(text) && !text.includes('\ufffd')
  );
}

function percentDecoded(escapes: string): string {
  return Buffer.from(escapes.replaceAll('%', ''), 'hex').toString('utf8');
}

function codePoint(code: number, otherwise: string): string {
  return Number.isInteger(code) && code <= 0x10ffff ? String.fromCodePoint(code) : otherwise;
}

/** Cyrillic and Greek letters that look like Latin ones (Unicode's confusables), in lower case. */
const lookAlikes: ReadonlyMap<string, string> = new Map(
  Object.entries({
    а: 'a',
    с: 'c',
    е: 'e',
    о: 'o',
    р: 'p',
    х: 'x',
    у: 'y',
    і: 'i',
    ј: 'j',
    ѕ: 's',
    һ: 'h',
    ԁ: 'd',
    ԛ: 'q',
    ԝ: 'w',
    к: 'k',
    м: 'm',
    т: 't',
    н: 'h',
    в: 'b',
    α: 'a',
    ε: 'e',
    ι: 'i',
    ν: 'v',
    ο: 'o',
    ρ: 'p',
    τ: 't',
    υ: 'u',
    χ: 'x',
    κ: 'k',
    μ: 'm',
    η: 'n',
    β: 'b',
  }),
);

const smallCapitals: ReadonlyMap<string, string> = new Map(
  Array.from('ᴀʙᴄᴅᴇꜰɢʜɪᴊᴋʟᴍɴᴏᴘʀꜱᴛᴜᴠᴡʏᴢ', (letter, at) => [letter, 'abcdefghijklmnoprstuvwyz'.charAt(at)]),
);

const letters: ReadonlyMap<string, string> = new Map(
  Object.entries({ 0: 'o', 1: 'i', 3: 'e', 4: 'a', 5: 's', '@': 'a', $: 's', '!': 'i', '|': 'i' }),
);
