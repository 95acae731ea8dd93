import assert from 'node:assert/strict';
import fc from 'fast-check';
import { editText, withChanges } from '../../../src/fix/editText.ts';
import type { FixEdit } from '../../../src/fix/editText.ts';
import type { EditObstacle } from '../../../src/model/editProblem.ts';

const path = 'src/a.js';

function edited(before: string | undefined, ...edits: Omit<FixEdit, 'path'>[]): ReturnType<typeof editText> {
  return editText(
    before,
    edits.map((edit, index) => ({ edit: { path, ...edit }, index })),
  );
}

function textOf(before: string | undefined, ...edits: Omit<FixEdit, 'path'>[]): string {
  const result = edited(before, ...edits);
  assert.ok(result.ok, JSON.stringify(result));
  return result.text;
}

function obstacles(before: string | undefined, ...edits: Omit<FixEdit, 'path'>[]): readonly EditObstacle[] {
  const result = edited(before, ...edits);
  assert.ok(!result.ok, 'it was edited');
  return result.obstacles.map(({ obstacle }) => obstacle);
}

describe('edits of a text', () => {
  it('replace a text that stands there once', () => {
    assert.equal(textOf('one\ntwo\nthree\n', { search: 'two', replace: '2' }), 'one\n2\nthree\n');
  });

  it('are made together: each search is of the text as it was', () => {
    const before = 'a = 1\nb = 2\n';
    assert.equal(
      textOf(before, { search: 'b = 2', replace: 'a = 1' }, { search: 'a = 1', replace: 'b = 2' }),
      'b = 2\na = 1\n',
    );
  });

  it('may touch each other', () => {
    assert.equal(textOf('abcd', { search: 'cd', replace: 'CD' }, { search: 'ab', replace: 'AB' }), 'ABCD');
  });

  it('may take text away', () => {
    assert.equal(textOf('one\ntwo\nthree\n', { search: 'two\n', replace: '' }), 'one\nthree\n');
  });

  it('make a new file as it is given', () => {
    assert.equal(textOf(undefined, { newFile: 'x\r\ny' }), 'x\r\ny');
  });

  it('leave a file alone that is already what is given as new', () => {
    const result = edited('x\r\ny\r\n', { newFile: 'x\ny\n' });
    assert.ok(result.ok);
    assert.equal(result.text, 'x\r\ny\r\n');
    assert.deepEqual(result.changes, []);
  });

  it('fit the end of a file without a final line break, and add none', () => {
    assert.equal(textOf('one\ntwo', { search: 'two\n', replace: 'three\n' }), 'one\nthree');
  });

  it('keep CRLF where they change text with it', () => {
    assert.equal(textOf('a\r\nb\r\nc\r\n', { search: 'b\nc\n', replace: 'x\ny\nz\n' }), 'a\r\nx\r\ny\r\nz\r\n');
    assert.equal(textOf('a\r\nb', { search: 'b', replace: 'x\ny' }), 'a\r\nx\r\ny');
  });

  it('keep each kind of line end where a file has both', () => {
    const before = 'unix\nwindows\r\nlast\r\nunix again\n';
    assert.equal(
      textOf(before, { search: 'windows\nlast', replace: 'W\nL' }, { search: 'unix\n', replace: 'u\nv\n' }),
      'u\nv\nW\r\nL\r\nunix again\n',
    );
  });

  describe('are all refused, and each obstacle is told', () => {
    it('where a text is not there, with the lines nearest to it', () => {
      const before = 'function a() {\n  return 1;\n}\nfunction charge(order) {\n\tconst key = config.stripe.key;\n}\n';
      assert.deepEqual(
        obstacles(before, {
          search: 'function charge(order) {\n    const key = config.stripe.key;\n}',
          replace: 'x',
        }),
        [{ kind: 'notFound', nearest: { line: 4, endLine: 6 } }],
      );
    });

    it('where a single line was written down wrongly, with the line most like it', () => {
      assert.deepEqual(
        obstacles('let x;\nconst limit = Number(env.LIMIT_PER_USER);\n', {
          search: 'const limit = parseInt(env.LIMIT_PER_USER);',
          replace: '',
        }),
        [{ kind: 'notFound', nearest: { line: 2, endLine: 2 } }],
      );
    });

    it('where nothing is like it, without a guess', () => {
      assert.deepEqual(obstacles('alpha\nbeta\n', { search: 'gamma delta', replace: '' }), [{ kind: 'notFound' }]);
    });

    it('where it is applied already, with the line where', () => {
      const [obstacle] = obstacles('a\nconst key = requireKey();\n', {
        search: 'const key = config.key;',
        replace: 'const key = requireKey();',
      });
      assert.equal(obstacle?.kind === 'notFound' ? obstacle.applied : undefined, 2);
    });

    it('where a text is there more than once, with the lines', () => {
      const before = `${'x\n'.repeat(9)}return key;\n${'y\n'.repeat(29)}return key;\n`;
      assert.deepEqual(obstacles(before, { search: 'return key;', replace: '' }), [
        { kind: 'ambiguous', lines: [10, 40], count: 2 },
      ]);
    });

    it('where places of a text overlap each other', () => {
      assert.deepEqual(obstacles('aaa', { search: 'aa', replace: 'b' }), [{ kind: 'ambiguous', lines: [1], count: 2 }]);
    });

    it('where two edits change the same text', () => {
      const result = edited(
        'one\ntwo\nthree\n',
        { search: 'one\ntwo', replace: '' },
        { search: 'two\nthree', replace: '' },
      );
      assert.deepEqual(result, { ok: false, obstacles: [{ index: 1, obstacle: { kind: 'overlaps', line: 2 } }] });
    });

    it('where the same edit comes twice', () => {
      assert.deepEqual(obstacles('one\n', { search: 'one', replace: '1' }, { search: 'one', replace: '1' }), [
        { kind: 'overlaps', line: 1 },
      ]);
    });

    it('where a new file is there with another text, or is edited besides', () => {
      assert.deepEqual(obstacles('x', { newFile: 'y' }), [{ kind: 'fileExists' }]);
      assert.deepEqual(
        obstacles(undefined, { newFile: 'y' }, { newFile: 'y' }).map(({ kind }) => kind),
        ['overlaps', 'overlaps'],
      );
    });

    it('where a file to change is not there', () => {
      assert.deepEqual(obstacles(undefined, { search: 'a', replace: 'b' }), [{ kind: 'fileMissing' }]);
    });

    for (const [what, edit] of Object.entries({
      nothing: {},
      'an empty search': { search: '', replace: 'x' },
      'no replacement': { search: 'a' },
      'both kinds at once': { search: 'a', replace: 'b', newFile: 'c' },
    })) {
      it(`where an edit gives ${what}`, () => {
        assert.deepEqual(obstacles('a', edit), [{ kind: 'incomplete' }]);
      });
    }

    it('where what stands for a secret would be written into a file', () => {
      const placeholder = '«stripe-key-1»';
      assert.deepEqual(obstacles("key = 'x'", { search: "key = 'x'", replace: `key = '${placeholder}'` }), [
        { kind: 'placeholder', placeholder },
      ]);
      assert.deepEqual(obstacles("key = 'sk'", { search: `key = '${placeholder}'`, replace: '' }), [
        { kind: 'placeholder', placeholder },
      ]);
      assert.equal(
        textOf(`// ${placeholder}\n`, { search: `// ${placeholder}`, replace: placeholder }),
        `${placeholder}\n`,
      );
    });

    it('where characters come in that hide code, or that no file can hold', () => {
      assert.deepEqual(obstacles('a', { search: 'a', replace: 'b\u202e' }), [
        { kind: 'hiddenCharacters', codePoint: 0x202e },
      ]);
      assert.deepEqual(obstacles(undefined, { newFile: '\ud800' }), [{ kind: 'hiddenCharacters', codePoint: 0xd800 }]);
      assert.deepEqual(obstacles(undefined, { newFile: 'a\0b' }), [{ kind: 'binary' }]);
      assert.equal(textOf('a\u2066', { search: 'a\u2066', replace: 'b\u2066' }), 'b\u2066');
    });

    it('with every edit that does not fit, not only the first', () => {
      const result = edited(
        'one\n',
        { search: '1', replace: '' },
        { search: 'one', replace: '' },
        { search: '2', replace: '' },
      );
      assert.deepEqual(result.ok ? [] : result.obstacles.map(({ index }) => index), [0, 2]);
    });
  });

  describe('of any text', () => {
    const line = fc.constantFrom('', 'a', 'b', 'ab', '  a', '}', 'é', '\u{1f600}');
    const lineEnd = fc.constantFrom('\n', '\r\n');
    const anyText = fc
      .tuple(fc.array(fc.tuple(line, lineEnd), { maxLength: 12 }), line)
      .map(([lines, last]) => lines.map((parts) => parts.join('')).join('') + last);
    const anyEdits = fc.array(fc.tuple(fc.nat(40), fc.integer({ min: 1, max: 12 }), anyText), {
      minLength: 1,
      maxLength: 3,
    });

    it('change what they cover and leave everything else to the letter', () => {
      fc.assert(
        fc.property(anyText, anyEdits, (before, drafts) => {
          const edits = drafts.map(([at, length, replace]) => ({
            search: before.slice(at, at + length).replaceAll('\r\n', '\n'),
            replace,
          }));
          const result = edited(before, ...edits);
          if (!result.ok) return;
          assert.equal(result.text, withChanges(before, result.changes));
          let at = 0;
          let kept = '';
          for (const { start, end } of result.changes) {
            assert.ok(start >= at && end > start, 'they are in order and do not overlap');
            kept += before.slice(at, start);
            at = end;
          }
          kept += before.slice(at);
          const covered = result.changes.reduce((sum, { start, end }) => sum + end - start, 0);
          assert.equal(kept.length + covered, before.length);
          assert.equal(result.changes.length, edits.length);
          for (const { start, end } of result.changes) {
            const found = before.slice(start, end).replaceAll('\r\n', '\n');
            assert.ok(edits.some(({ search }) => search === found || search === `${found}\n`));
          }
        }),
        { numRuns: 500 },
      );
    });

    it('make nothing at all where one of them does not fit', () => {
      fc.assert(
        fc.property(anyText, anyEdits, fc.nat(3), (before, drafts, place) => {
          const edits: Omit<FixEdit, 'path'>[] = drafts.map(([at, length, replace]) => ({
            search: before.slice(at, at + length),
            replace,
          }));
          edits.splice(place, 0, { search: 'nowhere in it', replace: 'x' });
          assert.equal(edited(before, ...edits).ok, false);
        }),
        { numRuns: 200 },
      );
    });

    it('undo by their reverse', () => {
      fc.assert(
        fc.property(anyText, fc.nat(40), fc.integer({ min: 1, max: 12 }), (before, at, length) => {
          const result = edited(before, { search: before.slice(at, at + length), replace: 'Z\nZ' });
          if (!result.ok) return;
          const [change] = result.changes;
          assert.ok(change);
          const back = withChanges(result.text, [
            {
              start: change.start,
              end: change.start + change.text.length,
              text: before.slice(change.start, change.end),
            },
          ]);
          assert.equal(back, before);
        }),
      );
    });
  });

  it('look for the nearest lines of a large file in little time', () => {
    const before = Array.from({ length: 60_000 }, (_, at) => `const value${at} = compute(${at});`).join('\n');
    const search = Array.from(
      { length: 2_000 },
      (_, at) => `const value${at + 30_000} = compute(${at + 30_001});`,
    ).join('\n');
    const start = performance.now();
    assert.equal(obstacles(before, { search, replace: '' })[0]?.kind, 'notFound');
    assert.ok(performance.now() - start < 3_000);
  });
});
