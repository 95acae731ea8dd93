import { TraceDraft, makeFrame, type TraceHeader, type TraceLine, type TraceParser } from './model.ts';
import { isOwnFile } from './ownCode.ts';

/** rlang's tree, the outermost call first: ` 2. └─shop::total(cart) at R/cart.R:21:3`. */
const treePattern = /^\s*(\d{1,4})\. [\s│├└─]+(\S.{0,500}?)(?: at (\S{1,500}?):(\d{1,9}):(\d{1,9}))?$/;
/** `traceback()`, the innermost call first: `2: total(cart) at cart.R#21`. */
const listPattern = /^\s*(\d{1,4}): (\S.{0,500}?) at (\S{1,500}\.[Rr](?:md|nw)?)#(\d{1,9})$/;
/** `Error in total(cart) : message`, `` Error in `total()`: ``, `Error: message`. */
const errorPattern = /^(?:> )?(Error)(?: in .{1,300}? ?)?: ?(.*)$/;
const maxHeaderLines = 12;
/** Lines of a list that hold no place: library calls, and calls over several lines. */
const maxUnplaced = 10;

/** R: rlang's backtraces and the output of `traceback()`. */
export const parseR: TraceParser = (lines, at, floor) => {
  const text = lines[at]?.text ?? '';
  const isTree = text.trim() === 'Backtrace:';
  if (!isTree && !listPattern.test(text)) return undefined;
  const draft = new TraceDraft('r', lines[at]?.number ?? 0, readHeader(lines, at, floor));
  let next = isTree ? at + 1 : at;
  if (isTree && /^\s*▆?\s*$/.test(lines[next]?.text ?? '')) next += 1;
  let unplaced = 0;
  for (; next < lines.length && unplaced < maxUnplaced; next += 1) {
    const line = lines[next];
    if (line === undefined) break;
    const [, , call, file, row, column] = (isTree ? treePattern : listPattern).exec(line.text) ?? [];
    if (call === undefined) {
      if (isTree || !/^\s*\d{1,4}: |^ {6,}/.test(line.text)) break;
      unplaced += 1;
      continue;
    }
    unplaced = 0;
    const name = call.replace(/\(.*$/s, '');
    draft.add(
      makeFrame({ function: name, file, line: row, column, own: file !== undefined && isOwnFile(file) }),
      line.number,
    );
  }
  return draft.frameCount === 0 ? undefined : { trace: draft.finish({ outermostFirst: isTree }), next };
};

function readHeader(lines: readonly TraceLine[], at: number, floor: number): TraceHeader {
  for (let above = at - 1; above >= Math.max(floor, at - maxHeaderLines); above -= 1) {
    const [, type, message = ''] = errorPattern.exec(lines[above]?.text ?? '') ?? [];
    if (type === undefined) continue;
    // rlang's message stands in the next line behind an exclamation mark, R's own in the next where it is long.
    const below = (lines[above + 1]?.text ?? '').trim().replace(/^! /, '');
    return { type, message: message.trim() === '' ? below : message };
  }
  return {};
}
