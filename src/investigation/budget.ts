import { costOfIncident, estimatedCost, estimatedTokens } from '../model/cost.ts';
import { pendingEvidence } from '../model/incident.ts';
import type { Incident } from '../model/incident.ts';
import type { Failure } from '../model/failure.ts';
import type { Price } from '../model/price.ts';
import { stepIds } from '../model/steps.ts';
import type { StepId } from '../model/steps.ts';
import type { Prompt } from '../model/request.ts';

/** What an incident may cost, and by which prices. */
export interface Budget {
  readonly prices: readonly Price[];
  /** US dollars; 0 where there is no limit. */
  readonly limit: number;
}

/** Why a question is asked about before it is sent: with it, the incident would cost more than the user set. */
export function overBudget(
  incident: Incident,
  prompt: Prompt,
  { model, now }: { readonly model: string; readonly now: number },
  { prices, limit }: Budget,
): Failure | undefined {
  if (limit <= 0) return undefined;
  const tokens = estimatedTokens(prompt.system.length + JSON.stringify([prompt.tools, prompt.messages]).length);
  const estimate = estimatedCost(incident, { tokens, model, now }, prices);
  if (estimate === undefined) return undefined;
  const spent = costOfIncident(incident, prices).dollars;
  return spent + estimate > limit ? { kind: 'overBudget', spent, estimate, limit } : undefined;
}

/** System text and tools, which every request has: about as many characters as they have in the golden request. */
const requestHead = 9_300;

/**
 * About how many tokens a question of each step would send as the incident stands: the conversation so far and the
 * evidence that waits. What a step gathers when it is asked comes on top.
 */
export function tokensByStep(incident: Incident): Readonly<Record<string, number>> {
  const sent = incident.evidence.filter(({ sentIn }) => sentIn !== undefined);
  let characters = requestHead + lengthOf(sent);
  for (const { question, parts } of incident.runs) {
    characters += question.length;
    for (const part of parts) {
      if (part.type === 'text') characters += part.text.length;
      else if (part.type === 'toolCall') characters += part.inputJson.length + part.answer.length;
    }
  }
  const ofStep = (step: StepId): number => estimatedTokens(characters + lengthOf(pendingEvidence(incident, step)));
  return Object.fromEntries(stepIds.map((step) => [step, ofStep(step)]));
}

function lengthOf(items: readonly { readonly text: string }[]): number {
  return items.reduce((sum, { text }) => sum + text.length, 0);
}
