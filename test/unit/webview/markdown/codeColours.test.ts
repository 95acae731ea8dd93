import assert from 'node:assert/strict';
import fc from 'fast-check';
import { codeLanguage } from '../../../../src/model/codeLanguage.ts';
import { codeMode, codeTokens, colouredLanguages, startState } from '../../../../webview/markdown/code/modes.ts';
import { cut, difference, inPiecesOf, parsedAtOnce, streamed } from '../../../support/markdownDom.ts';

const fence = (language: string, code: string): string => `\`\`\`${language}\n${code}\n\`\`\`\n`;

/** The classes of the pieces of a listing's first line, with their text; plain ones have an empty class. */
function pieces(language: string, line: string): string[] {
  const code = streamed([fence(language, line)]).querySelector('.code-line');
  return [...(code?.childNodes ?? [])].flatMap((node) => {
    const words = node.textContent?.trim() ?? '';
    if (words === '') return [];
    return [`${node instanceof Element ? node.className.replace('code-', '') : ''}:${words}`];
  });
}

describe('colours of a listing', function () {
  this.timeout(20_000);

  it('tell keywords, strings, numbers, names, types and comments apart, in the languages of an incident', () => {
    assert.deepEqual(pieces('ts', 'const limit: number = 10; // pool'), [
      ...['keyword:const', 'name:limit', '::', 'type:number', ':=', 'number:10', ':;', 'comment:// pool'],
    ]);
    assert.ok(pieces('python', 'def charge(order): return "x" # y').includes('keyword:def'));
    assert.ok(pieces('json', '{"pool": 10, "on": true}').includes('name:"pool"'));
    assert.ok(pieces('yaml', 'replicas: 3').includes('number:3'));
    assert.ok(pieces('bash', 'kubectl logs "$POD" # last').includes('comment:# last'));
    assert.ok(pieces('SQL', "SELECT id FROM orders WHERE total > 10 -- big 'x'").includes('keyword:SELECT'));
    assert.ok(pieces('sql', "insert into t values ('it''s')").includes("string:'it''s'"));
    assert.ok(pieces('java', 'private String name = "a";').includes('string:"a"'));
    assert.ok(pieces('go', 'func main() { return nil }').includes('keyword:func'));
    assert.ok(pieces('rust', 'let x = 5;').includes('keyword:let'));
    assert.ok(pieces('ruby', 'def pay').includes('keyword:def'));
    assert.ok(pieces('dockerfile', 'FROM node:20').includes('keyword:FROM'));
  });

  it('keep what a line begins with: a comment and a template go on over lines', () => {
    const lines = streamed([fence('js', '/* one\ntwo */ const a = `x\ny` + 1')]).querySelectorAll('.code-line');
    assert.equal(lines[1]?.querySelector('.code-comment')?.textContent, 'two */');
    assert.match(lines[2]?.querySelector('.code-string')?.textContent ?? '', /^y`/);
  });

  it('mark the lines of a diff, which begin with their sign all the same', () => {
    const shown = streamed([fence('diff', '--- a\n+++ b\n@@ -1 +1 @@\n-pool: 10\n+pool: 50\n same')]);
    const marked = [...shown.querySelectorAll('.inserted, .deleted')].map(({ className, textContent }) => [
      className,
      textContent,
    ]);
    assert.deepEqual(marked, [
      ['code-line deleted', '-pool: 10\n'],
      ['code-line inserted', '+pool: 50\n'],
    ]);
  });

  it('leave alone what has no known language, and lines as long as those of minified code', () => {
    for (const text of [fence('', 'const a'), fence('brainfuck', '+++'), '    const a = 1;\n']) {
      assert.equal(streamed([text]).querySelectorAll('.code-line, .code-lines > *').length, 0, text);
    }
    const long = streamed([fence('js', `const a = 1;${'x'.repeat(2_000)}\nconst b = 2;`)]);
    const [first, second] = long.querySelectorAll('.code-line');
    assert.equal(first?.childElementCount, 0);
    assert.equal(second?.querySelector('.code-keyword')?.textContent, 'const');
  });

  it('come once a line is finished, and with the end of the text for its last line', () => {
    const text = '```js\nconst a = 1;\nconst b';
    const [first, second] = streamed([text]).querySelectorAll('.code-line');
    assert.equal(first?.querySelector('.code-keyword')?.textContent, 'const');
    assert.equal(second?.querySelector('.code-keyword')?.textContent, 'const');
    assert.equal(difference(streamed(text.split('')), parsedAtOnce(text)), undefined);
  });

  it('change nothing of the code', () => {
    const code = Array.from({ length: 300 }, (_, line) => `  if (a${line}) { b("${line}"); } // c`).join('\n');
    for (const language of ['js', 'py', 'diff', 'sh', 'c#', 'yaml', 'nothing']) {
      assert.equal(streamed(inPiecesOf(13, fence(language, code))).querySelector('code')?.textContent, `${code}\n`);
    }
  });

  const fragments = fc.constantFrom(
    ...[
      'const a = 1;',
      '/*',
      '*/',
      '`',
      '${',
      '}',
      '"',
      "'",
      '"""',
      '#',
      '//',
      '<a href=',
      '-->',
      '<!--',
      '=begin',
      '=end',
    ],
    ...[
      '{',
      '(',
      ')',
      '[',
      '<<EOF',
      'EOF',
      '\\',
      'r"',
      '|',
      '+ x',
      '- y',
      '@@',
      'key: |',
      '  deep',
      '',
      '\t',
      'λ😀',
      '--',
    ],
  );
  const languages = fc.constantFrom(
    'ts',
    'js',
    'jsx',
    'json',
    'py',
    'sh',
    'sql',
    'yaml',
    'html',
    'rb',
    'rs',
    'java',
    'ps1',
  );
  const listings = fc
    .tuple(
      fc.constantFrom('', '', '> ', '- '),
      languages,
      fc.array(fc.array(fragments, { maxLength: 4 }), { minLength: 1, maxLength: 150 }),
      fc.boolean(),
    )
    .map(([container, language, lines, closed]) => {
      const body = [`\`\`\`${language}`, ...lines.map((line) => line.join(' ')), ...(closed ? ['```', ''] : [])];
      const rest = container.replace('- ', '  ');
      return body.map((line, index) => (index === 0 ? container : rest) + line).join('\n');
    });

  it('are the same however the text is cut, through strings and comments without end', () => {
    fc.assert(
      fc.property(
        fc.array(listings, { minLength: 1, maxLength: 3 }),
        fc.array(fc.nat(), { maxLength: 40 }),
        (all, at) => {
          const text = all.join('\n');
          const found = difference(streamed(cut(text, at)), parsedAtOnce(text));
          assert.equal(found, undefined);
        },
      ),
      { numRuns: 80 },
    );
  });

  it('are the same in a long list of listings, where items are left out of what is parsed again', () => {
    const item = (index: number): string =>
      `- item ${index}\n\n  \`\`\`js\n  const a = \`${index}\n  open /* ${index}\n  \`\`\`\n`;
    const text = Array.from({ length: 30 }, (_, index) => item(index)).join('');
    for (const length of [1, 7, 64, 333]) {
      assert.equal(difference(streamed(inPiecesOf(length, text)), parsedAtOnce(text)), undefined);
    }
  });

  it('read every line to its end and throw at nothing, in every language', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...colouredLanguages),
        fc.array(fc.array(fragments, { maxLength: 6 }), { maxLength: 30 }),
        (language, lines) => {
          const mode = codeMode(language);
          assert.ok(mode);
          const state = startState(mode);
          for (const line of lines.map((each) => each.join(' '))) {
            const tokens = codeTokens(mode, line, state);
            assert.equal(tokens.map(({ text }) => text).join(''), line);
          }
        },
      ),
      { numRuns: 400 },
    );
  });

  it('are those of the listing alone, whatever another one of its language was read before it', () => {
    const lines = fc.array(
      fc.array(fragments, { maxLength: 6 }).map((each) => each.join(' ')),
      { maxLength: 6 },
    );
    const read = (language: string, code: readonly string[]) => {
      const mode = codeMode(language);
      assert.ok(mode);
      const state = startState(mode);
      return code.map((line) => codeTokens(mode, line, state));
    };
    fc.assert(
      fc.property(fc.constantFrom(...colouredLanguages), lines, lines, lines, (language, code, one, other) => {
        read(language, one);
        const afterOne = read(language, code);
        read(language, other);
        assert.deepEqual(read(language, code), afterOne);
      }),
      { numRuns: 1_000, examples: [['json', ['#  λ😀'], ['{'], ['a']]] },
    );
  });

  it('cost no more than in proportion, whatever a hostile reply opens', () => {
    const time = (count: number, line: string): number => {
      const text = fence('js', Array.from({ length: count }, () => line).join('\n'));
      const started = performance.now();
      streamed(inPiecesOf(2_000, text));
      return performance.now() - started;
    };
    for (const line of ['('.repeat(100), '`${'.repeat(30), '{['.repeat(50), '<a '.repeat(30)]) {
      time(200, line);
      assert.ok(time(1_600, line) <= 40 * time(200, line) + 200, line);
    }
  });
});

describe('names of languages', () => {
  it('are found in any case, with what some write behind them', () => {
    assert.equal(codeLanguage('TypeScript'), 'typescript');
    assert.equal(codeLanguage('js{1,3}'), 'javascript');
    assert.equal(codeLanguage('sh'), 'shellscript');
    assert.equal(codeLanguage('c++'), 'cpp');
    for (const none of ['', 'constructor', '__proto__', 'toString', 'klingon']) {
      assert.equal(codeLanguage(none), undefined, none);
      assert.equal(codeMode(none), undefined, none);
    }
  });
});
