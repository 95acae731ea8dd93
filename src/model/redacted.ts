declare const redactedBrand: unique symbol;

/**
 * Text that has been through redaction. The prompt builder, the journal and the log take nothing else, so that a
 * secret cannot reach the network or the disk by a forgotten call. Only `src/redaction/` makes it from raw text;
 * the journal's reader takes back what it wrote itself. A test reads the sources for any other cast.
 */
export type Redacted = string & { readonly [redactedBrand]: true };

/** How many secrets of one kind were replaced in one text, such as `{ kind: 'stripe-key', count: 2 }`. */
export interface RedactionCount {
  readonly kind: string;
  readonly count: number;
}

/** The empty text, in which nothing is to be redacted. */
export const noRedactedText = '' as Redacted;
