import assert from 'node:assert/strict';
import { parseInline } from '../../../../webview/markdown/engine.ts';
import { readBareAddress } from '../../../../webview/markdown/bareAddress.ts';

function linksOf(text: string): readonly string[] {
  return parseInline(text, () => undefined).flatMap(({ type, attrs }) =>
    type === 'link_open' ? (attrs ?? []).map(([, value]) => String(value)) : [],
  );
}

describe('bare address', () => {
  it('becomes a link where its scheme is named, without the punctuation of the sentence', () => {
    const cases: readonly (readonly [string, readonly string[]])[] = [
      ['see https://status.example.com/incidents/42.', ['https://status.example.com/incidents/42']],
      ['(http://localhost:3000/health)', ['http://localhost:3000/health']],
      ['https://en.wikipedia.org/wiki/Go_(game), too', ['https://en.wikipedia.org/wiki/Go_(game)']],
      ['**https://a.example/x**', ['https://a.example/x']],
      ['HTTPS://A.example?q=1&r=2#top!', ['HTTPS://A.example?q=1&r=2#top']],
      ['http://[::1]:8080/x and ftp://files.example/y', ['http://[::1]:8080/x', 'ftp://files.example/y']],
      ['https://bücher.example/ä', ['https://xn--bcher-kva.example/%C3%A4']],
      ['"https://a.example"', ['https://a.example']],
    ];
    for (const [text, links] of cases) assert.deepEqual(linksOf(text), links, text);
  });

  it('is not seen in what names no scheme, another scheme or no host', () => {
    for (const text of [
      'payment.js and a.b@c.d',
      'www.example.com',
      'xhttp://a.example',
      'javascript://a.example',
      'http://',
      'http:///etc/passwd',
      'http://)',
      '`http://a.example`',
    ]) {
      assert.deepEqual(linksOf(text), [], text);
    }
  });

  it('never ends in a bracket that it did not open', () => {
    assert.equal(readBareAddress('http://a.example/[x]](y'), 'http://a.example/[x]');
    assert.equal(readBareAddress('http://a.example/(x'), 'http://a.example/(x');
  });
});
