import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { IncidentStore } from '../../../src/incident/store.ts';
import { Investigation } from '../../../src/investigation/investigation.ts';
import { untitled } from '../../../src/model/untitled.ts';
import { maxReplyCharacters } from '../../../src/investigation/preparation.ts';
import type { InvestigationWorld } from '../../../src/investigation/world.ts';
import { replyText } from '../../../src/model/reply.ts';
import { conversation } from '../../../src/prompt/conversation.ts';
import { ClaudeServer, refused, reply, streamed } from '../../support/claudeServer.ts';
import { answerTo, log, testWorld } from '../../support/investigationWorld.ts';
import { useTemporaryFolder } from '../../support/temporaryFolder.ts';

const longLog = { ...log, text: 'a line of a log that nobody will read to its end\n'.repeat(3_000) };

describe('what a model reads', () => {
  const folder = useTemporaryFolder();
  let server: ClaudeServer;
  let store: IncidentStore;
  let investigation: Investigation;
  const path = (): string => join(folder(), 'one.jsonl');
  const open = (more: Partial<InvestigationWorld> = {}): void => {
    investigation = new Investigation(store, testWorld(server.url, more));
  };

  beforeEach(async () => {
    server = await ClaudeServer.start();
    store = IncidentStore.start({ path: path(), now: Date.now, id: 'one', title: untitled });
    open();
  });
  afterEach(async () => {
    await investigation.stop();
    store.dispose();
    await server.stop();
  });

  const body = (at: number): string => server.requests.at(at)?.body ?? assert.fail('no such request');
  const lastPhase = () => investigation.incident.runs.at(-1)?.phase;

  it('is met by a cut where an endpoint finds the request too long, asked once more, and answered', async () => {
    await investigation.addEvidence(longLog);
    server.answers.push(refused(400, 'prompt is too long: 52000 tokens > 30000 maximum'), answerTo('orient', 'Said.'));
    assert.equal(await investigation.ask({ step: 'orient', kind: 'step' }), undefined);
    assert.equal(lastPhase()?.kind, 'done');
    assert.equal(replyText(investigation.incident.runs[0] ?? assert.fail()), 'Said.');
    assert.equal(server.requests.length, 2);
    assert.ok(body(1).length < body(0).length * (30 / 52));
    assert.deepEqual(
      investigation.incident.cuts.map(({ fromRun, evidence }) => [fromRun, evidence.map((cut) => cut.evidenceId)]),
      [[0, ['E1']]],
    );
    const { type } = store.history.find((event) => event.type === 'contextCut') ?? assert.fail('no record of it');
    assert.ok(readFileSync(path(), 'utf8').includes(`"type":"${type}"`));
  });

  it('is remembered for the questions after it, which begin with the one that was answered', async () => {
    await investigation.addEvidence(longLog);
    server.answers.push(refused(400, 'prompt is too long: 52000 tokens > 30000 maximum'), answerTo('orient', 'Said.'));
    await investigation.ask({ step: 'orient', kind: 'step' });
    server.answers.push(answerTo('orient'));
    await investigation.ask({ step: 'orient', kind: 'followUp', followUp: 'Since when?' });
    const sent = (at: number): string => body(at).slice(body(at).indexOf('"messages":'), -']}]}'.length);
    assert.ok(sent(2).startsWith(sent(1)));
    await investigation.addEvidence({ ...longLog, title: 'another' });
    server.answers.push(answerTo('orient'));
    await investigation.ask({ step: 'orient', kind: 'step' });
    assert.equal(lastPhase()?.kind, 'done');
    assert.equal(server.requests.length, 4, 'what was refused once is not tried again');
  });

  it('is the reply’s failure where the shorter request is refused as well, and nothing is asked a third time', async () => {
    await investigation.addEvidence(longLog);
    for (let count = 0; count < 3; count += 1) server.answers.push(refused(400, 'prompt is too long'));
    assert.equal(await investigation.ask({ step: 'orient', kind: 'step' }), undefined);
    const phase = lastPhase();
    assert.equal(phase?.kind === 'failed' && phase.failure.kind, 'contextFull');
    assert.equal(server.requests.length, 2);
  });

  it('is met as well where a proxy in between takes no body of that size', async () => {
    await investigation.addEvidence(longLog);
    server.answers.push(refused(413, 'Request Entity Too Large'), answerTo('orient'));
    await investigation.ask({ step: 'orient', kind: 'step' });
    assert.equal(lastPhase()?.kind, 'done');
  });

  it('is a setting of the model, and never passed, also by what searches find within a reply', async () => {
    open({ contextWindow: (model) => (model === 'claude-sonnet-5-5' ? 16_000 : 200_000) });
    await investigation.addEvidence(longLog);
    const words = 'Because the pool is empty.\n'.repeat(400);
    for (let number = 0; number < 12; number += 1) server.answers.push(streamed(reply([{ text: [words] }])));
    await investigation.ask({ step: 'orient', kind: 'step' });
    for (let number = 0; number < 11; number += 1) {
      await investigation.ask({ step: 'orient', kind: 'followUp', followUp: `Question ${number}` });
      assert.equal(lastPhase()?.kind, 'done');
    }
    // A request is estimated at three bytes a token; half of such a small window is left for the reply.
    for (const { body: sent } of server.requests) assert.ok(Buffer.byteLength(sent) / 3 <= 8_000, `${sent.length}`);
    assert.ok(body(-1).includes('Question 10'));
  });

  it('gives the same request after the window was reloaded', async () => {
    open({ contextWindow: () => 16_000 });
    await investigation.addEvidence(longLog);
    server.answers.push(answerTo('orient'));
    await investigation.ask({ step: 'orient', kind: 'step' });
    const before = JSON.stringify(conversation(store.incident));
    store.dispose();
    const opened = IncidentStore.open({ path: path(), now: Date.now });
    assert.ok(opened.ok);
    assert.equal(JSON.stringify(conversation(opened.value.incident)), before);
    assert.equal(opened.value.incident.cuts.length, 1);
    opened.value.dispose();
  });

  it('is shown by the preview as it will be sent', async () => {
    open({ contextWindow: () => 16_000 });
    await investigation.addEvidence(longLog);
    const prepared = await investigation.preview('orient', new AbortController().signal);
    assert.ok(prepared.ok);
    assert.deepEqual(
      prepared.value.cut?.evidence.map(({ evidenceId }) => evidenceId),
      ['E1'],
    );
    assert.equal(investigation.incident.cuts.length, 0, 'a preview changes nothing');
    server.answers.push(answerTo('orient'));
    await investigation.ask({ step: 'orient', kind: 'step' });
    const { messages } = JSON.parse(body(0)) as { messages: unknown };
    assert.deepEqual(messages, prepared.value.prompt.messages);
  });

  it('takes a reply that is longer than words as evidence, redacted, with its beginning and end in the question', async () => {
    await investigation.addEvidence(log);
    server.answers.push(answerTo('orient'), answerTo('orient'));
    await investigation.ask({ step: 'orient', kind: 'step' });
    const pasted = `Look at this dump:\n${'frame of a heap dump\n'.repeat(maxReplyCharacters / 10)}What is the leak?`;
    await investigation.ask({ step: 'orient', kind: 'followUp', followUp: pasted });
    const run = investigation.incident.runs.at(-1) ?? assert.fail();
    assert.deepEqual(run.evidenceIds, ['E2']);
    assert.equal(investigation.incident.evidence.at(-1)?.text.trim(), pasted);
    assert.ok(run.question.length < 4_000);
    assert.match(run.question, /^Look at this dump:/);
    assert.match(run.question, /\[The whole of this reply is in E2\. It ends with:\][^]*What is the leak\?$/);
  });
});
