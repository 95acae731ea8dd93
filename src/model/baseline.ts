/** What the regression diff is taken against. */
export type Baseline =
  | { readonly kind: 'commitsBack'; readonly count: number }
  /** A tag, a branch or a commit id. */
  | { readonly kind: 'revision'; readonly revision: string }
  /** The last commit before a moment, epoch milliseconds: “last known good at …”. */
  | { readonly kind: 'before'; readonly at: number };

/** As the article has it: `git diff HEAD~5`. */
export const defaultBaseline: Baseline = { kind: 'commitsBack', count: 5 };
