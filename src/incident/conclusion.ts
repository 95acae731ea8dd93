import { count } from '../model/figures.ts';
import { bugPlace } from '../model/bugPlace.ts';
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
  return { main: `inconclusive: ${shortened(inconclusive)}`, details: [main, ...details] };
}

function concluded(record: StepRecord): Conclusion {
  switch (record.step) {
    case 'orient':
      return { main: shortened(record.data.failing), details: [`Cause: ${shortened(record.data.cause)}`] };
    case 'files': {
      const place = bugPlace(record.data);
      const main = place === undefined ? 'the bug was not found' : `the bug is at ${place}`;
      return { main, details: [shortened(record.data.explanation)] };
    }
    case 'hypotheses': {
      const { hypotheses } = record.data;
      return {
        main: count(hypotheses.length, 'hypothesis', 'hypotheses'),
        details: hypotheses.map(({ title, likelihood }, index) => `${index + 1}. ${title} (${likelihood} likelihood)`),
      };
    }
    case 'environment': {
      const { variables } = record.data;
      const wanting = variables.filter(({ status }) => status === 'missing' || status === 'suspect');
      return {
        main: `${count(variables.length, 'variable')} checked, ${wanting.length} missing or suspect`,
        details: wanting.map(variableLine),
      };
    }
    case 'regression': {
      const { commits } = record.data;
      if (commits.length === 0) return { main: 'no commit could have caused it', details: [] };
      return {
        main: `${count(commits.length, 'commit')} could have caused it`,
        details: commits.map(({ commit, reason }) => `${commit}: ${shortened(reason)}`),
      };
    }
    case 'fix': {
      const { edits, test } = record.data;
      const paths = [...new Set(edits.map(({ path }) => path))];
      const tests = [...new Set(test.edits.map(({ path }) => path))];
      return {
        main: paths.length === 0 ? 'no edit is proposed' : `a fix in ${paths.join(', ')}`,
        details: [tests.length === 0 ? 'Without a test' : `With a test in ${tests.join(', ')}`],
      };
    }
    case 'blastRadius': {
      const { risks, monitors, rollout } = record.data;
      return {
        main: `${count(risks.length, 'risk')}, ${count(monitors.length, 'monitor')}`,
        details: [`Rollout: ${shortened(rollout.strategy)}`],
      };
    }
  }
}

function variableLine({ name, status, reason }: EnvironmentFindings['variables'][number]): string {
  return `${name} is ${status}: ${shortened(reason)}`;
}
