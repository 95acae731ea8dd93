import type { IncidentStore } from '../incident/store.ts';
import type { ReplyEvent } from '../model/claude.ts';
import type { ReplyOutcome } from '../model/event.ts';
import type { Failure } from '../model/failure.ts';
import { groundRecord } from '../model/grounding.ts';
import { activeRun } from '../model/incident.ts';
import { ownWords, redactedTemplate, rewriteRedacted } from '../model/redacted.ts';
import type { Redacted } from '../model/redacted.ts';
import type { EndpointLabel, RunId, Usage } from '../model/reply.ts';
import type { StepId } from '../model/steps.ts';
import type { SuspiciousLine } from '../model/suspicion.ts';
import { totalUsage } from '../model/usage.ts';
import { parseToolCall, searchTool } from '../model/tools.ts';
import type { ReplyRedactor } from '../redaction/knownSecrets.ts';
import { fromModel } from '../redaction/modelText.ts';
import { TextBatch } from './textBatch.ts';

export interface RecordedRun {
  readonly store: IncidentStore;
  readonly runId: RunId;
  readonly step: StepId;
  /** Hides what was hidden in the evidence, should the reply hold it all the same. */
  readonly guard: ReplyRedactor;
  /** Answers a search of the repository; told to Claude as it is. */
  readonly search: (inputJson: string) => Promise<SearchAnswer>;
  readonly log: (message: string) => void;
}

export interface SearchAnswer {
  readonly text: Redacted;
  readonly found: boolean;
  readonly suspicious?: readonly SuspiciousLine[];
}

/** How a turn of the reply went on: it is over, Claude waits for what its searches found, or it broke off. */
export type TurnEnd = 'over' | 'waitsForAnswers' | FailedEvent;

type FailedEvent = Extract<ReplyEvent, { type: 'failed' }>;

type ToolCallEvent = Extract<ReplyEvent, { type: 'toolCall' }>;
type FinalEvent = Extract<ReplyEvent, { type: 'ended' | 'failed' | 'stopped' }>;

/**
 * Records a reply, turn by turn, as it arrives. The run is never left streaming, not even by a fault of ours.
 */
export class ReplyRecorder {
  readonly #run: RecordedRun;
  #usage: Usage | undefined;
  /** What of it the endpoint used that answers now. */
  #ownUsage: Usage | undefined;

  constructor(run: RecordedRun) {
    this.#run = run;
  }

  /**
   * Records one turn. With `mayContinue`, a turn that ended for its searches leaves the run open for the next one;
   * `takesOver` says of a failure whether somebody goes on with the reply, which then is open for `goOn`.
   */
  async turn(
    reply: AsyncIterable<ReplyEvent>,
    mayContinue: boolean,
    takesOver: (event: FailedEvent) => boolean = () => false,
  ): Promise<TurnEnd> {
    const { store, runId, guard } = this.#run;
    const write = (text: Redacted): void => {
      if (text !== '') store.dispatch({ type: 'replyDelta', runId, text: withDirectionsShown(text) });
    };
    const batch = new TextBatch((piece) => write(guard.push(piece)));
    const flush = (): void => {
      batch.flush();
      write(guard.end());
    };
    let searched = false;
    let recorded = false;
    try {
      for await (const event of reply) {
        if (event.type === 'text') {
          batch.push(event.text);
          continue;
        }
        flush();
        if (event.type === 'toolCall') {
          if (event.name === searchTool.name) searched = true;
          recorded = (await this.#toolCall(event)) || recorded;
        } else if (event.type === 'ended' && searched && !recorded && mayContinue) {
          this.#used(event.usage);
          store.dispatch({ type: 'turnEnded', runId });
          return 'waitsForAnswers';
        } else if (event.type === 'failed' && takesOver(event)) {
          this.#used(event.usage);
          return event;
        } else {
          this.#note(event);
        }
      }
      return 'over';
    } finally {
      flush();
    }
  }

  /** Records that `endpoint` goes on with a reply that broke off. */
  goOn(endpoint: EndpointLabel, { failure, requestId }: FailedEvent): void {
    const { store, runId } = this.#run;
    const usage = this.#ownUsage;
    this.#ownUsage = undefined;
    store.dispatch({
      type: 'replyContinued',
      runId,
      endpoint,
      failure: this.#guarded(failure),
      ...(usage === undefined ? {} : { usage }),
      ...(requestId === undefined ? {} : { requestId }),
    });
  }

  /** Ends a run that has not ended by itself. */
  close(): void {
    if (activeRun(this.#run.store.incident)?.id !== this.#run.runId) return;
    this.#ended({ kind: 'failed', failure: { kind: 'unexpected', detail: 'the reply was not read to its end' } });
  }

  #note(event: Exclude<ReplyEvent, { type: 'text' | 'toolCall' }>): void {
    const { store, runId } = this.#run;
    if (event.type === 'retrying') {
      const { attempt, attempts, delayMs, failure } = event;
      store.dispatch({
        type: 'replyRetrying',
        runId,
        retry: { attempt, attempts, resumesAt: Date.now() + delayMs, failure: this.#guarded(failure) },
      });
    } else if (event.type === 'opaque') {
      // It is signed, so it goes back as it came or not at all.
      if (this.#run.guard.whole(event.json) === event.json) {
        store.dispatch({ type: 'replyOpaque', runId, json: fromModel(event.json) });
      } else this.#run.log(`${runId}: a block that held a secret was left out`);
    } else {
      this.#used(event.usage);
      this.#ended(this.#outcomeOf(event), event.requestId);
    }
  }

  /** Records a call; true where it recorded the step's result. */
  async #toolCall({ callId, name, inputJson: written }: ToolCallEvent): Promise<boolean> {
    const { store, runId, step, search, log, guard } = this.#run;
    const inputJson = guard.whole(written);
    const kept = { callId: guard.whole(callId), name: guard.whole(name), inputJson };
    if (name === searchTool.name) {
      const { text: answer, found: accepted, ...noted } = await search(inputJson);
      store.dispatch({ type: 'toolCalled', runId, call: { ...kept, answer, accepted, ...noted } });
      return false;
    }
    const parsed = parseToolCall(step, kept.name, inputJson);
    const answer = parsed.ok ? ownWords('Recorded.') : redactedTemplate`Not recorded. ${fromModel(parsed.problems)}`;
    store.dispatch({ type: 'toolCalled', runId, call: { ...kept, answer, accepted: parsed.ok } });
    if (parsed.ok) {
      // Here, where the evidence's text is: the panel does not have it.
      const grounding = groundRecord(parsed.record, store.incident, runId);
      store.dispatch({ type: 'resultRecorded', runId, record: parsed.record, grounding });
    } else log(`${runId}: ${kept.name} was not recorded: ${parsed.problems}`);
    return parsed.ok;
  }

  #used(usage: Usage | undefined): void {
    this.#usage = totalUsage([this.#usage, usage]);
    this.#ownUsage = totalUsage([this.#ownUsage, usage]);
  }

  #outcomeOf(event: FinalEvent): ReplyOutcome {
    switch (event.type) {
      case 'ended':
        return { kind: 'done', stopReason: event.stopReason };
      case 'failed':
        return { kind: 'failed', failure: this.#guarded(event.failure) };
      case 'stopped':
        return { kind: 'stopped' };
    }
  }

  /** A server words its errors itself. */
  #guarded(failure: Failure): Failure {
    const { guard } = this.#run;
    const entries: [string, unknown][] = Object.entries(failure);
    const words = entries.flatMap(([key, value]): [string, string][] =>
      typeof value === 'string' ? [[key, guard.whole(value)]] : [],
    );
    return { ...failure, ...Object.fromEntries(words) };
  }

  #ended(outcome: ReplyOutcome, requestId?: string): void {
    const { store, runId } = this.#run;
    store.dispatch({
      type: 'replyEnded',
      runId,
      outcome,
      ...(this.#usage === undefined ? {} : { usage: this.#usage }),
      ...(requestId === undefined ? {} : { requestId }),
    });
  }
}

/** Controls of direction make text read otherwise than it is: nothing in a reply needs them. */
function withDirectionsShown(text: Redacted): Redacted {
  return rewriteRedacted(text, (raw) =>
    raw.replace(
      /[\u202a-\u202e\u2066-\u2069]/g,
      (control) => `⟨U+${control.charCodeAt(0).toString(16).toUpperCase()}⟩`,
    ),
  );
}
