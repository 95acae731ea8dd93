/**
 * Words of others in the middle of a sentence, as plain text: without the characters that turn the direction of what
 * follows them. Where they stand in an element of their own, `<bdi>` keeps them to themselves instead.
 */
export function unturned(words: string): string {
  return words.replaceAll(/\p{Bidi_Control}/gu, '');
}
