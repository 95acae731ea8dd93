import type { Evidence } from '../model/evidence.ts';
import { pendingEvidence, presentEvidence, recordOf } from '../model/incident.ts';
import type { Incident } from '../model/incident.ts';
import { inEnglish } from '../model/l10n.ts';
import type { Redacted } from '../model/redacted.ts';
import { joinRedacted, ownWords, redactedTemplate, rewriteRedacted, wellFormed } from '../model/redacted.ts';
import { stepDefinition, stepIds } from '../model/steps.ts';
import type { StepId } from '../model/steps.ts';
import { recordTools } from '../model/tools.ts';
import { evidenceReference } from './evidenceBlock.ts';
import { newVerdicts } from './verdicts.ts';

/** What a question needs beside the incident. */
export interface QuestionFacts {
  /** The error in one sentence, as the log has it: `Cannot read property 'x' of undefined at payment.js:47`. */
  readonly error?: Redacted;
  /** What the folder's CLAUDE.md asks for in this step, line by line. */
  readonly houseRules?: readonly Redacted[];
  /** Paths of the suspects, in their order, redacted like any text that goes out. */
  readonly suspects: readonly Redacted[];
}

/**
 * A step's question: the workflow's wording, whole, with this incident's evidence named in it. Starts with a line
 * `Step 1 of 7: Orient` and ends by naming the tool that records the result.
 */
export function stepQuestion(step: StepId, incident: Incident, facts: QuestionFacts): Redacted {
  const { number, title } = inEnglish(() => stepDefinition(step));
  const heading = redactedTemplate`Step ${number} of ${stepIds.length}: ${ownWords(title)}`;
  const record = redactedTemplate`When you have answered, call ${ownWords(recordTools[step].name)} once with the result.`;
  const verdicts = newVerdicts(incident);
  const rules = facts.houseRules ?? [];
  return joinRedacted(
    [
      heading,
      ...(verdicts === undefined ? [] : [verdicts]),
      body(step, incident, facts),
      ...(rules.length === 0 ? [] : [houseRulesText(rules)]),
      record,
    ],
    '\n\n',
  );
}

/** The user's words within a step, after what they found out about the hypotheses. */
export function followUpQuestion(incident: Incident, words: Redacted): Redacted {
  const verdicts = newVerdicts(incident);
  return verdicts === undefined ? words : joinRedacted([verdicts, words], '\n\n');
}

/** Characters at each end of a long reply that are in the question itself. */
const saidOfLongReply = 1_500;

/**
 * The question for a reply so long that it goes out as evidence: its beginning and its end, where people say what they
 * want, and where the rest is.
 */
export function longReplyQuestion({ id, text }: Pick<Evidence, 'id' | 'text'>): Redacted {
  const start = rewriteRedacted(text, (all) => wellFormed(all.slice(0, saidOfLongReply)).trimEnd());
  const end = rewriteRedacted(text, (all) => wellFormed(all.slice(-saidOfLongReply)).trimStart());
  const number = Number(id.slice(1));
  return redactedTemplate`${start}\n\n[The whole of this reply is in E${number}. It ends with:]\n\n${end}`;
}

function houseRulesText(rules: readonly Redacted[]): Redacted {
  const lines = rules.map((rule) => redactedTemplate`- ${rule}`);
  return joinRedacted([redactedTemplate`Our CLAUDE.md says for this step:`, ...lines], '\n');
}

/** Asks for the record of a step whose reply came without a usable one. */
export function recordAgainQuestion(step: StepId): Redacted {
  return redactedTemplate`Your last reply was not recorded. Call ${ownWords(recordTools[step].name)} once, with what you concluded in it. No more prose is needed.`;
}

/** Asks to go on where a reply broke off. */
export function continueQuestion(): Redacted {
  return redactedTemplate`Your last reply was cut off. Go on exactly where it ended, without repeating anything, and then call the step's tool.`;
}

/** The same within a reply, for the endpoint that goes on with it. What was recorded before is not asked for again. */
export function goOnQuestion(step: StepId, recorded: boolean): Redacted {
  const tool = ownWords(recordTools[step].name);
  const rest = recorded
    ? redactedTemplate`The result is recorded: do not call ${tool} again.`
    : redactedTemplate`Then call ${tool} once with the result.`;
  return redactedTemplate`Your reply was cut off there. Go on exactly where it ended, without repeating anything. ${rest}`;
}

function body(step: StepId, incident: Incident, facts: QuestionFacts): Redacted {
  switch (step) {
    case 'orient':
      return orient(incident);
    case 'files':
      return joinRedacted(
        [
          redactedTemplate`Read ${filesInWords(facts.suspects.length)} and identify the bug:`,
          joinRedacted(
            facts.suspects.map((path, index) => redactedTemplate`${index + 1}. ${path}`),
            '\n',
          ),
          ...(facts.error === undefined ? [] : [redactedTemplate`The error is: '${facts.error}'`]),
        ],
        '\n',
      );
    case 'hypotheses':
      return redactedTemplate`Before we go deeper — list your top 3 hypotheses for what's causing this. For each one, tell me what evidence would confirm or rule it out.`;
    case 'environment':
      return redactedTemplate`Check if this could be an environment configuration issue. Look at:
- What environment variables does this code need?
- Which ones might be missing or wrong in production?
- How would I verify each one without exposing secrets?`;
    case 'regression':
      return redactedTemplate`Something broke between yesterday and today. Here are the recent commits and the diff for the suspect ${ownWords(facts.suspects.length === 1 ? 'file' : 'files')}. What changed that could cause: ${facts.error ?? redactedTemplate`the error above`}?`;
    case 'fix': {
      const confirmed =
        recordOf(incident, 'hypotheses') === undefined
          ? redactedTemplate``
          : redactedTemplate` for the cause that the evidence supports best`;
      return redactedTemplate`Propose a fix${confirmed}. Before applying that fix:
1. Write a test that would have caught this bug
2. Explain why the fix works
3. List any edge cases where the fix might fail
4. Tell me if there are similar patterns elsewhere in the codebase that need the same fix

Use search_repository to find similar patterns rather than guess them. If there are none, record noSimilarPatterns true.`;
    }
    case 'blastRadius':
      return redactedTemplate`Before I deploy this fix:
- What else could this change break?
- What should I monitor for 30 minutes after deploying?
- Is there a safer way to roll this out (feature flag, canary deploy)?`;
  }
}

function orient(incident: Incident): Redacted {
  const pending = pendingEvidence(incident, 'orient');
  // Asked again with nothing new, it refers to the error, not to the files that came after it.
  const again = presentEvidence(incident).filter(({ step }) => step === undefined || step === 'orient');
  const shown = pending.length > 0 ? pending : again;
  const traces = shown.filter(({ kind }) => kind === 'stackTail');
  const errors = shown.filter(({ kind }) => kind !== 'stackTail');
  const parts: Redacted[] = [];
  if (errors.length > 0)
    parts.push(redactedTemplate`Production error investigation. Here's the error: ${references(errors)}.`);
  else parts.push(redactedTemplate`Production error investigation.`);
  if (traces.length > 0) parts.push(redactedTemplate`And the stack trace: ${references(traces)}.`);
  parts.push(
    redactedTemplate`Start by telling me: (1) what's actually failing, (2) what caused it, (3) what files to check first.`,
  );
  return joinRedacted(parts, '\n');
}

function references(items: readonly Evidence[]): Redacted {
  return joinRedacted(items.map(evidenceReference), ', ');
}

function filesInWords(count: number): Redacted {
  if (count === 1) return redactedTemplate`this file`;
  return count === 2 ? redactedTemplate`these two files` : redactedTemplate`these three files`;
}
