import { bugPlace } from '../model/bugPlace.ts';
import type { IncidentEvent } from '../model/event.ts';
import { elapsed } from '../model/shownFigures.ts';
import { recordOf, stepsSettled } from '../model/incident.ts';
import type { Incident } from '../model/incident.ts';
import { listed, plural, t } from '../model/l10n.ts';
import type { Run } from '../model/reply.ts';
import { stepIds } from '../model/steps.ts';
import type { StepId } from '../model/steps.ts';
import { claimOf } from './citedEvidence.ts';
import { clockOf } from './clock.ts';
import type { Clock } from './clock.ts';
import { codeSpan, inline, prose, withCode } from './markdown.ts';
import { rootCause } from './postmortemCause.ts';
import { fixSections } from './postmortemFix.ts';
import { notRecorded, section } from './postmortemParts.ts';
import type { Source } from './postmortemParts.ts';
import { sentSection } from './postmortemSent.ts';
import { shortened } from './phrases.ts';
import { timeline } from './timeline.ts';
import type { RecordWords, TimelineEntry } from './timeline.ts';

export interface PostmortemOptions {
  readonly words: RecordWords;
  /** A zone of the IANA database, such as `Europe/Berlin`; this machine's where it is left out. */
  readonly timeZone?: string;
}

/**
 * The incident as a postmortem in Markdown, made from its record alone: every section is there, and one for which the
 * record has nothing says so and why. Text that was read anywhere cannot change its structure. The same record, words
 * and zone give the same text. `events` are the incident's, without the pieces of replies (`IncidentStore.history`).
 */
export function postmortem(incident: Incident, events: readonly IncidentEvent[], options: PostmortemOptions): string {
  const { words, timeZone } = options;
  const clock = clockOf(incident.startedAt, timeZone);
  const source: Source = { incident, words, clock };
  const blocks = [
    `# ${t('Postmortem: {0}', inline(incident.title))}`,
    facts(source),
    ...demoNotice(incident),
    ...section(t('Summary'), summary(source)),
    ...section(t('Impact'), impact(source)),
    ...section(t('Timeline'), timelineBlocks(timeline(events, { words, clock }), incident, clock)),
    ...rootCause(source),
    ...fixSections(source),
    ...sentSection(source),
  ];
  return `${blocks.join('\n\n')}\n`;
}

/** The timeline alone, as a Markdown document. */
export function timelineDocument(
  incident: Incident,
  events: readonly IncidentEvent[],
  { words, timeZone }: PostmortemOptions,
): string {
  const clock = clockOf(incident.startedAt, timeZone);
  const entries = timelineBlocks(timeline(events, { words, clock }), incident, clock);
  return `${[`# ${t('Timeline: {0}', inline(incident.title))}`, ...entries].join('\n\n')}\n`;
}

function facts({ incident, clock }: Source): string {
  const { status, startedAt, lastEventAt, folder } = incident;
  const state =
    status.kind === 'resolved'
      ? t('resolved at {0}, after {1}', clock.stamp(status.at), elapsed(status.at - startedAt))
      : t(
          'open; the last entry is of {0}, {1} after the start',
          clock.stamp(lastEventAt),
          elapsed(lastEventAt - startedAt),
        );
  return [
    t('- Started: {0} ({1})', clock.stamp(startedAt), inline(clock.zone)),
    t('- Status: {0}', state),
    ...(folder === undefined ? [] : [t('- Folder: {0}', codeSpan(folder.name))]),
    t('- Steps checked or skipped: {0} of {1}', stepsSettled(incident), stepIds.length),
  ].join('\n');
}

function demoNotice({ runs }: Incident): readonly string[] {
  const demo = runs.filter(({ endpoint }) => endpoint.demo);
  if (demo.length === 0) return [];
  if (demo.length === runs.length) {
    return [
      t(
        '> **Demo replies.** Every reply in this incident is a canned demo reply: no model has looked at this evidence.',
      ),
    ];
  }
  return [
    plural(
      demo.length,
      '> **Demo replies.** {1} is a canned demo reply: no model has looked at its evidence.',
      '> **Demo replies.** {1} are canned demo replies: no model has looked at their evidence.',
      listed(demo.map(({ id }) => id)),
    ),
  ];
}

function summary(source: Source): readonly string[] {
  const { incident, words } = source;
  const lines: string[] = [];
  const say = (label: string, text: string, run: Run, index?: number): void => {
    const claim = claimOf(run, source, index);
    const doubt =
      claim?.grounding === 'notGrounded' ? t(' **Not grounded:** {0}.', inline(words.ungrounded(claim))) : '';
    lines.push(`- ${label}: ${text}${doubt}`);
  };
  const latest = (step: StepId): Run | undefined => incident.runs.findLast(({ record }) => record?.step === step);
  const orient = latest('orient');
  if (orient?.record?.step === 'orient') say(t('What failed'), withCode(shortened(orient.record.data.failing)), orient);
  for (const run of incident.runs) {
    if (run.record?.step !== 'hypotheses') continue;
    for (const [index, { title }] of run.record.data.hypotheses.entries()) {
      if (run.verdicts?.[index]?.kind === 'confirmed') say(t('Confirmed cause'), `${withCode(title)}.`, run, index);
    }
  }
  const bug = latest('files');
  if (bug?.record?.step === 'files') {
    const place = bugPlace(bug.record.data);
    const explanation = withCode(shortened(bug.record.data.explanation));
    if (place !== undefined) say(t('The bug as Claude named it'), `${codeSpan(place)}. ${explanation}`, bug);
  }
  const fix = latest('fix');
  if (fix?.record?.step === 'fix') {
    say(t('Proposed fix'), withCode(shortened(fix.record.data.explanation)) || t('without an explanation'), fix);
  }
  return lines.length === 0 ? [notRecorded(source, 'orient')] : [lines.join('\n')];
}

function impact(source: Source): readonly string[] {
  const failing = recordOf(source.incident, 'orient')?.data.failing;
  return [
    failing === undefined ? notRecorded(source, 'orient') : prose(failing),
    t('_Not recorded: how many users were affected, and since when before the incident was opened here._'),
  ];
}

function timelineBlocks(entries: readonly TimelineEntry[], { startedAt }: Incident, clock: Clock): readonly string[] {
  const items = entries.map(({ at, words, details = [] }) =>
    [
      `- ${clock.stamp(at)} (+${elapsed(at - startedAt)}): ${inline(words)}`,
      ...details.map((detail) => `  - ${inline(detail)}`),
    ].join('\n'),
  );
  return [t('Times are local: {0}. In brackets: since the start.', inline(clock.zone)), items.join('\n')];
}
