import { TraceDraft, makeFrame, type TraceParser } from './model.ts';
import { isOwnFile } from './ownCode.ts';

const headPattern = /^([A-Za-z_][\w.]{0,200})\s+Traceback \(most recent call last\)$/;
/** IPython 8: `File ~/work/shop/load.py:12, in load(name)`; 7: `~/work/shop/load.py in load(name)` and an arrow below. */
const placedPattern = /^File (\S.{0,500}?):(\d{1,9})(?:, in (\S.{0,300}))?$/;
const namedPattern = /^(?:File )?(\S{1,500}?) in (\S.{0,300})$/;
const cellPattern = /^(?:Cell|Input) (?:In ?\[\d+\])/;
const arrowPattern = /^-+> (\d{1,9})\b/;
/** Lines of source shown of one frame. */
const maxLinesBetween = 40;

/** IPython and Jupyter: the outermost frame first, each with lines of its source and an arrow at the one that ran. */
export const parseIPython: TraceParser = (lines, at) => {
  const type = headPattern.exec(lines[at]?.text ?? '')?.[1];
  if (type === undefined) return undefined;
  const draft = new TraceDraft('python', lines[at]?.number ?? 0, { type });
  // A frame whose line only its arrow tells.
  let open: { file: string; name: string } | undefined;
  let next = at + 1;
  for (let since = 0; next < lines.length && since < maxLinesBetween; next += 1, since += 1) {
    const line = lines[next];
    if (line === undefined) break;
    const { text, number } = line;
    if (text.startsWith(`${type}:`) || text === type) {
      draft.header = { type, message: text.slice(type.length + 1).trim() };
      draft.lastLine = number;
      next += 1;
      break;
    }
    const arrow = arrowPattern.exec(text)?.[1];
    const placed = placedPattern.exec(text);
    const named = placed === null ? namedPattern.exec(text) : null;
    if (arrow !== undefined && open !== undefined) {
      draft.add(toFrame(open.file, arrow, open.name), number);
      open = undefined;
    } else if (placed !== null) {
      draft.add(toFrame(placed[1] ?? '', placed[2], placed[3]), number);
    } else if (named !== null) {
      open = { file: named[1] ?? '', name: named[2] ?? '' };
    } else if (cellPattern.test(text)) {
      open = undefined;
    } else {
      continue;
    }
    since = 0;
  }
  return { trace: draft.finish({ outermostFirst: true }), next };
};

function toFrame(file: string, line: string | undefined, call = ''): ReturnType<typeof makeFrame> {
  const path = file.replace(/^~[/\\]/, '/home/');
  const isCell = file.startsWith('<');
  return makeFrame({
    function: call.replace(/\(.*$/s, ''),
    ...(isCell ? {} : { file: path, line }),
    own: !isCell && isOwnFile(path),
  });
}
