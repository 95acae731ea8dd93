import { plain } from './judgeRun.ts';

/** Words that say nothing of one failure: any text about tests holds them. */
const commonWords: ReadonlySet<string> = new Set(
  'test tests fail fails failed failure failing error errors without with expected actual assert assertion because before after that this there their would should which when then instead from have been into does returns return value values undefined null true false none function line file'.split(
    ' ',
  ),
);

/**
 * Whether a failing test failed for the reason that was stated: at least one word, number or quoted text of the reason
 * that means something (an error's class, an identifier, a status) is in what the test printed. Generous on purpose: a
 * reason is prose, and a wrong “no” would hide a good proof; that nothing at all of it is there is telling.
 */
export function failsAsStated(reason: string, output: string): boolean {
  const printed = plain(output).toLowerCase();
  const sought = tellingParts(reason);
  return sought.length === 0 || sought.some((part) => printed.includes(part));
}

function tellingParts(reason: string): readonly string[] {
  const quoted = [...reason.matchAll(/[`'"“]([^`'"”\n]{3,120})[`'"”]/g)].map(([, text = '']) => text);
  const words = reason.match(/[\p{L}_$][\p{L}\p{N}_$]{3,}|\d{2,}/gu) ?? [];
  return [...quoted, ...words]
    .map((part) => part.toLowerCase().trim())
    .filter((part) => part !== '' && !commonWords.has(part));
}
