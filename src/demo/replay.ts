import { setTimeout as delay } from 'node:timers/promises';
import type { ReplyEvent } from '../model/claude.ts';

/** A recorded reply: its words, and the tool that it calls at its end. */
export interface RecordedReply {
  readonly text: string;
  readonly tool?: { readonly name: string; readonly input: object };
}

export interface Pace {
  readonly tokensPerSecond: number;
  /** Milliseconds before the first word. */
  readonly firstWordMs: number;
}

/** Quicker than Claude, since nobody learns from waiting for what is known; slow enough to be seen to stream. */
const usualPace: Pace = { tokensPerSecond: 200, firstWordMs: 500 };

/** A token of English text is about four characters long; usage figures of a replay are that estimate. */
const charactersPerToken = 4;

/** Characters that come at once: as many as a stream of this pace brings in a frame or two. */
const chunkCharacters = 24;

/**
 * Plays a recorded reply as a streamed one: its words in pieces, then its tool call, then its end. Nothing goes to the
 * network. Ends with `stopped` where the signal aborts, and keeps what came.
 */
export async function* replay(
  { text, tool }: RecordedReply,
  { promptCharacters, signal, pace = usualPace }: { promptCharacters: number; signal: AbortSignal; pace?: Pace },
): AsyncGenerator<ReplyEvent, void, undefined> {
  const chunkMs = (chunkCharacters / charactersPerToken / pace.tokensPerSecond) * 1000;
  const inputJson = tool === undefined ? '' : JSON.stringify(tool.input);
  const tokens = (characters: number): number => Math.ceil(characters / charactersPerToken);
  let written = 0;
  const usage = () => ({ input: tokens(promptCharacters), output: tokens(written), cacheRead: 0, cacheWrite: 0 });
  try {
    await delay(pace.firstWordMs, undefined, { signal });
    for (const chunk of chunksOf(text)) {
      yield { type: 'text', text: chunk };
      written += chunk.length;
      await delay(chunkMs, undefined, { signal });
    }
  } catch (error) {
    if (!signal.aborted) throw error;
    yield { type: 'stopped', usage: usage() };
    return;
  }
  if (tool !== undefined) {
    written += inputJson.length;
    yield { type: 'toolCall', callId: `demo_${tool.name}`, name: tool.name, inputJson };
  }
  yield { type: 'ended', stopReason: tool === undefined ? 'end_turn' : 'tool_use', usage: usage() };
}

/** Pieces of a text that together are the text; a surrogate pair is never torn. */
function* chunksOf(text: string): Generator<string> {
  for (let start = 0; start < text.length;) {
    let end = Math.min(start + chunkCharacters, text.length);
    if (/[\uD800-\uDBFF]/.test(text.charAt(end - 1))) end += 1;
    yield text.slice(start, end);
    start = end;
  }
}
