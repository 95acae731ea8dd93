import type { EvidenceId } from '../src/model/evidence.ts';

/** What a citation in a recorded result points to, as far as it can be read. */
export type Citation =
  | { readonly kind: 'evidence'; readonly id: EvidenceId; readonly line?: number }
  | { readonly kind: 'file'; readonly path: string; readonly line: number }
  | { readonly kind: 'text'; readonly text: string };

const evidence = /^\[?E([1-9]\d{0,5})(?::L?(\d{1,7})(?:[-–]L?\d{1,7})?)?\]?$/;
const file = /^([^\s:[\]]{1,1000}):L?(\d{1,7})(?:[-–:]L?\d{1,7})?$/;

/** Reads `E1:38`, `[E3]`, `E1:38-42` and `src/payment.js:47`; anything else is kept as text. */
export function readCitation(cited: string): Citation {
  const text = cited.trim();
  const ofEvidence = evidence.exec(text);
  if (ofEvidence?.[1] !== undefined) {
    const line = Number(ofEvidence[2] ?? 0);
    return { kind: 'evidence', id: `E${Number(ofEvidence[1])}`, ...(line > 0 ? { line } : {}) };
  }
  const ofFile = file.exec(text);
  if (ofFile?.[1] !== undefined && Number(ofFile[2]) > 0) {
    return { kind: 'file', path: ofFile[1], line: Number(ofFile[2]) };
  }
  return { kind: 'text', text };
}
