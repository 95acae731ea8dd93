import { TraceDraft, makeFrame, type TraceLine, type TraceParser } from './model.ts';
import { isOwnFile } from './ownCode.ts';

const script = String.raw`\S.{0,500}?\.psm?1`;
/** PowerShell 7: `Get-Content: /srv/lib.psm1:33`, then the line of code and the message behind bars. */
const concisePattern = new RegExp(`^(\\S[\\w-]{0,100}): (${script}):(\\d{1,9})$`, 'i');
/** Windows PowerShell: `At C:\ci\deploy.ps1:12 char:12`, below `Get-Content : message`. */
const normalPattern = new RegExp(`^At (${script}):(\\d{1,9}) char:(\\d{1,9})$`, 'i');
/** A `ScriptStackTrace`: `at Read-Version, C:\ci\lib.psm1: line 33`. */
const stackPattern = new RegExp(
  `^(?:ScriptStackTrace\\s*:)?\\s*at (.{1,200}?), (${script}|<No file>): line (\\d{1,9})$`,
  'i',
);
const maxMessageLines = 12;

/** PowerShell's errors with their place, and the script stack traces of its error records. */
export const parsePowerShell: TraceParser = (lines, at, floor) => {
  const line = lines[at];
  if (line === undefined) return undefined;
  if (stackPattern.test(line.text)) return parseStack(lines, at);
  const concise = concisePattern.exec(line.text);
  if (concise !== null) {
    const [, type = '', file = '', row] = concise;
    const { message, next } = readBarred(lines, at + 1);
    const draft = new TraceDraft('powershell', line.number, { type, message });
    draft.add(makeFrame({ file, line: row, own: isOwnFile(file) }), lines[next - 1]?.number ?? line.number);
    return { trace: draft.finish(), next };
  }
  const normal = normalPattern.exec(line.text);
  if (normal === null) return undefined;
  const [, file = '', row, column] = normal;
  const draft = new TraceDraft('powershell', line.number);
  for (let above = at - 1; above >= Math.max(floor, at - maxMessageLines); above -= 1) {
    const [, type = '', message = ''] = /^(\S{1,200}) : (.*)$/.exec(lines[above]?.text ?? '') ?? [];
    if (type === '') continue;
    draft.header = { type, message };
    draft.firstLine = lines[above]?.number ?? draft.firstLine;
    break;
  }
  draft.add(makeFrame({ file, line: row, column, own: isOwnFile(file) }), line.number);
  let next = at + 1;
  while (next - at < maxMessageLines && /^\s*\+ /.test(lines[next]?.text ?? '')) next += 1;
  return { trace: draft.finish(), next };
};

function parseStack(lines: readonly TraceLine[], at: number): ReturnType<TraceParser> {
  const draft = new TraceDraft('powershell', lines[at]?.number ?? 0);
  let next = at;
  for (; next < lines.length; next += 1) {
    const [, name, file, row] = stackPattern.exec(lines[next]?.text ?? '') ?? [];
    if (file === undefined) break;
    const isFile = file !== '<No file>';
    draft.add(
      makeFrame({ function: name, ...(isFile ? { file, line: row } : {}), own: isFile && isOwnFile(file) }),
      lines[next]?.number ?? 0,
    );
  }
  return { trace: draft.finish(), next };
}

/** `Line |`, ` 33 | code`, `    | ~~~~`, then the message, each line behind a bar. */
function readBarred(lines: readonly TraceLine[], from: number): { message: string; next: number } {
  const said: string[] = [];
  let next = from;
  for (; next < Math.min(lines.length, from + maxMessageLines); next += 1) {
    const [, number, words] = /^\s*(Line|\d{1,9})? *\|(.*)$/.exec(lines[next]?.text ?? '') ?? [];
    if (words === undefined) break;
    if (number === undefined && !/^[\s~]*$/.test(words)) said.push(words.trim());
  }
  return { message: said.join('\n'), next };
}
