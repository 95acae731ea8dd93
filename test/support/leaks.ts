import { placeholderPattern } from '../../src/redaction/placeholders.ts';
import { fill } from './samples.ts';

/** A made-up text and what of it is secret. */
export interface Marked {
  readonly text: string;
  readonly secrets: readonly string[];
}

/**
 * Fills a template (`{A36}`: see `samples.ts`). What stands between `[[` and `]]` is secret, without any all of it; what stands
 * between `‹` and `›` is put into base64, with `\0` in it for NUL.
 */
export function marked(template: string, random: () => number): Marked {
  const filled = fill(template, random).replace(/‹([^›]*)›/g, (_, plain: string) =>
    Buffer.from(plain.replace(/\\0/g, '\0')).toString('base64'),
  );
  const secrets: string[] = [];
  const text = filled.replace(/\[\[([^]*?)\]\](?!\])/g, (_, secret: string) => {
    secrets.push(secret);
    return secret;
  });
  return { text, secrets: secrets.length === 0 ? [text] : secrets };
}

/** As many characters of a secret in a row give it away; a shorter one is given away by all of it. */
const telling = 8;

/** A stretch of the secret that is still in the text. */
export function leakOf(secret: string, redacted: string): string | undefined {
  // A placeholder may have a word in it that the secret begins with: «rubygems-key-1».
  const text = redacted.replace(placeholderPattern, '«»');
  if (secret.length <= telling) return text.includes(secret) ? secret : undefined;
  for (let at = 0; at + telling <= secret.length; at += 1) {
    const run = secret.slice(at, at + telling);
    // Margins and breaks between the lines of a key are no part of it.
    if (!/\s|\\n/.test(run) && text.includes(run)) return run;
  }
  // Words with blanks between are short: each of them counts.
  return secret
    .split(/\s+/)
    .find((word) => word.length >= 4 && /\s/.test(secret) && text.split(/[^\p{L}\p{N}]+/u).includes(word));
}
