/**
 * Characters that a reader does not see and a model does: they carry hidden words, or make text look like another.
 * Unicode's default ignorable code points: characters without width, controls of direction (UAX 9), tags (E0000–E007F),
 * variation selectors, letters without shape (Hangul fillers); and the marks of interlinear annotations.
 */
const hidden = /[\p{Default_Ignorable_Code_Point}\ufff9-\ufffb]+/gu;

/** The flags of England, Scotland, Wales and the like are written with tags. */
const flag = /^[\u{e0061}-\u{e007a}\u{e0030}-\u{e0039}]{3,6}\u{e007f}$/u;
const rightToLeft = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]/u;
/** Scripts whose letters are joined and parted by U+200C and U+200D. */
const joining =
  /[\p{Script=Arabic}\p{Script=Devanagari}\p{Script=Bengali}\p{Script=Gurmukhi}\p{Script=Gujarati}\p{Script=Oriya}\p{Script=Tamil}\p{Script=Telugu}\p{Script=Kannada}\p{Script=Malayalam}\p{Script=Sinhala}\p{Script=Khmer}\p{Script=Mongolian}\p{Script=Syriac}]/u;
const pictographic = /[\p{Extended_Pictographic}\p{Emoji_Modifier}\u20e3\p{Regional_Indicator}]/u;

export interface ShownText {
  readonly text: string;
  /** Indices, from 0, of the lines in which something was made visible. */
  readonly lines: readonly number[];
}

/**
 * The text with hidden characters written out, `⟨U+202E⟩`, and words in tag characters as the words that they are,
 * `⟨hidden: ignore this⟩`; the number of lines stays. What a script or an emoji needs stays as it is.
 */
export function showHidden(text: string): ShownText {
  hidden.lastIndex = 0;
  if (!hidden.test(text)) return { text, lines: [] };
  const lines: number[] = [];
  const shown = text.split('\n').map((line, index) => {
    const visible = line.replace(hidden, (run: string, at: number) => inLine(run, at, line));
    if (visible !== line) lines.push(index);
    return visible;
  });
  return { text: shown.join('\n'), lines };
}

function inLine(run: string, at: number, line: string): string {
  const before = characterBefore(line, at);
  const after = String.fromCodePoint(line.codePointAt(at + run.length) ?? 0);
  if (isNeeded(run, before, after, line)) return run;
  return run.replace(/[\u{e0020}-\u{e007e}]+|[^]/gu, (part) =>
    /^[\u{e0020}-\u{e007e}]/u.test(part) ? `⟨hidden: ${words(part)}⟩` : `⟨U+${codeOf(part)}⟩`,
  );
}

function isNeeded(run: string, before: string, after: string, line: string): boolean {
  if (/^[\ufe0e\ufe0f]$/.test(run)) return before.trim() !== '';
  if (/^\ufe0f?\u200d$/.test(run)) {
    return (pictographic.test(before) && pictographic.test(after)) || joining.test(before);
  }
  if (run === '\u200c') return joining.test(before);
  if (/^[\u200e\u200f]$/.test(run)) return rightToLeft.test(line);
  if (/^[\u180b-\u180f]$/.test(run)) return /\p{Script=Mongolian}/u.test(before);
  return before === '\u{1f3f4}' && flag.test(run);
}

function characterBefore(line: string, at: number): string {
  const low = line.charAt(at - 1);
  return /[\udc00-\udfff]/.test(low) ? line.slice(Math.max(0, at - 2), at) : low;
}

/** Tag characters are ASCII moved up by E0000. */
function words(tags: string): string {
  return Array.from(tags, (tag) => String.fromCodePoint((tag.codePointAt(0) ?? 0) - 0xe0000)).join('');
}

function codeOf(character: string): string {
  return (character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0');
}
