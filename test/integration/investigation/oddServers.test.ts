import assert from 'node:assert/strict';
import { recordOf } from '../../../src/model/incident.ts';
import { answeringEndpoint, replyText } from '../../../src/model/reply.ts';
import { explain } from '../../../src/wording.ts';
import { reply, streamed } from '../../support/claudeServer.ts';
import { FailoverScene } from '../../support/failoverScene.ts';
import { oddities, oddText, stopReasons } from '../../support/oddServers.ts';
import { records } from '../../support/records.ts';
import { useTemporaryFolder } from '../../support/temporaryFolder.ts';

const rest = reply([{ text: ['And so on.'] }, { tool: { name: 'record_orientation', input: records.orient.data } }]);

describe('servers that nobody has seen', () => {
  const folder = useTemporaryFolder();
  let scene: FailoverScene;
  beforeEach(async () => {
    scene = await FailoverScene.start(folder());
  });
  afterEach(() => scene.stop());

  for (const { name, answer, becomes, kept = oddText } of oddities) {
    it(`${becomes === 'whole' ? 'are read all the same' : 'are left for the next'}: ${name}`, async () => {
      const attempts = becomes === 'whole' ? 1 : becomes.attempts;
      for (let count = 0; count < attempts; count += 1) scene.first.answers.push(answer);
      if (becomes !== 'whole') scene.second.answers.push(streamed(rest));
      const run = await scene.ask();
      const [continued] = run.parts.filter((part) => part.type === 'continued');
      if (becomes === 'whole') {
        assert.equal(continued, undefined, JSON.stringify(continued));
        assert.equal(replyText(run), oddText);
      } else {
        const { failure } = continued ?? assert.fail('the first one answered');
        assert.deepEqual(
          [failure.kind, failure.kind === 'unreachable' ? failure.hop : undefined],
          [becomes.kind, becomes.hop],
          JSON.stringify(failure),
        );
        assert.equal(replyText(run), `${kept}And so on.`);
        assert.equal(answeringEndpoint(run).name, 'Second');
        const { what, next } = explain(failure);
        assert.match(`${what} ${next}`, /^First .*\.$|^The connection to First .*\.$/);
      }
      assert.equal(scene.first.requests.length, attempts);
      assert.equal(run.phase.kind, 'done');
      assert.deepEqual(recordOf(scene.incident, 'orient'), records.orient);
      scene.assertNothingForeign();
      scene.assertJournalIsWhole();
    });
  }

  for (const stopReason of stopReasons) {
    it(`end for the reason ${stopReason}, which is kept`, async () => {
      scene.first.answers.push(streamed(reply([{ text: ['So far.'] }], stopReason)));
      const run = await scene.ask();
      assert.partialDeepStrictEqual(run.phase, { kind: 'done', stopReason });
      assert.equal(replyText(run), 'So far.');
      assert.deepEqual(scene.second.requests, []);
      scene.assertJournalIsWhole();
    });
  }

  it('refuse after some words: it is said, the words stay, and nobody else is asked', async () => {
    scene.first.answers.push(streamed(reply([{ text: ['I can'] }], 'refusal')));
    const run = await scene.ask();
    assert.partialDeepStrictEqual(run.phase, { kind: 'failed', failure: { kind: 'refusal', requestId: 'req_1' } });
    assert.equal(replyText(run), 'I can');
    assert.deepEqual(scene.second.requests, []);
    scene.assertJournalIsWhole();
  });
});
