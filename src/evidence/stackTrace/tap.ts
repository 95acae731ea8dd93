import { TraceDraft, makeFrame, splitPosition, type TraceHeader, type TraceLine, type TraceParser } from './model.ts';
import { isOwnFile } from './ownCode.ts';

/** `    parseDate (/home/ci/lib/parse.js:8:15)`, or the place alone. */
const framePattern = /^\s+(?:(\S.{0,300}) \((\S.{0,1000})\)|(\S{1,1000}:\d{1,9}:\d{1,9}))$/;
/** Lines of a failed test's fields above its stack. */
const maxFields = 24;

/** The Test Anything Protocol of Node's and others' runners: the failure's fields as YAML, its stack among them. */
export const parseTap: TraceParser = (lines, at, floor) => {
  if (!/^\s+stack: \|-$/.test(lines[at]?.text ?? '')) return undefined;
  const draft = new TraceDraft('javascript', lines[at]?.number ?? 0, readFields(lines, at, floor));
  let next = at + 1;
  for (; next < lines.length; next += 1) {
    const [, name, place, alone] = framePattern.exec(lines[next]?.text ?? '') ?? [];
    const { file, line, column } = splitPosition(place ?? alone ?? '');
    if (line === undefined) break;
    draft.add(makeFrame({ function: name, file, line, column, own: isOwnFile(file) }), lines[next]?.number ?? 0);
  }
  return draft.frameCount === 0 ? undefined : { trace: draft.finish(), next };
};

function readFields(lines: readonly TraceLine[], at: number, floor: number): TraceHeader {
  let header: TraceHeader = {};
  for (let above = at - 1; above >= Math.max(floor, at - maxFields); above -= 1) {
    const text = lines[above]?.text ?? '';
    if (/^\s*---$/.test(text)) break;
    const [, key, value = ''] = /^\s+(error|name): (.*)$/.exec(text) ?? [];
    // A text of several lines begins in the next one.
    const said = /^\|-?$/.test(value) ? (lines[above + 1]?.text ?? '').trim() : value.replace(/^(['"])(.*)\1$/, '$2');
    if (key === 'name') header = { ...header, type: said };
    if (key === 'error') header = { ...header, message: said };
  }
  return header;
}
