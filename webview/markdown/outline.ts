/**
 * The headings that a place in a reply stands under, by the number of their marks (`##` is 2), outermost first. Replies
 * begin with any of them and leave some out; what is shown must not, or a screen reader's list of headings has holes.
 */
export type Outline = readonly number[];

/** The outline after a heading of this many marks; its length is how deep that heading stands, beginning with 1. */
export function outlineAfter(outline: Outline, marks: number): Outline {
  return [...outline.filter((each) => each < marks), marks];
}
