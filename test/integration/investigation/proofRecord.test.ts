import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { IncidentStore } from '../../../src/incident/store.ts';
import { Investigation } from '../../../src/investigation/investigation.ts';
import { untitled } from '../../../src/model/untitled.ts';
import { presentEvidence } from '../../../src/model/incident.ts';
import { proofOf } from '../../../src/model/proof.ts';
import type { RawProof } from '../../../src/proof/prove.ts';
import { claude } from '../../support/incidents.ts';
import { ownWords } from '../../../src/model/redacted.ts';
import { records } from '../../support/records.ts';
import { stripeKey, testWorld } from '../../support/investigationWorld.ts';
import { useTemporaryFolder } from '../../support/temporaryFolder.ts';

describe('the record of a proof', () => {
  const folder = useTemporaryFolder();
  let store: IncidentStore;
  let investigation: Investigation;
  const path = (): string => join(folder(), 'one.jsonl');

  beforeEach(() => {
    store = IncidentStore.start({ path: path(), now: Date.now, id: 'one', title: untitled });
    investigation = new Investigation(store, testWorld('http://localhost:1'));
    const run = { runId: 'R1', step: 'fix', kind: 'step', question: ownWords('Mend it'), evidenceIds: [] } as const;
    store.dispatch({ type: 'stepAsked', ...run, endpoint: claude });
    store.dispatch({ type: 'resultRecorded', runId: 'R1', record: records.fix });
    store.dispatch({ type: 'replyEnded', runId: 'R1', outcome: { kind: 'done', stopReason: 'end_turn' } });
  });
  afterEach(() => store.dispose());

  const raw: RawProof = {
    verdict: { kind: 'cannotRun', why: 'missingModule', phase: 'withoutFix', detail: `Cannot find '${stripeKey}'` },
    runs: [
      {
        phase: 'withoutFix',
        command: `STRIPE_KEY=${stripeKey} npm test`,
        attempts: [{ end: { kind: 'exited', code: 1 }, milliseconds: 1_234 }],
        output: `${'line\n'.repeat(1_000)}the key is ${stripeKey}\n`,
      },
    ],
    changedOutside: ['planted.txt'],
  };

  it('holds exit codes, times and the last lines, and no secret', async () => {
    assert.equal(
      await investigation.addProof({ runId: 'R1', startedAt: 5, uncommitted: ['src/a.js'], raw }),
      undefined,
    );
    const proof = proofOf(investigation.incident, 'R1');
    assert.ok(proof);
    assert.deepEqual(proof.runs[0]?.attempts, raw.runs[0]?.attempts);
    assert.match(proof.runs[0]?.output ?? '', /^line\n[^]*the key is «stripe-key-1»$/);
    assert.equal(proof.runs[0]?.output.split('\n').length, 60);
    assert.deepEqual([proof.uncommitted, proof.changedOutside], [['src/a.js'], ['planted.txt']]);
    assert.ok(!(await readFile(path(), 'utf8')).includes(stripeKey));
  });

  it('is evidence for the next question of step 6, and stays when the journal is read again', async () => {
    await investigation.addProof({ runId: 'R1', startedAt: 5, uncommitted: [], raw });
    const { evidenceId } = proofOf(investigation.incident, 'R1') ?? {};
    const evidence = presentEvidence(investigation.incident).find(({ id }) => id === evidenceId);
    assert.equal(evidence?.step, 'fix');
    assert.match(evidence.text, /Not proved: the test cannot run/);
    assert.match(evidence.text, /exit code 1/);
    const prompt = await investigation.preview('fix', new AbortController().signal);
    assert.ok(prompt.ok && prompt.value.evidence.some(({ id }) => id === evidenceId));
    store.dispose();
    const again = IncidentStore.open({ path: path(), now: Date.now });
    assert.ok(again.ok);
    assert.deepEqual(again.value.incident.proofs, investigation.incident.proofs);
    assert.equal(again.value.damage.badLines, 0);
    again.value.dispose();
  });

  it('leaves no evidence of a run that was stopped, and none of a fix that is not recorded', async () => {
    await investigation.addProof({
      runId: 'R1',
      startedAt: 5,
      uncommitted: [],
      raw: { ...raw, verdict: { kind: 'stopped' } },
    });
    assert.deepEqual(investigation.incident.evidence, []);
    await investigation.addProof({ runId: 'R9', startedAt: 5, uncommitted: [], raw });
    assert.equal(proofOf(investigation.incident, 'R9'), undefined);
  });

  it('keeps the culprit of a hunt as evidence of step 5', async () => {
    const culprit = { hash: 'c'.repeat(40), subject: `Tidy ${stripeKey}` };
    const outcome = { kind: 'found', culprit, change: '-old\n+new\n' } as const;
    const hunt = {
      outcome,
      tested: [{ hash: culprit.hash, answer: 'bad' }],
      judgedBy: ['cents'],
      log: 'git bisect log',
    } as const;
    await investigation.addHunt({
      startedAt: 5,
      good: 'a'.repeat(40),
      bad: 'b'.repeat(40),
      firstParent: true,
      raw: hunt,
    });
    const [kept] = investigation.incident.hunts;
    assert.deepEqual(kept?.outcome, { kind: 'found', culprit: { ...culprit, subject: 'Tidy «stripe-key-1»' } });
    const [evidence] = presentEvidence(investigation.incident);
    assert.equal(evidence?.step, 'regression');
    for (const part of [/Tidy «stripe-key-1»/, /\+new/, /alone[^]*: cents/, /git bisect log/])
      assert.match(evidence.text, part);
  });
});
