import { isEnvironmentValuesFile } from '../model/suspect.ts';

/**
 * Whether a path that somebody else wrote (a reply, a tool's input) is plainly the path of a file or folder within a
 * repository, by its text alone: relative, downwards, without a name that some system reads as something else. What is
 * a trick on one system is refused on all, so that a repository means the same everywhere. Links are not followed here:
 * see `realPathInside`.
 *
 * Refused: control characters and NUL; absolute paths, drives (`C:`), UNC and device paths (`\\?\`, `//server`), schemes;
 * `..`; alternate data streams (`file::$DATA`); segments that end in a dot or a space, which Windows drops; 8.3 names
 * (`GIT~1`); device names (`CON`, `NUL.txt`); Git's own folder in any spelling (`.GIT`, `.git `, with the characters that
 * HFS+ ignores); files of environment values.
 */
export function isPlainPath(path: string): boolean {
  if (path === '' || path.length > 4_096 || /[\p{Cc}\ufffd]/u.test(path)) return false;
  const unix = path.replaceAll('\\', '/').replace(/^(?:\.\/+)+/, '');
  if (unix.startsWith('/') || unix.startsWith('~') || unix.includes(':')) return false;
  const segments = unix.replace(/\/+$/, '').split('/');
  return segments.every(isPlainSegment) && !isEnvironmentValuesFile(withoutIgnorable(unix));
}

function isPlainSegment(segment: string): boolean {
  if (segment === '.') return true;
  if (segment === '' || segment === '..' || /[. ]$/.test(segment)) return false;
  const name = withoutIgnorable(segment).toLowerCase();
  if (name === '.git' || /^[^.]{1,6}~\d+(?:\..{0,3})?$/.test(name)) return false;
  return !/^(?:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³]|conin\$|conout\$)(?:\..*)?$/.test(name);
}

/** HFS+ leaves these out when it compares names: `.g\u200cit` is `.git` there. */
function withoutIgnorable(name: string): string {
  return name.normalize('NFC').replace(/[\u200c-\u200f\u202a-\u202e\u2060-\u206f\ufeff\u00ad]/g, '');
}
