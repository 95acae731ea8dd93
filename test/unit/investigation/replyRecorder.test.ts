import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { IncidentStore } from '../../../src/incident/store.ts';
import { ReplyRecorder } from '../../../src/investigation/replyRecorder.ts';
import type { ReplyEvent } from '../../../src/model/claude.ts';
import { createRedactor } from '../../../src/redaction/redactor.ts';
import { claude, harmless } from '../../support/incidents.ts';

describe('recording a reply', () => {
  const folder = mkdtempSync(join(tmpdir(), 'reply-recorder-'));
  after(() => rmSync(folder, { recursive: true }));

  it('checks what a record cites against what was sent, and keeps that in the journal', async () => {
    const options = { path: join(folder, 'a.jsonl'), now: () => 5 };
    const store = IncidentStore.start({ ...options, id: 'a', title: harmless('A') });
    const evidence = { kind: 'logTail', source: harmless('a.log'), lineCount: 2, redactions: [] } as const;
    store.dispatch({
      type: 'evidenceAdded',
      evidence: { ...evidence, id: 'E1', title: harmless('a.log'), text: harmless('one\ntwo') },
    });
    store.dispatch({
      type: 'stepAsked',
      runId: 'R1',
      step: 'hypotheses',
      kind: 'step',
      question: harmless('?'),
      evidenceIds: ['E1'],
      endpoint: claude,
    });
    const hypothesis = { title: 'h', likelihood: 'high', confirms: 'c', rulesOut: 'r' };
    const input = {
      hypotheses: [
        { ...hypothesis, citations: ['E1:2'] },
        { ...hypothesis, citations: ['E1:3'] },
      ],
    };
    async function* reply(): AsyncGenerator<ReplyEvent> {
      yield { type: 'toolCall', callId: 'c', name: 'record_hypotheses', inputJson: JSON.stringify(input) };
      yield { type: 'ended', stopReason: 'tool_use', usage: { input: 1, output: 1, cacheRead: 0, cacheWrite: 0 } };
    }
    const search = async () => ({ text: harmless(''), found: false });
    const guard = createRedactor({ fingerprintKey: 'k'.repeat(32) }).reply();
    const recorder = new ReplyRecorder({ store, runId: 'R1', step: 'hypotheses', search, guard, log: () => undefined });
    assert.equal(await recorder.turn(reply(), false), 'over');
    const expected = [
      {
        index: 0,
        grounding: 'grounded',
        citations: [{ cited: 'E1:2', grounded: true, evidenceId: 'E1', line: 2, text: 'two' }],
      },
      { index: 1, grounding: 'notGrounded', citations: [{ cited: 'E1:3', grounded: false, reason: 'noSuchLine' }] },
    ];
    assert.deepEqual(store.incident.runs[0]?.grounding, expected);
    store.dispose();
    const again = IncidentStore.open(options);
    assert.ok(again.ok);
    assert.equal(again.value.damage.badLines, 0);
    assert.deepEqual(again.value.incident.runs[0]?.grounding, expected);
    again.value.dispose();
  });
});
