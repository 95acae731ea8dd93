import { Buffer } from 'node:buffer';

/**
 * A seeded source of randomness (mulberry32), so that a log is the same each time it is written.
 *
 * @param {number} seed
 */
export function seededRandom(seed) {
  let state = seed >>> 0;
  /** A number from 0 up to, not including, 1. */
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  /** A whole number between both, both included. @type {(low: number, high: number) => number} */
  const between = (low, high) => low + Math.floor(next() * (high - low + 1));
  /** So many characters of an alphabet. @type {(length: number, alphabet?: string) => string} */
  const text = (length, alphabet = '0123456789abcdef') =>
    Array.from({ length }, () => alphabet[Math.floor(next() * alphabet.length)]).join('');
  /** True with this probability. @type {(probability: number) => boolean} */
  const chance = (probability) => next() < probability;
  return { next, between, text, chance };
}

/** @typedef {ReturnType<typeof seededRandom>} Random */

const LETTERS_AND_DIGITS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

/**
 * Text in the shape of a bearer token (a JSON web token) that never was one. It is put together here so that no file of
 * ours holds something that a secret scanner must stop at.
 *
 * @param {Random} random
 */
export function bearerTokenShape(random) {
  const head = Buffer.from(JSON.stringify({ alg: 'HS256', typ: 'JWT' })).toString('base64url');
  const body = Buffer.from(JSON.stringify({ sub: 'synthetic-monitor', jti: random.text(12) })).toString('base64url');
  return [head, body, random.text(43, LETTERS_AND_DIGITS)].join('.');
}

/**
 * Text in the shape of a live key of a payment provider that never was one.
 *
 * @param {Random} random
 */
export function paymentKeyShape(random) {
  return ['sk', 'live', random.text(24, LETTERS_AND_DIGITS)].join('_');
}
