import type { CollectedEvidence } from '../model/evidence.ts';
import { count } from '../model/figures.ts';
import type { EnvironmentVariable } from './environmentVariables.ts';

/** Names in a title; all of them are in the text. */
const maxTitleNames = 4;

/**
 * The variables that the sources read, held against the names that are set in production. Names only: which others are set
 * there is nobody's business, and is only counted.
 */
export function productionEvidence(
  table: readonly EnvironmentVariable[],
  production: readonly string[],
): CollectedEvidence {
  const set = new Set(production);
  const missing = table.filter(({ name }) => !set.has(name));
  const needed = missing.filter(({ hasDefault }) => !hasDefault).map(({ name }) => name);
  const listed = needed.slice(0, maxTitleNames).join(', ');
  const more = needed.length > maxTitleNames ? ` and ${needed.length - maxTitleNames} more` : '';
  const read = new Set(table.map(({ name }) => name));
  const others = [...set].filter((name) => !read.has(name)).length;
  return {
    kind: 'productionEnvironment',
    title:
      needed.length === 0
        ? `Production has what is needed of ${count(table.length, 'variable')}`
        : `Production lacks ${listed}${more}`,
    source: `${count(set.size, 'name')} that the user pasted, without values`,
    text: [
      ...missing.map(({ name, hasDefault }) =>
        hasDefault ? `${name}: not set in production, has a default` : `${name}: NOT SET IN PRODUCTION, no default`,
      ),
      ...table.filter(({ name }) => set.has(name)).map(({ name }) => `${name}: set in production`),
      ...(others === 0 ? [] : [`${count(others, 'other name')} set in production, not read by these files`]),
    ].join('\n'),
    step: 'environment',
  };
}
