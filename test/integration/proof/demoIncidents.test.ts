import assert from 'node:assert/strict';
import { incidents } from '../../../demo/catalogue.mjs';
import { repliesTo } from '../../../demo/replies/choose.mjs';
import { openRepository } from '../../../src/evidence/git.ts';
import { foundTestPlan } from '../../../src/investigation/proving.ts';
import { recordTools } from '../../../src/model/tools.ts';
import { safeParse } from '../../../src/model/schema.ts';
import { hunt } from '../../../src/proof/hunt.ts';
import { makeDemoRepository } from '../../support/demo-repository.ts';
import type { DemoRepository } from '../../support/demo-repository.ts';
import { leftIn, proofWorld, proveIn, stateOf, useScratchParent } from '../../support/proofFixture.ts';

for (const { name, culprit } of incidents) {
  describe(`the demo incident ${name}`, function () {
    // Git, node and a busy machine: real programs run here.
    this.timeout(90_000);
    const parent = useScratchParent();
    let made: DemoRepository;
    let before: string;
    beforeEach(async () => {
      made = await makeDemoRepository(name);
      before = stateOf(made.folder);
    });
    afterEach(() => made.remove());

    const parsed = safeParse(recordTools.fix.schema, repliesTo(name).byKey.get('step-6')?.tool?.input);
    const fix = parsed.success ? parsed.data : undefined;

    it('is proved: the test of step 6 is red for the stated reason, green with the fix, and the suite passes', async () => {
      assert.ok(fix);
      const plan = await foundTestPlan({ fix, folder: made.folder });
      assert.ok(plan);
      assert.match(plan.test, /^node --test test\/[\w-]+\.test\.js$/);
      const trial = {
        plan,
        fixEdits: fix.edits,
        testEdits: fix.test.edits,
        statedReason: fix.test.expectedFailure ?? '',
      };
      const { verdict, changedOutside, runs } = await proveIn(made.folder, parent(), trial);
      assert.deepEqual(verdict, { kind: 'proved', suite: 'passed', reason: 'asStated' }, runs.at(-1)?.output);
      assert.deepEqual(changedOutside, []);
      assert.equal(stateOf(made.folder), before);
      assert.deepEqual(await leftIn(parent()), []);
    });

    it('is hunted down to its culprit by that test', async () => {
      assert.ok(fix);
      const signal = new AbortController().signal;
      const repository = await openRepository(made.folder, signal);
      const plan = await foundTestPlan({ fix, folder: made.folder });
      assert.ok(repository.ok && plan);
      const { outcome } = await hunt(
        {
          repository: repository.value,
          folder: made.folder,
          testEdits: fix.test.edits,
          plan,
          good: await made.git('rev-parse', 'HEAD~5'),
          bad: repository.value.head,
          firstParent: false,
          timeLimitMs: 60_000,
        },
        { ...proofWorld(parent()), onProgress: () => undefined },
        signal,
      );
      assert.equal(outcome.kind === 'found' && outcome.culprit.subject, culprit, JSON.stringify(outcome));
      assert.equal(stateOf(made.folder), before);
      assert.deepEqual(await leftIn(parent()), []);
    });
  });
}
