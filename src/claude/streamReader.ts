import type { ReplyEvent } from '../model/claude.ts';
import type { Usage } from '../model/reply.ts';
import type { StreamEvent } from './anthropic.ts';

/** A reply's end as the stream tells it; absent until `message_stop` has come. */
export interface StreamEnd {
  readonly stopReason: string;
}

/**
 * Turns stream events into reply events: push one in, get what it means out. Holds what is not whole yet: a tool's
 * input arrives in pieces of JSON, a signed thinking block likewise.
 */
export class StreamReader {
  usage: Usage | undefined;
  end: StreamEnd | undefined;
  #stopReason = 'unknown';
  readonly #open = new Map<number, OpenBlock>();

  push(event: StreamEvent): readonly ReplyEvent[] {
    switch (event.type) {
      case 'message_start':
        this.usage = usageOf(event.message.usage, undefined);
        return [];
      case 'content_block_start':
        return this.#start(event.index, event.content_block);
      case 'content_block_delta':
        return this.#delta(event.index, event.delta);
      case 'content_block_stop':
        return this.#stop(event.index);
      case 'message_delta':
        this.#stopReason = event.delta.stop_reason ?? this.#stopReason;
        this.usage = usageOf(event.usage, this.usage);
        return [];
      case 'message_stop':
        this.end = { stopReason: this.#stopReason };
        // Some compatible servers end the message without having ended its blocks.
        return [...this.#open.keys()].flatMap((index) => this.#stop(index));
      default:
        // An event type that came after this was written: the API asks clients to pass over it.
        return [];
    }
  }

  #start(index: number, block: StartedBlock): readonly ReplyEvent[] {
    if (block.type === 'text') return block.text === '' ? [] : [{ type: 'text', text: block.text }];
    if (block.type === 'tool_use')
      this.#open.set(index, { kind: 'tool', callId: block.id, name: block.name, json: '', whole: block.input });
    else if (block.type === 'thinking')
      this.#open.set(index, { kind: 'thinking', thinking: block.thinking, signature: block.signature });
    else if (block.type === 'redacted_thinking') return [{ type: 'opaque', json: JSON.stringify(block) }];
    return [];
  }

  #delta(index: number, delta: BlockDelta): readonly ReplyEvent[] {
    if (delta.type === 'text_delta') return delta.text === '' ? [] : [{ type: 'text', text: delta.text }];
    const block = this.#open.get(index);
    if (block === undefined) return [];
    if (delta.type === 'input_json_delta' && block.kind === 'tool') block.json += delta.partial_json;
    else if (delta.type === 'thinking_delta' && block.kind === 'thinking') block.thinking += delta.thinking;
    else if (delta.type === 'signature_delta' && block.kind === 'thinking') block.signature = delta.signature;
    return [];
  }

  #stop(index: number): readonly ReplyEvent[] {
    const block = this.#open.get(index);
    if (block === undefined) return [];
    this.#open.delete(index);
    if (block.kind === 'tool') {
      // Some compatible servers send the input whole at the start and no pieces of it.
      const inputJson = block.json === '' && block.whole !== undefined ? JSON.stringify(block.whole) : block.json;
      return [{ type: 'toolCall', callId: block.callId, name: block.name, inputJson }];
    }
    return [
      {
        type: 'opaque',
        json: JSON.stringify({ type: 'thinking', thinking: block.thinking, signature: block.signature }),
      },
    ];
  }
}

type StartedBlock = Extract<StreamEvent, { type: 'content_block_start' }>['content_block'];
type BlockDelta = Extract<StreamEvent, { type: 'content_block_delta' }>['delta'];

type OpenBlock =
  | { readonly kind: 'tool'; readonly callId: string; readonly name: string; json: string; readonly whole: unknown }
  | { readonly kind: 'thinking'; thinking: string; signature: string };

interface ReportedUsage {
  readonly input_tokens?: number | null;
  readonly output_tokens?: number | null;
  readonly cache_read_input_tokens?: number | null;
  readonly cache_creation_input_tokens?: number | null;
}

/** Counts are cumulative; a later report may leave out what an earlier one had. A compatible server may leave out any. */
function usageOf(reported: ReportedUsage | null | undefined, earlier: Usage | undefined): Usage {
  return {
    input: reported?.input_tokens ?? earlier?.input ?? 0,
    output: reported?.output_tokens ?? earlier?.output ?? 0,
    cacheRead: reported?.cache_read_input_tokens ?? earlier?.cacheRead ?? 0,
    cacheWrite: reported?.cache_creation_input_tokens ?? earlier?.cacheWrite ?? 0,
  };
}
