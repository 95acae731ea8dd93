/** What a reply calls a commit: the id that Git can look up, where one stands in it, and the words beside it. */
export interface CommitName {
  readonly id?: string;
  readonly subject: string;
}

/** Reads `a41c9e0`, `a41c9e0 tidy configuration loading`, `commit a41c9e0: tidy …`, `tidy … (a41c9e0)`. */
export function readCommitName(written: string): CommitName {
  const text = written.trim();
  const found = /(?<![\w-])[0-9a-f]{7,64}(?![\w-])/i.exec(text);
  if (found === null) return { subject: text };
  const before = text.slice(0, found.index).replace(/^commit\b/i, '');
  const after = text.slice(found.index + found[0].length);
  const subject = `${before} ${after}`.replace(/[[({]\s*[\])}]/g, ' ').replace(/^[\s:,–—-]+|[\s:,–—-]+$/g, '');
  return { id: found[0].toLowerCase(), subject };
}

/** An id as people read it. */
export function shortId(id: string): string {
  return id.slice(0, 10);
}
