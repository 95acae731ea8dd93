/** What a model's tokens cost, in US dollars for a million. */
export interface Price {
  /** The model's id, without a date. */
  readonly model: string;
  readonly input: number;
  readonly output: number;
  readonly cacheRead: number;
  readonly cacheWrite: number;
  /** The day on which it was looked up: `2026-10-10`. */
  readonly asOf: string;
  /** What holds instead for a request with more input tokens than this. */
  readonly longPrompt?: Omit<Price, 'model' | 'asOf' | 'longPrompt'> & { readonly above: number };
}

/** When the prices below were looked up. */
const asOf = '2026-10-10';

/** Columns as in the source: input, output, reading from the cache, writing to it for five minutes. */
const table: readonly (readonly [string, number, number, number, number])[] = [
  ['claude-fable-5-1', 10, 50, 0.25, 12.5],
  ['claude-mythos-5-1', 10, 50, 0.25, 12.5],
  ['claude-fable-5', 10, 50, 1, 12.5],
  ['claude-mythos-5', 10, 50, 1, 12.5],
  ['claude-opus-5-5', 4, 20, 0.2, 5],
  ['claude-opus-5', 5, 25, 0.5, 6.25],
  ['claude-opus-4-8', 5, 25, 0.5, 6.25],
  ['claude-opus-4-7', 5, 25, 0.5, 6.25],
  ['claude-opus-4-6', 5, 25, 0.5, 6.25],
  ['claude-opus-4-5', 5, 25, 0.5, 6.25],
  ['claude-sonnet-5-5', 2, 10, 0.1, 2.5],
  ['claude-sonnet-5', 2, 10, 0.2, 2.5],
  ['claude-sonnet-4-6', 3, 15, 0.3, 3.75],
  ['claude-sonnet-4-5', 3, 15, 0.3, 3.75],
  ['claude-haiku-5-5', 0.1, 0.5, 0.01, 0.125],
  ['claude-haiku-4-5', 1, 5, 0.1, 1.25],
];

/**
 * Prices of Anthropic's own API, from https://platform.claude.com/docs/en/about-claude/pricing on the day that they
 * carry. Gateways and contracts have others: the setting `incidentPanel.prices` comes first.
 */
export const knownPrices: readonly Price[] = table.map(([model, input, output, cacheRead, cacheWrite]) => ({
  model,
  input,
  output,
  cacheRead,
  cacheWrite,
  asOf,
  ...(model === 'claude-haiku-5-5'
    ? { longPrompt: { above: 100_000, input: 0.5, output: 2.5, cacheRead: 0.05, cacheWrite: 0.625 } }
    : {}),
}));

/** The first price that is this model's. Dated ids and those of gateways (`anthropic/…`, `…@20260101`) are the same model. */
export function priceOf(model: string, prices: readonly Price[]): Price | undefined {
  const plain = model
    .toLowerCase()
    .replace(/^.*[/]/, '')
    .replace(/^(?:[a-z]{2,6}\.)?anthropic\./, '')
    .replace(/[-@:]\d{8}.*$/, '');
  return prices.find((price) => price.model.toLowerCase() === plain || price.model === model);
}
