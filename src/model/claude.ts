import type { Failure } from './failure.ts';
import type { EndpointLabel, Usage } from './reply.ts';

/** How hard the model is asked to think, as the Messages API's `output_config.effort` has it. */
export const efforts = ['low', 'medium', 'high', 'xhigh', 'max'] as const;
export type Effort = (typeof efforts)[number];

/** A server that speaks the Messages API. */
export interface Endpoint {
  readonly name: string;
  /** Parsed and checked: https, or http on this machine; no credentials in it. */
  readonly baseUrl: URL;
  readonly model: string;
  readonly maxTokens: number;
  /** Its replies are canned demo replies. */
  readonly demo: boolean;
  /** Absent: the model's own default. */
  readonly effort?: Effort;
  /** The environment variable that holds its key, where the secret storage has none. */
  readonly keyVariable?: string;
  /** The user added it beside Anthropic: it is used only after the user agreed to what is sent to it. */
  readonly added?: true;
}

/** Tells endpoints apart: another name or another address is another endpoint, with a key and a health of its own. */
export function endpointId({ name, baseUrl }: Pick<Endpoint, 'name' | 'baseUrl'>): string {
  return `${name} ${baseUrl.href}`;
}

/** An endpoint as the record shows it. */
export function endpointLabel({ name, baseUrl, model, demo }: Endpoint): EndpointLabel {
  return { name, host: baseUrl.host, model, demo };
}

/** What happens during one reply, in order. Ends with exactly one `ended`, `failed` or `stopped`. */
export type ReplyEvent =
  | {
      readonly type: 'retrying';
      readonly attempt: number;
      readonly attempts: number;
      readonly delayMs: number;
      readonly failure: Failure;
    }
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'toolCall'; readonly callId: string; readonly name: string; readonly inputJson: string }
  | { readonly type: 'opaque'; readonly json: string }
  | { readonly type: 'ended'; readonly stopReason: string; readonly usage: Usage; readonly requestId?: string }
  | {
      readonly type: 'failed';
      readonly failure: Failure;
      readonly usage?: Usage;
      readonly requestId?: string;
      /** The user did not want to wait for it any longer, and wants it tried again. */
      readonly retryAsked?: true;
    }
  | { readonly type: 'stopped'; readonly usage?: Usage; readonly requestId?: string };
