import { TraceDraft, makeFrame, type StackFrame, type TraceLine, type TraceParser } from './model.ts';
import { isOwnFile } from './ownCode.ts';

/** `shop/cart.py:33: AttributeError`, `tests/test_cart.py:14: in test_total`, `tests/test_cart.py:14: `. */
const placePattern = /^(\S.{0,500}\.pyx?):(\d{1,9}):(?: in (\S{1,200})| ([A-Za-z_][\w.]{0,200})| ?)$/;
/** `E       AttributeError: 'NoneType' object has no attribute 'price'`, `E       assert 3 == 4`. */
const errorPattern = /^E {3,}(\S.*)$/;
const typedPattern =
  /^([A-Za-z_][\w.]{0,200}(?:Error|Exception|Warning|Exit|Interrupt|Failed|Timeout)|[a-z_][\w.]{0,150}\.[A-Z]\w{0,100})(?:: (.*))?$/;
/** The line, by the lines of a text, up to which no failure ends. */
const barrenUpTo = new WeakMap<readonly TraceLine[], number>();
/** Lines of code that pytest shows of one function. */
const maxLinesBetween = 200;

/** pytest's failures, in its long and its short form: places with code between them, the outermost first. */
export const parsePytest: TraceParser = (lines, at) => {
  if (at < (barrenUpTo.get(lines) ?? 0) || !placePattern.test(lines[at]?.text ?? '')) return undefined;
  const draft = new TraceDraft('python', lines[at]?.number ?? 0);
  const frames: { frame: StackFrame; number: number }[] = [];
  let error: string | undefined;
  // In the long form the error stands above the place that it is of.
  for (let above = at - 1; above >= Math.max(0, at - 20); above -= 1) {
    const text = lines[above]?.text ?? '';
    if (/^[_=]{3,}/.test(text)) break;
    error = errorPattern.exec(text)?.[1] ?? error;
  }
  let type: string | undefined;
  let next = at;
  for (let since = 0; next < lines.length && since <= maxLinesBetween; next += 1) {
    const text = lines[next]?.text ?? '';
    const place = placePattern.exec(text);
    const said = errorPattern.exec(text)?.[1];
    if (place !== null) {
      if (error !== undefined && frames.at(-1)?.frame.function !== undefined) break;
      const [, file = '', line, name, ended] = place;
      frames.push({
        frame: makeFrame({ function: name, file, line, own: isOwnFile(file) }),
        number: lines[next]?.number ?? 0,
      });
      since = 0;
      type = ended;
    } else if (said !== undefined) {
      error ??= said;
    } else if (/^(?:={5,}|_{5,} )/.test(text) || (error !== undefined && frames.at(-1)?.frame.function !== undefined)) {
      break;
    }
    since += 1;
    if (type !== undefined) {
      next += 1;
      break;
    }
  }
  // Places alone are any linter's. What was looked through in vain is not looked through again from its next line.
  if (type === undefined && error === undefined) {
    barrenUpTo.set(lines, next);
    return undefined;
  }
  for (const { frame, number } of frames) draft.add(frame, number);
  const [, typed, message] = typedPattern.exec(error ?? '') ?? [];
  const told = typed ?? type;
  draft.header = {
    ...(told === undefined ? {} : { type: told }),
    message: (typed === undefined ? error : message) ?? '',
  };
  return { trace: draft.finish({ outermostFirst: true }), next };
};
