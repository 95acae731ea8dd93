/**
 * Whether a system may take a name for `.git`: case-insensitive ones, HFS+, which ignores invisible characters, and
 * NTFS with its short names (`GIT~1`), trailing dots and streams. As Git's own `core.protectHFS` and `core.protectNTFS`.
 */
export function isGitFolder(segment: string): boolean {
  const name = segment
    .normalize('NFKC')
    .replace(/[\p{Cf}\p{Cc}]/gu, '')
    .toLowerCase();
  return /^(?:\.git|git~\d+)(?:[. ]*(?::.*)?|::.*)$/.test(name);
}
