/** Longest base64 word that is decoded. */
const longestEncoded = 2_000;
/** A shorter one holds too few words. */
const shortestEncoded = 24;

/** Lower case, without accents and hidden characters, wide and fancy letters as plain ones, single spaces. */
export function folded(line: string): string {
  // Nearly every line of a log is ASCII: there is nothing to take apart.
  if (isPlain(line)) {
    const spaced = /[\t\r]| {2}/.test(line) ? line.replace(/[\t\r ]+/g, ' ') : line;
    return (spaced.includes('__') ? spaced.replace(/_{1,3}(?=[A-Za-z])/g, '_') : spaced).toLowerCase();
  }
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

function isPlain(line: string): boolean {
  return /^[\t\r\x20-\x7e]*$/.test(line);
}

/** Whether letters with gaps between them may go on behind the end of a line: `i g n o`. */
export function endsInLoneLetter(plain: string): boolean {
  return /(?:^|[^\p{L}])\p{L}$/u.test(plain);
}

/** Other readings of a line, each only where there is a reason for it. `plain` is the line as {@link folded} gives it. */
export function* readingsOf(plain: string, line: string): Generator<string> {
  const { spelled, spaced, tied } = isPlain(plain) ? ascii : anyScript;
  if (spelled !== ascii.spelled) {
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
  }
  // Backwards, and with letters moved by thirteen: by the words that such lines have.
  if (/snoitcurtsni|noitcurtsni|suoiverp|erongi|tpmorp/.test(plain)) yield Array.from(plain).reverse().join('');
  if (/vafgehpgvba|cerivbhf|vtaber|flfgrz cebzcg/.test(plain))
    yield plain.replace(/[a-z]/g, (letter) => String.fromCharCode(((letter.charCodeAt(0) - 97 + 13) % 26) + 97));
  // Digits and signs for letters: `1gn0re pr3vious`.
  if (spelled.test(plain)) yield plain.replace(/[01345@$!|]/g, (sign) => letters.get(sign) ?? sign);
  // Letters with gaps or signs between them: `i g n o r e  a l l`, `i.g.n.o.r.e`.
  if (spaced.test(plain)) {
    yield folded(line.replace(/(?<=(?:^|[^\p{L}])\p{L})[.\-_*· ](?=\p{L}(?:[^\p{L}]|$))/gu, ''));
  }
  // Words tied by other signs than spaces: `ignore_all-previous.instructions`.
  if (tied.test(plain)) yield plain.replace(/[_\-.+/]+/g, ' ');
  yield* decoded(line);
}

/** What tells that a line may be spelled oddly; for lines of plain characters without Unicode's classes, which take long. */
const ascii = {
  spelled: /[a-z][01345@$!|][a-z]|\b[1!|][a-z]/,
  spaced: /(?:^|[^a-z])(?:[a-z][ .\-_*]){6}/,
  tied: /[a-z][_\-.+/][a-z]+[_\-.+/][a-z]+[_\-.+/][a-z]/,
};
const anyScript = {
  spelled: /\p{L}[01345@$!|][\p{L}]|\b[1!|]\p{L}/u,
  spaced: /(?:^|[^\p{L}])(?:\p{L}[ .\-_*·]){6}/u,
  tied: /\p{L}[_\-.+/]\p{L}+[_\-.+/]\p{L}+[_\-.+/]\p{L}/u,
};

function* decoded(line: string): Generator<string> {
  if (line.includes('%') && /(?:%[0-9a-f]{2}[^%]{0,20}){3}/i.test(line)) {
    yield folded(line.replaceAll('+', ' ').replace(/(?:%[0-9a-f]{2})+/gi, percentDecoded));
  }
  if ((line.includes('\\') || line.includes('&#')) && /\\u[0-9a-f]{4}|\\x[0-9a-f]{2}|&#/i.test(line)) {
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
  if (!hasLongWord(line)) return;
  for (const [word] of line.matchAll(/[A-Za-z0-9+/_-]{24,2000}={0,2}/g)) {
    const bytes = Buffer.from(word.slice(0, longestEncoded), 'base64');
    const text = bytes.toString('utf8');
    if (isProse(text)) yield folded(text);
    const hex = /^(?:[0-9a-f]{2}){12,}$/i.test(word) ? Buffer.from(word, 'hex').toString('utf8') : '';
    if (isProse(hex)) yield folded(hex);
  }
}

/** Whether enough characters of base64 follow one another: the pattern for them begins anew at each. */
function hasLongWord(line: string): boolean {
  let length = 0;
  for (let at = 0; at < line.length; at += 1) {
    length = isEncoded[line.charCodeAt(at)] === 1 ? length + 1 : 0;
    if (length === shortestEncoded) return true;
  }
  return false;
}

const isEncoded = new Uint8Array(0x10000);
for (const character of 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/_-')
  isEncoded[character.charCodeAt(0)] = 1;

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
