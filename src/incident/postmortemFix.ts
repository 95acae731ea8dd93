import { recordOf } from '../model/incident.ts';
import type { Incident } from '../model/incident.ts';
import type { BlastRadius, Fix } from '../model/records.ts';
import { stepDefinition, stepIds } from '../model/steps.ts';
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
    ...section('The fix', fix === undefined ? noFix : [...fixBlocks(fix), ...proofBlocks(source.incident)]),
    ...section(
      'Edge cases',
      fix === undefined ? noFix : orNotGiven(bullets(fix.edgeCases.map(withCode)), 'no edge case'),
    ),
    ...section('Similar patterns', fix === undefined ? noFix : similarPatterns(fix)),
    ...section('Follow-ups', followUps(source)),
    ...section('What else could break', blast === undefined ? noBlast : risks(blast)),
    ...section('Monitors', blast === undefined ? noBlast : monitors(blast, source.incident)),
    ...section('Rollout', blast === undefined ? noBlast : rollout(blast)),
    ...section('Rollback', blast === undefined ? noBlast : rollback(blast)),
  ];
}

function orNotGiven(blocks: readonly string[], what: string, step: 'fix' | 'blastRadius' = 'fix'): readonly string[] {
  return blocks.length > 0 ? blocks : [notGiven(step, what)];
}

function fixBlocks({ edits, test, explanation, inconclusive }: Fix): readonly string[] {
  return [
    ...orNotGiven(edits.flatMap(editBlocks), 'no edit'),
    '### Why it works',
    ...(explanation.trim() === '' ? [notGiven('fix', 'no explanation')] : [prose(explanation)]),
    '### The test that would have caught it',
    ...orNotGiven(test.edits.flatMap(editBlocks), 'no test'),
    ...(test.command === undefined ? [] : [`Runs with ${codeSpan(test.command)}.`]),
    ...inconclusiveBlock(inconclusive),
  ];
}

function editBlocks({ path, search, replace, newFile }: Edit): readonly string[] {
  const label = codeSpan(path);
  const blocks: string[] = [];
  if (search !== undefined || replace !== undefined) {
    const changed = [...marked('-', search ?? ''), ...marked('+', replace ?? '')];
    blocks.push(`In ${label}:`, fenced(changed.join('\n'), 'diff'));
  }
  if (newFile !== undefined) blocks.push(`New file ${label}:`, fenced(newFile));
  return blocks.length > 0 ? blocks : [`In ${label}: no change was given.`];
}

function marked(sign: '+' | '-', text: string): readonly string[] {
  if (text === '') return [];
  return text
    .replace(/\r?\n$/, '')
    .split(/\r\n?|\n/)
    .map((line) => sign + line);
}

function similarPatterns({ similarPatterns: found, noSimilarPatterns }: Fix): readonly string[] {
  if (found.length === 0 && noSimilarPatterns === true) return ['None: Claude looked for them and found no other.'];
  return orNotGiven(
    bullets(
      found.map(
        ({ path, line, why }) => `${codeSpan(line === undefined ? path : `${path}:${line}`)}: ${withCode(why)}`,
      ),
    ),
    'no similar pattern',
  );
}

/** What the record itself leaves to be done. */
function followUps({ incident }: Source): readonly string[] {
  const fix = recordOf(incident, 'fix')?.data;
  const blast = recordOf(incident, 'blastRadius')?.data;
  const wanting = (recordOf(incident, 'environment')?.data.variables ?? []).filter(
    ({ status }) => status === 'missing' || status === 'suspect',
  );
  const items = [
    ...wanting.map(
      ({ name, status, verifyCommand }) => `Verify ${codeSpan(name)}, which is ${status}: ${codeSpan(verifyCommand)}`,
    ),
    ...(fix?.similarPatterns ?? []).map(
      ({ path, line }) => `Mend the same pattern in ${codeSpan(line === undefined ? path : `${path}:${line}`)}`,
    ),
    ...openHypotheses(incident).map((title) => `Settle the hypothesis: ${withCode(title)}`),
    ...(blast?.monitors ?? []).flatMap(({ what }, index) =>
      incident.tickedMonitors.includes(index) ? [] : [`Look at the monitor: ${withCode(what)}`],
    ),
    ...stepIds
      .filter((step) => incident.steps[step].mark.kind !== 'checked')
      .map((step) => {
        const { number, title } = stepDefinition(step);
        return `Step ${number}, ${title}, ${incident.steps[step].mark.kind === 'skipped' ? 'was skipped' : 'was left open'}`;
      }),
    ...(incident.status.kind === 'open' ? ['The incident is not resolved'] : []),
  ];
  return items.length === 0 ? ['None that follow from the record.'] : [items.map((item) => `- [ ] ${item}`).join('\n')];
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
      'no risk',
      'blastRadius',
    ),
    ...inconclusiveBlock(inconclusive),
  ];
}

function monitors({ monitors: found }: BlastRadius, { tickedMonitors }: Incident): readonly string[] {
  const rows = found.map(({ what, threshold }, index) => [
    inline(what),
    inline(threshold),
    tickedMonitors.includes(index) ? 'yes' : 'no',
  ]);
  if (rows.length === 0) return [notGiven('blastRadius', 'no monitor')];
  return ['For 30 minutes after the deploy:', table(['What', 'Threshold', 'Looked at'], rows)];
}

function rollout({ rollout: { strategy, steps } }: BlastRadius): readonly string[] {
  const numbered = steps.map((step, index) => `${index + 1}. ${withCode(step)}`).join('\n');
  return [prose(strategy), ...(numbered === '' ? [] : [...part('Steps', [numbered])])];
}

function rollback({ rollback: command }: BlastRadius): readonly string[] {
  return command === undefined ? [notGiven('blastRadius', 'no way to roll back')] : [fenced(command)];
}
