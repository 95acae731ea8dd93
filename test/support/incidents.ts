import type { Evidence } from '../../src/model/evidence.ts';
import type { Fact, IncidentEvent, ReplyOutcome } from '../../src/model/event.ts';
import { journalFormat } from '../../src/model/event.ts';
import { groundRecord } from '../../src/model/grounding.ts';
import type { Incident } from '../../src/model/incident.ts';
import type { Redacted } from '../../src/model/redacted.ts';
import type { StepRecord } from '../../src/model/records.ts';
import { emptyIncident, reduce } from '../../src/model/reduce.ts';
import type { EndpointLabel, RunId } from '../../src/model/reply.ts';
import type { StepId } from '../../src/model/steps.ts';
import type { Surroundings } from '../../src/protocol.ts';

/** What a test writes in place of what redaction would hand over: it holds no secret, since the test made it up. */
export function harmless(text: string): Redacted {
  return text as Redacted;
}

export const claude: EndpointLabel = {
  name: 'Anthropic',
  host: 'api.anthropic.com',
  model: 'claude-sonnet-5-5',
  demo: false,
};

/** The first question of an incident, with no evidence. */
export const firstAsked = {
  type: 'stepAsked',
  runId: 'R1',
  step: 'orient',
  kind: 'step',
  question: harmless('?'),
  evidenceIds: [],
  endpoint: claude,
} as const satisfies Fact;

/** An editor in which everything is at hand. */
export const fullSurroundings: Surroundings = {
  folders: ['checkout'],
  git: 'ready',
  trusted: true,
  hasKey: true,
  endpoint: claude,
  openEditors: [
    { uri: 'file:///w/checkout/src/services/payment.js', path: 'src/services/payment.js' },
    { uri: 'file:///w/checkout/src/routes/checkout.js', path: 'src/routes/checkout.js' },
    { uri: 'file:///w/checkout/README.md', path: 'README.md' },
  ],
  logs: [],
  terminal: 'shellIntegration',
  journal: { badLines: 0 },
  otherIncidents: 2,
};

/** Evidence as a test words it. */
export type EvidenceWords = Partial<Omit<Evidence, 'title' | 'source' | 'text' | 'omitted'>> & {
  readonly title: string;
  readonly source?: string;
  readonly text?: string;
  readonly omitted?: string;
};

/** Makes incidents the way the product does: from facts, through the reducer. */
export class IncidentBuilder {
  #incident: Incident = emptyIncident;
  readonly #events: IncidentEvent[] = [];
  #at: number;
  #evidence = 0;
  #runs = 0;

  /** `startedAt` in epoch milliseconds; each fact comes a second after the one before. */
  constructor(title: string, startedAt: number) {
    this.#at = startedAt;
    this.add({
      type: 'incidentStarted',
      format: journalFormat,
      incidentId: 'incident-1',
      title: harmless(title),
      folder: { name: 'checkout', uri: 'file:///w/checkout' },
    });
  }

  get incident(): Incident {
    return this.#incident;
  }

  get events(): readonly IncidentEvent[] {
    return this.#events;
  }

  /** Lets time go by before the next fact. */
  after(milliseconds: number): this {
    this.#at += milliseconds;
    return this;
  }

  /** The event that this fact would be now, and its effect. */
  event(fact: Fact): IncidentEvent {
    const event: IncidentEvent = { ...fact, seq: this.#incident.seq + 1, at: this.#at };
    this.#at += 1000;
    this.#incident = reduce(this.#incident, event);
    this.#events.push(event);
    return event;
  }

  add(fact: Fact): this {
    this.event(fact);
    return this;
  }

  evidence({ title, source = title, text = '', omitted, ...item }: EvidenceWords): this {
    this.#evidence += 1;
    return this.add({
      type: 'evidenceAdded',
      evidence: {
        id: `E${this.#evidence}`,
        kind: 'logTail',
        title: harmless(title),
        source: harmless(source),
        text: harmless(text),
        lineCount: 50,
        redactions: [],
        ...(omitted === undefined ? {} : { omitted: harmless(omitted) }),
        ...item,
      },
    });
  }

  /** Asks a step's question with all that is pending for it. */
  ask(step: StepId, followUp?: string, endpoint: EndpointLabel = claude): RunId {
    this.#runs += 1;
    const runId: RunId = `R${this.#runs}`;
    this.add({
      type: 'stepAsked',
      runId,
      step,
      kind: followUp === undefined ? 'step' : 'followUp',
      question: harmless(followUp ?? `The question of ${step}`),
      evidenceIds: this.#incident.evidence
        .filter(({ sentIn, removedAt }) => sentIn === undefined && removedAt === undefined)
        .map(({ id }) => id),
      endpoint,
    });
    return runId;
  }

  text(runId: RunId, text: string): this {
    return this.add({ type: 'replyDelta', runId, text: harmless(text) });
  }

  record(runId: RunId, record: StepRecord, accepted = true): this {
    this.add({
      type: 'toolCalled',
      runId,
      call: {
        callId: `call-${runId}`,
        name: `record_${record.step}`,
        inputJson: harmless(JSON.stringify(record.data)),
        answer: harmless(accepted ? 'Recorded.' : 'The input is not valid: filesToCheck is missing.'),
        accepted,
      },
    });
    return accepted
      ? this.add({ type: 'resultRecorded', runId, record, grounding: groundRecord(record, this.#incident, runId) })
      : this;
  }

  end(runId: RunId, outcome: ReplyOutcome = { kind: 'done', stopReason: 'end_turn' }): this {
    return this.after(18_000).add({
      type: 'replyEnded',
      runId,
      outcome,
      usage: { input: 1180, output: 640, cacheRead: 5200, cacheWrite: 900 },
    });
  }

  check(step: StepId): this {
    return this.after(20_000).add({ type: 'stepChecked', step });
  }
}
