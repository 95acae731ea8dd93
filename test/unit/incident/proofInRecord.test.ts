import assert from 'node:assert/strict';
import { postmortem, timelineDocument } from '../../../src/incident/postmortem.ts';
import type { RecordWords } from '../../../src/incident/timeline.ts';
import type { ProofVerdict } from '../../../src/model/proof.ts';
import { explain, explainUngrounded } from '../../../src/wording.ts';
import { harmless, IncidentBuilder } from '../../support/incidents.ts';
import { records } from '../../support/records.ts';

const words: RecordWords = { failure: (failure) => explain(failure).what, ungrounded: explainUngrounded };
const options = { words, timeZone: 'UTC' };

function withProof(verdict: ProofVerdict): IncidentBuilder {
  const builder = new IncidentBuilder('Checkout is down', Date.UTC(2026, 10, 22));
  const run = builder.ask('fix');
  return builder
    .record(run, records.fix)
    .end(run)
    .add({
      type: 'proofEnded',
      runId: run,
      startedAt: 1,
      verdict,
      runs: [
        {
          phase: 'withoutFix',
          command: harmless('mocha test/*_x.js'),
          attempts: [{ end: { kind: 'exited', code: 1 }, milliseconds: 2_000 }],
          output: harmless('```\n1 failing\n# not a heading'),
        },
      ],
      uncommitted: [harmless('src/a.js')],
      changedOutside: [harmless('../escaped.txt')],
    });
}

describe('a proof in the record', () => {
  it('stands in the postmortem with its exit codes, and what was not proved with its output, as text', () => {
    const { incident, events } = withProof({ kind: 'failsWithFix' });
    const text = postmortem(incident, events, options);
    assert.match(text, /^### Proof\n\n\*\*Not proved: the test fails with the fix\.\*\*/m);
    assert.match(text, /^- The test without the fix: exit code 1, 2 s \(mocha test\/\\\*\\_x\.js\)$/m);
    assert.match(text, /With uncommitted changes of src\/a\.js\./);
    assert.match(text, /escaped\.txt/);
    assert.match(text, /^````text\n```\n1 failing\n# not a heading\n````$/m);
  });

  it('stands in the timeline, with the search for the commit', () => {
    const builder = withProof({ kind: 'proved', suite: 'passed', reason: 'asStated' }).add({
      type: 'huntEnded',
      startedAt: 1,
      good: 'a'.repeat(40),
      bad: 'b'.repeat(40),
      firstParent: false,
      tested: [{ hash: 'c'.repeat(40), answer: 'bad' }],
      outcome: { kind: 'found', culprit: { hash: 'c'.repeat(40), subject: harmless('Tidy configuration') } },
    });
    const text = timelineDocument(builder.incident, builder.events, options);
    assert.match(text, /Fix of R1 tried: Proved: red without the fix, green with it/);
    assert.match(text, /History searched with the test: The test fails since c{10}: Tidy configuration/);
    assert.match(
      postmortem(builder.incident, builder.events, options),
      /git bisect from a{10} to b{10}; 1 bad\): The test/,
    );
  });

  it('is missed where nobody ran the test', () => {
    const builder = new IncidentBuilder('Checkout is down', Date.UTC(2026, 10, 22));
    const run = builder.ask('fix');
    builder.record(run, records.fix).end(run);
    assert.match(
      postmortem(builder.incident, builder.events, options),
      /The test was not run by the panel: nothing is proved\./,
    );
  });
});
