import assert from 'node:assert/strict';
import fc from 'fast-check';
import { ago, clockTime, elapsed, fileSize, stopwatch, tokens } from '../../../webview/format.ts';
import { shownPath } from '../../../webview/shownNames.ts';
import { takeSentences } from '../../../webview/sentences.ts';

const [second, minute, hour] = [1000, 60_000, 3_600_000];

describe('panel formatting', () => {
  it('says elapsed time as a person does', () => {
    const times = [-5, 7 * second, 751 * second, 3 * hour + 5 * minute, 52 * hour];
    assert.deepEqual(times.map(elapsed), ['0 s', '7 s', '12 min 31 s', '3 h 05 min', '2 d 4 h']);
    assert.deepEqual([0, 7 * second, 751 * second, 3723 * second].map(stopwatch), ['0:00', '0:07', '12:31', '1:02:03']);
  });

  it('shows the date only of another day', () => {
    const at = new Date(2026, 10, 22, 2, 47).getTime();
    assert.equal(clockTime(at, at + hour), '02:47');
    assert.equal(clockTime(at, at + 30 * hour), '2026-11-22 02:47');
  });

  it('leaves out the date of a day that the reader knows, as that of an incident that ran past midnight', () => {
    const began = new Date(2026, 10, 22, 23, 10).getTime();
    const [thatNight, nextDay] = [began + 20 * minute, began + 2 * hour];
    assert.equal(clockTime(thatNight, nextDay, began), '23:30');
    assert.equal(clockTime(nextDay, nextDay, began), '01:10');
    assert.equal(clockTime(nextDay, nextDay + 30 * hour, began), '2026-11-23 01:10');
  });

  it('shows a path whole, unless it is overlong: then it loses its middle, never the name of the file', () => {
    const usual = 'packages/checkout/src/services/payment/providers/stripe/charges/createCharge.integration.test.ts';
    assert.equal(shownPath(usual), usual);
    const shown = shownPath(`src/${'😀'.repeat(500)}/payment.js`);
    assert.match(shown, /^src\/😀+…😀+\/payment\.js$/u);
    assert.equal(Array.from(shown).length, 100);
  });

  it('keeps numbers short', () => {
    assert.deepEqual([812, 18_400, 999_949, 999_950, 1_200_000].map(tokens), ['812', '18.4k', '999.9k', '1M', '1.2M']);
    assert.deepEqual([1, 812, 12_700, 3_400_000, 10.5 * 1024 ** 3].map(fileSize), [
      '1 byte',
      '812 bytes',
      '12 KB',
      '3.2 MB',
      '10.5 GB',
    ]);
    assert.deepEqual([ago(10, 20), ago(0, 4 * minute), ago(0, 50 * hour)], ['just now', '4 min ago', '2 d ago']);
  });
});

describe('sentences for a screen reader', () => {
  it('are taken when they are complete, without marks', () => {
    const text = '**It fails** in `a.js`. And th';
    assert.deepEqual(takeSentences(text, 0), { spoken: 'It fails in a.js.', next: 23 });
    assert.deepEqual(takeSentences(text, 23), { spoken: '', next: 23 });
  });

  it('are spoken in short batches, however much came, and each place in the text is passed once', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: fc.constantFrom('a', '.', ' ', '\n', '*', '`', '#') })), (chunks) => {
        let text = '';
        let from = 0;
        for (const chunk of chunks) {
          text += chunk;
          const { spoken, next } = takeSentences(text, from);
          assert.ok(spoken.length <= 280 && next >= from && next <= text.length);
          from = next;
        }
      }),
    );
  });
});
