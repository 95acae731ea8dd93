import assert from 'node:assert/strict';
import { tokensByStep } from '../../../src/investigation/budget.ts';
import { answerTo } from '../../support/investigationWorld.ts';
import { FailoverScene } from '../../support/failoverScene.ts';
import { useTemporaryFolder } from '../../support/temporaryFolder.ts';

describe('the budget of an incident', () => {
  const folder = useTemporaryFolder();
  let scene: FailoverScene;
  let limit: number;
  const price = { model: 'model-of-first', input: 1_000, output: 1_000, cacheRead: 100, cacheWrite: 1_000, asOf: '' };
  beforeEach(async () => {
    limit = 1_000;
    scene = await FailoverScene.start(folder(), { budget: () => ({ prices: [price], limit }) });
  });
  afterEach(() => scene.stop());
  const ask = (beyondBudget = false) => scene.investigation.ask({ step: 'orient', kind: 'step', beyondBudget });

  it('lets a question pass that fits in it', async () => {
    scene.first.answers.push(answerTo('orient'));
    assert.equal(await ask(), undefined);
    assert.equal(scene.first.requests.length, 1);
  });

  it('asks before it is passed, sends nothing until then, and sends it when told to', async () => {
    limit = 1;
    const failure = await ask();
    assert.ok(failure?.kind === 'overBudget' && failure.spent === 0 && failure.estimate > 1);
    assert.deepEqual([scene.first.requests, scene.incident.runs], [[], []]);
    scene.first.answers.push(answerTo('orient'));
    assert.equal(await ask(true), undefined);
    assert.equal(scene.first.requests.length, 1);
    const again = await ask();
    assert.ok(again?.kind === 'overBudget' && again.spent > 0, 'what was spent counts');
  });

  it('does not keep anybody from asking where there is none, or no price', async () => {
    limit = 0;
    scene.first.answers.push(answerTo('orient'), answerTo('orient'));
    assert.equal(await ask(), undefined);
    await scene.stop();
    scene = await FailoverScene.start(folder(), { budget: () => ({ prices: [], limit: 0.01 }) });
    scene.first.answers.push(answerTo('orient'));
    assert.equal(await ask(), undefined);
  });

  it('is told about how much the next question of each step sends: more with each reply', async () => {
    const before = tokensByStep(scene.incident);
    scene.first.answers.push(answerTo('orient', 'Because. '.repeat(700)));
    await ask();
    const after = tokensByStep(scene.incident);
    assert.ok((after['files'] ?? 0) - (before['files'] ?? 0) > 1_500);
    const sent = (scene.first.requests[0]?.body.length ?? 0) / 3.5;
    const estimated = before['orient'] ?? 0;
    assert.ok(estimated > sent * 0.7 && estimated < sent * 1.3, `${estimated} for ${sent}`);
  });
});
