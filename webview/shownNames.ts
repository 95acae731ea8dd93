/**
 * Words of others in the middle of a sentence, as plain text: without the characters that turn the direction of what
 * follows them. Where they stand in an element of their own, `<bdi>` keeps them to themselves instead.
 */
export function unturned(words: string): string {
  return words.replaceAll(/\p{Bidi_Control}/gu, '');
}

/** Longest path shown whole, in characters: three lines of the narrowest panel. */
const longestPath = 100;
/** Characters kept of a longer one's beginning, which tells the part of the project; its end tells the file. */
const keptOfStart = 30;

/** A path as it is shown: an overlong one loses its middle. What shows it has the whole of it in its `title`. */
export function shownPath(path: string): string {
  const characters = Array.from(path);
  if (characters.length <= longestPath) return path;
  const end = characters.slice(keptOfStart + 1 - longestPath);
  return `${characters.slice(0, keptOfStart).join('')}…${end.join('')}`;
}
