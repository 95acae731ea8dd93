import { wellFormed } from './redacted.ts';

/** How long a name or a server's words are where they are shown among other words, in characters. */
const longestLabel = 160;

/** Characters that change the direction of what follows, or that are not seen: a reader takes the name for another. */
const deceiving =
  /[\u00ad\u061c\u180e\u200b\u2028\u2029\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff\ufff9-\ufffb]|[\u{e0000}-\u{e007f}]/gu;

/** Somebody else's words with what turns or hides text written out as `⟨U+202E⟩`, and all else as it is. */
export function undeceiving(text: string): string {
  return text.replace(
    deceiving,
    (character) => `⟨U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}⟩`,
  );
}

/**
 * Somebody else's words (a file, a branch, a commit, an endpoint, a model, a server's error) as a part of one of our
 * sentences, of a list or of the status bar: on one line, of bounded length with the middle left out, with what turns or
 * hides text written out as `⟨U+202E⟩`, and without the editor's `$(icons)`.
 */
export function asLabel(text: string, most = longestLabel): string {
  // Twice as much as is shown is enough of both ends; a name may be as long as its maker likes.
  const ends = text.length <= most * 4 ? text : `${text.slice(0, most * 2)}…${text.slice(-most * 2)}`;
  const plain = undeceiving(ends.replace(/[\s\p{Cc}]+/gu, ' '))
    .replaceAll('$(', '$ (')
    .trim();
  if (plain.length <= most) return plain;
  const tail = Math.floor(most / 3);
  return `${wellFormed(plain.slice(0, most - tail - 1)).trimEnd()}…${wellFormed(plain.slice(-tail)).trimStart()}`;
}

/** The facts of a failure, each text in it as a label: its sentences are made of them. */
export function asLabels<T>(facts: T, most?: number): T;
export function asLabels(facts: unknown, most = longestLabel): unknown {
  if (typeof facts === 'string') return asLabel(facts, most);
  if (Array.isArray(facts)) return facts.map((fact) => asLabels<unknown>(fact, most));
  if (typeof facts !== 'object' || facts === null) return facts;
  return Object.fromEntries(Object.entries(facts).map(([key, fact]) => [key, asLabels<unknown>(fact, most)]));
}
