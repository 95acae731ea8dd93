import { bugPlace } from '../../src/model/bugPlace.ts';
import { html, nothing } from 'lit-html';
import type { TemplateResult } from 'lit-html';
import { recordOf, runsOf } from '../../src/model/incident.ts';
import type { Incident } from '../../src/model/incident.ts';
import { maxSuspects } from '../../src/model/suspect.ts';
import type { StepId } from '../../src/model/steps.ts';
import { count } from '../format.ts';
import type { PanelContext } from './context.ts';

/** A closed step in a line or two: what came out of it, or why it was left out. */
export function summaryOf({ incident }: PanelContext, step: StepId): TemplateResult | typeof nothing {
  const { mark } = incident.steps[step];
  if (mark.kind === 'skipped') return line('Skipped', mark.reason);
  const record = recordOf(incident, step);
  if (record?.data.inconclusive !== undefined) return line('Inconclusive', record.data.inconclusive);
  return recorded(incident, step) ?? answered(incident, step);
}

function recorded(incident: Incident, step: StepId): TemplateResult | undefined {
  const record = recordOf(incident, step);
  switch (record?.step) {
    case undefined:
      return step === 'files' && incident.suspects.length > 0
        ? line(
            `Suspects ${incident.suspects.length}/${maxSuspects}`,
            incident.suspects.map(({ path }) => path).join(', '),
          )
        : undefined;
    case 'orient':
      return line('Failing', `${record.data.failing} Likely cause: ${record.data.cause}`);
    case 'files':
      return line(bugPlace(record.data) ?? 'Not found', record.data.explanation);
    case 'hypotheses':
      return line(
        count(record.data.hypotheses.length, 'hypothesis', 'hypotheses'),
        record.data.hypotheses[0] === undefined ? '' : `first: ${record.data.hypotheses[0].title}`,
      );
    case 'environment': {
      const doubtful = record.data.variables.filter(({ status }) => status === 'missing' || status === 'suspect');
      return line(
        count(record.data.variables.length, 'variable'),
        doubtful.length === 0 ? 'none missing or suspect' : `check ${doubtful.map(({ name }) => name).join(', ')}`,
      );
    }
    case 'regression':
      return line(
        count(record.data.commits.length, 'likely commit'),
        record.data.commits.map(({ commit }) => commit).join(', '),
      );
    case 'fix':
      return line('Fix', record.data.explanation);
    case 'blastRadius':
      return line('Rollout', record.data.rollout.strategy);
  }
}

function answered(incident: Incident, step: StepId): TemplateResult | typeof nothing {
  const asked = runsOf(incident, step).length;
  return asked === 0 ? nothing : line(count(asked, 'reply', 'replies'), 'no result recorded');
}

function line(title: string, text: string): TemplateResult {
  return html`<p class="summary">
    <strong><bdi>${title}</bdi></strong
    >${text === '' ? '' : ': '}<bdi>${text}</bdi>
  </p>`;
}
