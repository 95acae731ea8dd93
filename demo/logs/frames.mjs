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
 * @param {(string | { called: string, at: { path: string, line: number, column: number } })[]} frames
 *   innermost first; text is a frame inside Node itself
 */
export function stackText(message, frames) {
  const lines = frames.map((frame) =>
    typeof frame === 'string'
      ? `    at ${frame}`
      : `    at ${frame.called} (/app/${frame.at.path}:${frame.at.line}:${frame.at.column})`,
  );
  return [message, ...lines].join('\n');
}
