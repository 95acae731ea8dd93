/** Longest text that is folded; a line may be a megabyte, what kind of error it is stands at its beginning. */
export const maxShapeLength = 400;

/** Quoted values; a mark inside a word is an apostrophe. One that holds a placeholder of redaction is left to the rest. */
const quoted = /(?<![\w\\])(?:"[^"\n«]{0,200}"|'[^'\n«]{0,200}'|`[^`\n«]{0,200}`)(?!\w)/g;

/** What differs within a word that has a digit or an at sign, the more special before the more general. */
const varying = new RegExp(
  [
    '«[^»\\n]{1,80}»',
    '(\\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\\b)',
    '(\\b\\d{4}-\\d\\d-\\d\\d(?:T\\d\\d:\\d\\d(?::\\d\\d(?:[.,]\\d+)?)?(?:Z|[+-]\\d\\d:?\\d\\d)?)?(?!\\w)|\\b\\d\\d:\\d\\d:\\d\\d(?:[.,]\\d+)?(?![\\w:]))',
    '([\\w.+-]{1,64}@[\\w-]{1,63}(?:\\.[\\w-]{1,63}){1,4})',
    '(\\b\\d{1,3}(?:\\.\\d{1,3}){3}(?::\\d{1,5})?\\b|(?<![\\w:])(?:[0-9a-f]{1,4}:){3,7}[0-9a-f]{1,4}\\b|(?<![\\w:])(?:(?:[0-9a-f]{1,4}:){1,6}|:)(?::[0-9a-f]{1,4}){1,6}\\b)',
    '(\\?[\\w%.~-]{1,60}=[^\\s"\'<>|)]*)',
    '(\\b0x[0-9a-f]+\\b|\\b(?=[a-f]{0,15}\\d)[0-9a-f]{8,128}\\b)',
    // Letters and digits that change places: tokens, request ids, hashes in base 64.
    '((?<![\\w-])(?=[\\w-]{0,64}?[a-z])(?=[\\w-]{0,64}?(?:\\d[a-z_-]+\\d|[a-z]\\d[a-z]\\w*\\d))[\\w-]{6,128}={0,2})',
    '((?:(?<![\\w)\\]])-)?\\d+(?:[.,]\\d+)*)',
  ].join('|'),
  'gi',
);
/** What each group of `varying` is called. */
const names = ['uuid', 'time', 'mail', 'ip', 'query', 'hex', 'id', 'number'] as const;

/**
 * The kind of thing that a log line says: numbers, ids, addresses, times and quoted values are folded into `<number>`,
 * `<id>` and the like, so that lines that differ in them alone fold to the same. A placeholder of redaction stays, so that
 * a shape says which kind of secret stood there. Linear in the text, which is cut to `maxShapeLength`; folding what is
 * folded already changes nothing more.
 */
export function foldShape(text: string): string {
  const line = text.length > maxShapeLength ? `${text.slice(0, maxShapeLength)}…` : text;
  const bare = /["'`]/.test(line) ? line.replace(quoted, '<quoted>') : line;
  return foldPlain(bare) ?? wordsJoined(bare.split(/\s+/).map((word) => (/[\d@]/.test(word) ? foldWord(word) : word)));
}

const wordsJoined = (words: readonly string[]): string => words.join(' ').trim();

/** The same of printable ASCII, which is nearly all there is, in one pass; `undefined` of other text. */
function foldPlain(text: string): string | undefined {
  const words: string[] = [];
  let start = 0;
  let varies = false;
  for (let at = 0; at <= text.length; at += 1) {
    const code = at === text.length ? 32 : text.charCodeAt(at);
    if (code < 32 || code > 126) return undefined;
    if (code !== 32) {
      varies ||= isDigit(code) || code === 64;
      continue;
    }
    if (at > start) words.push(varies ? foldWord(text.slice(start, at)) : text.slice(start, at));
    start = at + 1;
    varies = false;
  }
  return wordsJoined(words);
}

/** Shapes of words that come again and again (`[worker-3]`, ports, versions), since a log repeats itself. */
const foldedWords = new Map<string, string>();
const mostFoldedWords = 1_000;
const longestFoldedWord = 40;

const isDigit = (code: number): boolean => code >= 48 && code <= 57;

function foldWord(word: string): string {
  // Eight digits and more may be hexadecimal.
  if (word.length < 8) {
    let digits = 0;
    while (digits < word.length && isDigit(word.charCodeAt(digits))) digits += 1;
    const rest = word.slice(digits);
    if (digits > 0 && (rest === '' || /^[),;:\]]$/.test(rest))) return `<number>${rest}`;
  }
  if (word.length > longestFoldedWord) return word.replace(varying, folded);
  const known = foldedWords.get(word);
  if (known !== undefined) return known;
  const shape = word.replace(varying, folded);
  if (foldedWords.size >= mostFoldedWords) foldedWords.clear();
  foldedWords.set(word, shape);
  return shape;
}

function folded(found: string, ...groups: readonly unknown[]): string {
  const index = groups.findIndex((group) => group !== undefined);
  return found.startsWith('«') ? found : `<${names[index] ?? 'value'}>`;
}

/** How a line of a digest begins whose text is a shape. */
export const shapeMark = 'Shape: ';

/**
 * The text with its lines `Shape: …` folded. It is done after redaction: folded before, half of a secret could no longer
 * be known for one.
 */
export function foldShapeLines(text: string): string {
  return text.replace(/^Shape: (.*)$/gm, (_line, shape: string) => `${shapeMark}${foldShape(shape)}`);
}
