import type { Failure } from './failure.ts';
import type { Usage } from './reply.ts';

/** A server that speaks the Messages API. */
export interface Endpoint {
  readonly name: string;
  /** Parsed and checked: https, or http on this machine; no credentials in it. */
  readonly baseUrl: URL;
  readonly model: string;
  readonly maxTokens: number;
  /** Its replies are canned demo replies. */
  readonly demo: boolean;
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
  | { readonly type: 'failed'; readonly failure: Failure; readonly usage?: Usage; readonly requestId?: string }
  | { readonly type: 'stopped'; readonly usage?: Usage; readonly requestId?: string };
