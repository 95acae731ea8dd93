import assert from 'node:assert/strict';
import { answeringEndpoint, replyText } from '../../../src/model/reply.ts';
import { recordOf } from '../../../src/model/incident.ts';
import { reply, streamed } from '../../support/claudeServer.ts';
import { FailoverScene, messagesOf } from '../../support/failoverScene.ts';
import { faults, wholeReply } from '../../support/faults.ts';
import { records } from '../../support/records.ts';
import { useTemporaryFolder } from '../../support/temporaryFolder.ts';

/** What the second endpoint says when it goes on: the record, where it is still to come. */
const rest = (recorded: boolean): string =>
  reply([
    { text: [' And so on.'] },
    ...(recorded ? [] : [{ tool: { name: 'record_orientation', input: records.orient.data } }]),
  ]);

describe('chaos: every fault at every point of a reply, with a second endpoint', () => {
  const folder = useTemporaryFolder();
  let scene: FailoverScene;
  beforeEach(async () => {
    scene = await FailoverScene.start(folder());
  });
  afterEach(() => scene.stop());

  for (const fault of faults) {
    it(fault.name, async () => {
      for (let count = 0; count < fault.attempts; count += 1) scene.first.answers.push(fault.answer);
      scene.second.answers.push(streamed(rest(fault.recorded)));
      const run = await scene.ask();

      // What the user sees: all words, in their order, who went on and why, one result, an end.
      assert.equal(replyText(run), `${fault.kept} And so on.`);
      assert.deepEqual(run.phase, {
        kind: 'done',
        at: run.phase.kind === 'done' ? run.phase.at : 0,
        stopReason: 'end_turn',
      });
      assert.deepEqual(recordOf(scene.incident, 'orient'), records.orient);
      assert.equal(run.parts.filter((part) => part.type === 'toolCall').length, 1);
      const [continued, ...more] = run.parts.filter((part) => part.type === 'continued');
      assert.deepEqual(more, []);
      assert.equal(continued?.failure.kind, fault.kind);
      assert.deepEqual([run.endpoint.name, answeringEndpoint(run).name], ['First', 'Second']);

      // What was sent: the second endpoint got the question, then the words so far, and nothing of what was only begun.
      assert.equal(scene.first.requests.length, fault.attempts);
      assert.equal(scene.second.requests.length, 1);
      const [question] = messagesOf(scene.first.requests[0]);
      const messages = messagesOf(scene.second.requests[0]);
      assert.deepEqual(messages[0], question);
      if (fault.kept === '') assert.equal(messages.length, 1);
      else {
        const [, partial, goOn] = messages;
        assert.deepEqual(
          partial?.content.map(({ type, text }) => (type === 'text' ? text : type)),
          [fault.kept, ...(fault.recorded ? ['tool_use'] : [])],
        );
        const asked = goOn?.content.at(-1)?.text ?? '';
        assert.match(asked, /Go on exactly where it ended/);
        assert.match(asked, fault.recorded ? /do not call record_orientation again/ : /Then call record_orientation/);
        assert.equal(goOn?.content.filter(({ type }) => type === 'tool_result').length, fault.recorded ? 1 : 0);
      }
      assert.ok(!(scene.second.requests[0]?.body ?? '').includes('Let me see.'), 'thinking went to another endpoint');
      scene.assertNothingForeign();
      scene.assertJournalIsWhole();
    });
  }

  it('is told as it went, without a fault, by the first endpoint alone', async () => {
    scene.first.answers.push(streamed(wholeReply));
    const run = await scene.ask();
    assert.equal(run.phase.kind, 'done');
    assert.ok(!run.parts.some((part) => part.type === 'continued'));
    assert.deepEqual(scene.second.requests, []);
    scene.assertNothingForeign();
    scene.assertJournalIsWhole();
  });
});
