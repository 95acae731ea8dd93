import { cutInWords } from '../model/cutWords.ts';
import { count } from '../model/figures.ts';
import type { Run } from '../model/reply.ts';
import { stepDefinition } from '../model/steps.ts';
import { tokensIn, totalUsage, usageByEndpoint } from '../model/usage.ts';
import { inline, table } from './markdown.ts';
import { hiddenSecrets, recipient } from './phrases.ts';
import { bullets, section } from './postmortemParts.ts';
import type { Source } from './postmortemParts.ts';

/** What was sent to whom: each question with its evidence, what was hidden in it, its tokens and how it ended. */
export function sentSection(source: Source): readonly string[] {
  const { runs } = source.incident;
  if (runs.length === 0) return section('What was sent, and to whom', ['Nothing was sent in this incident.']);
  const head = ['Question', 'At', 'Step', 'To', 'New evidence', 'Secrets hidden', 'Tokens in', 'Tokens out', 'Ended'];
  return section('What was sent, and to whom', [
    ...bullets(totals(runs)),
    table(
      head,
      runs.map((run) => row(source, run)),
    ),
    ...cutBlocks(source),
    'Each question was sent with the conversation before it. Secrets were replaced by placeholders before anything was sent.',
  ]);
}

/** Where what was sent before is not all that the next question was sent with. */
function cutBlocks({ incident }: Source): readonly string[] {
  if (incident.cuts.length === 0) return [];
  const lines = incident.cuts.map((cut) => {
    const { summary, details } = cutInWords(cut, incident);
    const from = incident.runs[cut.fromRun]?.id;
    return `- ${from === undefined ? 'From now on' : `From ${from} on`}: ${inline(summary)} ${inline(details.join('; '))}`;
  });
  return [lines.join('\n')];
}

function row({ incident, clock }: Source, run: Run): readonly string[] {
  const items = incident.evidence.filter(({ sentIn }) => sentIn === run.id);
  const hidden = hiddenSecrets(items);
  return [
    run.id,
    clock.stamp(run.askedAt),
    String(stepDefinition(run.step).number),
    usageByEndpoint(run)
      .map(({ endpoint }) => inline(recipient(endpoint)))
      .join(', then '),
    items.length === 0 ? 'none' : items.map(({ id, title }) => inline(`${id} ${title}`)).join('; '),
    hidden === '' ? 'none' : inline(hidden),
    run.usage === undefined ? 'not known' : String(tokensIn(run.usage)),
    run.usage === undefined ? 'not known' : String(run.usage.output),
    endings[run.phase.kind],
  ];
}

const endings: Readonly<Record<Run['phase']['kind'], string>> = {
  streaming: 'still answering',
  done: 'answered',
  stopped: 'stopped',
  failed: 'failed',
  interrupted: 'interrupted',
};

function totals(runs: readonly Run[]): readonly string[] {
  const shares = runs.flatMap(usageByEndpoint);
  const recipients = new Set(shares.map(({ endpoint }) => recipient(endpoint)));
  return [...recipients].map((to) => {
    const own = shares.filter(({ endpoint }) => recipient(endpoint) === to);
    const used = totalUsage(own.map(({ usage }) => usage));
    const said = `${inline(to)}: ${count(own.length, 'question')}`;
    if (used === undefined) return `${said}, tokens not known`;
    const cached = `${used.cacheRead.toLocaleString('en-US')} of them from the cache`;
    return `${said}, ${count(tokensIn(used), 'token')} in, ${cached}, ${count(used.output, 'token')} out`;
  });
}
