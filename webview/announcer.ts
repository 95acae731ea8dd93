import { explain } from '../src/wording.ts';
import { activeRun } from '../src/model/incident.ts';
import type { Incident } from '../src/model/incident.ts';
import { t } from '../src/model/l10n.ts';
import { answeringEndpoint, replyText } from '../src/model/reply.ts';
import type { Run } from '../src/model/reply.ts';
import { stepDefinition } from '../src/model/steps.ts';
import { elapsed } from './format.ts';
import { takeSentences } from './sentences.ts';

/** Milliseconds between two announcements of the same reply. */
const interval = 5000;

/**
 * Tells a screen reader what goes on in a reply: that it began, its sentences in batches, how it ended. Never a chunk.
 */
export class Announcer {
  readonly #region: HTMLElement;
  #run: Run | undefined;
  #spokenUpTo = 0;
  #lastAt = 0;

  constructor(region: HTMLElement) {
    this.#region = region;
  }

  /** Takes the incident as the starting point, without a word about what is there already. */
  start(incident: Incident, now: number): void {
    this.#lastAt = now;
    this.#run = activeRun(incident);
    this.#spokenUpTo = this.#run === undefined ? 0 : replyText(this.#run).length;
  }

  /** To be called after each change; `now` in epoch milliseconds. */
  follow(incident: Incident, now: number): void {
    const before = this.#run;
    const current = incident.runs.at(-1);
    if (current === undefined) return;
    if (current.phase.kind === 'streaming') {
      this.#run = current;
      if (before?.id !== current.id) this.#begin(current, now);
      else if (answeringEndpoint(before).name !== answeringEndpoint(current).name) {
        const { name } = answeringEndpoint(current);
        this.#say(t('{0} goes on with step {1}.', name, stepName(current)), now);
      } else if (waitsAnew(before, current)) this.#say(waitInWords(current, now), now);
      else if (now - this.#lastAt >= interval) this.#continue(current, now);
    } else if (before?.id === current.id) {
      this.#run = undefined;
      this.#say(
        `${takeSentences(`${replyText(current)}\n`, this.#spokenUpTo).spoken} ${howItEnded(current)}`.trim(),
        now,
      );
    }
  }

  #begin(run: Run, now: number): void {
    this.#spokenUpTo = 0;
    this.#say(t('Claude is answering step {0}.', stepName(run)), now);
  }

  #continue(run: Run, now: number): void {
    const { spoken, next } = takeSentences(replyText(run), this.#spokenUpTo);
    if (next === this.#spokenUpTo) return;
    this.#spokenUpTo = next;
    this.#say(spoken, now);
  }

  #say(words: string, now: number): void {
    this.#lastAt = now;
    const line = document.createElement('p');
    line.textContent = words;
    this.#region.replaceChildren(line);
  }
}

/** Whether a wait has begun that was not there before; its countdown is not told. */
function waitsAnew(before: Run, current: Run): boolean {
  const [was, is] = [before, current].map(({ phase }) => (phase.kind === 'streaming' ? phase.retry : undefined));
  return is !== undefined && was?.attempt !== is.attempt;
}

function waitInWords({ phase }: Run, now: number): string {
  if (phase.kind !== 'streaming' || phase.retry === undefined) return '';
  const { failure, resumesAt, attempt, attempts } = phase.retry;
  const wait = elapsed(Math.max(0, resumesAt - now));
  return t('{0} Trying again in {1}, attempt {2} of {3}.', explain(failure).what, wait, attempt, attempts);
}

/** The end of a reply in one sentence. */
function howItEnded(run: Run): string {
  const step = stepName(run);
  switch (run.phase.kind) {
    case 'streaming':
      return t('Claude is answering step {0}.', step);
    case 'done':
      return [
        t('Claude has answered step {0}.', step),
        ...(run.record === undefined ? [] : [t('The result is recorded.')]),
      ].join(' ');
    case 'stopped':
      return t('The reply to step {0} was stopped.', step);
    case 'interrupted':
      return t('The reply to step {0} is incomplete.', step);
    case 'failed':
      return t('The reply to step {0} failed. {1}', step, explain(run.phase.failure).what);
  }
}

function stepName(run: Run): string {
  const { number, title } = stepDefinition(run.step);
  return `${number}, ${title}`;
}
