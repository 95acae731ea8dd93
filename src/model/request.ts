import type { Redacted, RedactionCount } from './redacted.ts';
import type { ToolName } from './tools.ts';

/**
 * What goes to Claude, in the Messages API's own shape but with `Redacted` where it has strings: the prompt stage
 * cannot put anything else in it, and the Claude stage sends it as it is.
 */
export interface Prompt {
  readonly system: Redacted;
  readonly tools: readonly ToolDefinition[];
  readonly messages: readonly PromptMessage[];
}

export interface ToolDefinition {
  readonly name: ToolName;
  readonly description: string;
  readonly input_schema: { readonly type: 'object'; readonly [keyword: string]: unknown };
}

export type PromptBlock =
  | { readonly type: 'text'; readonly text: Redacted }
  | { readonly type: 'thinking'; readonly thinking: string; readonly signature: string }
  | { readonly type: 'tool_use'; readonly id: string; readonly name: string; readonly input: unknown }
  | {
      readonly type: 'tool_result';
      readonly tool_use_id: string;
      readonly content: Redacted;
      readonly is_error?: true;
    };

export interface PromptMessage {
  readonly role: 'user' | 'assistant';
  readonly content: readonly PromptBlock[];
}

/** What a request sends, in figures. */
export interface RequestSummary {
  /** Paths of files that go out with it for the first time, then how many pieces of evidence do in all. */
  readonly files: readonly string[];
  readonly items: number;
  /** Lines of that evidence. */
  readonly lines: number;
  /** Of the whole request, the conversation before it included. Estimated, rather too many than too few. */
  readonly tokens: number;
  /** Of its last message alone: what is new. */
  readonly newTokens: number;
  readonly redactions: readonly RedactionCount[];
  /** Lines that may try to instruct Claude. */
  readonly suspicious: number;
}
