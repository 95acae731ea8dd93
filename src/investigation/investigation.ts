import { Emitter } from '../model/emitter.ts';
import { endpointLabel } from '../model/claude.ts';
import type { Endpoint } from '../model/claude.ts';
import { defaultContextWindow, requestLimit } from '../model/contextWindow.ts';
import { errorSentence } from '../evidence/errorSentence.ts';
import type { IncidentStore } from '../incident/store.ts';
import type { CollectedEvidence, EvidenceId } from '../model/evidence.ts';
import { errorMessage, fail, succeed } from '../model/failure.ts';
import type { Failure, Result } from '../model/failure.ts';
import type { Incident } from '../model/incident.ts';
import { noRedactedText, rewriteRedacted, wellFormed } from '../model/redacted.ts';
import { untitled } from '../model/untitled.ts';
import type { Redacted } from '../model/redacted.ts';
import type { Baseline } from '../model/baseline.ts';
import type { EndpointLabel, RunId, Verdict } from '../model/reply.ts';
import type { Prompt } from '../model/request.ts';
import { stepDefinition } from '../model/steps.ts';
import type { StepId } from '../model/steps.ts';
import { likelyRole, maxSuspects } from '../model/suspect.ts';
import type { Suspect, SuspectRole } from '../model/suspect.ts';
import { conversation } from '../prompt/conversation.ts';
import { AfterFix } from './afterFix.ts';
import { answer, targetsOf } from './answering.ts';
import { overBudget } from './budget.ts';
import { fitConversation } from '../prompt/shortenConversation.ts';
import { ContextLimits } from './contextLimits.ts';
import { hideInEvidence } from './hideInEvidence.ts';
import { withoutLearned } from './learnedInPrompt.ts';
import { highestNumber, numberEvidence, redactEvidence } from './intake.ts';
import { buildQuestion, gatherTexts } from './preparation.ts';
import type { GatheredTexts, PreparedQuestion, QuestionRequest } from './preparation.ts';
import { recordHunt, recordProof } from './proofRecord.ts';
import type { EndedHunt, EndedProof } from './proofRecord.ts';
import { ReplyRecorder } from './replyRecorder.ts';
import { failingHistory } from './stepEvidence.ts';
import { repositorySearches } from './repositorySearches.ts';
import type { InvestigationWorld } from './world.ts';

/** In characters: a title stands in one line of a list. */
const longestTitle = 300;

/**
 * The coordinator: what happens, in which order. It alone knows the stages; they do not know each other. It changes
 * the incident by events only, and every call tells why it could not.
 */
export class Investigation {
  readonly store: IncidentStore;
  /** What happens once there is a fix. */
  readonly afterFix: AfterFix;
  readonly #world: InvestigationWorld;
  readonly #retryAsked = new Emitter<void>();
  readonly #limits: ContextLimits;
  /** Something was learnt that evidence has not been searched for yet. */
  #unhidden = false;
  #hiding: Promise<Failure | undefined> = Promise.resolve(undefined);
  /** Set while a question is prepared or its reply streams: one at a time. */
  #running:
    { readonly controller: AbortController; readonly step: StepId; readonly finished: Promise<void> } | undefined;

  constructor(store: IncidentStore, world: InvestigationWorld) {
    this.store = store;
    // A value may have been written into an environment file while the incident was closed.
    this.#unhidden = store.incident.evidence.length > 0;
    this.afterFix = new AfterFix(store, world.redactor);
    this.#world = world;
    this.#limits = new ContextLimits(world);
  }

  get incident(): Incident {
    return this.store.incident;
  }

  /** Redacts a piece of evidence and adds it. The first error gives an untitled incident its title. */
  async addEvidence(collected: CollectedEvidence, signal?: AbortSignal): Promise<Result<EvidenceId>> {
    const draft = await redactEvidence(this.#world.redactor, collected, signal);
    if (!draft.ok) return draft;
    const [evidence] = numberEvidence([draft.value], this.incident.evidence);
    if (evidence === undefined) return fail({ kind: 'unexpected', detail: 'no evidence' });
    this.store.dispatch({ type: 'evidenceAdded', evidence });
    const sentence = this.incident.title === untitled ? errorSentence(evidence.text) : undefined;
    if (sentence !== undefined) {
      const title = await this.#redactedTitle(sentence);
      // A name that the user, or an error before this one, gave meanwhile stays.
      if (title.ok && this.incident.title === untitled) this.#recordTitle(title.value);
    }
    return succeed(evidence.id);
  }

  /**
   * Hides what the redactor has learnt meanwhile in the evidence that is here already. A question waits for that, and is
   * not asked where it fails.
   */
  hideLearned(): Promise<Failure | undefined> {
    this.#unhidden = true;
    return this.#hidden();
  }

  #hidden(): Promise<Failure | undefined> {
    this.#hiding = this.#hiding.then(async () => {
      if (!this.#unhidden) return undefined;
      const failure = await hideInEvidence(this.store, this.#world.redactor);
      this.#unhidden = failure !== undefined;
      return failure;
    });
    return this.#hiding;
  }

  removeEvidence(id: EvidenceId): void {
    this.store.dispatch({ type: 'evidenceRemoved', evidenceId: id });
  }

  /** Adds a suspect, in place of another one where `replacing` names it; its role is guessed where none is given. */
  addSuspect(file: Pick<Suspect, 'uri' | 'path'>, replacing?: string, role?: SuspectRole): Failure | undefined {
    const { suspects } = this.incident;
    if (suspects.some(({ uri }) => uri === file.uri)) return undefined;
    const staying = suspects.filter(({ uri }) => uri !== replacing);
    if (staying.length >= maxSuspects) return { kind: 'tooManySuspects' };
    if (replacing !== undefined) this.removeSuspect(replacing);
    const { uri, path } = file;
    this.store.dispatch({ type: 'suspectAdded', suspect: { uri, path, role: role ?? likelyRole(path, staying) } });
    return undefined;
  }

  removeSuspect(uri: string): void {
    this.store.dispatch({ type: 'suspectRemoved', uri });
  }

  setSuspectRole(uri: string, role: SuspectRole): void {
    this.store.dispatch({ type: 'suspectRoleChanged', uri, role });
  }

  checkStep(step: StepId, checked: boolean): void {
    const { kind } = this.incident.steps[step].mark;
    if (kind === (checked ? 'checked' : 'open')) return;
    this.store.dispatch({ type: checked ? 'stepChecked' : 'stepUnchecked', step });
  }

  async skipStep(step: StepId, reason: string): Promise<Failure | undefined> {
    const text = await this.#world.redactor.redact(reason.trim(), { what: 'The reason' });
    if (!text.ok) return text.failure;
    this.store.dispatch({ type: 'stepSkipped', step, reason: text.value.text });
    return undefined;
  }

  async rename(title: string): Promise<Failure | undefined> {
    const text = await this.#redactedTitle(title);
    if (!text.ok) return text.failure;
    this.#recordTitle(text.value);
    return undefined;
  }

  /** What the user makes of a hypothesis; Claude is told with the next question. */
  async judgeHypothesis(
    runId: RunId,
    index: number,
    verdict: Verdict['kind'],
    note: string,
  ): Promise<Failure | undefined> {
    const text = await this.#world.redactor.redact(note.trim(), { what: 'The note' });
    if (!text.ok) return text.failure;
    this.store.dispatch({ type: 'hypothesisJudged', runId, index, verdict, note: text.value.text });
    return undefined;
  }

  /** Keeps what a proof showed; Claude gets it with the next question of step 6. */
  addProof(proof: EndedProof): Promise<Failure | undefined> {
    return recordProof({ store: this.store, redactor: this.#world.redactor }, proof);
  }

  /** Keeps what a search through the history showed; Claude gets it with the next question of step 5. */
  addHunt(hunt: EndedHunt): Promise<Failure | undefined> {
    return recordHunt({ store: this.store, redactor: this.#world.redactor }, hunt);
  }

  chooseBaseline(baseline: Baseline): void {
    this.store.dispatch({ type: 'baselineChosen', baseline });
  }

  resolve(): void {
    this.store.dispatch({ type: 'incidentResolved' });
  }

  reopen(): void {
    this.store.dispatch({ type: 'incidentReopened' });
  }

  /**
   * Asks a step's question, or another one within the step. Ends with the reply, or at once with why it could not be
   * asked; how the reply went is in the incident. `onAsked` is called when the question is recorded and on its way.
   */
  async ask(request: QuestionRequest, onAsked: () => void = () => undefined): Promise<Failure | undefined> {
    if (this.#running !== undefined) return { kind: 'alreadyAsking', step: stepDefinition(this.#running.step).title };
    const controller = new AbortController();
    let finish = (): void => undefined;
    const finished = new Promise<void>((resolve) => (finish = resolve));
    this.#running = { controller, step: request.step, finished };
    try {
      return await this.#askNow(request, controller.signal, onAsked);
    } catch (error) {
      // The world around us threw: a secret storage that is locked, a file system of an extension.
      return { kind: 'unexpected', detail: errorMessage(error) };
    } finally {
      this.#running = undefined;
      finish();
    }
  }

  /** Stops what runs; what came stays. Ends when no request is left. */
  async stop(): Promise<void> {
    this.#running?.controller.abort();
    await this.#running?.finished;
  }

  /** The history of the failing lines as step 5 would send it, redacted; undefined where there is none. Changes nothing. */
  async failingHistory(signal: AbortSignal): Promise<Redacted | undefined> {
    const history = await failingHistory(this.incident, this.#world, signal);
    if (history?.ok !== true) return undefined;
    const draft = await redactEvidence(this.#world.redactor, history.value, signal);
    return draft.ok ? draft.value.text : undefined;
  }

  /** Waits no longer: a countdown ends at once, and what does not answer is given up and asked anew, or elsewhere. */
  retry(): void {
    this.#retryAsked.fire();
  }

  /** Who would be asked now. */
  get endpoint(): Result<Endpoint> {
    return this.#world.endpoint();
  }

  /** The user has seen what is sent and agreed that it goes to this host. */
  agreeToSend(host: string): void {
    if (!this.incident.agreedHosts.includes(host)) this.store.dispatch({ type: 'sendingAgreed', host });
  }

  /** What a step's question would send now. Changes nothing. */
  async preview(step: StepId, signal: AbortSignal): Promise<Result<PreparedQuestion>> {
    const shown = this.#unhidden ? await this.#hidden() : await this.#hiding;
    if (shown !== undefined) return fail(shown);
    const request: QuestionRequest = { step, kind: 'step' };
    const gathered = await gatherTexts(this.incident, this.#world, request, signal);
    if (!gathered.ok) return gathered;
    const targets = await targetsOf(this.#world);
    const first = targets.ok ? targets.value[0].endpoint : undefined;
    return this.#built(request, gathered.value, this.#limitOf(first), first && endpointLabel(first));
  }

  /** Tokens of a request at most. */
  #limitOf(endpoint: Endpoint | undefined): number {
    return endpoint === undefined ? requestLimit(defaultContextWindow, 0) : this.#limits.of(endpoint);
  }

  async #askNow(request: QuestionRequest, signal: AbortSignal, onAsked: () => void): Promise<Failure | undefined> {
    const shown = this.#unhidden ? await this.#hidden() : await this.#hiding;
    if (shown !== undefined) return shown;
    const targets = await targetsOf(this.#world);
    if (!targets.ok) return targets.failure;
    const [{ endpoint }] = targets.value;
    const gathered = await gatherTexts(this.incident, this.#world, request, signal);
    if (signal.aborted) return undefined;
    if (!gathered.ok) return gathered.failure;
    // From here to the record of the question nothing waits.
    const label = endpointLabel(endpoint);
    const prepared = this.#built(request, gathered.value, this.#limits.of(endpoint), label);
    if (!prepared.ok) return prepared.failure;
    const { evidence, question, prompt } = prepared.value;
    const budget = request.beyondBudget === true || endpoint.demo ? undefined : this.#world.budget?.();
    const over =
      budget && overBudget(this.incident, prompt, { model: endpoint.model, now: this.incident.lastEventAt }, budget);
    if (over !== undefined) return over;
    const runId = this.#recordQuestion(request, prepared.value, label);
    this.#world.log(`${runId}: step ${request.step}, ${evidence.length} items, ${question.length} characters asked`);
    onAsked();
    const { store } = this;
    const world = this.#world;
    const { step } = request;
    const search = repositorySearches(step, () => this.incident, world, signal);
    const guard = world.redactor.reply();
    const recorder = new ReplyRecorder({ store, runId, step, search, guard, log: world.log });
    const shortened = (to: Endpoint, limit: number): Prompt | undefined => this.#shortened(limit, endpointLabel(to));
    try {
      await answer({
        world,
        targets: targets.value,
        prompt,
        // What its searches found may be too much; what cannot be shortened is for the endpoint to judge.
        nextPrompt: (to) => shortened(to, this.#limits.of(to)) ?? this.#goingOn(endpointLabel(to)),
        replyWithin: (to, sent, send) => this.#limits.replyWithin(to, sent, send, (limit) => shortened(to, limit)),
        recorder,
        signal,
        onRetry: this.#retryAsked.event,
      });
      return undefined;
    } finally {
      recorder.close();
    }
  }

  /** The request with which the run that streams goes on, cut where it must be; undefined where no cut is enough. */
  #shortened(limit: number, to: EndpointLabel): Prompt | undefined {
    const fit = fitConversation(this.incident, undefined, limit);
    if (fit.kind === 'tooLong') return undefined;
    if (fit.kind === 'cut') this.store.dispatch({ type: 'contextCut', ...fit.cut });
    return this.#goingOn(to);
  }

  /** The request with which the run that streams goes on. */
  #goingOn(to: EndpointLabel): Prompt {
    return withoutLearned(conversation(this.incident, undefined, to), this.#world.redactor.reply());
  }

  #built(
    request: QuestionRequest,
    gathered: GatheredTexts,
    limit: number,
    to: EndpointLabel | undefined,
  ): Result<PreparedQuestion> {
    const built = buildQuestion(this.incident, request, gathered, limit, to);
    if (!built.ok) return built;
    return succeed({ ...built.value, prompt: withoutLearned(built.value.prompt, this.#world.redactor.reply()) });
  }

  /** A part of the record as it is shown: without the values that were learnt since it was written. */
  record(text: string): Redacted {
    return this.#world.redactor.reply().whole(text);
  }

  /**
   * A document made of the record, for others: checked for secrets as a whole. What is redacted part by part is so already;
   * the path of a suspect is kept as it is on the disk, and may hold one.
   */
  async exported(text: string, what: string): Promise<Result<Redacted>> {
    const redacted = await this.#world.redactor.redact(this.record(text), { what });
    return redacted.ok ? succeed(redacted.value.text) : redacted;
  }

  #recordQuestion({ step, kind }: QuestionRequest, prepared: PreparedQuestion, endpoint: EndpointLabel): RunId {
    for (const evidence of prepared.fresh) this.store.dispatch({ type: 'evidenceAdded', evidence });
    if (prepared.cut !== undefined) this.store.dispatch({ type: 'contextCut', ...prepared.cut });
    const runId: RunId = `R${highestNumber(this.incident.runs) + 1}`;
    this.store.dispatch({
      type: 'stepAsked',
      runId,
      step,
      kind,
      question: prepared.question,
      evidenceIds: prepared.evidence.map(({ id }) => id),
      endpoint,
    });
    return runId;
  }

  /** On one line; cut after redaction, since half of a secret would not be known for one. */
  async #redactedTitle(title: string): Promise<Result<Redacted>> {
    const text = await this.#world.redactor.redact(title.replace(/\s+/g, ' ').trim(), { what: 'The title' });
    return text.ok
      ? succeed(rewriteRedacted(text.value.text, (whole) => wellFormed(whole.slice(0, longestTitle))))
      : text;
  }

  #recordTitle(title: Redacted): void {
    if (title !== noRedactedText) this.store.dispatch({ type: 'incidentRenamed', title });
  }
}
