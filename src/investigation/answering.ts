import { inOrder, isOnTrial, stillToAsk } from '../claude/endpointHealth.ts';
import { movesOn } from '../claude/failures.ts';
import { streamReply } from '../claude/streamReply.ts';
import type { ReplyOptions } from '../claude/streamReply.ts';
import { endpointId, endpointLabel } from '../model/claude.ts';
import type { Endpoint, ReplyEvent } from '../model/claude.ts';
import { fail, succeed } from '../model/failure.ts';
import type { Result } from '../model/failure.ts';
import type { Prompt } from '../model/request.ts';
import { EndpointBook } from './endpointBook.ts';
import type { ReplyRecorder } from './replyRecorder.ts';
import type { InvestigationWorld } from './world.ts';

/** An endpoint that can be asked: with its own key, which goes to it alone. */
export interface Target {
  readonly endpoint: Endpoint;
  readonly key: string;
}

/** Turns that one reply may take: each but the last asks for the answers of its searches. */
const maxTurns = 6;

/** The longest wait for an endpoint, in milliseconds, where another one stands by. */
const defaultLongestWait = 5_000;

/** The endpoints that can be asked now, in the order of asking: never none. */
export async function targetsOf(world: InvestigationWorld): Promise<Result<readonly [Target, ...Target[]]>> {
  const first = world.endpoint();
  const all = [...(first.ok ? [first.value] : []), ...(world.fallbacks?.() ?? [])];
  const targets = new Map<string, Target>();
  for (const endpoint of all) {
    const key = await world.key(endpoint);
    if (key !== undefined && !targets.has(endpointId(endpoint))) targets.set(endpointId(endpoint), { endpoint, key });
  }
  const book = world.health ?? new EndpointBook();
  const order = inOrder(book.state, [...targets.keys()], book.now());
  const [one, ...others] = order.flatMap((id) => targets.get(id) ?? []);
  if (one !== undefined) return succeed([one, ...others]);
  return first.ok ? fail({ kind: 'noKey' }) : first;
}

export interface Answering {
  readonly world: InvestigationWorld;
  readonly targets: readonly [Target, ...Target[]];
  readonly prompt: Prompt;
  /** The request as it is now, for whoever goes on with the reply. */
  readonly nextPrompt: (to: Endpoint) => Prompt;
  /** Has a request sent, shorter where the endpoint finds it too long. */
  readonly replyWithin: (
    endpoint: Endpoint,
    prompt: Prompt,
    send: (prompt: Prompt) => AsyncIterable<ReplyEvent>,
  ) => AsyncIterable<ReplyEvent>;
  readonly recorder: ReplyRecorder;
  readonly signal: AbortSignal;
  readonly onRetry: NonNullable<ReplyOptions['onRetry']>;
}

/**
 * Has one question answered: by the first of the endpoints and, where that breaks off or does not begin, by the next one,
 * which goes on where the text ends. Each is asked once in a reply, so that it ends; what was recorded stays recorded.
 */
export async function answer(answering: Answering): Promise<void> {
  const { world, targets, recorder, nextPrompt } = answering;
  const book = world.health ?? new EndpointBook();
  const reply = world.reply ?? streamReply;
  const byId = new Map(targets.map((target) => [endpointId(target.endpoint), target]));
  let target = targets[0];
  let prompt = answering.prompt;
  const asked = new Set<string>();
  for (let turn = 1; ;) {
    const id = endpointId(target.endpoint);
    asked.add(id);
    const others = (): readonly string[] => stillToAsk(book.state, [...byId.keys()], asked, book.now());
    const asking = target;
    const sent = answering.replyWithin(asking.endpoint, prompt, (shorter) =>
      reply(optionsOf(answering, asking, shorter, book, others().length > 0)),
    );
    const heard = watched(sent, (event) => {
      if (event === 'words') book.note({ type: 'answered', endpoint: id });
      else book.note({ type: 'failed', endpoint: id, failure: event.failure, at: book.now() });
    });
    let next: Target | undefined;
    const end = await recorder.turn(heard, turn < maxTurns, ({ failure, retryAsked }) => {
      const [other] = movesOn(failure) ? others() : [];
      next = other !== undefined ? byId.get(other) : retryAsked === true ? target : undefined;
      return next !== undefined;
    });
    if (end === 'over') return;
    if (end === 'waitsForAnswers') turn += 1;
    else if (next !== undefined) {
      recorder.goOn(endpointLabel(next.endpoint), end);
      world.log(`${end.failure.kind} at ${target.endpoint.name}: ${next.endpoint.name} goes on`);
      target = next;
    }
    prompt = nextPrompt(target.endpoint);
  }
}

function optionsOf(
  { world, signal, onRetry }: Answering,
  { endpoint, key }: Target,
  prompt: Prompt,
  book: EndpointBook,
  standby: boolean,
): ReplyOptions {
  const id = endpointId(endpoint);
  return {
    endpoint,
    key,
    prompt,
    signal,
    onRetry,
    onLimits: (limits) => book.note({ type: 'limits', endpoint: id, limits }),
    ...(world.parameters === undefined ? {} : { parameters: world.parameters }),
    ...(standby ? { standby, maxWaitMs: world.longestWaitMs?.() ?? defaultLongestWait } : {}),
    ...(standby && isOnTrial(book.state, id, book.now()) ? { attempts: 1 } : {}),
    ...world.streaming,
  };
}

type Heard = 'words' | Extract<ReplyEvent, { type: 'failed' }>;

/** Passes a reply on, and tells when its first words come and when it fails. */
async function* watched(reply: AsyncIterable<ReplyEvent>, hear: (heard: Heard) => void): AsyncGenerator<ReplyEvent> {
  let heard = false;
  for await (const event of reply) {
    if (event.type === 'failed') hear(event);
    else if (!heard && event.type !== 'retrying' && event.type !== 'stopped') {
      heard = true;
      hear('words');
    }
    yield event;
  }
}
