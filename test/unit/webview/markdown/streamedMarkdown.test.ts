import assert from 'node:assert/strict';
import fc from 'fast-check';
import { StreamedMarkdown, type StreamedMarkdownOptions } from '../../../../webview/markdown/streamedMarkdown.ts';
import {
  difference,
  emptyContainer,
  inPiecesOf,
  parsedAtOnce,
  silent,
  streamed,
} from '../../../support/markdownDom.ts';

const html = (text: string) => streamed([text]).innerHTML;

function shown(text: string, options: Partial<StreamedMarkdownOptions> = {}) {
  const container = emptyContainer();
  const markdown = new StreamedMarkdown(container, { ...silent, ...options });
  markdown.append(text);
  return { container, markdown };
}

describe('a reply in the panel', function () {
  this.timeout(20_000);

  it('shows raw HTML as text and makes no element from it', () => {
    const text = '<img src=x onerror=alert(1)>\n\n<script>alert(1)</script>\n\na <b>bold</b> &lt;i&gt;';
    const container = streamed([text]);
    assert.equal(container.querySelectorAll('img, script, b, i').length, 0);
    assert.match(container.textContent, /<img src=x onerror=alert\(1\)>/u);
    assert.match(container.textContent, /<script>alert\(1\)<\/script>/u);
  });

  it('makes only known elements and attributes, whatever the text', () => {
    const parts = fc.constantFrom(
      ...[
        '<a href="javascript:x">',
        '<svg onload=x>',
        '[a](javascript:x)',
        '[b](data:text/html,x)',
        '![c](http://x/y.png)',
      ],
      ...[
        '"onclick="x',
        '```x" onload="y',
        '[d](https://x "t\\" onclick=\\"x")',
        '<https://x>',
        '[e](vscode://x)',
        '**',
        '`',
        '\n',
        ' ',
      ],
      ...[
        '[f](command:x)',
        '[g](file:///etc/passwd)',
        '[h](//x.example)',
        '[i]: javascript:x',
        '[i]',
        '|a|\n|-|\n|<b>|\n',
      ],
    );
    const names =
      /^(?:class|href|title|rel|type|data-(?:path|line|column|evidence|target)|aria-(?:label|level)|role|tabindex|scope|start|checked|disabled)$/u;
    const tags =
      /^(?:P|A|SPAN|BUTTON|CODE|PRE|FIGURE|FIGCAPTION|TABLE|THEAD|TBODY|TR|TH|TD|DIV|STRONG|EM|S|BR|HR|UL|OL|LI|BLOCKQUOTE|H[4-6]|INPUT)$/u;
    fc.assert(
      fc.property(fc.array(parts, { maxLength: 20 }), (chosen) => {
        for (const element of streamed(chosen).querySelectorAll('*')) {
          assert.match(element.tagName, tags);
          for (const { name } of element.attributes) assert.match(name, names);
          const href = element.getAttribute('href');
          if (href !== null) assert.match(href, /^(?:https?|mailto):/iu);
        }
      }),
    );
  });

  it('keeps web and mail links with their full target as title, and shows where others would lead', () => {
    const { container } = shown('[a](https://a.example/x "t") [b](mailto:b@c.example) [c](ftp://d/e) [d](#top)\n');
    const [a, b] = container.querySelectorAll('a');
    assert.equal(a?.getAttribute('rel'), 'noopener noreferrer');
    assert.equal(a.title, 't — https://a.example/x');
    assert.equal(b?.getAttribute('href'), 'mailto:b@c.example');
    const inert = [...container.querySelectorAll('span.inert-link')];
    assert.deepEqual(
      inert.map((each) => each.getAttribute('title')),
      ['ftp://d/e', '#top'],
    );
  });

  it('opens a relative link to a file as a place in that file', () => {
    assert.match(html('[the bug](src/pay%20ment.js#L47)'), /data-path="ment.js"|class="inert-link"/u);
    assert.match(
      html('[the **bug**](src/payment.js#L47)'),
      /data-path="src\/payment.js" data-line="47".*<strong>bug<\/strong><\/button>/u,
    );
  });

  it('never loads an image but links to it', () => {
    const { container } = shown('![a *b*](https://a.example/x.png) ![](y.png) [![c](https://d/e.png)](https://f)\n');
    assert.equal(container.querySelector('img'), null);
    assert.equal(container.querySelector('a.image-link')?.textContent, 'a b');
    assert.equal(container.querySelectorAll('a a').length, 0);
  });

  it('calls back for a click on a place in a file, in text and in inline code', () => {
    const calls: unknown[] = [];
    const { container } = shown('see `src/a.js:4` and b\\_c.js:5:6\n', { onFileReference: (each) => calls.push(each) });
    for (const button of container.querySelectorAll<HTMLButtonElement>('button.file-reference')) button.click();
    assert.deepEqual(calls, [
      { path: 'src/a.js', line: 4 },
      { path: 'b_c.js', line: 5, column: 6 },
    ]);
  });

  it('makes no place in a file from links, addresses or listings', () => {
    const text =
      '[src/a.js:1](https://x) https://x/src/a.js:1 <https://y/a.js:2>\n\n```\nsrc/a.js:1 [E1]\n```\n\n    a/b.js:1\n';
    assert.equal(streamed([text]).querySelectorAll('.file-reference, .citation').length, 0);
  });

  it('calls back for a click on a citation, but not where brackets make a link or stand in code', () => {
    const calls: unknown[] = [];
    const text = 'a [E1:38] b [E2] `[E3]` [E4](https://x) [E5] \\[E6]\n\n[E5]: https://y\n';
    const { container, markdown } = shown(text, { onCitation: (each) => calls.push(each) });
    markdown.end();
    for (const button of container.querySelectorAll<HTMLButtonElement>('button.citation')) button.click();
    assert.deepEqual(calls, [{ id: 'E1', line: 38 }, { id: 'E2' }, { id: 'E6' }]);
  });

  it('copies the code of a listing as it was written', () => {
    const calls: string[] = [];
    const code = Array.from({ length: 200 }, (_, line) => `line ${line}\n`).join('');
    const { container, markdown } = shown('```ts\n', { onCopyCode: (each) => calls.push(each) });
    for (const piece of inPiecesOf(7, code)) markdown.append(piece);
    container.querySelector<HTMLButtonElement>('button.copy-code')?.click();
    assert.deepEqual(calls, [code]);
    assert.equal(container.querySelector('.code-language')?.textContent, 'ts');
  });

  it('opens the code of a listing in an editor, with the word after its fence', () => {
    const calls: string[][] = [];
    const text = '```c++ title\nint a;\n```\n\n    b\n';
    const { container } = shown(text, { onOpenCode: (...each) => calls.push(each) });
    for (const button of container.querySelectorAll<HTMLButtonElement>('button.open-code')) button.click();
    assert.deepEqual(calls, [
      ['int a;\n', 'c++'],
      ['b\n', ''],
    ]);
  });

  it('starts headings at level 4 and leaves no level out, whatever the reply begins with', () => {
    const levels = (text: string): string[] =>
      [...streamed([text]).querySelectorAll('h1, h2, h3, h4, h5, h6')].map(
        (heading) => `${heading.getAttribute('aria-level') ?? heading.tagName.slice(1)} ${heading.textContent}`,
      );
    assert.deepEqual(levels('## a\n\n#### b\n\n### c\n\n# d\n\n### e'), ['4 a', '5 b', '5 c', '4 d', '5 e']);
    assert.deepEqual(levels('# a\n\n## b\n\n### c\n\n#### d\n\n## e'), ['4 a', '5 b', '6 c', '7 d', '5 e']);
    assert.deepEqual(levels('- ### a\n\n## b\n\n> # c\n\n### d'), ['4 a', '4 b', '5 c', '5 d']);
    assert.equal(html('### a'), '<h4 class="heading-3">a</h4>');
  });

  it('puts a table in a labelled region that can be scrolled from the keyboard', () => {
    const region = streamed(['|a|b|\n|:-|-:|\n|1|2|']).querySelector('[role=group]');
    assert.equal(region?.getAttribute('tabindex'), '0');
    assert.equal(region.getAttribute('aria-label'), 'Table');
    assert.equal(region.querySelector('td:last-child')?.className, 'align-right');
  });

  it('shows task lists with boxes that cannot be ticked and say their state', () => {
    const boxes = streamed(['- [ ] a\n- [x] b']).querySelectorAll('input');
    assert.deepEqual(
      [...boxes].map((box) => [box.disabled, box.checked, box.getAttribute('aria-label')]),
      [
        [true, false, 'Not done'],
        [true, true, 'Done'],
      ],
    );
  });

  it('shows earlier text as a link once its definition has come', () => {
    const { container, markdown } = shown('see [docs] and ![logo]\n\nother\n\n');
    const other = container.children[1];
    assert.equal(container.querySelector('a'), null);
    markdown.append('[docs]: https://a.example\n[logo]: https://b.example/l.png\n\n');
    assert.equal(container.querySelectorAll('a').length, 2);
    assert.equal(container.children[1], other, 'a block without labels stays as it is');
  });

  it('leaves the nodes of finished blocks and of the growing block in place', () => {
    const { container, markdown } = shown('# one\n\n- a `src/a.js:1`\n- b');
    const kept = [container.querySelector('h4'), container.querySelector('li'), container.querySelector('button')];
    for (const piece of [' more', '\n', '- c\n\n', 'text\n']) markdown.append(piece);
    assert.deepEqual(
      [container.querySelector('h4'), container.querySelector('li'), container.querySelector('button')],
      kept,
    );
  });

  it('starts over when the whole text is replaced, and counts the text as it came', () => {
    const { container, markdown } = shown('old\r\n');
    assert.equal(markdown.length, 5);
    markdown.replace('# new');
    markdown.append('er');
    assert.equal(container.innerHTML, '<h4 class="heading-1">newer</h4>');
    assert.equal(markdown.length, 7);
  });

  it('no longer answers clicks once disposed of', () => {
    const { container, markdown } = shown('[E1]', { onCitation: () => assert.fail('answered') });
    markdown.dispose();
    container.querySelector('button')?.click();
  });

  describe('given hostile text', () => {
    const hostile: Record<string, string> = {
      'quotes 10,000 deep': `${'>'.repeat(10_000)} end`,
      'lists 5,000 deep in a line': `${'- '.repeat(5_000)}end`,
      'lists 300 deep by indentation': Array.from({ length: 300 }, (_, depth) => `${'  '.repeat(depth)}- x`).join('\n'),
      'emphasis 10,000 deep': `${'*a **b '.repeat(5_000)}c${'**d *'.repeat(5_000)}`,
      'brackets 4,000 deep': `${'['.repeat(4_000)}a${']'.repeat(4_000)}`,
      'unclosed links': '[a](b'.repeat(10_000),
      'unclosed code': Array.from({ length: 500 }, (_, n) => '`'.repeat(n + 1)).join(' '),
      'a line of 300,000 letters': 'x'.repeat(300_000),
      'a table of 100 columns': `|${'a|'.repeat(100)}\n|${'-|'.repeat(100)}\n${'|x\n'.repeat(60)}`,
      '20,000 blank lines': `- a\n${'\n'.repeat(20_000)}b`,
      'entities without end': '&a'.repeat(20_000),
    };
    for (const [name, text] of Object.entries(hostile)) {
      it(`shows ${name} as at once, in bounded time and depth`, () => {
        const container = streamed(inPiecesOf(Math.ceil(text.length / 12), text));
        assert.equal(difference(container, parsedAtOnce(text)), undefined);
        let deepest = 0;
        for (const leaf of container.querySelectorAll('*:not(:has(*))')) {
          let depth = 0;
          for (let at: Element | null = leaf; at !== null; at = at.parentElement) depth++;
          deepest = Math.max(deepest, depth);
        }
        assert.ok(deepest < 120, `${deepest} elements deep`);
      });
    }

    it('loses no text that is nested too deeply to be shown as nested', () => {
      assert.match(streamed([`${'>'.repeat(10_000)} the end`]).textContent, /the end/u);
      assert.match(streamed([`${'- '.repeat(5_000)}the end`]).textContent, /the end/u);
    });
  });
});
