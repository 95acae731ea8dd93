import { costOfIncident, estimatedCost, estimatedTokens } from '../model/cost.ts';
import { maxDiffBytes } from '../evidence/gitDiff.ts';
import { maxSearchBytes } from '../evidence/repositorySearch.ts';
import type { EvidenceKind } from '../model/evidence.ts';
import { pendingEvidence, presentEvidence, recordOf } from '../model/incident.ts';
import type { Incident } from '../model/incident.ts';
import type { StepEstimate, ToGather } from '../model/cost.ts';
import type { Failure } from '../model/failure.ts';
import type { Price } from '../model/price.ts';
import { stepIds } from '../model/steps.ts';
import type { StepId } from '../model/steps.ts';
import type { Prompt } from '../model/request.ts';
import type { Suspect } from '../model/suspect.ts';
import { maxEvidenceCharacters } from './limits.ts';
import { maxSearches } from './repositorySearches.ts';

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

/** Size of a suspect's file in bytes; undefined where it is not known. */
export type SizeOf = (suspect: Suspect) => number | undefined;

/**
 * About how many tokens a question of each step would send as the incident stands: the conversation so far, the evidence
 * that waits, and the suspects' files where step 2 is to send them. What else a step gathers is stated with its limit.
 */
export function tokensByStep(incident: Incident, sizeOf: SizeOf): Readonly<Record<string, StepEstimate>> {
  const sent = incident.evidence.filter(({ sentIn }) => sentIn !== undefined);
  let characters = requestHead + lengthOf(sent);
  for (const { question, parts } of incident.runs) {
    characters += question.length;
    for (const part of parts) {
      if (part.type === 'text') characters += part.text.length;
      else if (part.type === 'toolCall') characters += part.inputJson.length + part.answer.length;
    }
  }
  const ofStep = (step: StepId): StepEstimate => {
    const { known, more } = toGather(step, incident, sizeOf);
    const tokens = estimatedTokens(characters + lengthOf(pendingEvidence(incident, step)) + known);
    return more === undefined ? { tokens } : { tokens, more: { ...more, most: estimatedTokens(more.most) } };
  };
  return Object.fromEntries(stepIds.map((step) => [step, ofStep(step)]));
}

/** In characters: of which the size is known, and what comes on top, at most. */
interface Gathered {
  readonly known: number;
  readonly more?: { readonly what: ToGather; readonly most: number };
}

/** What a step's question gathers, without what Claude already has. */
function toGather(step: StepId, incident: Incident, sizeOf: SizeOf): Gathered {
  const has = (kind: EvidenceKind): boolean => presentEvidence(incident).some((item) => item.kind === kind);
  switch (step) {
    case 'orient':
    case 'hypotheses':
      return { known: 0 };
    case 'files': {
      const there = new Set(presentEvidence(incident).flatMap(({ kind, uri }) => (kind === 'file' ? [uri] : [])));
      const sizes = incident.suspects.filter(({ uri }) => !there.has(uri)).map(sizeOf);
      const known = sizes.reduce<number>((sum, size = 0) => sum + Math.min(maxEvidenceCharacters, size), 0);
      const unknown = sizes.filter((size) => size === undefined).length;
      return {
        known,
        ...(unknown === 0 ? {} : { more: { what: 'files', most: unknown * maxEvidenceCharacters } }),
      };
    }
    case 'environment':
      return incident.suspects.length === 0 || has('environment')
        ? { known: 0 }
        : { known: 0, more: { what: 'environment', most: maxEvidenceCharacters } };
    case 'regression':
      return incident.suspects.length === 0 || has('diff')
        ? { known: 0 }
        : { known: 0, more: { what: 'regression', most: maxDiffBytes + 2 * maxEvidenceCharacters } };
    case 'fix':
      return { known: 0, more: { what: 'searches', most: maxSearches * maxSearchBytes } };
    case 'blastRadius':
      return (recordOf(incident, 'fix')?.data.edits ?? []).length === 0 || has('callers')
        ? { known: 0 }
        : { known: 0, more: { what: 'callers', most: maxEvidenceCharacters } };
  }
}

function lengthOf(items: readonly { readonly text: string }[]): number {
  return items.reduce((sum, { text }) => sum + text.length, 0);
}
