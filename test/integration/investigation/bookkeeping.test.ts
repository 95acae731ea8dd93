import assert from 'node:assert/strict';
import { join } from 'node:path';
import { IncidentStore } from '../../../src/incident/store.ts';
import { Investigation } from '../../../src/investigation/investigation.ts';
import { untitled } from '../../../src/model/untitled.ts';
import { log, testWorld } from '../../support/investigationWorld.ts';
import { useTemporaryFolder } from '../../support/temporaryFolder.ts';

describe('investigation without Claude', () => {
  const folder = useTemporaryFolder();
  let store: IncidentStore;
  let investigation: Investigation;

  beforeEach(() => {
    store = IncidentStore.start({ path: join(folder(), 'one.jsonl'), now: Date.now, id: 'one', title: untitled });
    investigation = new Investigation(store, testWorld('http://localhost:1'));
  });
  afterEach(() => store.dispose());

  it('takes its title from the first error, and leaves a name that somebody gave', async () => {
    await investigation.addEvidence({ ...log, text: 'all is well\n' });
    assert.equal(investigation.incident.title, untitled);
    await investigation.addEvidence(log);
    assert.equal(
      investigation.incident.title,
      "TypeError: Cannot read property 'stripe_key' of undefined at payment.js:47",
    );
    await investigation.addEvidence({ ...log, text: 'RangeError: another\n' });
    assert.match(investigation.incident.title, /stripe_key/);
    await investigation.rename('  Checkout\n is down ');
    assert.equal(investigation.incident.title, 'Checkout is down');
    await investigation.rename(' \n ');
    assert.equal(investigation.incident.title, 'Checkout is down');
  });

  it('does not put an error’s name over one that was given meanwhile', async () => {
    const adding = investigation.addEvidence(log);
    const renaming = investigation.rename('Mine');
    await Promise.all([adding, renaming]);
    assert.equal(investigation.incident.title, 'Mine');
  });

  it('checks, unchecks and skips steps, a reason kept', async () => {
    investigation.checkStep('orient', true);
    const { seq } = investigation.incident;
    investigation.checkStep('orient', true);
    investigation.checkStep('files', false);
    assert.equal(investigation.incident.seq, seq, 'what is so already is not recorded');
    investigation.checkStep('orient', false);
    assert.equal(investigation.incident.steps.orient.mark.kind, 'open');
    await investigation.skipStep('regression', ' Nothing was deployed. ');
    assert.partialDeepStrictEqual(investigation.incident.steps.regression.mark, {
      kind: 'skipped',
      reason: 'Nothing was deployed.',
    });
  });
});
