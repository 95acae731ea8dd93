import type { Incident } from '../model/incident.ts';
import type { Redacted } from '../model/redacted.ts';
import { joinRedacted, ownWords, redactedTemplate } from '../model/redacted.ts';
import type { Run, Verdict } from '../model/reply.ts';

const words: Readonly<Record<Verdict['kind'], string>> = {
  confirmed: 'confirmed',
  ruledOut: 'ruled out',
  open: 'open again',
};

/** What the user has made of the hypotheses since the last question, for Claude to know; undefined where nothing is new. */
export function newVerdicts(incident: Incident): Redacted | undefined {
  const since = incident.runs.at(-1)?.askedAt ?? 0;
  const lines = incident.runs.flatMap((run) => verdictsOf(run, since));
  if (lines.length === 0) return undefined;
  return joinRedacted([redactedTemplate`What I found out about the hypotheses:`, ...lines], '\n');
}

function verdictsOf(run: Run, since: number): readonly Redacted[] {
  return (run.verdicts ?? []).flatMap((verdict, index) => {
    if (verdict === undefined || verdict.at < since) return [];
    const note = verdict.note === '' ? redactedTemplate`` : redactedTemplate` — ${verdict.note}`;
    return [redactedTemplate`- Hypothesis ${index + 1} is ${ownWords(words[verdict.kind])}${note}`];
  });
}
