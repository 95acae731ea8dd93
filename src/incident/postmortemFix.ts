import { recordOf } from '../model/incident.ts';
import type { Incident } from '../model/incident.ts';
import { t } from '../model/l10n.ts';
import { variableStatusName } from '../model/names.ts';
import type { BlastRadius, Fix } from '../model/records.ts';
import type { CheckedPattern } from '../model/similarPattern.ts';
import { stepDefinition, stepIds } from '../model/steps.ts';
import { watchList } from '../model/watch.ts';
import { minutesInWords, monitorWord } from './afterFix.ts';
import { codeSpan, fenced, inline, prose, table, withCode } from './markdown.ts';
import { inconclusiveBlock } from './postmortemCause.ts';
import { proofBlocks } from './postmortemProof.ts';
import { bullets, notGiven, notRecorded, part, section } from './postmortemParts.ts';
import type { Source } from './postmortemParts.ts';

type Edit = Fix['edits'][number];

/** The sections on what to do: fix, edge cases, similar patterns, follow-ups, monitors, rollout, rollback. */
export function fixSections(source: Source): readonly string[] {
  const fix = recordOf(source.incident, 'fix')?.data;
  const blast = recordOf(source.incident, 'blastRadius')?.data;
  const noFix = [notRecorded(source, 'fix')];
  const noBlast = [notRecorded(source, 'blastRadius')];
  return [
    ...section(
      t('The fix'),
      fix === undefined ? noFix : [...applied(source), ...fixBlocks(fix), ...proofBlocks(source.incident)],
    ),
    ...section(
      t('Edge cases'),
      fix === undefined ? noFix : orNotGiven(bullets(fix.edgeCases.map(withCode)), t('no edge case')),
    ),
    ...section(t('Similar patterns'), fix === undefined ? noFix : similarPatterns(source, fix)),
    ...section(t('Follow-ups'), followUps(source)),
    ...section(t('What else could break'), blast === undefined ? noBlast : risks(blast)),
    ...section(t('Monitors'), blast === undefined ? noBlast : monitors(source.incident, source)),
    ...section(t('Rollout'), blast === undefined ? noBlast : rollout(blast)),
    ...section(t('Rollback'), blast === undefined ? noBlast : rollback(blast)),
  ];
}

function orNotGiven(blocks: readonly string[], what: string, step: 'fix' | 'blastRadius' = 'fix'): readonly string[] {
  return blocks.length > 0 ? blocks : [notGiven(step, what)];
}

function fixBlocks({ edits, test, explanation, inconclusive }: Fix): readonly string[] {
  return [
    ...orNotGiven(edits.flatMap(editBlocks), t('no edit')),
    t('### Why it works'),
    ...(explanation.trim() === '' ? [notGiven('fix', t('no explanation'))] : [prose(explanation)]),
    t('### The test that would have caught it'),
    ...orNotGiven(test.edits.flatMap(editBlocks), t('no test')),
    ...(test.command === undefined ? [] : [t('Runs with {0}.', codeSpan(test.command))]),
    ...inconclusiveBlock(inconclusive),
  ];
}

/** Whether it was applied, when, to what, and on what ground. */
function applied({ incident, clock }: Source): readonly string[] {
  if (incident.appliedFixes.length === 0) return [t('Proposed; it was not applied from here.')];
  return bullets(
    incident.appliedFixes.map(({ runId, files, proof, at, undoneAt }) => {
      const ground = proof.kind === 'proved' ? t('proved by its test') : t('not proved: {0}', withCode(proof.reason));
      const undone = undoneAt === undefined ? '' : t(', undone {0}', clock.stamp(undoneAt));
      return t(
        'Fix of {0} applied {1} to {2}{3}; {4}',
        runId,
        clock.stamp(at),
        files.map(codeSpan).join(', '),
        undone,
        ground,
      );
    }),
  );
}

function editBlocks({ path, search, replace, newFile }: Edit): readonly string[] {
  const label = codeSpan(path);
  const blocks: string[] = [];
  if (search !== undefined || replace !== undefined) {
    const changed = [...marked('-', search ?? ''), ...marked('+', replace ?? '')];
    blocks.push(t('In {0}:', label), fenced(changed.join('\n'), 'diff'));
  }
  if (newFile !== undefined) blocks.push(t('New file {0}:', label), fenced(newFile));
  return blocks.length > 0 ? blocks : [t('In {0}: no change was given.', label)];
}

function marked(sign: '+' | '-', text: string): readonly string[] {
  if (text === '') return [];
  return text
    .replace(/\r?\n$/, '')
    .split(/\r\n?|\n/)
    .map((line) => sign + line);
}

function similarPatterns({ incident }: Source, { similarPatterns: found, noSimilarPatterns }: Fix): readonly string[] {
  const checked = incident.runs.findLast(({ record }) => record?.step === 'fix')?.checkedPatterns;
  if (found.length === 0 && noSimilarPatterns === true) return [t('None: Claude looked for them and found no other.')];
  return orNotGiven(
    bullets(
      found.map(
        ({ path, line, why }, index) =>
          `${codeSpan(line === undefined ? path : `${path}:${line}`)}: ${withCode(why)}${placeWords(checked, index)}`,
      ),
    ),
    t('no similar pattern'),
  );
}

/** Where the place was really found, where that was looked up and is not what was said. */
function placeWords(checked: readonly CheckedPattern[] | undefined, index: number): string {
  const place = checked?.find((one) => one.index === index)?.place;
  switch (place?.kind) {
    case 'moved':
      return ` (${t('found at line {0}', place.line)})`;
    case 'notFound':
      return ` (${t('**not found** in the files')})`;
    case 'found':
      return ` (${t('found')})`;
    case 'notChecked':
    case undefined:
      return '';
  }
}

/** What the record itself leaves to be done. */
function followUps({ incident }: Source): readonly string[] {
  const fix = recordOf(incident, 'fix')?.data;
  const wanting = (recordOf(incident, 'environment')?.data.variables ?? []).filter(
    ({ status }) => status === 'missing' || status === 'suspect',
  );
  const items = [
    ...wanting.map(({ name, status, verifyCommand }) =>
      t('Verify {0}, which is {1}: {2}', codeSpan(name), variableStatusName(status), codeSpan(verifyCommand)),
    ),
    ...(fix?.similarPatterns ?? []).map(({ path, line }) =>
      t('Mend the same pattern in {0}', codeSpan(line === undefined ? path : `${path}:${line}`)),
    ),
    ...openHypotheses(incident).map((title) => t('Settle the hypothesis: {0}', withCode(title))),
    ...(watchList(incident, incident.lastEventAt)?.monitors ?? []).flatMap(({ what, check }) => {
      if (check?.state === 'ok') return [];
      return [
        `${check?.state === 'worse' ? t('Mend what the monitor shows') : t('Look at the monitor')}: ${withCode(what)}`,
      ];
    }),
    ...stepIds
      .filter((step) => incident.steps[step].mark.kind !== 'checked')
      .map((step) => {
        const { number, title } = stepDefinition(step);
        return t(
          'Step {0}, {1}, {2}',
          number,
          title,
          incident.steps[step].mark.kind === 'skipped' ? t('was skipped') : t('was left open'),
        );
      }),
    ...(incident.status.kind === 'open' ? [t('The incident is not resolved')] : []),
  ];
  return items.length === 0
    ? [t('None that follow from the record.')]
    : [items.map((item) => `- [ ] ${item}`).join('\n')];
}

function openHypotheses({ runs }: Incident): readonly string[] {
  const latest = runs.findLast(({ record }) => record?.step === 'hypotheses');
  if (latest?.record?.step !== 'hypotheses') return [];
  return latest.record.data.hypotheses
    .filter((_, index) => (latest.verdicts?.[index]?.kind ?? 'open') === 'open')
    .map(({ title }) => title);
}

function risks({ risks: found, inconclusive }: BlastRadius): readonly string[] {
  return [
    ...orNotGiven(
      bullets(found.map(({ what, why }) => `${withCode(what)}: ${withCode(why)}`)),
      t('no risk'),
      'blastRadius',
    ),
    ...inconclusiveBlock(inconclusive),
  ];
}

function monitors(incident: Incident, { clock }: Source): readonly string[] {
  const list = watchList(incident, incident.lastEventAt);
  const rows = (list?.monitors ?? []).map(({ what, threshold, check }) => [
    inline(what),
    inline(threshold),
    check === undefined ? t('not looked at') : `${monitorWord(check.state)}, ${clock.stamp(check.at)}`,
    inline(check?.note ?? ''),
  ]);
  if (list === undefined || rows.length === 0) return [notGiven('blastRadius', t('no monitor'))];
  const watched =
    list.clock.kind === 'notStarted'
      ? t('To be watched after the deploy; no watch was started.')
      : t('Watched for {0} from {1}.', minutesInWords(list.clock.minutes), clock.stamp(list.clock.startedAt));
  return [watched, table([t('What'), t('Threshold'), t('Last seen'), t('Note')], rows)];
}

function rollout({ rollout: { strategy, steps } }: BlastRadius): readonly string[] {
  const numbered = steps.map((step, index) => `${index + 1}. ${withCode(step)}`).join('\n');
  return [prose(strategy), ...(numbered === '' ? [] : [...part(t('Steps'), [numbered])])];
}

function rollback({ rollback: command }: BlastRadius): readonly string[] {
  return command === undefined ? [notGiven('blastRadius', t('no way to roll back'))] : [fenced(command)];
}
