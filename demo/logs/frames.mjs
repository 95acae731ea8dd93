import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Where a piece of code stands in a file, as V8 would print it (lines and columns from 1). A log's frames are found in
 * the files rather than written down, so that they stay true when the service is edited.
 *
 * @param {string} repository
 * @param {string} path relative to the repository
 * @param {string} code must occur once; `§` marks the column, which is its start otherwise
 * @returns {{ path: string, line: number, column: number }}
 */
export function locate(repository, path, code) {
  const text = readFileSync(join(repository, path), 'utf8');
  const marker = Math.max(code.indexOf('§'), 0);
  const plain = code.replace('§', '');
  const at = text.indexOf(plain);
  if (at === -1 || text.indexOf(plain, at + 1) !== -1) throw new Error(`${path} does not hold once: ${plain}`);
  const before = text.slice(0, at + marker).split('\n');
  return { path, line: before.length, column: (before.at(-1) ?? '').length + 1 };
}

/**
 * A stack in V8's format as the production machine prints it, where the service lives in /app.
 *
 * @param {string} message with the error's name
 * @param {(string | { called?: string, at: { path: string, line: number, column: number } })[]} frames
 *   innermost first; text is a frame inside Node itself; a function without a name has no `called`
 * @param {{ modules?: boolean }} [options] ES modules are named by their URL
 */
export function stackText(message, frames, { modules = false } = {}) {
  const root = modules ? 'file:///app/' : '/app/';
  const lines = frames.map((frame) => {
    if (typeof frame === 'string') return `    at ${frame}`;
    const place = `${root}${frame.at.path}:${frame.at.line}:${frame.at.column}`;
    return frame.called === undefined ? `    at ${place}` : `    at ${frame.called} (${place})`;
  });
  return [message, ...lines].join('\n');
}
