import { cutInWords } from '../model/cutWords.ts';
import { count } from '../model/figures.ts';
import type { Run, Usage } from '../model/reply.ts';
import { stepDefinition } from '../model/steps.ts';
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
    inline(recipient(run.endpoint)),
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
  const recipients = new Set(runs.map(({ endpoint }) => recipient(endpoint)));
  return [...recipients].map((to) => {
    const asked = runs.filter(({ endpoint }) => recipient(endpoint) === to);
    const usages = asked.flatMap(({ usage }) => usage ?? []);
    const input = usages.reduce((sum, usage) => sum + tokensIn(usage), 0);
    const cached = usages.reduce((sum, usage) => sum + usage.cacheRead, 0);
    const output = usages.reduce((sum, usage) => sum + usage.output, 0);
    const tokens = `${count(input, 'token')} in, ${cached.toLocaleString('en-US')} of them from the cache, ${count(output, 'token')} out`;
    return `${inline(to)}: ${count(asked.length, 'question')}, ${usages.length === 0 ? 'tokens not known' : tokens}`;
  });
}

function tokensIn({ input, cacheRead, cacheWrite }: Usage): number {
  return input + cacheRead + cacheWrite;
}
