import { plural, t } from '../model/l10n.ts';
import type { RedactionCount } from '../model/redacted.ts';
import type { EndpointLabel } from '../model/reply.ts';
import type { Prompt, PromptBlock, RequestSummary } from '../model/request.ts';
import { amount } from '../model/shownFigures.ts';

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
      ? t('To         nobody: no endpoint can be used')
      : t('To         {0}, host {1}{2}', target.name, target.host, target.demo ? t(' (demo replies)') : ''),
    ...(target === undefined ? [] : [t('Address    {0}', target.address), t('Model      {0}', target.model)]),
    t(
      'Evidence   {0}',
      items === 0
        ? t('nothing new')
        : `${plural(items, '{0} item', '{0} items')}, ${plural(lines, '{0} line', '{0} lines')}`,
    ),
    t('Files      {0}', files.length === 0 ? t('none') : files.join(', ')),
    plural(
      tokens,
      'Size       about {0} token, of which {1} are new{2}',
      'Size       about {0} tokens, of which {1} are new{2}',
      amount(newTokens),
      target === undefined ? '' : plural(target.bytes, '; {0} byte of JSON', '; {0} bytes of JSON'),
    ),
    t('Hidden     {0}', redactions.length === 0 ? t('no secret was found in it') : redactionsInWords(redactions)),
    ...(suspicious === 0
      ? []
      : [
          plural(
            suspicious,
            'Look at    {0} line that may try to instruct Claude',
            'Look at    {0} lines that may try to instruct Claude',
          ),
        ]),
  ];
}

/** `2 × stripe-key, 1 × email`. */
export function redactionsInWords(redactions: readonly RedactionCount[]): string {
  return redactions.map(({ kind, count: found }) => `${found} × ${kind}`).join(', ');
}

/** The whole text of a request, message by message, nothing left out. */
export function promptText({ system, tools, messages }: Prompt): string {
  return [
    rule(t('system text')),
    system,
    ...messages.flatMap(({ role, content }, index) => [
      rule(
        t(
          'message {0} of {1}, {2}',
          index + 1,
          messages.length,
          role === 'user' ? t('from you') : t('from Claude, sent back'),
        ),
      ),
      ...content.map(blockText),
    ]),
    rule(
      plural(
        tools.length,
        '{0} tool that Claude may call: to record a result, or to search the repository',
        '{0} tools that Claude may call: to record a result, or to search the repository',
      ),
    ),
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
      return `${t('(answer to the tool call {0})', block.tool_use_id)}\n${block.content}`;
    case 'tool_use':
      return `${t('(tool call {0}: {1})', block.id, block.name)}\n${JSON.stringify(block.input, undefined, 2)}`;
    case 'thinking':
      return `${t('(Claude’s thinking, signed, sent back as it came)')}\n${block.thinking}`;
  }
}
