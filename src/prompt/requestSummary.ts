import { estimateTokens } from '../model/contextWindow.ts';
import type { Evidence } from '../model/evidence.ts';
import type { Prompt, RequestSummary } from '../model/request.ts';
import { requestTokens } from './shortenConversation.ts';

/** The figures of a request with the evidence that it sends for the first time. */
export function summarizeRequest(prompt: Prompt, evidence: readonly Evidence[]): RequestSummary {
  const counts = new Map<string, number>();
  for (const { kind, count } of evidence.flatMap(({ redactions }) => redactions)) {
    counts.set(kind, (counts.get(kind) ?? 0) + count);
  }
  return {
    files: evidence.flatMap(({ kind, source }) => (kind === 'file' ? [source] : [])),
    items: evidence.length,
    lines: evidence.reduce((sum, { lineCount }) => sum + lineCount, 0),
    tokens: requestTokens(prompt),
    newTokens: estimateTokens(JSON.stringify(prompt.messages.at(-1) ?? '')),
    redactions: [...counts].map(([kind, count]) => ({ kind, count })),
    suspicious: evidence.reduce((sum, { suspicious = [] }) => sum + suspicious.length, 0),
  };
}
