import { noRedactedText, rewriteRedacted, wellFormed } from './redacted.ts';
import type { ReplyPart, Run, ToolCall } from './reply.ts';

/** Characters of replies that the panel gets whole with a snapshot, from the newest back. */
export const wholeCharacters = 600_000;

/** Characters of each part of an older reply: enough to know which one it was. */
const startOfOlder = 1_000;

/**
 * The runs as the panel gets them at once: newer replies whole, of older ones the beginning, so that a snapshot of a long
 * incident stays small. `leftOut` says how much of a reply is missing. The latest reply is always whole: it may grow.
 */
export function runsForPanel(runs: readonly Run[]): readonly Run[] {
  let room = wholeCharacters;
  return runs
    .toReversed()
    .map((run, fromLatest) => {
      const length = run.parts.reduce((sum, part) => sum + (part.type === 'text' ? part.text.length : 0), 0);
      room -= length;
      return room >= 0 || fromLatest === 0 ? { ...run, parts: run.parts.map(withoutInput) } : shortened(run, length);
    })
    .toReversed();
}

function shortened(run: Run, length: number): Run {
  const parts = run.parts.map((part) =>
    part.type === 'text'
      ? { ...part, text: rewriteRedacted(part.text, (text) => wellFormed(text.slice(0, startOfOlder))) }
      : withoutInput(part),
  );
  const kept = parts.reduce((sum, part) => sum + (part.type === 'text' ? part.text.length : 0), 0);
  return { ...run, parts, ...(kept < length ? { leftOut: length - kept } : {}) };
}

function withoutInput(part: ReplyPart): ReplyPart {
  return part.type === 'toolCall' ? callForPanel(part) : part;
}

/** A call as the panel gets it: what it recorded is in the run's record, and is shown from there. */
export function callForPanel<Call extends Pick<ToolCall, 'name' | 'inputJson'>>(call: Call): Call {
  return call.name.startsWith('record_') ? { ...call, inputJson: noRedactedText } : call;
}
