import type { Incident } from './incident.ts';
import { priceOf } from './price.ts';
import type { Price } from './price.ts';
import type { Run, Usage } from './reply.ts';
import { tokensIn, usageByEndpoint } from './usage.ts';

/** Dollars that were spent, as far as it is known. */
export interface Cost {
  readonly dollars: number;
  /** Parts of replies whose tokens or whose model's price is not known: they come on top. */
  readonly unknown: number;
}

/** What these tokens cost. */
export function costOf(usage: Usage, price: Price): number {
  const { longPrompt } = price;
  const rate = longPrompt !== undefined && tokensIn(usage) > longPrompt.above ? longPrompt : price;
  return (
    (usage.input * rate.input +
      usage.output * rate.output +
      usage.cacheRead * rate.cacheRead +
      usage.cacheWrite * rate.cacheWrite) /
    1_000_000
  );
}

/** What a reply cost: the parts of each endpoint at its own model's price; demo replies cost nothing. */
export function costOfRun(run: Pick<Run, 'endpoint' | 'parts' | 'usage' | 'phase'>, prices: readonly Price[]): Cost {
  if (wasRefused(run)) return { dollars: 0, unknown: 0 };
  let dollars = 0;
  let unknown = 0;
  for (const { endpoint, usage } of usageByEndpoint(run)) {
    if (endpoint.demo) continue;
    const price = priceOf(endpoint.model, prices);
    if (usage === undefined || price === undefined) unknown += 1;
    else dollars += costOf(usage, price);
  }
  return { dollars, unknown };
}

/** The endpoint answered with an error and nothing else: that is not billed. */
function wasRefused({ parts, usage, phase }: Pick<Run, 'parts' | 'usage' | 'phase'>): boolean {
  if (parts.length > 0 || usage !== undefined || phase.kind !== 'failed') return false;
  return phase.failure.kind !== 'silent' && phase.failure.kind !== 'cutOff';
}

/** What an incident has cost by now. */
export function costOfIncident({ runs }: Pick<Incident, 'runs'>, prices: readonly Price[]): Cost {
  return runs
    .map((run) => costOfRun(run, prices))
    .reduce((sum, cost) => ({ dollars: sum.dollars + cost.dollars, unknown: sum.unknown + cost.unknown }), {
      dollars: 0,
      unknown: 0,
    });
}

/** About how many tokens a text has: code and logs have fewer characters a token than prose, which has about four. */
export function estimatedTokens(characters: number): number {
  return Math.ceil(characters / 3.5);
}

/** What a step gathers itself, and does not know before it is asked. */
export type ToGather = 'files' | 'environment' | 'regression' | 'searches' | 'callers';

/** What a question would send, before it is asked. */
export interface StepEstimate {
  /** About how many tokens are known to go out. */
  readonly tokens: number;
  /** What comes on top once the step has gathered it, and how many tokens that is at most; absent where nothing does. */
  readonly more?: { readonly what: ToGather; readonly most: number };
}

/** Tokens that a reply is taken to have where there was none yet. */
const usualReply = 1_500;

/** Milliseconds for which a conversation stays in the cache. */
const cacheLife = 5 * 60_000;

/**
 * About what the next question costs: `tokens` of input, of which the conversation before it is read from the cache where
 * the same model answered within its life; a reply as long as those before it.
 */
export function estimatedCost(
  { runs }: Pick<Incident, 'runs'>,
  next: { readonly tokens: number; readonly model: string; readonly now: number },
  prices: readonly Price[],
): number | undefined {
  const price = priceOf(next.model, prices);
  if (price === undefined) return undefined;
  const outputs = runs.flatMap(({ usage }) => usage?.output ?? []);
  const output =
    outputs.length === 0 ? usualReply : Math.ceil(outputs.reduce((sum, one) => sum + one, 0) / outputs.length);
  const last = runs.findLast(({ usage }) => usage !== undefined);
  const isCached =
    last?.usage !== undefined &&
    last.phase.kind !== 'streaming' &&
    next.now - last.phase.at < cacheLife &&
    usageByEndpoint(last).at(-1)?.endpoint.model === next.model;
  const cacheRead = isCached ? Math.min(next.tokens, tokensIn(last.usage)) : 0;
  return costOf({ input: 0, output, cacheRead, cacheWrite: next.tokens - cacheRead }, price);
}
