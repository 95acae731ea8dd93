import { TraceDraft, makeFrame, type TraceParser } from './model.ts';
import { erlangLibraries, isOwnFile } from './ownCode.ts';

/** `{module,function,arity,[{file,"src/x.erl"},{line,12}]}`, one after the other, over several lines. */
const termPattern =
  /\{('?[\w@.]{1,100}'?),('?[\w@.?!/-]{1,100}'?),(?:\d{1,3}|\[[^\]]{0,300}\]),\s*\[\{file,"([^"]{1,500})"\},\s*\{line,(\d{1,9})\}/g;
/** What a crash report says above or before its frames. */
const reasonPattern = /\{(\{?[\w,]{1,200}\}?),\s*\[\{/;
const maxLines = 200;

/** Erlang's crash reports, whose frames are terms. */
export const parseErlangTerm: TraceParser = (lines, at) => {
  const first = lines[at];
  if (first === undefined) return undefined;
  const reason = reasonPattern.exec(first.text)?.[1];
  const draft = new TraceDraft('elixir', first.number, reason === undefined ? {} : { type: reason });
  let next = at;
  for (; next < Math.min(lines.length, at + maxLines); next += 1) {
    const line = lines[next];
    const terms = [...(line?.text ?? '').matchAll(termPattern)];
    if (line === undefined || terms.length === 0) break;
    for (const [, module = '', name = '', file = '', place] of terms) {
      const own = isOwnFile(file) && file.includes('/') && !erlangLibraries.has(module);
      draft.add(makeFrame({ function: `${module}:${name}`, file, line: place, own }), line.number);
    }
  }
  return draft.frameCount === 0 ? undefined : { trace: draft.finish(), next };
};
