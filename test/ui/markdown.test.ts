import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { MarkdownBrowser } from '../support/markdownBrowser.ts';
import { percentile } from '../support/percentile.ts';
import * as samples from '../support/markdownSamples.ts';

describe('streamed markdown in Chromium', function () {
  this.timeout(120_000);
  let browser: MarkdownBrowser;

  before(async () => {
    browser = await MarkdownBrowser.open();
  });
  after(() => browser.close());

  for (const [name, sample] of Object.entries(samples)) {
    it(`shows the same in pieces as at once: ${name}`, async () => {
      for (const length of [17, 333, 20_000]) assert.ok(await browser.call('isSameInPieces', sample(20_000), length));
    });
  }

  it('decodes named characters as the parser’s own table does', async () => {
    const names =
      'amp lt gt quot nbsp copy semi NewLine Tab ngE CounterClockwiseContourIntegral AElig ouml hellip alpha'
        .split(' ')
        .map((name) => `&${name};`);
    const texts = [...names, '&ampere;', '&notit;', '&notin;', '&copy', '&nosuchname;', '&AMP; &lt;b&gt; &;'];
    const fromMarkdownIt = createRequire(createRequire(import.meta.url).resolve('markdown-it'));
    const { decodeHTMLStrict } = fromMarkdownIt('entities') as { decodeHTMLStrict: (text: string) => string };
    assert.deepEqual(
      await browser.call('decoded', texts),
      texts.map((text) => decodeHTMLStrict(text)),
    );
  });

  it('ends a table where the parser does when rows leave too many cells out', async () => {
    const text = `|${'a|'.repeat(300)}\n|${'-|'.repeat(300)}\n${'|x\n'.repeat(260)}\nend`;
    assert.ok(await browser.call('isSameInPieces', text, 200));
  });

  it('costs late in a 200 KB reply little more than early in it', async () => {
    const times = await browser.call('stream', samples.mixedReply(200_000), 20);
    const tenth = Math.floor(times.length / 10);
    // The first tenth warms up; medians, because other work on the machine shows in the high percentiles.
    const early = percentile(times.slice(tenth, 2 * tenth), 0.5);
    const late = percentile(times.slice(-tenth), 0.5);
    assert.ok(late <= 4 * early + 0.5, `${late.toFixed(2)} ms late, ${early.toFixed(2)} ms early`);
  });

  for (const name of ['oneFence', 'oneTable', 'oneList'] as const) {
    it(`costs at most a third of showing the block again: ${name} of 60 KB`, async () => {
      const text = samples[name](60_000);
      const again = percentile(await browser.call('rerender', text, Array<number>(8).fill(text.length)), 0.5);
      const times = await browser.call('stream', text, 20);
      const late = percentile(times.slice(-300), 0.5);
      assert.ok(late <= again / 3, `${late.toFixed(2)} ms a piece, ${again.toFixed(2)} ms again`);
    });
  }
});
