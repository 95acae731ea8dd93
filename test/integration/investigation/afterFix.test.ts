import assert from 'node:assert/strict';
import { join } from 'node:path';
import { IncidentStore } from '../../../src/incident/store.ts';
import { AfterFix } from '../../../src/investigation/afterFix.ts';
import { fail } from '../../../src/model/failure.ts';
import { latestFix } from '../../../src/model/appliedFix.ts';
import { watchEnd } from '../../../src/model/watch.ts';
import { createRedactor } from '../../../src/redaction/redactor.ts';
import { claude, harmless } from '../../support/incidents.ts';
import { stripeKey } from '../../support/investigationWorld.ts';
import { records } from '../../support/records.ts';
import { useTemporaryFolder } from '../../support/temporaryFolder.ts';

describe('the record of what comes after a fix', () => {
  const folder = useTemporaryFolder();
  let store: IncidentStore;
  let time = 1_000_000;
  const path = (): string => join(folder(), 'incident.jsonl');
  const redactor = createRedactor({ fingerprintKey: 'k'.repeat(32) });
  let afterFix: AfterFix;

  beforeEach(() => {
    store = IncidentStore.start({ path: path(), now: () => time, id: 'incident-1', title: harmless('Checkout') });
    for (const [index, step] of (['fix', 'blastRadius'] as const).entries()) {
      const runId = `R${index + 1}` as const;
      const question = harmless('?');
      store.dispatch({ type: 'stepAsked', runId, step, kind: 'step', question, evidenceIds: [], endpoint: claude });
      store.dispatch({ type: 'resultRecorded', runId, record: records[step] });
      store.dispatch({ type: 'replyEnded', runId, outcome: { kind: 'done', stopReason: 'end_turn' } });
    }
    afterFix = new AfterFix(store, redactor);
  });
  afterEach(() => store.dispose());

  it('has no ground to apply what nothing proved without a reason', async () => {
    const ground = await afterFix.ground('R1', ' \n');
    assert.deepEqual(ground, fail({ kind: 'reasonMissing' }));
    assert.equal(latestFix(store.incident)?.applied, undefined);
  });

  it('keeps the reason without the secrets in it, across a restart', async () => {
    const ground = await afterFix.ground('R1', `The key ${stripeKey} is live.`);
    assert.ok(ground.ok);
    afterFix.applied('R1', ['src/a.js'], ground.value);
    store.dispose();
    const again = IncidentStore.open({ path: path(), now: () => time });
    assert.ok(again.ok);
    const applied = latestFix(again.value.incident)?.applied;
    again.value.dispose();
    assert.deepEqual(applied?.files, ['src/a.js']);
    assert.ok(applied.proof.kind === 'unproved');
    assert.equal(applied.proof.reason, 'The key «stripe-key-1» is live.');
  });

  it('applies nothing where the reason cannot be checked for secrets', async () => {
    const failing = new AfterFix(store, {
      redact: async () => fail({ kind: 'redactionFailed', what: 'The reason', detail: 'no' }),
    });
    const ground = await failing.ground('R1', 'x');
    assert.equal(ground.ok ? 'ok' : ground.failure.kind, 'redactionFailed');
    assert.equal((await failing.checkMonitor('R2', 0, 'ok', 'x'))?.kind, 'redactionFailed');
    assert.deepEqual(store.incident.monitorChecks, []);
  });

  it('takes an undo of the fix that is applied, and of no other', () => {
    const before = store.incident.seq;
    afterFix.undone('R1');
    assert.equal(store.incident.seq, before);
    afterFix.applied('R1', ['src/a.js'], { kind: 'proved' });
    afterFix.undone('R1');
    assert.equal(latestFix(store.incident)?.applied, undefined);
  });

  it('ends a watch once, when its time is up, also one that was started with a useless length', async () => {
    afterFix.startWatch(Number.NaN);
    assert.equal(store.incident.watch?.minutes, 30);
    const end = watchEnd(store.incident.watch);
    assert.equal(afterFix.endWatch(end - 1), false);
    time = end;
    assert.equal(await afterFix.checkMonitor('R2', 0, 'worse', `saw ${stripeKey}`), undefined);
    assert.equal(store.incident.monitorChecks[0]?.note, 'saw «stripe-key-1»');
    assert.equal(afterFix.endWatch(end), true);
    assert.equal(afterFix.endWatch(end + 1), false);
    assert.equal(store.incident.watch.endedAt, end);
  });
});
