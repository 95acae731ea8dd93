import assert from 'node:assert/strict';
import fc from 'fast-check';
import { parseCitation, parseCitations } from '../../../src/model/citations.ts';
import type { Citation } from '../../../src/model/citations.ts';
import { processorTime } from '../../support/processorTime.ts';

const line = (id: `E${number}`, from?: number, to?: number): Citation => ({
  kind: 'evidence',
  id,
  ...(from === undefined ? {} : { line: from }),
  ...(to === undefined ? {} : { endLine: to }),
});

describe('reading one citation', () => {
  const cases: readonly (readonly [string, Citation])[] = [
    ['E1:38', line('E1', 38)],
    ['[E1:38]', line('E1', 38)],
    ['E1:38-45', line('E1', 38, 45)],
    ['E1:45-38', line('E1', 38, 45)],
    ['E1:L38–L45', line('E1', 38, 45)],
    ['E3', line('E3')],
    ['src/services/payment.js:47', { kind: 'file', path: 'src/services/payment.js', line: 47 }],
    ['src/a.js:47-52', { kind: 'file', path: 'src/a.js', line: 47, endLine: 52 }],
    ['payment.js:47:12', { kind: 'file', path: 'payment.js', line: 47 }],
    ['src/a.js#L47', { kind: 'file', path: 'src/a.js', line: 47 }],
    ['app/[id]/page.tsx:12', { kind: 'file', path: 'app/[id]/page.tsx', line: 12 }],
    ['C:\\app\\a b\\x.js:4', { kind: 'file', path: 'C:\\app\\a b\\x.js', line: 4 }],
    ['Dockerfile:3', { kind: 'file', path: 'Dockerfile', line: 3 }],
    ['config/production.env.example', { kind: 'file', path: 'config/production.env.example' }],
    ['`A41C9E0`', { kind: 'commit', hash: 'a41c9e0' }],
    ['commit a41c9e0', { kind: 'commit', hash: 'a41c9e0' }],
    ['STRIPE_KEY', { kind: 'variable', name: 'STRIPE_KEY' }],
    ['${STRIPE_KEY}', { kind: 'variable', name: 'STRIPE_KEY' }],
    ['process.env.stripeKey', { kind: 'variable', name: 'stripeKey' }],
    ['the log says so', { kind: 'text', text: 'the log says so' }],
    ['E0', { kind: 'text', text: 'E0' }],
    ['https://x.example/a:1', { kind: 'text', text: 'https://x.example/a:1' }],
    ['(as seen)', { kind: 'text', text: '(as seen)' }],
    ['2.18.4', { kind: 'text', text: '2.18.4' }],
    ['', { kind: 'text', text: '' }],
  ];
  for (const [text, expected] of cases) {
    it(`reads ${JSON.stringify(text)} as ${expected.kind}`, () => assert.deepEqual(parseCitation(text), expected));
  }
});

describe('reading several citations of one text', () => {
  const cases: readonly (readonly [string, readonly Citation[]])[] = [
    ['E1:38, E1:42', [line('E1', 38), line('E1', 42)]],
    ['[E1:38], [E2]', [line('E1', 38), line('E2')]],
    ['E1:38,45-47', [line('E1', 38), line('E1', 45, 47)]],
    ['E1:38 to E1:42', [line('E1', 38), line('E1', 42)]],
    ['E1/E2', [line('E1'), line('E2')]],
    ['E2:12 (the timeout, e.g. here)', [line('E2', 12)]],
    ['E1, line 38', [line('E1', 38)]],
    ['E1 lines 38-40', [line('E1', 38, 40)]],
    ['E3: config/index.js:12', [line('E3'), { kind: 'file', path: 'config/index.js', line: 12 }]],
    ['payment.js, line 47', [{ kind: 'file', path: 'payment.js', line: 47 }]],
    ['see a41c9e0 in E4:3', [{ kind: 'commit', hash: 'a41c9e0' }, line('E4', 3)]],
    ['E1:38, where config.stripe is undefined and POST fails', [line('E1', 38)]],
    ['the defaced page', [{ kind: 'text', text: 'the defaced page' }]],
  ];
  for (const [text, expected] of cases) {
    it(`reads ${JSON.stringify(text)}`, () =>
      assert.deepEqual(
        parseCitations(text).map(({ citation }) => citation),
        expected,
      ));
  }

  it('reads any text into at least one citation, and every number of a line as one from 0', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ unit: 'binary' }),
          fc.string({ unit: fc.constantFrom('E', '1', ':', '38', '-', ',', '[', ']', ' ', '.', '/', 'a', 'L') }),
        ),
        (text) => {
          const read = parseCitations(text);
          assert.ok(read.length > 0);
          for (const { citation } of read) {
            if (citation.kind !== 'evidence' || citation.endLine === undefined) continue;
            assert.ok(citation.line !== undefined && citation.line < citation.endLine);
          }
        },
      ),
    );
  });

  it('reads a long hostile text in time', () => {
    const started = processorTime();
    for (const piece of ['[', ']', '(', 'a/', 'a.', 'E1:', ' ,', '/', '"', 'a[']) parseCitations(piece.repeat(200_000));
    assert.ok(processorTime() - started < 2_000);
  });
});
