import { bugPlace } from '../../src/model/bugPlace.ts';
import { html, nothing } from 'lit-html';
import type { TemplateResult } from 'lit-html';
import { recordOf, runsOf } from '../../src/model/incident.ts';
import type { Incident } from '../../src/model/incident.ts';
import { plural, t } from '../../src/model/l10n.ts';
import { maxSuspects } from '../../src/model/suspect.ts';
import type { StepId } from '../../src/model/steps.ts';
import type { PanelContext } from './context.ts';

/** A closed step in a line or two: what came out of it, or why it was left out. */
export function summaryOf({ incident }: PanelContext, step: StepId): TemplateResult | typeof nothing {
  const { mark } = incident.steps[step];
  if (mark.kind === 'skipped') return line(t('Skipped'), mark.reason);
  const record = recordOf(incident, step);
  if (record?.data.inconclusive !== undefined) return line(t('Inconclusive'), record.data.inconclusive);
  return recorded(incident, step) ?? answered(incident, step);
}

function recorded(incident: Incident, step: StepId): TemplateResult | undefined {
  const record = recordOf(incident, step);
  switch (record?.step) {
    case undefined:
      return step === 'files' && incident.suspects.length > 0
        ? line(
            t('Suspects {0}/{1}', incident.suspects.length, maxSuspects),
            incident.suspects.map(({ path }) => path).join(', '),
          )
        : undefined;
    case 'orient':
      return line(t('Failing'), t('{0} Likely cause: {1}', record.data.failing, record.data.cause));
    case 'files':
      return line(bugPlace(record.data) ?? t('Not found'), record.data.explanation);
    case 'hypotheses':
      return line(
        plural(record.data.hypotheses.length, '{0} hypothesis', '{0} hypotheses'),
        record.data.hypotheses[0] === undefined ? '' : t('first: {0}', record.data.hypotheses[0].title),
      );
    case 'environment': {
      const doubtful = record.data.variables.filter(({ status }) => status === 'missing' || status === 'suspect');
      return line(
        plural(record.data.variables.length, '{0} variable', '{0} variables'),
        doubtful.length === 0
          ? t('none missing or suspect')
          : t('check {0}', doubtful.map(({ name }) => name).join(', ')),
      );
    }
    case 'regression':
      return line(
        plural(record.data.commits.length, '{0} likely commit', '{0} likely commits'),
        record.data.commits.map(({ commit }) => commit).join(', '),
      );
    case 'fix':
      return line(t('Fix'), record.data.explanation);
    case 'blastRadius':
      return line(t('Rollout'), record.data.rollout.strategy);
  }
}

function answered(incident: Incident, step: StepId): TemplateResult | typeof nothing {
  const asked = runsOf(incident, step).length;
  return asked === 0 ? nothing : line(plural(asked, '{0} reply', '{0} replies'), t('no result recorded'));
}

function line(title: string, text: string): TemplateResult {
  return html`<p class="summary">
    <strong><bdi>${title}</bdi></strong
    >${text === '' ? '' : ': '}<bdi>${text}</bdi>
  </p>`;
}
