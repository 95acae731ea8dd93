import { bugPlace } from '../model/bugPlace.ts';
import { plural, t } from '../model/l10n.ts';
import { likelihoodName, variableStatusName } from '../model/names.ts';
import type { EnvironmentFindings, StepRecord } from '../model/records.ts';
import { shortened } from './phrases.ts';

/** A record in a few lines of plain text, for the timeline. */
export interface Conclusion {
  readonly main: string;
  readonly details: readonly string[];
}

/** What a record says, in short. An inconclusive one says first what is missing. */
export function conclusion(record: StepRecord): Conclusion {
  const { inconclusive } = record.data;
  const { main, details } = concluded(record);
  if (inconclusive === undefined) return { main, details };
  return { main: t('inconclusive: {0}', shortened(inconclusive)), details: [main, ...details] };
}

function concluded(record: StepRecord): Conclusion {
  switch (record.step) {
    case 'orient':
      return { main: shortened(record.data.failing), details: [t('Cause: {0}', shortened(record.data.cause))] };
    case 'files': {
      const place = bugPlace(record.data);
      const main = place === undefined ? t('the bug was not found') : t('the bug is at {0}', place);
      return { main, details: [shortened(record.data.explanation)] };
    }
    case 'hypotheses': {
      const { hypotheses } = record.data;
      return {
        main: plural(hypotheses.length, '{0} hypothesis', '{0} hypotheses'),
        details: hypotheses.map(
          ({ title, likelihood }, index) => `${index + 1}. ${title} (${likelihoodName(likelihood)})`,
        ),
      };
    }
    case 'environment': {
      const { variables } = record.data;
      const wanting = variables.filter(({ status }) => status === 'missing' || status === 'suspect');
      return {
        main: plural(
          variables.length,
          '{0} variable checked, {1} missing or suspect',
          '{0} variables checked, {1} missing or suspect',
          wanting.length,
        ),
        details: wanting.map(variableLine),
      };
    }
    case 'regression': {
      const { commits } = record.data;
      if (commits.length === 0) return { main: t('no commit could have caused it'), details: [] };
      return {
        main: plural(commits.length, '{0} commit could have caused it', '{0} commits could have caused it'),
        details: commits.map(({ commit, reason }) => `${commit}: ${shortened(reason)}`),
      };
    }
    case 'fix': {
      const { edits, test } = record.data;
      const paths = [...new Set(edits.map(({ path }) => path))];
      const tests = [...new Set(test.edits.map(({ path }) => path))];
      return {
        main: paths.length === 0 ? t('no edit is proposed') : t('a fix in {0}', paths.join(', ')),
        details: [tests.length === 0 ? t('Without a test') : t('With a test in {0}', tests.join(', '))],
      };
    }
    case 'blastRadius': {
      const { risks, monitors, rollout } = record.data;
      return {
        main: `${plural(risks.length, '{0} risk', '{0} risks')}, ${plural(monitors.length, '{0} monitor', '{0} monitors')}`,
        details: [t('Rollout: {0}', shortened(rollout.strategy))],
      };
    }
  }
}

function variableLine({ name, status, reason }: EnvironmentFindings['variables'][number]): string {
  return t('{0} is {1}: {2}', name, variableStatusName(status), shortened(reason));
}
