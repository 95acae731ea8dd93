import assert from 'node:assert/strict';
import { build } from 'esbuild';
import { smallTemplates, webviewBundle, withSmallTemplates } from '../../../scripts/webview-bundle.mjs';

/** Bytes of the panel's script that an editor may have to load before an incident can be seen. */
const largestScript = 250_000;

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
    const { outputFiles } = await build(options);
    const script = outputFiles.find(({ path }) => path.endsWith('.js'));
    assert.ok(script !== undefined && script.contents.length > 100_000, 'the script is there');
    assert.ok(script.contents.length <= largestScript, `it has ${script.contents.length} bytes`);
  });
});
