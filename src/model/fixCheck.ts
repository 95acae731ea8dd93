import type { Fix } from './records.ts';

/** The four parts that must be there before a fix may be applied, as the workflow asks for them. */
export const fixParts = ['test', 'explanation', 'edgeCases', 'similarPatterns'] as const;

export type FixPart = (typeof fixParts)[number];

/**
 * The parts of its check that a fix lacks; it may be applied only where there are none. That no similar pattern exists
 * is an answer, silence is not.
 */
export function missingParts(fix: Fix): readonly FixPart[] {
  const present: Readonly<Record<FixPart, boolean>> = {
    test: fix.test.edits.length > 0,
    explanation: fix.explanation.trim() !== '',
    edgeCases: fix.edgeCases.length > 0,
    similarPatterns: fix.similarPatterns.length > 0 || fix.noSimilarPatterns === true,
  };
  return fixParts.filter((part) => !present[part]);
}

/** Whether a fix may be applied: it changes something, and all four parts of its check are there. */
export function mayBeApplied(fix: Fix): boolean {
  return fix.edits.length > 0 && missingParts(fix).length === 0;
}
