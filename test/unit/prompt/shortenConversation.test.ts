import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Fact, IncidentEvent } from '../../../src/model/event.ts';
import { evidenceKinds } from '../../../src/model/evidence.ts';
import type { Evidence } from '../../../src/model/evidence.ts';
import { groundRecord } from '../../../src/model/grounding.ts';
import type { Incident } from '../../../src/model/incident.ts';
import { emptyIncident, reduce } from '../../../src/model/reduce.ts';
import type { StepRecord } from '../../../src/model/records.ts';
import type { RunId } from '../../../src/model/reply.ts';
import type { Prompt } from '../../../src/model/request.ts';
import type { StepId } from '../../../src/model/steps.ts';
import { stepIds } from '../../../src/model/steps.ts';
import { recordTools, searchTool } from '../../../src/model/tools.ts';
import { withCut } from '../../../src/model/contextCut.ts';
import { conversation } from '../../../src/prompt/conversation.ts';
import { fitConversation, requestTokens } from '../../../src/prompt/shortenConversation.ts';
import { replay } from '../../support/arbitraryFacts.ts';
import { assertAcceptable } from '../../support/acceptablePrompt.ts';
import { claude, harmless } from '../../support/incidents.ts';
import { records } from '../../support/records.ts';

/** A long incident as the coordinator makes it: before each question and each further turn it is cut where it must be. */
class LongIncident {
  incident: Incident = emptyIncident;
  readonly events: IncidentEvent[] = [];
  /** Each request that was sent, with the number of cuts made before it. */
  readonly sent: { readonly prompt: Prompt; readonly cuts: number }[] = [];
  readonly #limit: number;

  constructor(limit: number) {
    this.#limit = limit;
    this.happen({ type: 'incidentStarted', format: 1, incidentId: 'long', title: harmless('Long') });
  }

  happen(fact: Fact): void {
    const event = { ...fact, seq: this.incident.seq + 1, at: this.incident.seq };
    this.events.push(event);
    this.incident = reduce(this.incident, event);
  }

  ask(question: string, step: StepId = 'orient'): RunId {
    const evidence = this.incident.evidence.filter((item) => item.sentIn === undefined);
    const next = { question: harmless(question), evidence };
    const fit = fitConversation(this.incident, next, this.#limit);
    assert.notEqual(fit.kind, 'tooLong');
    const shown = fit.kind === 'cut' ? conversation(withCut(this.incident, fit.cut, 0), next) : undefined;
    if (fit.kind === 'cut') this.happen({ type: 'contextCut', ...fit.cut });
    const prompt = conversation(this.incident, next);
    if (shown !== undefined) assert.deepEqual(shown, prompt, 'the preview shows what is sent');
    const runId: RunId = `R${this.incident.runs.length + 1}`;
    const evidenceIds = evidence.map(({ id }) => id);
    this.happen({
      type: 'stepAsked',
      runId,
      step,
      kind: 'step',
      question: next.question,
      evidenceIds,
      endpoint: claude,
    });
    this.#record(prompt);
    return runId;
  }

  /** Within the reply: the answers of its calls go back. */
  goOn(runId: RunId): void {
    this.happen({ type: 'turnEnded', runId });
    const fit = fitConversation(this.incident, undefined, this.#limit);
    assert.notEqual(fit.kind, 'tooLong');
    if (fit.kind === 'cut') this.happen({ type: 'contextCut', ...fit.cut });
    this.#record(conversation(this.incident));
  }

  #record(prompt: Prompt): void {
    this.sent.push({ prompt, cuts: this.incident.cuts.length });
  }

  add(text: string, kind: Evidence['kind'] = 'logTail'): void {
    const id = `E${this.incident.evidence.length + 1}` as const;
    const title = harmless(`${id}, a title`);
    const lineCount = text.split('\n').length;
    const evidence = { id, kind, title, source: title, text: harmless(text), lineCount, redactions: [] } as const;
    this.happen({ type: 'evidenceAdded', evidence });
  }

  reply(runId: RunId, text: string): void {
    this.happen({ type: 'replyDelta', runId, text: harmless(text) });
  }

  search(runId: RunId, answer: string): void {
    const call = { callId: 'c', name: searchTool.name, inputJson: harmless('{"pattern":"ab"}'), accepted: true };
    this.happen({ type: 'toolCalled', runId, call: { ...call, answer: harmless(answer) } });
  }

  record(runId: RunId, step: StepId): void {
    const record = records[step];
    const inputJson = harmless(JSON.stringify(record.data));
    const call = {
      callId: 'c',
      name: recordTools[step].name,
      inputJson,
      answer: harmless('Recorded.'),
      accepted: true,
    };
    this.happen({ type: 'toolCalled', runId, call });
    this.happen({ type: 'resultRecorded', runId, record, grounding: groundRecord(record, this.incident, runId) });
  }

  end(runId: RunId): void {
    this.happen({ type: 'replyEnded', runId, outcome: { kind: 'done', stopReason: 'end_turn' } });
  }

  /** What must hold of every incident. */
  check(): void {
    for (const [at, { prompt, cuts }] of this.sent.entries()) {
      assert.ok(requestTokens(prompt) <= this.#limit, `request ${at} has ${requestTokens(prompt)} tokens`);
      assertAcceptable(prompt);
      const before = this.sent[at - 1];
      if (before === undefined || before.cuts !== cuts) continue;
      assert.ok(opened(prompt).startsWith(opened(before.prompt)), `request ${at} is no continuation`);
    }
    const replayed = replay(this.events);
    assert.deepEqual(replayed, this.incident);
    assert.equal(JSON.stringify(conversation(replayed)), JSON.stringify(conversation(this.incident)));
  }
}

/** A request as it is sent, without the brackets that close its last message. */
const opened = ({ messages }: Prompt): string => JSON.stringify(messages).slice(0, -']}]'.length);

const textOf = ({ messages }: Prompt): string =>
  messages.flatMap(({ content }) => content.flatMap((block) => (block.type === 'text' ? [block.text] : []))).join('\n');

const lines = (count: number, word = 'line'): string =>
  Array.from({ length: count }, (_, at) => `${word} ${at + 1} of the log, with some words`).join('\n');

const citing = (...citations: string[]): StepRecord => ({
  step: 'orient',
  data: { ...records.orient.data, citations },
});

const size = fc.oneof(fc.nat(50), fc.integer({ min: 0, max: 4_000 }));
const words = fc
  .tuple(size, fc.constantFrom('word ', 'a line\n', '日本語', '😀 ', '"\\\n', 'x'))
  .map(([length, unit]) => unit.repeat(Math.ceil(length / unit.length)));
const turn = fc.record({
  step: fc.constantFrom(...stepIds),
  question: fc
    .tuple(fc.constantFrom('Step 1', 'And now?'), fc.nat(200))
    .map(([word, length]) => word + 'y'.repeat(length)),
  evidence: fc.array(fc.tuple(words, fc.constantFrom(...evidenceKinds)), { maxLength: 3 }),
  replies: fc.array(words, { maxLength: 3 }),
  searches: fc.array(words, { maxLength: 2 }),
  recorded: fc.boolean(),
});

describe('a conversation and what the model reads', () => {
  it('fits in every request, continues the one before between cuts, and is the same after a replay', () => {
    fc.assert(
      fc.property(
        fc.array(turn, { minLength: 1, maxLength: 25 }),
        fc.integer({ min: 6_500, max: 12_000 }),
        (turns, limit) => {
          const long = new LongIncident(limit);
          for (const { step, question, evidence, replies, searches, recorded } of turns) {
            for (const [text, kind] of evidence) long.add(text, kind);
            const runId = long.ask(question, step);
            for (const answer of searches) {
              long.search(runId, answer.slice(0, 1_000));
              long.goOn(runId);
            }
            for (const text of replies) long.reply(runId, text);
            if (recorded) long.record(runId, step);
            long.end(runId);
          }
          long.check();
        },
      ),
      { numRuns: 60 },
    );
  }).timeout(60_000);

  it('stays within 200k tokens over 200 questions with replies of 200 KB', () => {
    const limit = 174_800;
    const long = new LongIncident(limit);
    const reply = 'The pool is exhausted above fifty concurrent users.\n'.repeat(4_000);
    for (let number = 1; number <= 200; number += 1) {
      if (number % 10 === 1) long.add(lines(1_000, `run ${number}`));
      const runId = long.ask(`Question ${number}: and then?`);
      long.reply(runId, `Answer ${number}. ${reply}`);
      if (number === 1) long.record(runId, 'orient');
      long.end(runId);
    }
    for (const { prompt } of long.sent) assert.ok(requestTokens(prompt) <= limit);
    const last = textOf(long.sent.at(-1)?.prompt ?? assert.fail());
    for (let number = 1; number <= 200; number += 1)
      assert.ok(last.includes(`Question ${number}: and then?`), `${number}`);
    assert.ok(JSON.stringify(long.sent.at(-1)?.prompt).includes('record_orientation'), 'the record stays');
    assert.ok(last.includes('Answer 199. '), 'the newest reply stays');
  }).timeout(60_000);

  it('is cut a few times in 200 questions, so that the cached prefix pays in between', () => {
    const long = new LongIncident(174_800);
    for (let number = 1; number <= 200; number += 1) {
      if (number % 4 === 1) long.add(lines(200, `run ${number}`));
      const runId = long.ask(`Question ${number}`);
      long.reply(runId, 'The pool is exhausted above fifty concurrent users.\n'.repeat(100));
      long.end(runId);
    }
    assert.ok(long.incident.cuts.length >= 1 && long.incident.cuts.length <= 12, `${long.incident.cuts.length} cuts`);
    long.check();
  }).timeout(60_000);

  it('loses the oldest evidence first, then words of replies, and never questions or records before those', () => {
    const long = new LongIncident(12_000);
    long.add(lines(500, 'oldest'));
    const first = long.ask('What fails?', 'orient');
    long.reply(first, 'First words. '.repeat(50));
    long.record(first, 'orient');
    long.end(first);
    long.add(lines(150, 'newer'));
    const second = long.ask('And this?', 'orient');
    long.reply(second, 'Second words. '.repeat(50));
    long.end(second);
    const text = textOf(conversation(long.incident));
    assert.equal(long.incident.cuts.length, 1);
    assert.deepEqual(
      long.incident.cuts[0]?.evidence.map(({ evidenceId }) => evidenceId),
      ['E1'],
    );
    assert.deepEqual(long.incident.cuts[0].runs, []);
    assert.ok(text.includes('\toldest 500 of the log'), 'the end of a log stays');
    assert.ok(!text.includes('\toldest 100 of the log'));
    assert.ok(text.includes('\tnewer 1 of the log'));
    assert.ok(
      /omitted="lines [\d, to and]+, cut later to keep the conversation short enough"/.test(text),
      text.slice(0, 300),
    );
    assert.ok(text.includes('First words. '.repeat(50).trim()));
  });

  it('keeps the lines that results cite', () => {
    const long = new LongIncident(12_000);
    long.add(lines(500));
    const first = long.ask('What fails?', 'orient');
    const record = citing('E1:38');
    long.happen({
      type: 'resultRecorded',
      runId: first,
      record,
      grounding: groundRecord(record, long.incident, first),
    });
    long.end(first);
    long.add(lines(150, 'later'));
    long.ask('And this?');
    const text = textOf(conversation(long.incident));
    assert.ok(text.includes('\n38\tline 38 of the log'));
    assert.ok(!text.includes('\n100\tline 100 of the log'));
  });

  it('says of a claim whose line was cut before the question that it is no longer sent, and not of earlier ones', () => {
    const long = new LongIncident(12_000);
    long.add(lines(500));
    const record = citing('E1:100');
    const first = long.ask('What fails?', 'orient');
    long.end(first);
    long.add(lines(150, 'later'));
    const second = long.ask('And this?', 'orient');
    assert.equal(long.incident.cuts.length, 1);
    const reasons = (runId: RunId): unknown[] =>
      groundRecord(record, long.incident, runId).flatMap(({ citations }) =>
        citations.map((one) => (one.grounded ? 'grounded' : one.reason)),
      );
    assert.deepEqual(reasons(first), ['grounded']);
    assert.deepEqual(reasons(second), ['cut']);
  });

  it('cuts new evidence to its share of the room before what was sent gives way altogether', () => {
    const long = new LongIncident(20_000);
    long.add(lines(20, 'small'));
    const first = long.ask('What fails?');
    long.end(first);
    long.add(lines(2_000, 'huge'), 'file');
    long.add(lines(10, 'short'), 'file');
    long.ask('Read these');
    const text = textOf(conversation(long.incident));
    for (const kept of ['\tsmall 1 ', '\tsmall 20 ', '\thuge 1 ', '\tshort 10 ']) assert.ok(text.includes(kept), kept);
    assert.ok(!text.includes('\thuge 1999 '));
    assert.deepEqual(
      long.incident.cuts.flatMap(({ evidence }) => evidence.map(({ evidenceId }) => evidenceId)),
      ['E2'],
    );
  });

  it('keeps the end of the last reply, from which a continued one goes on', () => {
    const long = new LongIncident(9_000);
    const first = long.ask('What fails?');
    long.reply(first, `${'Words.\n'.repeat(5_000)}and it ends in the middle of a sent`);
    long.end(first);
    long.ask('Go on');
    assert.ok(textOf(conversation(long.incident)).includes('and it ends in the middle of a sent\nGo on'));
  });

  it('is too long only where the question alone is', () => {
    const long = new LongIncident(7_000);
    long.add(lines(500));
    const first = long.ask('What fails?');
    long.end(first);
    const next = { question: harmless('x'.repeat(30_000)), evidence: [] };
    assert.equal(fitConversation(long.incident, next, 7_000).kind, 'tooLong');
    assert.notEqual(fitConversation(long.incident, { ...next, question: harmless('And?') }, 7_000).kind, 'tooLong');
  });
});
