declare const redactedBrand: unique symbol;

/**
 * Text that has been through redaction. The prompt builder, the journal and the log take nothing else, so that a
 * secret cannot reach the network or the disk by a forgotten call. Only `src/redaction/` makes it from raw text;
 * the journal's reader takes back what it wrote itself. A test reads the sources for any other cast.
 */
export type Redacted = string & { readonly [redactedBrand]: true };

/** What stands in for a secret: its kind and its number among those of that kind in one incident. */
export const placeholderPattern = /«[a-z][a-z0-9-]{0,39}-\d{1,6}»/g;

/** How many secrets of one kind were replaced in one text, such as `{ kind: 'stripe-key', count: 2 }`. */
export interface RedactionCount {
  readonly kind: string;
  readonly count: number;
}

/** The empty text, in which nothing is to be redacted. */
export const noRedactedText = '' as Redacted;

/**
 * Template tag: our own words with redacted values between them are redacted text. Takes nothing else, numbers apart,
 * so that raw text cannot slip in.
 */
export function redactedTemplate(words: TemplateStringsArray, ...values: readonly (Redacted | number)[]): Redacted {
  return String.raw({ raw: words }, ...values) as Redacted;
}

/** Redacted texts with our own words between them. */
export function joinRedacted(texts: readonly Redacted[], separator: string): Redacted {
  return texts.join(separator) as Redacted;
}

/**
 * Redacted text rewritten by a function that only drops, escapes or wraps what is there (numbers lines, shortens).
 * Nothing raw may be brought in through `change`.
 */
export function rewriteRedacted(text: Redacted, change: (text: string) => string): Redacted {
  return change(text) as Redacted;
}

/** Words that stand in our own sources (a step's title, a tool's name). Never for anything that was read. */
export function ownWords(text: string): Redacted {
  return text as Redacted;
}

/**
 * Text without halves of characters (lone surrogates), which a cut in the middle leaves: the API refuses a request that
 * holds one, and since a conversation is sent again with each question, it would refuse all that follow.
 */
export function wellFormed<T extends string>(text: T): T {
  return text.replace(/\p{Surrogate}/gu, '\ufffd') as T;
}
