import type { EndpointLabel, Run, Usage } from './reply.ts';

/** What one endpoint used for its part of a reply; without `usage` where it did not say. */
export interface EndpointUsage {
  readonly endpoint: EndpointLabel;
  readonly usage?: Usage;
}

const none: Usage = { input: 0, output: 0, cacheRead: 0, cacheWrite: 0 };

/** Who had a part in a reply, in their order, and what each used: the whole reply's tokens, taken apart. */
export function usageByEndpoint({
  endpoint,
  parts,
  usage,
}: Pick<Run, 'endpoint' | 'parts' | 'usage'>): EndpointUsage[] {
  const shares: EndpointUsage[] = [];
  let by = endpoint;
  let left = usage;
  for (const part of parts) {
    if (part.type !== 'continued') continue;
    shares.push(part.usage === undefined ? { endpoint: by } : { endpoint: by, usage: part.usage });
    if (left !== undefined && part.usage !== undefined) left = minus(left, part.usage);
    by = part.endpoint;
  }
  // While it streams, only the parts that ended are known.
  shares.push(left === undefined ? { endpoint: by } : { endpoint: by, usage: left });
  return shares;
}

/** The tokens of several replies or parts together; undefined where none of them is known. */
export function totalUsage(usages: readonly (Usage | undefined)[]): Usage | undefined {
  const known = usages.filter((usage) => usage !== undefined);
  return known.length === 0 ? undefined : known.reduce(plus, none);
}

/** All tokens that went in, from the cache or not. */
export function tokensIn({ input, cacheRead, cacheWrite }: Usage): number {
  return input + cacheRead + cacheWrite;
}

function plus(one: Usage, other: Usage): Usage {
  return {
    input: one.input + other.input,
    output: one.output + other.output,
    cacheRead: one.cacheRead + other.cacheRead,
    cacheWrite: one.cacheWrite + other.cacheWrite,
  };
}

/** Never below nothing: a journal may hold anything. */
function minus(one: Usage, other: Usage): Usage {
  return {
    input: Math.max(0, one.input - other.input),
    output: Math.max(0, one.output - other.output),
    cacheRead: Math.max(0, one.cacheRead - other.cacheRead),
    cacheWrite: Math.max(0, one.cacheWrite - other.cacheWrite),
  };
}
