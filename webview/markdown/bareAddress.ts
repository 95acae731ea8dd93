import type { StateInline } from './engine.ts';

/** Longest address that becomes a link, in UTF-16 units, as in linkify-it. */
const longest = 10_000;

const address = /^(?:https?|ftp):\/\/(?=[\p{L}\p{N}[])[^\s<>"`\\\uff5c\p{Cc}]+/iu;

/**
 * Parser rule: an address that stands in the text with its scheme becomes a link. Only such a one: `payment.js` or
 * `a.b@c.d` in a log line is no address. It takes the place of the parser's own rule, whose package brings patterns
 * and tables for everything else that could be an address.
 */
export function bareAddress(state: StateInline, silent: boolean): boolean {
  if (state.linkLevel > 0 || !state.src.startsWith('://', state.pos)) return false;
  const scheme = /(?<![a-z0-9+.-])(?:https?|ftp)$/i.exec(state.src.slice(Math.max(0, state.pos - 8), state.pos))?.[0];
  if (scheme === undefined || !state.pending.endsWith(scheme)) return false;
  const start = state.pos - scheme.length;
  const url = readBareAddress(state.src.slice(start, Math.min(state.posMax, start + longest)));
  if (url === undefined) return false;
  const href = state.md.normalizeLink(url);
  if (!state.md.validateLink(href)) return false;
  if (!silent) {
    state.pending = state.pending.slice(0, -scheme.length);
    const opening = state.push('link_open', 'a', 1);
    opening.attrs = [['href', href]];
    opening.markup = 'linkify';
    opening.info = 'auto';
    state.push('text', '', 0).content = state.md.normalizeLinkText(url);
    const closing = state.push('link_close', 'a', -1);
    closing.markup = 'linkify';
    closing.info = 'auto';
  }
  state.pos += url.length - scheme.length;
  return true;
}

/** The address that a text begins with, without the punctuation of the sentence around it. */
export function readBareAddress(text: string): string | undefined {
  const found = address.exec(text)?.[0];
  if (found === undefined) return undefined;
  const url = withoutTail(found);
  return /:\/\/./.test(url) ? url : undefined;
}

const openings: Readonly<Record<string, string>> = { ')': '(', ']': '[', '}': '{' };

/** Drops what ends the sentence, and brackets from the first one on that was opened before the address. */
function withoutTail(found: string): string {
  const opened: string[] = [];
  let end = found.length;
  for (let at = 0; at < end; at += 1) {
    const character = found.charAt(at);
    if ('([{'.includes(character)) opened.push(character);
    else if (openings[character] !== undefined && opened.pop() !== openings[character]) end = at;
  }
  while (end > 0 && /[?!.,:;*_~'|([{-]/.test(found.charAt(end - 1))) end -= 1;
  return found.slice(0, end);
}
