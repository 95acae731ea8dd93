/** What a refusal says of a request's length: how long it is and how long it may be, in tokens, where it says so. */
export interface PromptLength {
  readonly tokens?: number;
  readonly limit?: number;
}

/**
 * Whether a 400 refuses a request for its length. The wordings of the Messages API (`prompt is too long: 213442 tokens >
 * 200000 maximum`, `input length and max_tokens exceed context limit: 190000 + 16000 > 200000`) and of servers that speak
 * it for other models (`maximum context length is 8192 tokens. However, you requested 9000 tokens`, `exceeds the available
 * context size`). Undefined for any other refusal.
 */
export function promptTooLong(message: string): PromptLength | undefined {
  const text = message.slice(0, 2_000);
  const prompt = /prompt is too long(?::\s*(\d+) tokens > (\d+))?/i.exec(text);
  if (prompt !== null) return lengthOf(prompt[1], prompt[2]);
  const sum = /exceed context limit:\s*(\d+) \+ (\d+) > (\d+)/i.exec(text);
  // The reply keeps its room: the request may have what is left of the limit.
  if (sum !== null) return lengthOf(sum[1], String(Number(sum[3]) - Number(sum[2])));
  const requested = /maximum context length is (\d+) tokens\D{1,60}(\d+) tokens/i.exec(text);
  if (requested !== null) return lengthOf(requested[2], requested[1]);
  const other =
    /(?:exceeds?|exceeded|longer than|larger than)[^.]{0,60}context (?:length|size|window|limit)|context (?:length|size|window|limit)[^.]{0,40}exceed|input is too long|too many (?:input |prompt )?tokens/i;
  return other.test(text) ? {} : undefined;
}

function lengthOf(tokens: string | undefined, limit: string | undefined): PromptLength {
  const [length, most] = [Number(tokens), Number(limit)];
  return length > 0 && most > 0 && most < length ? { tokens: length, limit: most } : {};
}
