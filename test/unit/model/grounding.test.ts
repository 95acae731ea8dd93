import assert from 'node:assert/strict';
import fc from 'fast-check';
import { parseCitation } from '../../../src/model/citations.ts';
import type { Evidence } from '../../../src/model/evidence.ts';
import { groundCitation, groundRecord, groundingOf } from '../../../src/model/grounding.ts';
import type { RunId } from '../../../src/model/reply.ts';
import { evidenceBlock } from '../../../src/prompt/evidenceBlock.ts';
import { harmless, IncidentBuilder } from '../../support/incidents.ts';
import { records } from '../../support/records.ts';

const payment = Array.from({ length: 60 }, (_, index) => `payment line ${index + 1}`).join('\n');
const diff = `src/config.js: +2 -1

diff --git a/src/config.js b/src/config.js
index 1234567..89abcde 100644
--- a/src/config.js
+++ b/src/config.js
@@ -10,3 +10,4 @@ function load() {
 ten
--- a removed comment
+++ an added comment
+twelve
 thirteen
\\ No newline at end of file
diff --git a/src/other.js b/src/other.js
--- a/src/other.js
+++ b/src/other.js
@@ -90,1 +90,1 @@
-old
+ninety
`;

function item(title: string, text: string, more: Partial<Evidence> = {}): Partial<Evidence> & Pick<Evidence, 'title'> {
  return { title: harmless(title), source: harmless(title), text: harmless(text), ...more };
}

/** E1 log, E2 trace, E3 file, E4 commits, E5 diff, E6 environment, E7 not sent. */
function builtIncident(): { readonly builder: IncidentBuilder; readonly runs: readonly RunId[] } {
  const builder = new IncidentBuilder('Checkout fails', 1_000_000);
  builder.evidence(item('error.log', 'one\ntwo\r\nthree 7654321 reqid\n'));
  builder.evidence(
    item(
      'stack.log',
      'TypeError\n at charge (/app/src/services/refund.js:31:9)\n  File "app/tasks.py", line 12, in run\n at Pay.cs:line 8',
      { kind: 'stackTail' },
    ),
  );
  const first = builder.ask('orient');
  builder.end(first);
  builder.evidence(
    item('src/services/payment.js (origin)', payment, {
      kind: 'file',
      uri: 'file:///w/my%20shop/checkout/src/services/payment.js',
      source: harmless('src/services/payment.js, with unsaved changes'),
      firstLine: 1,
    }),
  );
  builder.evidence(
    item('Last 2 commits', 'a41c9e0 2026-01-01 Ann: tidy\nb00c9e1 2026-01-01 Bo: more', { kind: 'commits' }),
  );
  builder.evidence(item('Changes since HEAD~5', diff, { kind: 'diff' }));
  builder.evidence(item('Environment', 'MY_STRIPE_KEY_2 x\nSTRIPE_KEY missing', { kind: 'environment' }));
  const second = builder.ask('files');
  builder.end(second);
  builder.evidence(item('late', 'never sent'));
  return { builder, runs: [first, second] };
}

function look(cited: string, runId?: RunId): unknown {
  const { grounded, ...rest } = groundCitation(parseCitation(cited), builtIncident().builder.incident, runId);
  return grounded ? rest : (rest as { reason: unknown }).reason;
}

describe('looking up a citation in what was sent', () => {
  const found: readonly (readonly [string, string, number | undefined, string, number?])[] = [
    ['E1:2', 'E1', 2, 'two'],
    ['E1:2-3', 'E1', 2, 'two\nthree 7654321 reqid', 3],
    ['E2', 'E2', undefined, 'TypeError'],
    ['src/services/payment.js:47', 'E3', 47, 'payment line 47'],
    ['payment.js:60', 'E3', 60, 'payment line 60'],
    ['/app/src/services/payment.js:1', 'E3', 1, 'payment line 1'],
    ['checkout/src/services/payment.js:2', 'E3', 2, 'payment line 2'],
    ['./src/services/payment.js:1-2', 'E3', 1, 'payment line 1\npayment line 2', 2],
    ['src/services/payment.js', 'E3', undefined, 'payment line 1'],
    ['src/services/refund.js:31', 'E2', 2, ' at charge (/app/src/services/refund.js:31:9)'],
    ['tasks.py:12', 'E2', 3, '  File "app/tasks.py", line 12, in run'],
    ['src/Pay.cs:8', 'E2', 4, ' at Pay.cs:line 8'],
    ['src/config.js:11', 'E5', 10, '+++ an added comment'],
    ['src/config.js:12', 'E5', 11, '+twelve'],
    ['src/config.js:13', 'E5', 12, ' thirteen'],
    ['src/other.js:90', 'E5', 19, '+ninety'],
    ['src/other.js', 'E5', 16, '+++ b/src/other.js'],
    ['a41c9e0', 'E4', 1, 'a41c9e0 2026-01-01 Ann: tidy'],
    ['b00c9e1d', 'E4', 2, 'b00c9e1 2026-01-01 Bo: more'],
    ['STRIPE_KEY', 'E6', 2, 'STRIPE_KEY missing'],
  ];
  for (const [cited, evidenceId, line, text, endLine] of found) {
    it(`finds ${cited} in ${evidenceId}`, () =>
      assert.deepEqual(look(cited), {
        evidenceId,
        ...(line === undefined ? {} : { line }),
        ...(endLine === undefined ? {} : { endLine }),
        text,
      }));
  }

  const missing: readonly (readonly [string, string])[] = [
    ['E1:4', 'noSuchLine'],
    ['E1:0', 'noSuchLine'],
    ['E1:3-4', 'noSuchLine'],
    ['E7', 'notSent'],
    ['E9:1', 'notSent'],
    ['src/services/payment.js:61', 'noSuchLine'],
    ['lib/payment.js:47', 'notSent'],
    ['src/services/refund.js:32', 'notSent'],
    ['src/config.js:14', 'notSent'],
    ['src/config.js:10-90', 'notSent'],
    ['89abcde', 'notFound'],
    ['7654321', 'notFound'],
    ['deadbeef1', 'notFound'],
    ['STRIPE', 'notFound'],
    ['the log says so', 'unreadable'],
  ];
  for (const [cited, reason] of missing)
    it(`tells that ${cited} is ${reason}`, () => assert.equal(look(cited), reason));

  it('looks only at what was sent before or with the reply’s own question', () => {
    const [first = 'R0', second = 'R0'] = builtIncident().runs;
    assert.equal(look('E3:1', first), 'notSent');
    assert.equal(look('src/services/payment.js:1', first), 'notSent');
    assert.deepEqual(look('E3:1', second), { evidenceId: 'E3', line: 1, text: 'payment line 1' });
    assert.deepEqual(look('E1:1', first), { evidenceId: 'E1', line: 1, text: 'one' });
    assert.equal(look('E1:1', 'R99'), 'notSent');
  });

  it('still counts evidence that was taken out after it was sent', () => {
    const { builder } = builtIncident();
    builder.add({ type: 'evidenceRemoved', evidenceId: 'E1' });
    assert.equal(groundCitation(parseCitation('E1:1'), builder.incident).grounded, true);
  });

  it('numbers lines as they are sent, whatever the text', () => {
    const texts = fc.string({ unit: fc.constantFrom('a', '\n', '\r\n', '\r', '\t', '<evidence>') });
    fc.assert(
      fc.property(texts, fc.option(fc.integer({ min: 1, max: 9_000 }), { nil: undefined }), (text, firstLine) => {
        const builder = new IncidentBuilder('x', 0);
        builder.evidence(item('log', text, firstLine === undefined ? {} : { firstLine }));
        builder.ask('orient');
        const [sent] = builder.incident.evidence;
        assert.ok(sent !== undefined);
        const numbers = evidenceBlock(sent)
          .split('\n')
          .slice(1, -1)
          .map((line) => Number(line.split('\t')[0]));
        for (const number of numbers) {
          assert.equal(groundCitation({ kind: 'evidence', id: 'E1', line: number }, builder.incident).grounded, true);
        }
        const after = (numbers.at(-1) ?? 0) + 1;
        assert.equal(groundCitation({ kind: 'evidence', id: 'E1', line: after }, builder.incident).grounded, false);
      }),
    );
  });
});

describe('the grounding of a claim', () => {
  const yes = { grounded: true, evidenceId: 'E1', text: '' } as const;
  const no = { grounded: false, reason: 'notSent' } as const;

  it('needs at least one citation, and every one of them to exist', () => {
    assert.equal(groundingOf([]), 'notGrounded');
    assert.equal(groundingOf([yes]), 'grounded');
    assert.equal(groundingOf([yes, no]), 'notGrounded');
  });

  it('is told for each hypothesis', () => {
    const { builder } = builtIncident();
    const [first, second] = records.hypotheses.data.hypotheses;
    assert.ok(first !== undefined && second !== undefined);
    const hypotheses = [
      { ...first, citations: ['E1:1', 'E2'] },
      { ...second, citations: ['E1:1, E9:1'] },
      { ...second, citations: [] },
    ];
    const claims = groundRecord({ step: 'hypotheses', data: { hypotheses } }, builder.incident);
    assert.deepEqual(
      claims.map(({ index, grounding }) => [index, grounding]),
      [
        [0, 'grounded'],
        [1, 'notGrounded'],
        [2, 'notGrounded'],
      ],
    );
    assert.deepEqual(claims[1]?.citations[1], { cited: 'E9:1', grounded: false, reason: 'notSent' });
  });

  it('looks up the commit itself, by as many digits as Git shows', () => {
    const { builder } = builtIncident();
    const commits = ['a41c9e0 tidy', 'a41c', 'commit b00c9e1', 'c0ffee1 invented', 'the last one'].map((commit) => ({
      commit,
      reason: 'r',
      citations: ['E4:1'],
    }));
    const claims = groundRecord({ step: 'regression', data: { commits } }, builder.incident);
    assert.deepEqual(
      claims.map(({ grounding }) => grounding),
      ['grounded', 'grounded', 'grounded', 'notGrounded', 'notGrounded'],
    );
  });

  it('looks up the line of the bug itself', () => {
    const { builder } = builtIncident();
    const bug = (line: number, citations: readonly string[]): string | undefined =>
      groundRecord(
        { step: 'files', data: { file: 'src/services/payment.js', line, explanation: 'x', citations: [...citations] } },
        builder.incident,
      )[0]?.grounding;
    assert.equal(bug(47, ['E3:47']), 'grounded');
    assert.equal(bug(470, ['E3:47']), 'notGrounded');
    assert.equal(bug(47, []), 'notGrounded');
  });

  it('is not asked of a blast radius that cites nothing, nor of variables that nobody named', () => {
    const { incident } = builtIncident().builder;
    assert.deepEqual(groundRecord(records.blastRadius, incident), []);
    assert.deepEqual(groundRecord({ step: 'environment', data: { variables: [], citations: [] } }, incident), []);
    assert.equal(groundRecord(records.fix, incident)[0]?.grounding, 'notGrounded');
  });
});
