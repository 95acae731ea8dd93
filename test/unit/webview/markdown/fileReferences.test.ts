import assert from 'node:assert/strict';
import fc from 'fast-check';
import { findFileReferences, readFileReference } from '../../../../webview/markdown/fileReferences.ts';
import { processorTime } from '../../../support/processorTime.ts';

const found = (text: string) => findFileReferences(text).map(({ start, end }) => text.slice(start, end));
const references = (text: string) => findFileReferences(text).map(({ reference }) => reference);

describe('file references', () => {
  it('finds a path with a line, with or without a column', () => {
    assert.deepEqual(references('in src/services/payment.js:47 and payment.js:47:13'), [
      { path: 'src/services/payment.js', line: 47 },
      { path: 'payment.js', line: 47, column: 13 },
    ]);
  });

  it('finds a path without a line only when it has a slash and an extension', () => {
    assert.deepEqual(references('config/production.env.example, ./a/.env and ../b.tsx but Node.js or README.md'), [
      { path: 'config/production.env.example' },
      { path: './a/.env' },
      { path: '../b.tsx' },
    ]);
  });

  it('finds Windows paths', () => {
    assert.deepEqual(references(String.raw`C:\app\x.cs:12 and src\Data\Pool.cs:8:3`), [
      { path: String.raw`C:\app\x.cs`, line: 12 },
      { path: String.raw`src\Data\Pool.cs`, line: 8, column: 3 },
    ]);
  });

  it('leaves out the punctuation around a path', () => {
    const text = 'See (src/a.ts:1), "b.py:2". Then at handler(src/c.go:3:4): src/d.rb:5-9; [e.js:6]! f.js:7’s';
    assert.deepEqual(found(text), ['src/a.ts:1', 'b.py:2', 'src/c.go:3:4', 'src/d.rb:5-9', 'e.js:6', 'f.js:7']);
  });

  it('keeps the brackets that belong to a path', () => {
    assert.deepEqual(found('app/(shop)/[id]/page.tsx:3 and (app/[id].tsx)'), [
      'app/(shop)/[id]/page.tsx:3',
      'app/[id].tsx',
    ]);
  });

  it('finds files that are known by their whole name', () => {
    assert.deepEqual(found('Dockerfile:12 and deploy/Makefile but Dockerfile'), ['Dockerfile:12', 'deploy/Makefile']);
  });

  for (const text of [
    ...[
      'https://a.example/src/x.js:12',
      'http://localhost:3000/a/b.js',
      'file:///app/a.js:3',
      'webpack:///./src/x.js:1',
    ],
    ...['12:30:45', '2024-05-01T12:30:45.123Z', 'v1.2.3', '1.2.3/4.5', '10.0.0.1:8080', 'localhost:3000'],
    ...[
      'api.example.com:443',
      'db.prod.internal:5432',
      'example.com/index.html',
      'e.g.',
      'i.e./e.g.',
      'Node.js',
      'and/or',
    ],
    ...[
      'TCP/IP.',
      'a.js:0',
      'x.js:99999999',
      'node:internal/process/task_queues:95:5',
      'E1:38',
      ':12',
      '/',
      '\\',
      '..',
      '',
    ],
    ...['50/50', '3.5/4', 'a@b.example', '{}', 'key:value', 'status:500'],
  ]) {
    it(`finds none in ${JSON.stringify(text)}`, () => assert.deepEqual(found(text), []));
  }

  it('reads a text that is a reference as a whole, and no other', () => {
    assert.deepEqual(readFileReference('src/a.ts:3'), { path: 'src/a.ts', line: 3 });
    assert.equal(readFileReference('see src/a.ts:3'), undefined);
    assert.equal(readFileReference('src/a.ts:3.'), undefined);
  });

  it('gives ordered, separate places whose text starts with the path', () => {
    const pieces = fc.constantFrom(
      'src/',
      'a.js',
      ':12',
      ':3',
      ' ',
      '(',
      ')',
      '[',
      ']',
      '.',
      ',',
      '\\',
      'C:',
      '://',
      '-',
      'é',
      '😀',
      '\n',
    );
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 40 }), (parts) => {
        const text = parts.join('');
        let before = 0;
        for (const { start, end, reference } of findFileReferences(text)) {
          assert.ok(start >= before && end > start && end <= text.length);
          assert.ok(text.slice(start, end).startsWith(reference.path) && !/\s/u.test(text.slice(start, end)));
          before = end;
        }
      }),
    );
  });

  it('finds a path wherever white space surrounds it', () => {
    const name = fc.stringMatching(/^[a-z][a-z0-9_-]{0,8}$/u);
    fc.assert(
      fc.property(
        fc.array(name, { minLength: 1, maxLength: 4 }),
        fc.integer({ min: 1, max: 99_999 }),
        (names, line) => {
          const path = `${names.join('/')}.ts`;
          assert.deepEqual(references(`at ${path}:${line} and`), [{ path, line }]);
        },
      ),
    );
  });

  for (const unit of ['a/', 'a.b:1', '[', '(a', ':1', '.', 'a:1)', 'x.js:1,', '\\', 'é'] as const) {
    it(`takes time in proportion to the text for ${JSON.stringify(unit)} repeated`, () => {
      const started = processorTime();
      findFileReferences(unit.repeat(300_000 / unit.length));
      assert.ok(processorTime() - started < 1500);
    });
  }
});
