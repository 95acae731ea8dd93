import { cutInWords } from '../model/cutWords.ts';
import { evidenceTitle } from '../model/evidenceTitle.ts';
import { plural, t } from '../model/l10n.ts';
import type { Run } from '../model/reply.ts';
import { amount } from '../model/shownFigures.ts';
import { stepDefinition } from '../model/steps.ts';
import { tokensIn, totalUsage, usageByEndpoint } from '../model/usage.ts';
import { inline, table } from './markdown.ts';
import { hiddenSecrets, recipient } from './phrases.ts';
import { bullets, section } from './postmortemParts.ts';
import type { Source } from './postmortemParts.ts';

/** What was sent to whom: each question with its evidence, what was hidden in it, its tokens and how it ended. */
export function sentSection(source: Source): readonly string[] {
  const { runs } = source.incident;
  if (runs.length === 0) return section(t('What was sent, and to whom'), [t('Nothing was sent in this incident.')]);
  const head = [
    t('Question'),
    t('At'),
    t('Step'),
    t('To'),
    t('New evidence'),
    t('Secrets hidden'),
    t('Tokens in'),
    t('Tokens out'),
    t('Ended'),
  ];
  return section(t('What was sent, and to whom'), [
    ...bullets(totals(runs)),
    table(
      head,
      runs.map((run) => row(source, run)),
    ),
    ...cutBlocks(source),
    t(
      'Each question was sent with the conversation before it. Secrets were replaced by placeholders before anything was sent.',
    ),
  ]);
}

/** Where what was sent before is not all that the next question was sent with. */
function cutBlocks({ incident }: Source): readonly string[] {
  if (incident.cuts.length === 0) return [];
  const lines = incident.cuts.map((cut) => {
    const { summary, details } = cutInWords(cut, incident);
    const from = incident.runs[cut.fromRun]?.id;
    return `- ${from === undefined ? t('From now on') : t('From {0} on', from)}: ${inline(summary)} ${inline(details.join('; '))}`;
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
      .join(t(', then ')),
    items.length === 0 ? t('none') : items.map((item) => inline(`${item.id} ${evidenceTitle(item)}`)).join('; '),
    hidden === '' ? t('none') : inline(hidden),
    run.usage === undefined ? t('not known') : String(tokensIn(run.usage)),
    run.usage === undefined ? t('not known') : String(run.usage.output),
    endings()[run.phase.kind],
  ];
}

const endings = (): Readonly<Record<Run['phase']['kind'], string>> => ({
  streaming: t('still answering'),
  done: t('answered'),
  stopped: t('stopped'),
  failed: t('failed'),
  interrupted: t('interrupted'),
});

function totals(runs: readonly Run[]): readonly string[] {
  const shares = runs.flatMap(usageByEndpoint);
  const recipients = new Set(shares.map(({ endpoint }) => recipient(endpoint)));
  return [...recipients].map((to) => {
    const own = shares.filter(({ endpoint }) => recipient(endpoint) === to);
    const used = totalUsage(own.map(({ usage }) => usage));
    const said = `${inline(to)}: ${plural(own.length, '{0} question', '{0} questions')}`;
    if (used === undefined) return t('{0}, tokens not known', said);
    const cached = t('{0} of them from the cache', amount(used.cacheRead));
    return t(
      '{0}, {1} in, {2}, {3} out',
      said,
      plural(tokensIn(used), '{0} token', '{0} tokens'),
      cached,
      plural(used.output, '{0} token', '{0} tokens'),
    );
  });
}
