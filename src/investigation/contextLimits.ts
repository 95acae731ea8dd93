import type { Endpoint, ReplyEvent } from '../model/claude.ts';
import { defaultContextWindow, requestLimit } from '../model/contextWindow.ts';
import type { Failure } from '../model/failure.ts';
import type { Prompt } from '../model/request.ts';
import { requestTokens } from '../prompt/shortenConversation.ts';
import type { InvestigationWorld } from './world.ts';

/** The part of a request's tokens that is left when an endpoint finds it too long and does not say by how much. */
const unknownExcess = 0.5;

/** Room below what an endpoint said it takes, since the tokens of the shorter request are estimated again. */
const margin = 0.9;

/** The conversation as a request, shortened to so many tokens; undefined where nothing is left to cut. */
export type Shorten = (limit: number) => Prompt | undefined;

/** How long requests may be: by the model's window, and by what an endpoint has refused since. In memory only. */
export class ContextLimits {
  readonly #world: Pick<InvestigationWorld, 'contextWindow'>;
  readonly #learned = new Map<string, number>();

  constructor(world: Pick<InvestigationWorld, 'contextWindow'>) {
    this.#world = world;
  }

  /** Tokens, estimated as `requestTokens` does. */
  of({ model, maxTokens, baseUrl }: Pick<Endpoint, 'model' | 'maxTokens' | 'baseUrl'>): number {
    const window = this.#world.contextWindow?.(model) ?? defaultContextWindow;
    return Math.min(requestLimit(window, maxTokens), this.#learned.get(keyOf(model, baseUrl)) ?? Infinity);
  }

  /**
   * Passes a reply on. Where the endpoint refuses the request for its length before a word has come, it is shortened and
   * sent once more, to what the endpoint said it takes; a second refusal is the reply's failure.
   */
  async *replyWithin(
    endpoint: Pick<Endpoint, 'model' | 'baseUrl'>,
    prompt: Prompt,
    send: (prompt: Prompt) => AsyncIterable<ReplyEvent>,
    shorten: Shorten,
  ): AsyncGenerator<ReplyEvent, void, undefined> {
    let said = false;
    for await (const event of send(prompt)) {
      if (event.type === 'failed' && !said && isTooLong(event.failure)) {
        const limit = shorterThan(requestTokens(prompt), event.failure);
        const shorter = shorten(limit);
        if (shorter !== undefined) {
          this.#learned.set(keyOf(endpoint.model, endpoint.baseUrl), limit);
          yield* send(shorter);
          return;
        }
      }
      said ||= event.type !== 'retrying';
      yield event;
    }
  }
}

type TooLong = Extract<Failure, { kind: 'contextFull' | 'requestTooLarge' }>;

function isTooLong(failure: Failure): failure is TooLong {
  return failure.kind === 'contextFull' || failure.kind === 'requestTooLarge';
}

/** What the endpoint counted tells how far the estimate is off. */
function shorterThan(estimated: number, failure: TooLong): number {
  const { tokens, limit }: { tokens?: number; limit?: number } = failure.kind === 'contextFull' ? failure : {};
  const fits = tokens === undefined || limit === undefined ? unknownExcess : limit / tokens;
  return Math.floor(estimated * Math.min(fits, 1) * margin);
}

function keyOf(model: string, baseUrl: URL): string {
  return `${baseUrl.origin} ${model}`;
}
