import { stepIds } from '../model/steps.ts';
import type { StepId } from '../model/steps.ts';
import type { DebuggingProtocol } from './debuggingProtocol.ts';

/** A line of CLAUDE.md that is applied, and to which steps. */
export interface HouseRule {
  readonly line: number;
  readonly text: string;
  readonly steps: readonly StepId[];
}

/** Words that tell which step a rule is about. A rule may be about several. */
const subjects: Readonly<Record<StepId, RegExp>> = {
  orient: /\b(error context|stack trace|logs? first|alert|context first)\b/i,
  files: /\b(3|three|few) files\b|\bfiles? max\b|\bsuspects?\b/i,
  hypotheses: /\bhypothes[ei]s\b/i,
  environment:
    /\benv(ironment)?( |-)?(var(iable)?s?|check|file)\b|\benvironment variables?\b|\bconfiguration\b|\bsecrets?\b/i,
  regression: /\b(git )?diffs?\b|\bregressions?\b|\brecent (commits?|changes?)\b|\bbisect\b/i,
  fix: /\bfix(es)?\b|\btests?\b|\bpatch(es)?\b|\bedge cases?\b/i,
  blastRadius:
    /\bblast radius\b|\bdeploy(s|ing|ment)?\b|\brollouts?\b|\broll(ing)? ?back\b|\bcanary\b|\bfeature flags?\b|\bmonitor(s|ing)?\b/i,
};

/**
 * The rules of a debugging protocol, each with the steps whose questions it goes into. A rule that names no step's
 * subject goes into the first question: it holds for the whole conversation from there on. The staging environment and
 * the rollback command concern step 7.
 */
export function houseRules(protocol: DebuggingProtocol): readonly HouseRule[] {
  const rules = protocol.rules.map(({ line, text }): HouseRule => {
    const steps = stepIds.filter((step) => subjects[step].test(text));
    return { line, text, steps: steps.length === 0 ? ['orient'] : steps };
  });
  const places: HouseRule[] = [
    ...logRules(protocol),
    ...item(protocol.stagingEnvironment, (text) => `Staging environment: ${text}`),
    ...item(protocol.rollbackCommand, (text) => `Rollback command: ${text}`),
  ];
  return [...rules, ...places].toSorted((a, b) => a.line - b.line);
}

/** Log locations are offered as evidence and are in no question. */
function logRules({ logLocations }: DebuggingProtocol): HouseRule[] {
  return logLocations.map(({ line, text }) => ({ line, text: `Logs are at: ${text}`, steps: [] }));
}

function item(
  place: { readonly text: string; readonly line: number } | undefined,
  words: (text: string) => string,
): HouseRule[] {
  return place === undefined ? [] : [{ line: place.line, text: words(place.text), steps: ['blastRadius'] }];
}
