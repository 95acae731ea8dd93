import type { IncidentStore } from '../incident/store.ts';
import type { ReplyEvent } from '../model/claude.ts';
import type { ReplyOutcome } from '../model/event.ts';
import { groundRecord } from '../model/grounding.ts';
import { activeRun } from '../model/incident.ts';
import type { RunId } from '../model/reply.ts';
import type { StepId } from '../model/steps.ts';
import { parseToolCall } from '../model/tools.ts';
import { fromModel } from '../redaction/modelText.ts';
import { TextBatch } from './textBatch.ts';

export interface RecordedRun {
  readonly store: IncidentStore;
  readonly runId: RunId;
  readonly step: StepId;
  readonly log: (message: string) => void;
}

/** Records a reply as it arrives, to its end. The run is never left streaming, not even by a fault of ours. */
export async function recordReply(run: RecordedRun, reply: AsyncIterable<ReplyEvent>): Promise<void> {
  const { store, runId } = run;
  const text = new TextBatch((piece) => store.dispatch({ type: 'replyDelta', runId, text: fromModel(piece) }));
  try {
    for await (const event of reply) {
      if (event.type === 'text') {
        text.push(event.text);
      } else {
        text.flush();
        record(run, event);
      }
    }
  } finally {
    text.flush();
    if (activeRun(store.incident)?.id === runId) {
      const failure = { kind: 'unexpected', detail: 'the reply was not read to its end' } as const;
      store.dispatch({ type: 'replyEnded', runId, outcome: { kind: 'failed', failure } });
    }
  }
}

function record(run: RecordedRun, event: Exclude<ReplyEvent, { type: 'text' }>): void {
  const { store, runId } = run;
  switch (event.type) {
    case 'retrying': {
      const { attempt, attempts, delayMs, failure } = event;
      const retry = { attempt, attempts, resumesAt: Date.now() + delayMs, failure };
      store.dispatch({ type: 'replyRetrying', runId, retry });
      return;
    }
    case 'toolCall':
      recordToolCall(run, event);
      return;
    case 'opaque':
      store.dispatch({ type: 'replyOpaque', runId, json: fromModel(event.json) });
      return;
    default: {
      const { usage, requestId } = event;
      store.dispatch({
        type: 'replyEnded',
        runId,
        outcome: outcomeOf(event),
        ...(usage === undefined ? {} : { usage }),
        ...(requestId === undefined ? {} : { requestId }),
      });
    }
  }
}

function recordToolCall(run: RecordedRun, call: Extract<ReplyEvent, { type: 'toolCall' }>): void {
  const { store, runId, step, log } = run;
  const { callId, name, inputJson } = call;
  const parsed = parseToolCall(step, name, inputJson);
  const answer = parsed.ok ? 'Recorded.' : `Not recorded. ${parsed.problems}`;
  const kept = { callId, name, inputJson: fromModel(inputJson), answer, accepted: parsed.ok };
  store.dispatch({ type: 'toolCalled', runId, call: kept });
  if (parsed.ok) {
    // Here, where the evidence's text is: the panel does not have it.
    const grounding = groundRecord(parsed.record, store.incident, runId);
    store.dispatch({ type: 'resultRecorded', runId, record: parsed.record, grounding });
  } else log(`${runId}: ${name} was not recorded: ${parsed.problems}`);
}

function outcomeOf(event: Extract<ReplyEvent, { type: 'ended' | 'failed' | 'stopped' }>): ReplyOutcome {
  switch (event.type) {
    case 'ended':
      return { kind: 'done', stopReason: event.stopReason };
    case 'failed':
      return { kind: 'failed', failure: event.failure };
    case 'stopped':
      return { kind: 'stopped' };
  }
}
