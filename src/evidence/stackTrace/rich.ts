import { TraceDraft, makeFrame, type TraceParser } from './model.ts';
import { isOwnFile } from './ownCode.ts';

const framePattern = /^[│|] (\S.{0,500}?):(\d{1,9}) in (\S{1,300}?)\s*[│|]?$/;
const errorPattern = /^([A-Za-z_][\w.]{0,200})(?:: (.*))?$/;
/** Lines of source and of local variables shown of one frame. */
const maxLinesBetween = 200;

/** Rich, Typer and FastAPI's command line: the outermost frame first, in a box with lines of source, the error below it. */
export const parseRich: TraceParser = (lines, at) => {
  const draft = new TraceDraft('python', lines[at]?.number ?? 0);
  let next = at + 1;
  for (let since = 0; since < maxLinesBetween; next += 1, since += 1) {
    const line = lines[next];
    if (line === undefined) break;
    const [, file, number, name] = framePattern.exec(line.text) ?? [];
    if (file !== undefined) {
      draft.add(makeFrame({ function: name, file, line: number, own: isOwnFile(file) }), line.number);
      since = 0;
    } else if (line.text.startsWith('╰')) {
      const below = lines[next + 1];
      const [, type, message] = errorPattern.exec(below?.text ?? '') ?? [];
      next += 1;
      if (type !== undefined && below !== undefined) {
        draft.header = { type, ...(message === undefined ? {} : { message }) };
        draft.lastLine = below.number;
        next += 1;
      }
      break;
    } else if (!/^[│|]/.test(line.text)) {
      break;
    }
  }
  return draft.frameCount === 0 ? undefined : { trace: draft.finish({ outermostFirst: true }), next };
};
