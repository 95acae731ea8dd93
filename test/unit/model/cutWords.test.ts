import assert from 'node:assert/strict';
import type { ContextCut } from '../../../src/model/contextCut.ts';
import { complement, rangesInWords, rangesOf } from '../../../src/model/contextCut.ts';
import { cutInWords, stillSent } from '../../../src/model/cutWords.ts';
import { IncidentBuilder } from '../../support/incidents.ts';

describe('a cut in words', () => {
  const builder = new IncidentBuilder('A', 1_000).evidence({ title: 'error.log' }).evidence({ title: 'stack.log' });
  const runId = builder.ask('orient');
  builder.end(runId);
  const cut: ContextCut = {
    evidence: [
      { evidenceId: 'E1', kept: [[41, 50]] },
      { evidenceId: 'E2', kept: [] },
    ],
    runs: [{ runId, keeps: 'start' }],
  };

  it('says what is no longer sent whole, and what of each', () => {
    const { summary, details } = cutInWords(cut, builder.incident);
    assert.equal(
      summary,
      'To stay within what the model reads, 2 pieces of evidence and 1 reply are no longer sent whole.',
    );
    assert.deepEqual(details, [
      'E1 (error.log): 10 of 50 lines still sent',
      'E2 (stack.log): no longer sent',
      'R1: only the first words of the reply, and what it recorded, are still sent',
    ]);
  });

  it('says of a piece of evidence what is still sent since the latest cut', () => {
    const items = (): (string | undefined)[] =>
      builder.incident.evidence.map((item) => stillSent(item, builder.incident));
    assert.deepEqual(items(), [undefined, undefined]);
    builder.add({ type: 'contextCut', ...cut });
    assert.deepEqual(items(), ['10 of 50 lines still sent', 'no longer sent']);
    builder.add({ type: 'contextCut', evidence: [], runs: [{ runId, keeps: 'nothing' }] });
    assert.deepEqual(items(), ['no longer sent', 'no longer sent']);
  });

  it('names lines as ranges', () => {
    assert.deepEqual(rangesOf([7, 3, 4, 4, 9]), [
      [3, 4],
      [7, 7],
      [9, 9],
    ]);
    assert.deepEqual(complement([[3, 4]], 1, 9), [
      [1, 2],
      [5, 9],
    ]);
    assert.equal(rangesInWords([[7, 7]]), 'line 7');
    assert.equal(
      rangesInWords([
        [1, 2],
        [5, 5],
        [8, 9],
      ]),
      'lines 1 to 2, 5 and 8 to 9',
    );
  });
});
