import assert from 'node:assert/strict';
import fc from 'fast-check';
import { joinRisks, knownCallers } from '../../../src/model/joinedRisks.ts';
import { chargeCaller as caller } from '../../support/callerFixtures.ts';
import { harmless, IncidentBuilder } from '../../support/incidents.ts';

const callers = [
  caller('src/routes/checkout.js', 18, 'checkout'),
  caller('src/routes/checkout.js', 40, 'postCheckout'),
  caller('src/services/refund.js', 31, 'refund_order'),
  caller('src/jobs/nightly/retry.js', 12),
  caller('app/größe.py', 3, 'Kasse.zahle_ein'),
];
const all = callers.map(({ path, line }) => `${path}:${line}`);

/** The callers that one risk is joined with. */
function named(why: string, places?: readonly string[]): readonly string[] {
  const risk = { what: 'It may break', why, ...(places === undefined ? {} : { places: [...places] }) };
  const { risks, notMentioned } = joinRisks([risk], callers);
  const found = risks[0]?.callers.map(({ path, line }) => `${path}:${line}`) ?? [];
  const left = notMentioned.map(({ path, line }) => `${path}:${line}`);
  assert.deepEqual([...found, ...left].toSorted(), all.toSorted(), 'each caller is named or not mentioned');
  return found;
}

describe('risks joined with callers', () => {
  const cases: readonly [string, readonly string[]][] = [
    ['src/routes/checkout.js:18 gets another error', ['src/routes/checkout.js:18']],
    ['see `src/routes/checkout.js:40`.', ['src/routes/checkout.js:40']],
    ['see src/routes/checkout.js#L40, where', ['src/routes/checkout.js:40']],
    ['in src/routes/checkout.js line 40 it', ['src/routes/checkout.js:40']],
    ['in checkout.js (line 40)', ['src/routes/checkout.js:40']],
    ['src/routes/checkout.js answers 503', ['src/routes/checkout.js:18', 'src/routes/checkout.js:40']],
    ['as does src/routes/checkout.js.', ['src/routes/checkout.js:18', 'src/routes/checkout.js:40']],
    ['src/routes/checkout.js:99 is near', ['src/routes/checkout.js:18', 'src/routes/checkout.js:40']],
    ['/app/src/services/refund.js:31 in the container', ['src/services/refund.js:31']],
    ['src\\services\\refund.js:31 on Windows', ['src/services/refund.js:31']],
    ['all of src/jobs/nightly', ['src/jobs/nightly/retry.js:12']],
    ['all of jobs/ is affected', ['src/jobs/nightly/retry.js:12']],
    ['refund_order reads it', ['src/services/refund.js:31']],
    ['postCheckout() throws', ['src/routes/checkout.js:40']],
    ['`checkout` throws', ['src/routes/checkout.js:18']],
    ['`await checkout(order)` throws', ['src/routes/checkout.js:18']],
    ['the function checkout() throws', ['src/routes/checkout.js:18']],
    ['zahle_ein bucht doppelt', ['app/größe.py:3']],
    ['app/größe.py bucht doppelt', ['app/größe.py:3']],
  ];
  for (const [why, expected] of cases) it(`by “${why}”`, () => assert.deepEqual(named(why), expected));

  it('not by a word that only happens to be a function’s or a file’s name', () => {
    for (const why of ['the checkout is slow', 'prefund_orders', 'refund', 'read and/or write', 'routes', 'e.g. 3.5 s'])
      assert.deepEqual(named(why), [], why);
  });

  it('by the places that a risk gives, and tells those that are no caller found here', () => {
    assert.deepEqual(named('it may', ['src/services/refund.js:31', 'src/jobs/nightly/retry.js']), [
      'src/services/refund.js:31',
      'src/jobs/nightly/retry.js:12',
    ]);
    const places = ['src/admin/report.js:7', 'src/services/refund.js', 'every page', 'refund_order'];
    const { risks } = joinRisks([{ what: 'a', why: 'b', places }], callers);
    assert.deepEqual(risks[0]?.elsewhere, [{ path: 'src/admin/report.js', line: 7 }]);
    assert.deepEqual(risks[0].callers, [callers[2]]);
  });

  it('a caller may belong to several risks; without risks none is mentioned', () => {
    const twice = joinRisks(
      [
        { what: 'a', why: 'postCheckout waits' },
        { what: 'src/routes/checkout.js:40', why: 'is slow' },
      ],
      callers,
    );
    assert.deepEqual(
      twice.risks.map((risk) => risk.callers),
      [[callers[1]], [callers[1]]],
    );
    assert.equal(twice.notMentioned.length, callers.length - 1);
    assert.deepEqual(joinRisks([], callers), { risks: [], notMentioned: callers });
  });

  it('keeps every risk and every caller whatever the words are, in bounded time', () => {
    const words = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 300 }),
      fc
        .array(fc.constantFrom('a/', '.', ':', '1', '(', '`', 'src/a.js', ' ', '\\', '#L', 'line '))
        .map((all) => all.join('')),
    );
    const place = fc.record({
      of: words.map(harmless),
      path: words.map(harmless),
      line: fc.nat(),
      in: words.map(harmless),
    });
    fc.assert(
      fc.property(
        fc.array(fc.record({ what: words, why: words, places: fc.array(words, { maxLength: 3 }) }), { maxLength: 4 }),
        fc.uniqueArray(place, { maxLength: 5, selector: ({ path, line }) => `${path}:${line}` }),
        (risks, found) => {
          const joined = joinRisks(risks, found);
          assert.deepEqual(
            joined.risks.map(({ what, why }) => [what, why]),
            risks.map(({ what, why }) => [what, why]),
          );
          const mentioned = new Set(joined.risks.flatMap((risk) => risk.callers));
          assert.deepEqual(
            found.filter((one) => !mentioned.has(one)),
            joined.notMentioned,
          );
        },
      ),
    );
    const long = `${'a/'.repeat(4_000)}\`${'x('.repeat(2_000)}`;
    const started = performance.now();
    joinRisks(
      Array.from({ length: 20 }, () => ({ what: long.slice(0, 8_000), why: long.slice(0, 8_000) })),
      Array.from({ length: 100 }, (_, at) => caller(`src/file${at}.js`, at + 1, `someName${at}`)),
    );
    assert.ok(performance.now() - started < 5_000);
  });

  it('are those of the latest list of callers that was not taken out', () => {
    const builder = new IncidentBuilder('x', 0);
    assert.deepEqual(knownCallers(builder.incident), []);
    builder.evidence({ kind: 'callers', title: 'old', callers: callers.slice(0, 1) });
    builder.evidence({ kind: 'callers', title: 'new', callers });
    assert.deepEqual(knownCallers(builder.incident), callers);
    builder.add({ type: 'evidenceRemoved', evidenceId: 'E2' });
    assert.deepEqual(knownCallers(builder.incident), callers.slice(0, 1));
  });
});
