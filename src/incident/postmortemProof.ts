import type { Incident } from '../model/incident.ts';
import { t } from '../model/l10n.ts';
import { proofOf } from '../model/proof.ts';
import { huntWords, runLines, testedWords, verdictMeaning, verdictTitle } from '../model/proofWords.ts';
import { fenced, inline } from './markdown.ts';
import { bullets, part } from './postmortemParts.ts';

/** What running the fix's test showed: said also where nobody ran it. */
export function proofBlocks(incident: Incident): readonly string[] {
  const run = incident.runs.findLast(({ record }) => record?.step === 'fix');
  const proof = run === undefined ? undefined : proofOf(incident, run.id);
  if (proof === undefined) return part(t('Proof'), [t('The test was not run by the panel: nothing is proved.')]);
  const { verdict, runs, uncommitted, changedOutside } = proof;
  const decisive = runs.at(-1)?.output ?? '';
  return part(t('Proof'), [
    `**${inline(verdictTitle(verdict))}.** ${inline(verdictMeaning(verdict))}`,
    ...bullets(runLines({ runs }).map(inline)),
    ...(uncommitted.length === 0 ? [] : [t('With uncommitted changes of {0}.', inline(uncommitted.join(', ')))]),
    ...(changedOutside.length === 0
      ? []
      : [t('Outside the scratch copy, this changed meanwhile: {0}.', inline(changedOutside.join(', ')))]),
    ...(verdict.kind === 'proved' || decisive === '' ? [] : [t('The last lines of its last run:'), fenced(decisive)]),
  ]);
}

/** How the history was searched with the test; nothing where it was not. */
export function huntBlocks({ hunts }: Incident): readonly string[] {
  const hunt = hunts.at(-1);
  if (hunt === undefined) return [];
  const { outcome, good, bad, firstParent } = hunt;
  const way = t(
    'from {0} to {1}{2}',
    good.slice(0, 10),
    bad.slice(0, 10),
    firstParent ? t(', merges as one commit') : '',
  );
  return [
    t('**Searched with the test** (git bisect {0}; {1}): {2}', way, testedWords(hunt), inline(huntWords(outcome))),
    ...(outcome.kind === 'undecided'
      ? bullets(outcome.candidates.map(({ hash, subject }) => `${hash.slice(0, 10)} ${inline(subject)}`))
      : []),
  ];
}
