/** Where a rule found a secret in the text: offsets, `end` exclusive. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/**
 * One row of the table of rules: how one kind of secret is told from other text. A rule is tried only where one of its
 * anchors stands, and its pattern reaches a bounded distance from there.
 */
export interface Rule {
  /** The kind, as it stands in the placeholder: `github-token`. */
  readonly id: string;
  /** What it is, for people: `GitHub tokens`. */
  readonly name: string;
  /** Where the format is described, or why such text is a secret. */
  readonly source: string;
  /** Literals of which one stands in every secret of the kind, or just before it. Letters in either case. */
  readonly anchors: readonly string[];
  /**
   * Sticky, and tried from the anchor's first character. Without groups all of the match is the secret. With two groups the first
   * is what stands before the secret and stays, the second the secret; the rest of the match only has to be there.
   */
  readonly pattern: RegExp;
  /** Characters that belong to the secret where they stand before the anchor, how many of them, and what may not stand before those. */
  readonly before?: {
    readonly characters: RegExp;
    readonly least: number;
    readonly most: number;
    readonly notAfter?: RegExp;
  };
  /**
   * Literals of which one begins within so many characters behind the anchor's first in every match: where none does the pattern
   * is not tried, which may read far ahead to find that out.
   */
  readonly ahead?: { readonly literals: readonly string[]; readonly within: number };
  /** Set where every match that `accept` takes has a digit within so many characters behind the anchor's first: as `ahead`. */
  readonly digitWithin?: number;
  /** A look at a few characters that tells most places where the pattern would read thousands for `accept` to refuse them. */
  readonly glance?: (text: string, at: number) => boolean;
  /** The last word on what the pattern matched. */
  readonly accept?: (secret: string) => boolean;
  /** Set where the pattern is a prefix and a body: what the scan looks for in its place. */
  readonly form?: PrefixForm;
  /** Whether a secret of the kind can be cut by a line break in a narrow terminal and still be told: it has a format of its own. */
  readonly joinable?: boolean;
  readonly examples: RuleExamples;
}

/**
 * Made-up texts that show a rule, used by its tests. So that no scanner takes them for leaks, random parts are written as
 * `{A36}`: an alphabet (see `test/support/samples.ts`) and a length. `[[` and `]]` enclose what is hidden; without them all is.
 */
export interface RuleExamples {
  readonly hidden: readonly string[];
  readonly kept: readonly string[];
}

/** The characters that a part of a token is made of, by the letter that examples use for it. */
export const alphabets = {
  A: 'A-Za-z0-9',
  a: 'a-z0-9',
  U: 'A-Z0-9',
  L: 'A-Za-z',
  x: '0-9a-f',
  X: '0-9A-F',
  d: '0-9',
  w: 'A-Za-z0-9_-',
  b: 'A-Za-z0-9+/',
} as const;

export type Alphabet = keyof typeof alphabets;

/** A row for tokens that are a fixed prefix and a random body: most of those issued since 2020. */
export interface PrefixRow {
  readonly id: string;
  readonly name: string;
  readonly prefixes: readonly string[];
  readonly body: Alphabet;
  /** The shortest body that is taken for a token; what is longer is taken whole. */
  readonly least: number;
  /** Set where the prefix is so short that other text has it by chance: the body must then hold a digit and letters. */
  readonly mixed?: boolean;
}

/** A row as the scan reads it: the first of the prefixes with body enough behind it, then what `tokenTail` matches. */
export interface PrefixForm extends Pick<PrefixRow, 'prefixes' | 'body' | 'least'> {
  readonly isMixed: boolean;
  /** Whether the prefix counts after a letter or a digit too. */
  readonly isDistinctive: boolean;
}

/** Characters after which a prefix is the middle of another word. */
const insideWord = '(?<![A-Za-z0-9])';

/** Further parts that some makers append to a token behind a separator (a checksum, a region, a signature): each with a digit. */
export const tokenTail = '(?:[._~=-]{1,2}(?=[A-Za-z_-]{0,60}\\d)[A-Za-z0-9_-]{6,512}){0,4}';

/** Makes the rule of a row. Bodies are read to their end, 512 characters at most, so that a longer token leaves no tail. */
export function prefixRule(row: PrefixRow, source: string): Rule {
  const prefixes = row.prefixes.map((prefix) => prefix.replace(/[.*+?^${}()|[\]\\/-]/g, '\\$&')).join('|');
  // A prefix that ends in a separator is nobody's chance text, so it counts after a letter too: `nghp_` in an escaped line break.
  const distinctive =
    row.mixed !== true && row.prefixes.every((prefix) => prefix.length >= 4 && /[_\-.]$/.test(prefix));
  const body = `[${alphabets[row.body]}]{${row.least},512}`;
  return {
    id: row.id,
    name: row.name,
    source,
    anchors: row.prefixes,
    pattern: new RegExp(`${distinctive ? '' : insideWord}(?:${prefixes})${body}${tokenTail}={0,2}`, 'y'),
    ...(row.mixed === true ? { accept: hasDigitAndLetter } : {}),
    form: {
      prefixes: row.prefixes,
      body: row.body,
      least: row.least,
      isMixed: row.mixed === true,
      isDistinctive: distinctive,
    },
    joinable: true,
    examples: {
      hidden: row.prefixes.map((prefix) => `${prefix}{${row.body}${row.least}}`),
      kept: row.prefixes.map((prefix) => `${prefix}{${row.body}${Math.max(1, Math.floor(row.least / 3))}} `),
    },
  };
}

/** Whether the part after the prefix looks drawn by lot: a digit, a letter, and not the one word after the other. */
export function hasDigitAndLetter(secret: string): boolean {
  return (secret.match(/\d/g)?.length ?? 0) >= 3 && /[A-Za-z]{1}.*[A-Za-z]/.test(secret);
}
