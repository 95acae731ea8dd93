import type { Price } from './price.ts';
import { number, object, optional, safeParse, string } from './schema.ts';

const priceSchema = object({
  model: string(),
  input: number(),
  output: number(),
  cacheRead: optional(number()),
  cacheWrite: optional(number()),
  asOf: optional(string()),
});

/** Most prices of a list that are read. */
const mostPrices = 200;

/**
 * The prices of a list that somebody wrote; what is none is passed over. Without prices for the cache, reading from it
 * and writing to it cost what input costs.
 */
export function parsePrices(list: unknown): readonly Price[] {
  if (!Array.isArray(list)) return [];
  return list.slice(0, mostPrices).flatMap((entry): Price[] => {
    const parsed = safeParse(priceSchema, entry);
    if (!parsed.success) return [];
    const { model, input, output, cacheRead = input, cacheWrite = input, asOf: day = '' } = parsed.data;
    const all = [input, output, cacheRead, cacheWrite];
    if (model.trim() === '' || !all.every((rate) => Number.isFinite(rate) && rate >= 0)) return [];
    return [{ model: model.trim(), input, output, cacheRead, cacheWrite, asOf: day }];
  });
}
