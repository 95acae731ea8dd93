import assert from 'node:assert/strict';
import ts from 'typescript';
import { editName, editProblemWords, explainEdits } from '../../src/editWording.ts';
import type { EditObstacle, EditProblem } from '../../src/model/editProblem.ts';
import { nodes, readSources } from '../support/sources.ts';

/** One of each kind: the compiler asks for those that are added, the test below for those that are forgotten here. */
const obstacles: readonly EditObstacle[] = [
  { kind: 'incomplete' },
  { kind: 'notFound', nearest: { line: 10, endLine: 14 }, applied: 40 },
  { kind: 'ambiguous', lines: [10, 40], count: 2 },
  { kind: 'overlaps', line: 7 },
  { kind: 'clashes', other: 'src/A.js' },
  { kind: 'fileExists' },
  { kind: 'fileMissing' },
  { kind: 'badPath', reason: 'git' },
  { kind: 'link', at: 'src/link' },
  { kind: 'otherName', at: 'SRC' },
  { kind: 'notAFile', at: 'src' },
  { kind: 'ignored' },
  { kind: 'environmentValues' },
  { kind: 'binary' },
  { kind: 'undecodable' },
  { kind: 'tooLarge', bytes: 3_000_000, limit: 2_097_152 },
  { kind: 'placeholder', placeholder: '«stripe-key-1»' },
  { kind: 'hiddenCharacters', codePoint: 0x202e },
  { kind: 'stale' },
  { kind: 'unreadable', code: 'EACCES' },
];

describe('the words on edits that do not fit', () => {
  it('are there for every kind of obstacle', () => {
    const [source] = readSources('src/model/editProblem.ts');
    assert.ok(source);
    const declared = [...nodes(source.ast)].flatMap((node) =>
      ts.isPropertySignature(node) && node.name.getText() === 'kind' && node.type !== undefined
        ? [node.type.getText().slice(1, -1)]
        : [],
    );
    assert.deepEqual(obstacles.map(({ kind }) => kind).sort(), declared.sort());
    const words = obstacles.map(editProblemWords);
    assert.equal(new Set(words).size, words.length);
    for (const one of words) assert.match(one, /^[a-z].*[^.]$/);
  });

  it('say where', () => {
    assert.equal(
      editProblemWords({ kind: 'ambiguous', lines: [10, 40], count: 2 }),
      'replaces a text that is in the file twice: lines 10 and 40',
    );
    assert.equal(
      editProblemWords({ kind: 'ambiguous', lines: [1, 2, 3], count: 300 }),
      'replaces a text that is in the file 300 times: lines 1, 2, 3 …',
    );
    assert.equal(
      editProblemWords({ kind: 'notFound', nearest: { line: 10, endLine: 14 } }),
      'replaces a text that is not in the file; nearest to it are lines 10 to 14',
    );
    assert.match(editProblemWords({ kind: 'hiddenCharacters', codePoint: 0x202e }), /U\+202E/);
  });

  it('name the edit and its file, and count what is not told', () => {
    const problem: EditProblem = { kind: 'fileExists', path: 'test/a.test.js', part: 'test', number: 2 };
    assert.equal(editName(problem), 'Edit 2 of the test, of test/a.test.js,');
    const { what, next } = explainEdits([problem, problem, problem, problem]);
    assert.match(what, /2 more do not fit\.$/);
    assert.match(next, /^Nothing was changed\./);
  });
});
