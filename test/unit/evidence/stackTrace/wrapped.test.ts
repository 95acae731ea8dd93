import assert from 'node:assert/strict';
import type { StackTrace } from '../../../../src/evidence/stackTrace/model.ts';
import { parseStackTraces } from '../../../../src/evidence/stackTrace/parse.ts';
import { readHandTraces } from '../../../support/handTraces.ts';
import { traceWrappers } from '../../../support/tracePrefixes.ts';

/** Of each trace the places of the service's own code, causes below their traces. */
function ownPlaces(traces: readonly StackTrace[]): unknown {
  return traces.map(({ frames, causes }) => [
    frames.filter(({ own }) => own).map(({ file, line }) => `${file}:${line}`),
    ownPlaces(causes.map(({ trace }) => trace)),
  ]);
}

/** What some program or collector has written around it already. */
const isWrapped =
  /^(?:\{"|\[pod|\w[\w.-]* +\| |\d{4}-\d\d-\d\dT\S+ |[A-Z][a-z]{2} [ \d]\d |<\d+>|W2026|section_|LEVEL|\d\d-\d\d )|\\n/m;

describe('a stack trace, whoever has written it on', function () {
  this.timeout(60_000);
  const plain = readHandTraces().filter(({ text }) => !isWrapped.test(text));

  it('is one of at least 150, in every language', () => {
    assert.ok(plain.length >= 150);
  });

  for (const [name, wrap] of Object.entries(traceWrappers))
    it(`is read as if it stood alone: ${name}`, () => {
      const wrong = plain.filter(
        ({ text }) =>
          JSON.stringify(ownPlaces(parseStackTraces(wrap(text)))) !== JSON.stringify(ownPlaces(parseStackTraces(text))),
      );
      // A field of logfmt holds colours and control characters as words only.
      const share = name === 'logfmt' ? 0.1 : 0.02;
      assert.ok(wrong.length <= plain.length * share, wrong.map((trace) => trace.name).join(' '));
    });
});
