import assert from 'node:assert/strict';
import { tokensByStep } from '../../../src/investigation/budget.ts';
import { succeed } from '../../../src/model/failure.ts';
import { answerTo } from '../../support/investigationWorld.ts';
import { FailoverScene } from '../../support/failoverScene.ts';
import { useTemporaryFolder } from '../../support/temporaryFolder.ts';

describe('the budget of an incident', () => {
  const folder = useTemporaryFolder();
  let scene: FailoverScene;
  let limit: number;
  let readFile: string;
  let table: string;
  const suspect = { uri: 'file:///shop/src/payment.js', path: 'src/payment.js', role: 'origin' } as const;
  const price = { model: 'model-of-first', input: 1_000, output: 1_000, cacheRead: 100, cacheWrite: 1_000, asOf: '' };
  beforeEach(async () => {
    [limit, readFile, table] = [1_000, 'one line', 'none'];
    scene = await FailoverScene.start(folder(), {
      budget: () => ({ prices: [price], limit }),
      readSuspect: async ({ path, uri }) =>
        succeed({ kind: 'file', title: path, source: path, uri, text: readFile, firstLine: 1 }),
      environmentTable: async () =>
        succeed([{ kind: 'environment', title: 'Variables', source: 'src', text: table, step: 'environment' }]),
    });
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
    const before = tokensByStep(scene.incident, () => undefined);
    scene.first.answers.push(answerTo('orient', 'Because. '.repeat(700)));
    await ask();
    const after = tokensByStep(scene.incident, () => undefined);
    assert.ok((after['files']?.tokens ?? 0) - (before['files']?.tokens ?? 0) > 1_500);
    assert.deepEqual([before['orient']?.more, before['hypotheses']?.more], [undefined, undefined]);
    assertClose(before['orient']?.tokens, scene.first.requests[0]?.body);
  });

  it('is told of the suspects’ files before they are read, and that nothing comes on top', async () => {
    scene.investigation.addSuspect(suspect);
    const text = 'const key = config.stripe.key;\n'.repeat(900);
    const [unknown, known] = [undefined, text.length].map((size) => tokensByStep(scene.incident, () => size)['files']);
    assert.partialDeepStrictEqual(unknown, { more: { what: 'files' } });
    assert.equal(known?.more, undefined);
    readFile = text;
    scene.first.answers.push(answerTo('files'));
    assert.equal(await scene.investigation.ask({ step: 'files', kind: 'step' }), undefined);
    assertClose(known?.tokens, scene.first.requests[0]?.body);
    const again = tokensByStep(scene.incident, () => text.length)['files'];
    assert.ok((again?.tokens ?? 0) < (known?.tokens ?? 0) * 1.2, 'a file that was sent is not counted twice');
  });

  it('states a limit for what a step gathers only when it is asked', async () => {
    scene.investigation.addSuspect(suspect);
    const steps = tokensByStep(scene.incident, () => 100);
    const said = Object.entries(steps).flatMap(([step, { more }]) => (more === undefined ? [] : [[step, more.what]]));
    assert.deepEqual(said, [
      ['environment', 'environment'],
      ['regression', 'regression'],
      ['fix', 'searches'],
    ]);
    table = Array.from({ length: 900 }, (_, at) => `VARIABLE_${at}: declared; read at src/config.js:${at}`).join('\n');
    scene.first.answers.push(answerTo('environment'));
    assert.equal(await scene.investigation.ask({ step: 'environment', kind: 'step' }), undefined);
    const sent = (scene.first.requests[0]?.body.length ?? 0) / 3.5;
    const { tokens = 0, more } = steps['environment'] ?? {};
    assert.ok(sent > tokens && sent < (tokens + (more?.most ?? 0)) * 1.1, `${tokens} and ${more?.most} for ${sent}`);
    assert.equal(tokensByStep(scene.incident, () => 100)['environment']?.more, undefined, 'it is known by now');
  });
});

/** An estimate is within a third of what was sent. */
function assertClose(estimated = 0, body = ''): void {
  const sent = body.length / 3.5;
  assert.ok(estimated > sent * 0.7 && estimated < sent * 1.3, `${estimated} for ${sent}`);
}
