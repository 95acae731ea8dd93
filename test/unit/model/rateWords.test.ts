import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import type { RateFacts } from '../../../src/model/errorRate.ts';
import { inEnglish, texts, useTexts } from '../../../src/model/l10n.ts';
import { rateWords, shownRate } from '../../../src/model/rateWords.ts';

const minute = 60_000;
const from = Date.UTC(2026, 10, 22, 1, 0);
const facts = { total: 40, untimed: 0, span: { from, to: from + 100 * minute } };
const onset = { kind: 'began', at: from + 30 * minute, rateBefore: 0.2 / minute / 60, rateSince: 25 / minute } as const;
const before = { hash: 'a41c9e0d8f', at: from + 26 * minute, subject: 'tidy configuration', tags: ['v2', 'live'] };

describe('words for an error rate', () => {
  it('say that there is no clear beginning, or an earlier one, or too little', () => {
    assert.match(rateWords({ ...facts, onset: { kind: 'noClearBeginning' } }), /with no clear beginning\.$/);
    assert.match(rateWords({ ...facts, onset: { kind: 'beganEarlier' } }), /it began earlier\.$/);
    assert.match(rateWords({ ...facts, total: 2, onset: { kind: 'tooFew' } }), /^2 errors from .+ too few/);
  });

  it('say how often before and since, and what is not in the plot', () => {
    const words = rateWords({ ...facts, untimed: 3, onset });
    assert.match(words, /^37 errors from 2026-11-22 01:00:00 UTC to 02:40:00 UTC\. 3 more carry no time/);
    assert.match(words, /They began at 01:30:00 UTC: 25 a minute then, 0\.2 an hour before\.$/);
    const over = rateWords({ ...facts, onset: { ...onset, endedAt: from + 40 * minute, rateBefore: 0 } });
    assert.match(over, /at 01:30:00 UTC, and were over at 01:40:00 UTC: 25 a minute then, none otherwise\.$/);
  });

  it('name the last commit before, or that all are later', () => {
    const named =
      /The last commit before that is a41c9e0 “tidy configuration” \(tag v2, live\), made 4 min 00 s earlier/;
    assert.match(rateWords({ ...facts, onset, before }), named);
    assert.match(rateWords({ ...facts, onset, before: { ...before, tags: [] } }), /configuration”, made 4 min/);
    assert.match(rateWords({ ...facts, onset, allLater: true }), /All of the recent commits are later/);
  });

  it('have no commit subject or tag that turns the words behind it, or is longer than a label', () => {
    const words = rateWords({
      ...facts,
      onset,
      before: { ...before, subject: 'x\u202ey'.repeat(4_000), tags: ['a\u2066'] },
    });
    assert.doesNotMatch(words, /\p{Bidi_Control}/u);
    assert.match(words, /⟨U\+202E⟩.+⟨U\+2066⟩\), made 4 min 00 s earlier/);
    assert.ok(words.length < 600, `${words.length} characters`);
  });

  it('are in the language of the reader, for Claude in English, and as recorded where no facts are', async () => {
    const english = texts();
    const german = new URL('../../../l10n/bundle.l10n.de.json', import.meta.url);
    const told: RateFacts<string> = { ...facts, untimed: 1, onset, before };
    const words = rateWords(told);
    useTexts({
      language: 'de',
      locale: 'de-DE',
      table: JSON.parse(await readFile(german, 'utf8')) as Record<string, string>,
    });
    try {
      const shown = shownRate({ words, facts: told });
      assert.match(shown, /^39 Fehler .* 0,2 pro Stunde\. .* a41c9e0 “tidy configuration”/);
      assert.doesNotMatch(shown, /\b(errors|began|commit before|earlier)\b/);
      assert.equal(
        inEnglish(() => rateWords(told)),
        words,
      );
      assert.equal(shownRate({ words }), words);
    } finally {
      useTexts(english);
    }
  });
});
