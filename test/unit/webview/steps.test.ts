import assert from 'node:assert/strict';
import fc from 'fast-check';
import { baselineWords } from '../../../webview/baselineWords.ts';
import { readCommitName } from '../../../webview/commitName.ts';
import { editLines, groupText } from '../../../webview/editLines.ts';
import { readSearch } from '../../../webview/searches.ts';
import { harmless } from '../../support/incidents.ts';

const text = fc
  .array(fc.constantFrom('a', 'b', 'c', '', ' x'))
  .map((lines) => lines.map((line) => `${line}\n`).join(''));

describe('lines of an edit', () => {
  it('show what both texts begin and end with once', () => {
    assert.deepEqual(editLines({ search: 'a\nb\nc\n', replace: 'a\nB\nc\n' }), [
      { sign: ' ', lines: ['a'] },
      { sign: '-', lines: ['b'] },
      { sign: '+', lines: ['B'] },
      { sign: ' ', lines: ['c'] },
    ]);
  });

  it('give both texts back, whatever they are', () => {
    fc.assert(
      fc.property(text, text, (search, replace) => {
        const groups = editLines({ search, replace });
        const side = (left: '-' | '+'): string =>
          groups
            .flatMap(({ sign, lines }) => (sign === ' ' || sign === left ? lines : []))
            .map((line) => `${line}\n`)
            .join('');
        assert.equal(side('-'), search);
        assert.equal(side('+'), replace);
      }),
    );
  });

  it('are all added in a new file, and all removed where nothing replaces them', () => {
    assert.deepEqual(editLines({ newFile: 'a\nb' }), [{ sign: '+', lines: ['a', 'b'] }]);
    assert.deepEqual(editLines({ search: 'a\r\n' }), [{ sign: '-', lines: ['a'] }]);
    assert.deepEqual(editLines({}), []);
  });

  it('carry their sign as text', () => {
    assert.equal(groupText({ sign: '+', lines: ['a', ''] }), '+ a\n+ \n');
  });
});

describe('name of a commit', () => {
  it('is read as an id and a subject, in whatever order', () => {
    const cases = {
      a41c9e0: { id: 'a41c9e0', subject: '' },
      'a41c9e0 tidy configuration loading': { id: 'a41c9e0', subject: 'tidy configuration loading' },
      'commit A41C9E0: tidy (again)': { id: 'a41c9e0', subject: 'tidy (again)' },
      'tidy configuration loading (a41c9e0)': { id: 'a41c9e0', subject: 'tidy configuration loading' },
      'the deploy of Tuesday': { subject: 'the deploy of Tuesday' },
      'fix-a41c9e0': { subject: 'fix-a41c9e0' },
    };
    for (const [written, read] of Object.entries(cases)) assert.deepEqual(readCommitName(written), read, written);
  });
});

describe('baseline in words', () => {
  it('says what each kind means', () => {
    const now = new Date(2026, 0, 5, 12, 0).getTime();
    const time = new Date(2026, 0, 5, 2, 30).getTime();
    assert.equal(baselineWords({ kind: 'commitsBack', count: 5 }, now), 'HEAD~5, the last 5 commits');
    assert.equal(baselineWords({ kind: 'commitsBack', count: 1 }, now), 'HEAD~1, the commit before the last');
    assert.equal(baselineWords({ kind: 'tag', name: 'v2' }, now), 'the tag v2');
    assert.equal(baselineWords({ kind: 'commit', hash: 'a41c9e0f'.repeat(5) }, now), 'commit a41c9e0fa4');
    assert.equal(baselineWords({ kind: 'before', time }, now), 'what was there at 02:30, when it still worked');
  });
});

describe('search within a reply', () => {
  const call = (answer: string, inputJson = '{"pattern":"x","path":"src"}', accepted = true) =>
    readSearch({
      type: 'toolCall',
      callId: 'c',
      name: 'search_repository',
      inputJson: harmless(inputJson),
      answer: harmless(answer),
      accepted,
    });

  it('counts the lines that were found', () => {
    assert.deepEqual(call('a.js:1: x\nb.js:20: x = 1\n(There are more; narrow the pattern or the path.)'), {
      pattern: 'x',
      path: 'src',
      hits: 2,
      cut: true,
    });
    assert.equal(call('No line of the repository has a:1: b.')?.hits, 0);
  });

  it('has no count where it was refused, and no pattern where its input is none', () => {
    assert.equal(call('The search failed.', undefined, false)?.hits, undefined);
    for (const input of ['', '{', 'null', '[]', '{"pattern":7}']) assert.equal(call('', input)?.pattern, '', input);
  });
});
