import { TraceDraft, makeFrame, type TraceParser } from './model.ts';
import { isOwnFile } from './ownCode.ts';

/** `message at /srv/lib/Pay.pm line 47.`, also with the handle that was read last: `, <STDIN> line 3.` */
const diedPattern =
  /^(.{0,2000}?\S) at (\S.{0,500}?\.(?:pl|pm|t|psgi|cgi|fcgi)) line (\d{1,9})(?:\.|, <.{1,80}> (?:line|chunk) \d+\.|, near .*|,? ?at end of line)?$/i;
/** `	Shop::Web::post("/pay") called at /srv/bin/shop.pl line 9`, as Carp writes each caller. */
const calledPattern =
  /^\s+(\S.{0,1000}?) called at (\S.{0,500}?) line (\d{1,9})(?:\.|, <.{1,80}> (?:line|chunk) \d+\.?)?$/;
/** What a server or logger writes before the message: times and levels in brackets, then the script's name. */
const logPrefix = /^(?:\[[^\]]{1,100}\] ?){1,5}(?:\S{1,80}\.(?:pl|cgi|fcgi|psgi|pm): )?/;

/** Perl: `die` and `warn` with their place, and the callers that Carp adds. */
export const parsePerl: TraceParser = (lines, at) => {
  const line = lines[at];
  const died = diedPattern.exec(line?.text ?? '');
  if (line === undefined || died === null) return undefined;
  const [, message = '', file = '', row] = died;
  const draft = new TraceDraft('perl', line.number, { message: message.replace(logPrefix, '') });
  let place = { file, row };
  let next = at + 1;
  // Each line names a function and where it was called: its own place stands in the line before.
  for (; next < lines.length; next += 1) {
    const [, call, caller, callerRow] = calledPattern.exec(lines[next]?.text ?? '') ?? [];
    if (call === undefined || caller === undefined) break;
    const name = call.startsWith('eval ') ? 'eval' : call.replace(/\(.*$/s, '');
    draft.add(toFrame(place.file, place.row, name), lines[next]?.number ?? 0);
    place = { file: caller, row: callerRow };
  }
  draft.add(toFrame(place.file, place.row), draft.lastLine);
  return { trace: draft.finish(), next };
};

function toFrame(file: string, line: string | undefined, name?: string): ReturnType<typeof makeFrame> {
  return makeFrame({
    function: name,
    file,
    line,
    own: isOwnFile(file) && !/(?:^|\/)(?:site_|vendor_)?perl5?\//.test(file),
  });
}
