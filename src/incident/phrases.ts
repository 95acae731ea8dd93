import type { Evidence } from '../model/evidence.ts';
import { t } from '../model/l10n.ts';
import type { EndpointLabel } from '../model/reply.ts';

/** Most that a timeline shows of a text that has a place of its own elsewhere, in UTF-16 units. */
const maxShown = 300;

/** A text on one line, cut where it is long. */
export function shortened(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim();
  return line.length <= maxShown ? line : `${line.slice(0, maxShown - 1).replace(/[\ud800-\udbff]$/, '')}…`;
}

/** Who got a question: `Anthropic (api.anthropic.com), claude-sonnet-5-5`. */
export function recipient({ name, host, model, demo }: EndpointLabel): string {
  return `${name} (${host}), ${model}${demo ? t(', demo replies') : ''}`;
}

/** What redaction replaced in these, by kind: `3 × stripe-key, 1 × email`; empty where nothing was. */
export function hiddenSecrets(items: readonly Pick<Evidence, 'redactions'>[]): string {
  const counts = new Map<string, number>();
  for (const { kind, count } of items.flatMap(({ redactions }) => redactions)) {
    counts.set(kind, (counts.get(kind) ?? 0) + count);
  }
  return [...counts].map(([kind, number]) => `${number} × ${kind}`).join(', ');
}
