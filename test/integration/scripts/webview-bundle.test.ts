import assert from 'node:assert/strict';
import { build } from 'esbuild';
import { panelScripts } from '../../support/panelScripts.ts';
import { smallTemplates, webviewBundle, withSmallTemplates } from '../../../scripts/webview-bundle.mjs';

/** Bytes of the panel's script that an editor has to load before an incident can be seen. */
const largestScript = 250_000;
/** Bytes of it with all that comes later, on demand. */
const largestScripts = 450_000;

describe('small templates', () => {
  it('keep one space of each run of white space, and all else', () => {
    const source = 'const a = html`<p>\n      ${ b }   text\n    </p>`;\nconst c = css`\n  a {\n    b: c }`;';
    assert.equal(withSmallTemplates(source), 'const a = html`<p> ${ b } text </p>`;\nconst c = css` a { b: c }`;');
  });

  it('reach templates within templates', () => {
    const source = 'html`<ul>\n  ${list.map((x) =>\n    html`<li>\n  ${x}\n</li>`)}</ul>`';
    assert.equal(withSmallTemplates(source), 'html`<ul> ${list.map((x) =>\n    html`<li> ${x} </li>`)}</ul>`');
  });

  it('leave preformatted text, other templates, strings and comments alone', () => {
    for (const source of [
      'html`<pre>\n  ${a}\n</pre>\n`',
      'html`<textarea>\n\n</textarea>`',
      'const a = `x\n   y`; other`x\n   y`; // html`a\n',
      "const a = 'html`  `';",
    ]) {
      assert.equal(withSmallTemplates(source), source);
    }
  });
});

describe('bundle of the panel', function () {
  this.timeout(30_000);

  it('stays small', async () => {
    const options = { ...webviewBundle, plugins: [smallTemplates], minify: true, write: false as const, outdir: '/' };
    const { first, all } = panelScripts((await build({ ...options, metafile: true })).metafile);
    process.stdout.write(
      `      at once ${Math.round(first / 1000)} kB, with what comes on demand ${Math.round(all / 1000)} kB\n`,
    );
    assert.ok(first > 50_000, 'the script is there');
    assert.ok(all > first, 'something comes on demand');
    assert.ok(first <= largestScript, `it has ${first} bytes`);
    assert.ok(all <= largestScripts, `all of it has ${all} bytes`);
  });
});
