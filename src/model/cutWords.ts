import { cutOf, cutsInForce, rangeLines } from './contextCut.ts';
import type { ContextCut, RunCutLevel } from './contextCut.ts';
import type { Evidence } from './evidence.ts';
import type { Incident } from './incident.ts';
import { listed, plural, t } from './l10n.ts';
import { evidenceTitle } from './evidenceTitle.ts';

/** Replies that are named one by one; of more, the rest is counted. */
const maxNamed = 8;

/** A cut for people: one sentence, and what became of each thing. Plain text, titles within it as they were read. */
export interface CutWords {
  readonly summary: string;
  readonly details: readonly string[];
}

/** What a cut left out, for the panel, the timeline and the list of what was sent. */
export function cutInWords({ evidence, runs }: ContextCut, incident: Pick<Incident, 'evidence'>): CutWords {
  const what = [
    ...(evidence.length === 0 ? [] : [plural(evidence.length, '{0} piece of evidence', '{0} pieces of evidence')]),
    ...(runs.length === 0 ? [] : [plural(runs.length, '{0} reply', '{0} replies')]),
  ];
  const items = evidence.map(({ evidenceId, kept }) => {
    const item = incident.evidence.find(({ id }) => id === evidenceId);
    const lines =
      item === undefined ? plural(rangeLines(kept), '{0} line', '{0} lines') : keptInWords(item, rangeLines(kept));
    return `${evidenceId}${item === undefined ? '' : ` (${evidenceTitle(item)})`}: ${lines}`;
  });
  const levels = (['start', 'end', 'outline', 'nothing'] as const).flatMap((level) => {
    const ids = runs.filter(({ keeps }) => keeps === level).map(({ runId }) => runId);
    return ids.length === 0 ? [] : [`${named(ids)}: ${levelWords()[level]}`];
  });
  return {
    summary: plural(
      evidence.length + runs.length,
      'To stay within what the model reads, {1} is no longer sent whole.',
      'To stay within what the model reads, {1} are no longer sent whole.',
      listed(what),
    ),
    details: [...items, ...levels],
  };
}

/** `12 of 50 lines still sent`; undefined where all of it is sent, or none of it was yet. */
export function stillSent(item: Pick<Evidence, 'id' | 'sentIn' | 'lineCount'>, incident: Incident): string | undefined {
  const cut = cutOf(item, cutsInForce(incident));
  return cut === undefined ? undefined : keptInWords(item, rangeLines(cut.kept));
}

const levelWords = (): Readonly<Record<RunCutLevel, string>> => ({
  start: t('only the first words of the reply, and what it recorded, are still sent'),
  end: t('only the last words of the reply, and what it recorded, are still sent'),
  outline: t('question and reply are sent as one line each'),
  nothing: t('no longer sent'),
});

function keptInWords({ lineCount }: Pick<Evidence, 'lineCount'>, kept: number): string {
  return kept === 0
    ? t('no longer sent')
    : plural(lineCount, '{1} of {0} line still sent', '{1} of {0} lines still sent', kept);
}

function named(ids: readonly string[]): string {
  const shown = ids.length <= maxNamed ? ids : ids.slice(0, maxNamed - 1);
  const more = ids.length - shown.length;
  return more === 0 ? shown.join(', ') : t('{0} and {1} more', shown.join(', '), more);
}
