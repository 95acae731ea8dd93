import assert from 'node:assert/strict';
import { checkPatterns } from '../../../src/investigation/similarPatterns.ts';
import type { Fix } from '../../../src/model/records.ts';
import { similarPlaces } from '../../../src/model/similarPattern.ts';
import type { CheckedPattern } from '../../../src/model/similarPattern.ts';
import { searchTool } from '../../../src/model/tools.ts';
import { diskWorld } from '../../support/fixFiles.ts';
import { harmless } from '../../support/incidents.ts';
import { TemporaryRepository } from '../../support/temporaryRepository.ts';

type Pattern = Fix['similarPatterns'][number];

describe('the similar places that a fix names', function () {
  this.timeout(20_000);
  let repository: TemporaryRepository;
  before(async () => {
    repository = await TemporaryRepository.create();
    await repository.write('.gitignore', 'dist/\n');
    await repository.commit(
      'src/refund.js',
      'import x from "x";\n\nexport function refund() {\n  return config.stripe.key;\n}\n',
      'First',
    );
    await repository.write('dist/refund.js', 'config.stripe.key');
  });
  after(() => repository.remove());

  async function check(pattern: Partial<Pattern>, answer?: string): Promise<Omit<CheckedPattern, 'index'>> {
    const parts =
      answer === undefined
        ? []
        : [
            {
              type: 'toolCall' as const,
              callId: 'c',
              name: searchTool.name,
              inputJson: harmless('{}'),
              answer: harmless(answer),
              accepted: true,
            },
          ];
    const [checked] = await checkPatterns(
      [{ path: 'src/refund.js', why: 'reads it the same way', ...pattern }],
      { parts },
      diskWorld(repository.root),
      AbortSignal.timeout(10_000),
    );
    assert.ok(checked);
    const { place, by } = checked;
    return { place, by };
  }

  it('are found where their line has the quoted text, spaces aside', async () => {
    assert.deepEqual(await check({ line: 4, text: 'return  config.stripe.key;' }), {
      place: { kind: 'found' },
      by: 'quote',
    });
  });

  it('have moved where the text stands at another line', async () => {
    assert.deepEqual(await check({ line: 31, text: 'return config.stripe.key;' }), {
      place: { kind: 'moved', line: 4 },
      by: 'quote',
    });
  });

  it('are compared with what the reply’s own search found', async () => {
    const answer = 'src/refund.js:2: return config.stripe.key;\nsrc/other.js:2: x';
    assert.deepEqual(await check({ line: 2 }, answer), { place: { kind: 'moved', line: 4 }, by: 'search' });
  });

  it('are compared with code that the reason quotes', async () => {
    assert.deepEqual(await check({ line: 4, why: 'reads `config.stripe.key` unguarded' }), {
      place: { kind: 'found' },
      by: 'quote',
    });
    assert.deepEqual(await check({ line: 4, why: 'reads `config.paypal.key` unguarded' }), {
      place: { kind: 'notFound', reason: 'otherText' },
      by: 'quote',
    });
  });

  it('are known by their line alone where nothing was quoted', async () => {
    assert.deepEqual(await check({ line: 5 }), { place: { kind: 'found' }, by: 'line' });
    assert.deepEqual(await check({ line: 6 }), { place: { kind: 'notFound', reason: 'noSuchLine' }, by: 'line' });
    assert.deepEqual(await check({}), { place: { kind: 'found' }, by: 'line' });
  });

  it('are not found in files that are not there, not in the folder or not the repository’s own', async () => {
    for (const path of ['src/gone.js', '../x.js', '/etc/passwd', '.git/config', 'src']) {
      assert.deepEqual((await check({ path, line: 1 })).place, { kind: 'notFound', reason: 'noFile' }, path);
    }
    assert.deepEqual((await check({ path: 'dist/refund.js', line: 1 })).place, {
      kind: 'notFound',
      reason: 'notTracked',
    });
  });

  it('are asked for at the line where they were found; what is not there is not asked for', () => {
    const why = 'same';
    const patterns = [
      { path: 'a.js', line: 1, why },
      { path: 'b.js', line: 2, why },
      { path: 'c.js', line: 3, why },
      { path: 'd.js', why },
    ];
    assert.deepEqual(
      similarPlaces({ similarPatterns: patterns }, [
        { index: 0, by: 'line', place: { kind: 'found' } },
        { index: 1, by: 'quote', place: { kind: 'moved', line: 20 } },
        { index: 2, by: 'line', place: { kind: 'notFound', reason: 'noFile' } },
      ]),
      [
        { path: 'a.js', line: 1, why },
        { path: 'b.js', line: 20, why },
        { path: 'd.js', why },
      ],
    );
  });
});
