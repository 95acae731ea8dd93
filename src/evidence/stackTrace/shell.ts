import { TraceDraft, makeFrame, type TraceParser } from './model.ts';
import { isOwnFile } from './ownCode.ts';

/** bash: `deploy/lib.sh: line 12: VERSION: unbound variable`; dash: `./run.sh: 12: cannot open x`; zsh: `run.zsh:12: …`. */
const patterns: readonly RegExp[] = [
  /^((?:\S{0,400}\/)?[\w.@+-]{1,200}): line (\d{1,9}): (\S.*)$/,
  /^(\S{1,500}\.(?:sh|bash|ksh|zsh)): ?(\d{1,9}): (\S.*)$/,
];
/** Programs whose messages look the same but speak of what they were given. */
const notScripts = /^(?:awk|sed|grep|make|bash|sh|zsh|dash|yaml|json|error|warning|info|at)$/i;

/** Shells tell where a script failed, without its callers. */
export const parseShell: TraceParser = (lines, at) => {
  const line = lines[at];
  for (const pattern of patterns) {
    const [, file = '', row, message = ''] = pattern.exec(line?.text ?? '') ?? [];
    if (line === undefined || file === '' || notScripts.test(file)) continue;
    const draft = new TraceDraft('shell', line.number, { message });
    draft.add(makeFrame({ file, line: row, own: isOwnFile(file) }), line.number);
    return { trace: draft.finish(), next: at + 1 };
  }
  return undefined;
};
