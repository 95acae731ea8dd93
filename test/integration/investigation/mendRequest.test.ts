import assert from 'node:assert/strict';
import { mendRequest } from '../../../src/investigation/mendRequest.ts';
import { planFix } from '../../../src/investigation/planFix.ts';
import type { Incident } from '../../../src/model/incident.ts';
import { diskWorld, fixOf } from '../../support/fixFiles.ts';
import { IncidentBuilder } from '../../support/incidents.ts';
import { records } from '../../support/records.ts';
import { TemporaryRepository } from '../../support/temporaryRepository.ts';

describe('asking to mend edits that do not fit', function () {
  this.timeout(20_000);
  let repository: TemporaryRepository;
  before(async () => {
    repository = await TemporaryRepository.create();
    const lines = Array.from({ length: 100 }, (_, at) => `const value${at + 1} = ${at + 1};`);
    await repository.commit('src/a.js', `${lines.join('\r\n')}\r\n`, 'First');
    await repository.commit('src/b.js', 'x();\n\n\nx();\n', 'Second');
  });
  after(() => repository.remove());

  function incident(withHypotheses = true): Incident {
    const builder = new IncidentBuilder('x', 0);
    const run = builder.ask('hypotheses');
    if (withHypotheses) builder.record(run, records.hypotheses).end(run);
    else builder.end(run, { kind: 'stopped' });
    return builder.add({ type: 'suspectAdded', suspect: { uri: 'file:///b', path: 'src/b.js', role: 'origin' } })
      .incident;
  }

  const edits = [
    { path: 'src/a.js', search: 'const value50 = 51;', replace: 'const value50 = 0;' },
    { path: 'src/b.js', search: 'x();', replace: 'y();' },
    { path: '../c.js', newFile: 'x' },
  ];

  async function request(of: Incident): Promise<Awaited<ReturnType<typeof mendRequest>>> {
    const world = diskWorld(repository.root);
    const planned = await planFix(fixOf(edits), world, AbortSignal.timeout(10_000));
    assert.ok(!planned.ok && planned.failure.kind === 'editsRefused');
    return mendRequest(of, planned.failure.problems, world);
  }

  it('gives each reason, and the lines as they are now with their numbers', async () => {
    const { words, evidence } = await request(incident());
    assert.match(
      words,
      /^1\. Edit 1, of src\/a\.js, replaces a text that is not in the file; nearest to it is line 50\.$/m,
    );
    assert.match(words, /^2\. Edit 2, of src\/b\.js, .* twice: lines 1 and 4\.$/m);
    assert.match(words, /^3\. Edit 3, of \.\.\/c\.js, has a path that leads out/m);
    assert.deepEqual(
      evidence.map(({ title, firstLine, step }) => [title, firstLine, step]),
      [
        ['src/a.js, lines 38 to 62, as they are now', 38, 'fix'],
        ['src/b.js, lines 1 to 5, as they are now', 1, 'fix'],
      ],
    );
    assert.equal(evidence[0]?.text.split('\n')[12], 'const value50 = 50;');
  });

  it('shows no file beyond the suspects before the hypotheses are there', async () => {
    const { evidence } = await request(incident(false));
    assert.deepEqual(
      evidence.map(({ source }) => source),
      ['src/b.js'],
    );
  });
});
