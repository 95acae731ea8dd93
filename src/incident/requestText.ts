import { count } from '../model/figures.ts';
import type { RedactionCount } from '../model/redacted.ts';
import type { EndpointLabel } from '../model/reply.ts';
import type { Prompt, PromptBlock, RequestSummary } from '../model/request.ts';

export interface RequestTarget extends EndpointLabel {
  /** The address that it is posted to. */
  readonly address: string;
  /** Bytes of the body. */
  readonly bytes: number;
}

/** The figures of a request, a line each: to whom, how much, what is hidden. */
export function figuresAsText(figures: RequestSummary, target: RequestTarget | undefined): readonly string[] {
  const { files, items, lines, tokens, newTokens, redactions, suspicious } = figures;
  return [
    target === undefined
      ? 'To         nobody: no endpoint can be used'
      : `To         ${target.name}, host ${target.host}${target.demo ? ' (demo replies)' : ''}`,
    ...(target === undefined ? [] : [`Address    ${target.address}`, `Model      ${target.model}`]),
    `Evidence   ${items === 0 ? 'nothing new' : `${count(items, 'item')}, ${count(lines, 'line')}`}`,
    `Files      ${files.length === 0 ? 'none' : files.join(', ')}`,
    `Size       about ${count(tokens, 'token')}, of which ${newTokens.toLocaleString('en-US')} are new${
      target === undefined ? '' : `; ${count(target.bytes, 'byte')} of JSON`
    }`,
    `Hidden     ${redactions.length === 0 ? 'no secret was found in it' : redactionsInWords(redactions)}`,
    ...(suspicious === 0 ? [] : [`Look at    ${count(suspicious, 'line')} that may try to instruct Claude`]),
  ];
}

/** `2 × stripe-key, 1 × email`. */
export function redactionsInWords(redactions: readonly RedactionCount[]): string {
  return redactions.map(({ kind, count: found }) => `${found} × ${kind}`).join(', ');
}

/** The whole text of a request, message by message, nothing left out. */
export function promptText({ system, tools, messages }: Prompt): string {
  return [
    rule('system text'),
    system,
    ...messages.flatMap(({ role, content }, index) => [
      rule(`message ${index + 1} of ${messages.length}, ${role === 'user' ? 'from you' : 'from Claude, sent back'}`),
      ...content.map(blockText),
    ]),
    rule(`${count(tools.length, 'tool')} that Claude may call: to record a result, or to search the repository`),
    ...tools.map(({ name, description }) => `${name}: ${description}`),
  ].join('\n\n');
}

function rule(words: string): string {
  return `──── ${words} ────`;
}

function blockText(block: PromptBlock): string {
  switch (block.type) {
    case 'text':
      return block.text;
    case 'tool_result':
      return `(answer to the tool call ${block.tool_use_id})\n${block.content}`;
    case 'tool_use':
      return `(tool call ${block.id}: ${block.name})\n${JSON.stringify(block.input, undefined, 2)}`;
    case 'thinking':
      return `(Claude’s thinking, signed, sent back as it came)\n${block.thinking}`;
  }
}
