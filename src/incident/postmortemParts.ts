import { runsOf } from '../model/incident.ts';
import type { Incident } from '../model/incident.ts';
import { t } from '../model/l10n.ts';
import { stepDefinition } from '../model/steps.ts';
import type { StepId } from '../model/steps.ts';
import type { Clock } from './clock.ts';
import { inline } from './markdown.ts';
import { shortened } from './phrases.ts';
import type { RecordWords } from './timeline.ts';

/** What every section is made from. */
export interface Source {
  readonly incident: Incident;
  readonly words: RecordWords;
  readonly clock: Clock;
}

/** A section: its heading, then its blocks, of which there must be one at least. */
export function section(title: string, blocks: readonly string[]): readonly string[] {
  return [`## ${title}`, ...blocks];
}

/** A part of a section, left out when it has nothing. */
export function part(title: string, blocks: readonly string[]): readonly string[] {
  return blocks.length === 0 ? [] : [`### ${title}`, ...blocks];
}

/** Items as a list of one block; each is Markdown of one line. */
export function bullets(items: readonly string[]): readonly string[] {
  return items.length === 0 ? [] : [items.map((item) => `- ${item}`).join('\n')];
}

/** Says in one line that a step left nothing in the record, and why. */
export function notRecorded({ incident, words }: Source, step: StepId): string {
  const { number, title } = stepDefinition(step);
  return line(t('step {0} ({1}) {2}', number, title, reason(incident, words, step)));
}

/** Says in one line that a record, which is there, does not have one of its parts. */
export function notGiven(step: StepId, what: string): string {
  const { number, title } = stepDefinition(step);
  return line(t('step {0} ({1}) gave {2}.', number, title, what));
}

function line(text: string): string {
  return t('_Not recorded: {0}_', inline(text));
}

function reason(incident: Incident, words: RecordWords, step: StepId): string {
  const { mark } = incident.steps[step];
  if (mark.kind === 'skipped') {
    const why = shortened(mark.reason);
    return why === '' ? t('was skipped without a reason.') : t('was skipped: {0}', why);
  }
  const last = runsOf(incident, step).at(-1);
  if (last === undefined)
    return mark.kind === 'checked' ? t('was checked, and Claude was not asked.') : t('was not asked.');
  switch (last.phase.kind) {
    case 'streaming':
      return t('is being answered ({0}).', last.id);
    case 'done':
      return t('was answered in prose only ({0}); no result was recorded.', last.id);
    case 'stopped':
      return t('was stopped before its result ({0}).', last.id);
    case 'interrupted':
      return t('was interrupted before its result ({0}).', last.id);
    case 'failed':
      return t('failed ({0}): {1}', last.id, words.failure(last.phase.failure));
  }
}
