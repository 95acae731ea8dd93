/** What a pattern cannot do without: one of these ways, and of each of its groups at least one of the words. */
export type RequiredWords = readonly (readonly (readonly string[])[])[];

/** Words of one character stand everywhere. */
const shortest = 2;

/**
 * The words that must stand in a text for a pattern to match it, read from the pattern itself, so that a pattern that is
 * added needs no list beside it. A way without groups may match any text. Blanks, classes and what may be absent end a word.
 */
export function requiredWords({ source }: RegExp): RequiredWords {
  return new Reader(source).ways();
}

/** Groups of words, of each of which one must be there. */
type Groups = readonly (readonly string[])[];

/** Reads as much of the grammar of regular expressions (ECMA-262, 22.2.1) as tells where words are and what may be absent. */
class Reader {
  #at = 0;
  readonly #source: string;

  constructor(source: string) {
    this.#source = source;
  }

  /** The alternatives up to the closing bracket or the end; one that is a group alone stands for the alternatives in it. */
  ways(): Groups[] {
    const ways: Groups[] = [...this.#sequence()];
    while (this.#source[this.#at] === '|') {
      this.#at += 1;
      ways.push(...this.#sequence());
    }
    return ways;
  }

  #sequence(): Groups[] {
    const groups: (readonly string[])[] = [];
    let word = '';
    let only: Groups[] | undefined;
    let atoms = 0;
    const end = (): void => {
      if (word.length >= shortest) groups.push([word]);
      word = '';
    };
    for (;;) {
      const character = this.#source[this.#at];
      if (character === undefined || character === '|' || character === ')') break;
      const atom = this.#atom();
      const { least, isOnce } = this.#quantity();
      if (atom.kind !== 'border') atoms += 1;
      if (atom.kind === 'character') {
        if (least === 0) {
          end();
          continue;
        }
        word += atom.character;
        if (!isOnce) end();
        continue;
      }
      if (atom.kind === 'border') continue;
      end();
      if (atom.kind === 'any' || least === 0) continue;
      only = isOnce ? atom.ways : undefined;
      const group = oneOf(atom.ways);
      if (group !== undefined) groups.push(group);
    }
    end();
    return atoms === 1 && only !== undefined ? only : [groups];
  }

  #atom(): Atom {
    const character = this.#source[this.#at] ?? '';
    this.#at += 1;
    switch (character) {
      case '(':
        return this.#group();
      case '[':
        while (this.#at < this.#source.length && this.#source[this.#at] !== ']')
          this.#at += this.#source[this.#at] === '\\' ? 2 : 1;
        this.#at += 1;
        return { kind: 'any' };
      case '\\':
        return this.#escape();
      case '^':
      case '$':
        return { kind: 'border' };
      case '.':
        return { kind: 'any' };
      default:
        return /\s/.test(character) ? { kind: 'any' } : { kind: 'character', character };
    }
  }

  #group(): Atom {
    const opening = /^\?(?:[:=!]|<[=!]|<[^>]*>)/.exec(this.#source.slice(this.#at, this.#at + 64))?.[0] ?? '';
    this.#at += opening.length;
    const ways = this.ways();
    this.#at += 1;
    return /^\?<?[=!]$/.test(opening) ? { kind: 'border' } : { kind: 'group', ways };
  }

  #escape(): Atom {
    const character = this.#source[this.#at] ?? '';
    this.#at += 1;
    if (/[bB]/.test(character)) return { kind: 'border' };
    const operand = /^(?:[pPu]\{[^}]*\}|u[\da-fA-F]{4}|x[\da-fA-F]{2}|k<[^>]*>|c[A-Za-z]|\d+)/.exec(
      this.#source.slice(this.#at - 1, this.#at + 64),
    )?.[0];
    if (operand !== undefined) this.#at += operand.length - 1;
    return /[\w\s]/.test(character) ? { kind: 'any' } : { kind: 'character', character };
  }

  #quantity(): { readonly least: number; readonly isOnce: boolean } {
    const quantifier = /^(?:[*+?]|\{(\d+)(?:,\d*)?\})\??/.exec(this.#source.slice(this.#at, this.#at + 24));
    if (quantifier === null) return { least: 1, isOnce: true };
    this.#at += quantifier[0].length;
    const least = quantifier[1] === undefined ? (quantifier[0].startsWith('+') ? 1 : 0) : Number(quantifier[1]);
    return { least, isOnce: false };
  }
}

type Atom =
  | { readonly kind: 'character'; readonly character: string }
  | { readonly kind: 'group'; readonly ways: Groups[] }
  /** Takes one or more characters, which may be any. */
  | { readonly kind: 'any' }
  /** Takes none: what stands before and behind it is one word. */
  | { readonly kind: 'border' };

/** A group of which one word must be there whichever of the ways is gone: of each way the group with the longest words. */
function oneOf(ways: readonly Groups[]): readonly string[] | undefined {
  const words = new Set<string>();
  for (const groups of ways) {
    const best = groups.toSorted((a, b) => shortestOf(b) - shortestOf(a) || a.length - b.length)[0];
    if (best === undefined) return undefined;
    for (const word of best) words.add(word);
  }
  return [...words];
}

function shortestOf(words: readonly string[]): number {
  return words.reduce((least, word) => Math.min(least, word.length), Infinity);
}
