import { showHidden } from '../evidence/hiddenCharacters.ts';
import { searchAnswer, searchRepository } from '../evidence/repositorySearch.ts';
import { hypothesesAnswered } from '../model/incident.ts';
import type { Incident } from '../model/incident.ts';
import { inEnglish } from '../model/l10n.ts';
import { ownWords, rewriteRedacted } from '../model/redacted.ts';
import type { StepId } from '../model/steps.ts';
import { parseSearch } from '../model/tools.ts';
import { explain } from '../wording.ts';
import type { SearchAnswer } from './replyRecorder.ts';
import { suspicionsIn } from './suspicions.ts';
import { repositoryOf } from './stepEvidence.ts';
import type { InvestigationWorld } from './world.ts';

/** Searches that one reply may make. */
export const maxSearches = 8;

/** Milliseconds for one search: a large repository is searched in a second or two. */
const searchTimeout = 15_000;

/**
 * Answers the searches of one reply: read-only, bounded in number and size, redacted, and only where it is allowed that
 * code beyond the suspects goes out, which is step 6 once there are hypotheses.
 */
export function repositorySearches(
  step: StepId,
  incident: () => Incident,
  world: InvestigationWorld,
  signal: AbortSignal,
): (inputJson: string) => Promise<SearchAnswer> {
  let made = 0;
  return async (inputJson) => {
    made += 1;
    const search = parseSearch(inputJson);
    if (search === undefined) return refused('The input is not a search: give a pattern of 2 to 200 characters.');
    if (step !== 'fix') return refused('The repository is searched in step 6 only.');
    if (!hypothesesAnswered(incident())) {
      return refused('No other file goes out before step 3, the hypotheses, has an answer.');
    }
    if (made > maxSearches) return refused('No more searches in this reply. Conclude with what was found.');
    const within = AbortSignal.any([signal, AbortSignal.timeout(searchTimeout)]);
    const repository = await repositoryOf(incident(), world, within);
    if (!repository.ok)
      return told(`The search is not possible. ${inEnglish(() => explain(repository.failure).what)}`, false);
    const found = await searchRepository(repository.value, search, world.folders(), within);
    if (!found.ok) return told(`The search failed. ${inEnglish(() => explain(found.failure).what)}`, false);
    return told(searchAnswer(search, found.value), true);

    /** What was read, a failure's words included, goes out redacted or not at all. */
    async function told(words: string, isFound: boolean): Promise<SearchAnswer> {
      const redacted = await world.redactor.redact(words, { signal: within, what: 'The search result' });
      if (!redacted.ok) return refused('The result could not be checked for secrets, so it is not given.');
      // As with all evidence: what nobody sees is written out, what speaks to a model is noted for the user.
      const text = rewriteRedacted(redacted.value.text, (raw) => showHidden(raw).text);
      const suspicious = isFound ? suspicionsIn(text, text.split('\n').map(withoutPlace), 1) : [];
      return { text, found: isFound, ...(suspicious.length === 0 ? {} : { suspicious }) };
    }
  };
}

/** The text of a hit, `path:line: text`: a path in front would hide what a line begins with. */
function withoutPlace(line: string): string {
  return line.replace(/^.{1,1000}?:\d{1,9}: /, '');
}

/** Words of ours alone. */
function refused(words: string): SearchAnswer {
  return { text: ownWords(words), found: false };
}
