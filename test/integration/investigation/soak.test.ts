import assert from 'node:assert/strict';
import { soak } from '../../bench/soak.bench.ts';

describe('a soak of faulty requests', () => {
  it('loses no word, no line of the journal and no key, in a short one of the same kind', async function () {
    this.timeout(60_000);
    const figures = await soak({ faulty: 60, seed: 7 });
    assert.ok(figures.faulty >= 60);
    assert.equal(figures.answered + figures.failed, figures.questions);
    assert.equal(figures.lostWords, 0);
  });
});
