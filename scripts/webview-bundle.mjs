import ts from 'typescript';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));

/**
 * How the panel is bundled, for the product and for the tests that open it in a browser alike.
 *
 * @type {import('esbuild').BuildOptions}
 */
export const webviewBundle = {
  absWorkingDir: root,
  bundle: true,
  platform: 'browser',
  // Modules, so that what is not seen at once (a reply's Markdown, say) is a script of its own that comes when asked for.
  format: 'esm',
  splitting: true,
  chunkNames: 'webview-[name]-[hash]',
  // The Chromium of the oldest VS Code that the extension supports (1.101: Electron 35, Chromium 134).
  target: 'chrome134',
  entryPoints: [
    { in: 'webview/main.ts', out: 'webview' },
    { in: 'webview/panel.css', out: 'webview' },
    // What the host puts into the page itself.
    { in: 'webview/firstPicture.css', out: 'first-picture' },
  ],
  loader: { '.ttf': 'file' },
  assetNames: '[name]',
  // The browser knows the names of characters and the classes of Unicode by itself; the packages bring tables of them.
  alias: {
    entities: './webview/markdown/browserEntities.ts',
    'uc.micro': './webview/markdown/unicodeClasses.ts',
    'linkify-it': './webview/markdown/noLinkify.ts',
  },
};

/**
 * Takes the indentation out of the templates of the panel and of its components: in a bundle, white space in a template
 * is text that is shipped, parsed and put into the page.
 *
 * @type {import('esbuild').Plugin}
 */
export const smallTemplates = {
  name: 'small-templates',
  setup({ onLoad }) {
    const files = /[\\/]webview[\\/](?:views[\\/].*|main)\.ts$|[\\/](?:webview-ui-toolkit|fast-foundation)[\\/].*\.js$/;
    onLoad({ filter: files }, async ({ path }) => ({
      contents: withSmallTemplates(await readFile(path, 'utf8')),
      loader: path.endsWith('.ts') ? 'ts' : 'js',
    }));
  },
};

/**
 * The source with each run of white space in its `html` and `css` templates as one space. One is kept everywhere, since
 * it may part two words; a template that holds preformatted text is left as it is.
 *
 * @param {string} source
 */
export function withSmallTemplates(source) {
  if (!/\b(?:html|css)`/.test(source)) return source;
  const file = ts.createSourceFile('module.ts', source, ts.ScriptTarget.Latest);
  /** @type {{ start: number, end: number }[]} */
  const pieces = [];
  /** @param {ts.Node} node */
  const visit = (node) => {
    if (ts.isTaggedTemplateExpression(node) && ['html', 'css'].includes(node.tag.getText(file))) {
      const { template } = node;
      const literals = ts.isNoSubstitutionTemplateLiteral(template)
        ? [template]
        : [template.head, ...template.templateSpans.map(({ literal }) => literal)];
      const texts = literals.map((literal) => ({ start: literal.getStart(file), end: literal.end }));
      if (!texts.some(({ start, end }) => /<(?:pre|textarea)\b/i.test(source.slice(start, end)))) pieces.push(...texts);
    }
    ts.forEachChild(node, visit);
  };
  visit(file);
  let result = '';
  let at = 0;
  for (const { start, end } of pieces.toSorted((a, b) => a.start - b.start)) {
    result += source.slice(at, start) + source.slice(start, end).replace(/\s+/g, ' ');
    at = end;
  }
  return result + source.slice(at);
}
