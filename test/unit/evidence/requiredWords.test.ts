import assert from 'node:assert/strict';
import fc from 'fast-check';
import { createPatternSearch } from '../../../src/evidence/patternSearch.ts';
import { requiredWords } from '../../../src/evidence/requiredWords.ts';

/** A pattern and a text that it matches by how both are made: to try it would take for ever with `((a*)*)*`. */
interface Matched {
  readonly source: string;
  readonly text: string;
}

/** Patterns of what ours are made of, nested; their letters are few, so that words come up by chance. */
const { ways } = fc.letrec<{ ways: Matched; atom: Matched; piece: Matched; sequence: Matched }>((tie) => ({
  ways: fc
    .tuple(fc.array(tie('sequence'), { minLength: 1, maxLength: 2 }), fc.nat())
    .map(([all, taken]) => ({ source: sources(all, '|'), text: all[taken % all.length]?.text ?? '' })),
  sequence: fc
    .array(tie('piece'), { maxLength: 3 })
    .map((all) => ({ source: sources(all, ''), text: all.map(({ text }) => text).join('') })),
  piece: fc
    .tuple(
      tie('atom'),
      fc.constantFrom(
        ['', 1],
        ['', 1],
        ['', 1],
        ['?', 0],
        ['?', 1],
        ['*', 0],
        ['*', 2],
        ['+', 2],
        ['{2}', 2],
        ['{0,2}', 0],
        ['{1,3}?', 3],
      ),
    )
    .map(([{ source, text }, [quantifier, times]]) => ({
      source: `${source}${quantifier}`,
      text: text.repeat(times),
    })),
  atom: fc.oneof(
    { depthSize: 'small', maxDepth: 2, withCrossShrink: true },
    fc.constantFrom('a', 'b', 'c').map((letter) => ({ source: letter, text: letter })),
    fc
      .constantFrom(
        ...Object.entries({
          '[ab]': 'b',
          '[^a\\]]': 'c',
          '\\w': 'd',
          '.': '.',
          ' ': ' ',
          '\\s': ' ',
          '\\x61': 'a',
          '\\u0062': 'b',
          '\\.': '.',
          '\\\\n': '\\n',
          '(?=)': '',
        }),
      )
      .map(([source, text]) => ({ source: `(?:${source})`, text })),
    fc.tuple(tie('ways'), fc.constantFrom('(?:', '(', '(?<name>')).map(([{ source, text }, opening]) => ({
      source: `${opening}${source})`,
      text,
    })),
  ),
}));

function sources(all: readonly Matched[], between: string): string {
  return all.map(({ source }) => source).join(between);
}

describe('the words that a pattern requires', () => {
  it('are read with the ways that it can match, without what may be absent', () => {
    const cases: readonly (readonly [RegExp, ReturnType<typeof requiredWords>])[] = [
      [/\b(?:ignore|forget)\b.{0,40}\brules?\b/, [[['ignore', 'forget'], ['rule']]]],
      [
        /\b(?:new (?:task|role)s?|from now on)\b/,
        [
          [['new'], ['task', 'role']],
          [['from'], ['now'], ['on']],
        ],
      ],
      [/(?:^|[.!?]\s*)stop(?: it)?/, [[['stop']]]],
      [/colou?r/, [[['colo']]]],
      [/x{2,3}yes+no/, [[['yes'], ['no']]]],
      [/(?<!\p{L})(?:忽略)[^。]{0,50}?指令/u, [[['忽略'], ['指令']]]],
      [/(?=must)a|\d+/, [[], []]],
      [/```\s*system\b/, [[['```'], ['system']]]],
    ];
    for (const [regExp, words] of cases) assert.deepEqual(requiredWords(regExp), words, regExp.source);
  });

  it('stand in whatever it matches', () => {
    fc.assert(
      fc.property(fc.tuple(fc.string(), ways, fc.string()), ([before, { source, text }, behind]) => {
        fc.pre(source.split('(?<name>').length < 3);
        const regExp = new RegExp(source);
        const whole = `${before}${text}${behind}`.toLowerCase();
        fc.pre(regExp.test(whole));
        const search = createPatternSearch([/never|nowhere/, new RegExp(source)]);
        assert.ok(search.candidates(search.wordsIn(whole)).includes(1), `${source} in ${whole}`);
      }),
      { numRuns: 1_000 },
    );
  });

  it('of two parts count together, and a pattern whose words are not all there is not tried', () => {
    const search = createPatternSearch([/ignore .{0,9}rules/, /delete all/, /rules .{0,9}ignore|x/]);
    const [first, second] = [search.wordsIn('please ignore'), search.wordsIn('the rules')];
    assert.deepEqual(search.candidates(first), [2]);
    assert.deepEqual(search.candidates(first, second), [0, 2]);
    assert.deepEqual(search.candidates(), [2]);
  });
});
