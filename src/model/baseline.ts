/** Where a regression diff may start from. */
export type Baseline =
  /** So many commits before HEAD, along first parents, as `HEAD~5`. */
  | { readonly kind: 'commitsBack'; readonly count: number }
  | { readonly kind: 'tag'; readonly name: string }
  | { readonly kind: 'commit'; readonly hash: string }
  /** The last commit that was there before a time, in ms since 1970: what was live when it still worked. */
  | { readonly kind: 'before'; readonly time: number };

/** The article's baseline: `git diff HEAD~5 HEAD`. */
export const defaultBaseline: Baseline = { kind: 'commitsBack', count: 5 };
