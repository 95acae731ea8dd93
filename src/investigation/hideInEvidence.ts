import type { IncidentStore } from '../incident/store.ts';
import type { Evidence } from '../model/evidence.ts';
import { succeed } from '../model/failure.ts';
import type { Failure, Result } from '../model/failure.ts';
import type { Redacted, RedactionCount } from '../model/redacted.ts';
import type { Redactor } from '../redaction/redactor.ts';
import { withSuspicions } from './suspicions.ts';

/**
 * Redacts the evidence once more that holds a value which was learnt since it was gathered (an environment file that was
 * written or changed), and records what it is now. What an earlier question sent is not called back. Ends with the first
 * item that could not be redacted.
 */
export async function hideInEvidence(store: IncidentStore, redactor: Redactor): Promise<Failure | undefined> {
  const known = redactor.reply();
  for (const { id } of store.incident.evidence) {
    const item = store.incident.evidence.find((one) => one.id === id);
    if (item === undefined || !holds(item, (text) => known.whole(text) !== text)) continue;
    const hidden = await redactedAgain(item, redactor);
    if (!hidden.ok) return hidden.failure;
    store.dispatch({ type: 'evidenceHidden', evidence: hidden.value });
  }
  return undefined;
}

function holds({ text, title, source }: Evidence, isFound: (text: string) => boolean): boolean {
  return isFound(text) || isFound(title) || isFound(source);
}

type Item = Omit<Evidence, 'addedAt' | 'removedAt' | 'sentIn'>;

async function redactedAgain(evidence: Evidence, redactor: Redactor): Promise<Result<Item>> {
  const labels: Redacted[] = [];
  for (const label of [evidence.title, evidence.source]) {
    const result = await redactor.redact(label, { what: 'The title of the evidence' });
    if (!result.ok) return result;
    labels.push(result.value.text);
  }
  const [title = evidence.title, source = evidence.source] = labels;
  const body = await redactor.redact(evidence.text, { what: title });
  if (!body.ok) return body;
  const redactions = together(evidence.redactions, body.value.redactions);
  // Noted anew: an excerpt may hold the value as well.
  const draft = { ...evidence, text: body.value.text, title, source, redactions, suspicious: [] };
  return succeed({ ...withSuspicions(draft), id: evidence.id });
}

function together(before: readonly RedactionCount[], more: readonly RedactionCount[]): readonly RedactionCount[] {
  const counts = new Map(before.map(({ kind, count }) => [kind, count]));
  for (const { kind, count } of more) counts.set(kind, (counts.get(kind) ?? 0) + count);
  return [...counts].map(([kind, count]) => ({ kind, count }));
}
