import type { PromptBlock, PromptMessage } from '../model/request.ts';
import type { ErrorFacts } from './failures.ts';

/** What a compatible server may not know, and what a request can do without. */
export const parameters = ['tools', 'cacheMarkers', 'effort', 'systemBlocks'] as const;
export type Parameter = (typeof parameters)[number];

/** What endpoints were found not to know; remembered, so that each is asked once. */
export interface ParameterMemory {
  /** `model` as well, since a parameter may be one model's and not another's. */
  readonly leftOut: (endpoint: string, model: string) => readonly Parameter[];
  readonly leaveOut: (endpoint: string, model: string, parameter: Parameter) => void;
}

/** Remembers as long as it lives. */
export function parameterMemory(
  known: Readonly<Record<string, readonly Parameter[]>> = {},
  onChange: (known: Readonly<Record<string, readonly Parameter[]>>) => void = () => undefined,
): ParameterMemory {
  const all = new Map(Object.entries(known));
  const slot = (endpoint: string, model: string): string => `${endpoint} ${model}`;
  return {
    leftOut: (endpoint, model) => all.get(slot(endpoint, model)) ?? [],
    leaveOut: (endpoint, model, parameter) => {
      const key = slot(endpoint, model);
      all.set(key, [...new Set([...(all.get(key) ?? []), parameter])]);
      onChange(Object.fromEntries(all));
    },
  };
}

/**
 * How servers name a parameter that they do not take: Anthropic's own `output_config.effort: …`, pydantic's
 * `body -> tools` or `"loc":["body","tools"]`, `Unknown parameter: 'cache_control'`, `json: unknown field "tools"`, or a
 * sentence. Not `tool_use` and `tool_result`: those are about the messages.
 */
const names: Readonly<Record<Parameter, RegExp>> = {
  cacheMarkers: /\bcache[_ -]?control\b|\bprompt caching\b/i,
  effort: /\boutput[_ ]?config\b|\beffort\b/i,
  tools:
    /\btools\b(?!\.\d+\.(?!custom))|\btool[_ ]?choice\b|\btool (use|calling|calls?) (is|are) not\b|\bfunction calling\b/i,
  systemBlocks: /\bsystem\b/i,
};

/** Words by which a server says that it does not take something at all; without them the request is wrong otherwise. */
const refusal =
  /not (permitted|supported|allowed|accepted|recogni[sz]ed|implemented|available|enabled)|(does|do)(n't| not) (support|accept|allow|recogni[sz]e|know)|unsupported|unknown|requires --|unexpected|unrecogni[sz]ed|extra (inputs|fields)|extra_forbidden|additional propert|invalid (type|field|parameter)|no such|(should|must|expected) (to )?be (a )?(valid )?string|expected (a )?string|cannot unmarshal|string_type/i;

/** Statuses of a request that was not understood: bad request, unprocessable, not implemented. */
const statuses: ReadonlySet<number> = new Set([400, 422, 501]);

/** The parameter that a server says it does not take; undefined where it complains about something else. */
export function rejectedParameter(facts: ErrorFacts, leftOut: readonly Parameter[]): Parameter | undefined {
  if (facts.status === undefined || !statuses.has(facts.status) || !refusal.test(facts.message)) return undefined;
  const order: readonly Parameter[] = ['cacheMarkers', 'effort', 'tools', 'systemBlocks'];
  return order.find((parameter) => !leftOut.includes(parameter) && names[parameter].test(facts.message));
}

/**
 * A conversation for a server without tools: calls and their answers as text, so that what was recorded is still known.
 */
export function withoutToolBlocks(messages: readonly PromptMessage[]): readonly PlainMessage[] {
  return messages.map(({ role, content }) => ({ role, content: content.flatMap(plainBlock) }));
}

export interface PlainMessage {
  readonly role: 'user' | 'assistant';
  readonly content: readonly { readonly type: 'text'; readonly text: string }[];
}

function plainBlock(block: PromptBlock): PlainMessage['content'] {
  switch (block.type) {
    case 'text':
      return [{ type: 'text', text: block.text }];
    case 'tool_use':
      return [{ type: 'text', text: `[${block.name}: ${JSON.stringify(block.input)}]` }];
    case 'tool_result':
      return [{ type: 'text', text: `[Answer: ${block.content}]` }];
    case 'thinking':
      return [];
  }
}
