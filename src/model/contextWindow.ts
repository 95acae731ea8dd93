import type { Failure } from './failure.ts';
import { t } from './l10n.ts';
import { amount } from './shownFigures.ts';

/**
 * Tokens that a model reads and writes at most in one request, where nothing else is known: the window of every current
 * Claude model without a beta header (Anthropic's models overview, November 2026).
 */
export const defaultContextWindow = 200_000;

/** Room for what an estimate gets wrong, as a part of the window. */
const margin = 0.05;

/** UTF-8 bytes of a token, on the low side: prose has four, code and logs about three, Chinese three in one character. */
const bytesPerToken = 3;

/** A window smaller than this cannot hold the panel's own instructions and tools with a question. */
export const smallestContextWindow = 8_000;

/**
 * Tokens that a request may have, estimated: the model's window without its longest reply and a margin. A reply that
 * could fill the window leaves the request half of it.
 */
export function requestLimit(contextWindow: number, maxOutputTokens: number): number {
  const reply = Math.min(maxOutputTokens, contextWindow / 2);
  return Math.floor((contextWindow - reply) * (1 - margin));
}

/** Tokens of a text, estimated, rather too many than too few. */
export function estimateTokens(text: string): number {
  return Math.ceil(utf8Length(text) / bytesPerToken);
}

/** Tokens of so many characters of plain text, by the same estimate. */
export function tokensOfCharacters(characters: number): number {
  return Math.ceil(characters / bytesPerToken);
}

/** How many characters of plain text so many tokens are, by the same estimate. */
export function charactersOf(tokens: number): number {
  return Math.floor(tokens * bytesPerToken);
}

/** The model is pure: `Buffer` is not there in the panel. */
function utf8Length(text: string): number {
  let bytes = text.length;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code < 0x80) continue;
    // Half of a pair counts two of the pair's four bytes.
    bytes += code < 0x800 || (code >= 0xd800 && code <= 0xdfff) ? 1 : 2;
  }
  return bytes;
}

/** How long a request is and may be, ` (210k of 200k tokens)`; empty where that is not known. */
export function lengthInWords({ tokens, limit, characters }: Extract<Failure, { kind: 'contextFull' }>): string {
  const length = tokens ?? characters;
  if (length === undefined || limit === undefined) return '';
  const [used, most] = [amount(Math.ceil(length / 1000)), amount(Math.floor(limit / 1000))];
  return ` (${tokens === undefined ? t('{0}k of {1}k characters', used, most) : t('{0}k of {1}k tokens', used, most)})`;
}
