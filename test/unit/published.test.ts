import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { commands, walkthroughId } from '../../src/contributions.ts';
import { manifestInEnglish } from '../support/manifest.ts';
import { readSources, root } from '../support/sources.ts';

interface Step {
  readonly id: string;
  readonly title: string;
  readonly description: string;
  readonly media: { readonly svg: string; readonly altText: string };
  readonly completionEvents: readonly string[];
}
interface Manifest {
  readonly name: string;
  readonly publisher: string;
  readonly icon: string;
  readonly license: string;
  readonly categories: readonly string[];
  readonly keywords: readonly string[];
  readonly galleryBanner: { readonly color: string; readonly theme: string };
  readonly engines: { readonly vscode: string };
  readonly scripts: Readonly<Record<string, string>>;
  readonly contributes: { readonly walkthroughs: readonly { readonly id: string; readonly steps: readonly Step[] }[] };
}

const read = (path: string): string => readFileSync(join(root, path), 'utf8');

describe('what is published', () => {
  const manifest = manifestInEnglish() as Manifest;

  it('has an icon of 128 pixels or more, a banner, categories and keywords', () => {
    const icon = readFileSync(join(root, manifest.icon));
    assert.equal(icon.subarray(1, 4).toString('latin1'), 'PNG');
    // Width and height stand in the first chunk of a PNG, at 16 and 20.
    assert.ok(icon.readUInt32BE(16) >= 128);
    assert.equal(icon.readUInt32BE(16), icon.readUInt32BE(20));
    assert.match(manifest.galleryBanner.color, /^#[0-9a-f]{6}$/);
    assert.ok(manifest.categories.includes('Debuggers'));
    assert.ok(manifest.keywords.length >= 5 && manifest.keywords.length <= 30);
    assert.equal(manifest.license, 'MIT');
  });

  it('is written against the API of the oldest editor that it names', () => {
    const [, oldest = ''] = /^\^(\d+\.\d+)\.0$/.exec(manifest.engines.vscode) ?? [];
    const { version } = JSON.parse(read('node_modules/@types/vscode/package.json')) as { readonly version: string };
    assert.equal(version.split('.').slice(0, 2).join('.'), oldest);
    assert.match(read('README.md'), new RegExp(`VS Code ${oldest.replace('.', '\\.')} is the oldest`));
    assert.ok('test:desktop' in manifest.scripts);
  });

  it('has documents whose links lead somewhere', () => {
    for (const document of ['README.md', 'CONTRIBUTING.md', 'CHANGELOG.md', 'SECURITY.md', 'demo/README.md']) {
      for (const [, target = ''] of read(document).matchAll(/\]\(([^)\s]+)\)/g)) {
        if (/^(https?:|mailto:|#)/.test(target)) continue;
        const path = join(root, dirname(document), target.replace(/#.*$/, ''));
        assert.ok(existsSync(path), `${document}: ${target}`);
      }
    }
  });

  it('names files to look at that are there', () => {
    for (const document of ['README.md', 'CONTRIBUTING.md']) {
      const paths = [...read(document).matchAll(/`((?:src|webview|test|scripts|demo)\/[\w./-]+)`/g)];
      assert.ok(paths.length > 5);
      for (const [, path = ''] of paths)
        if (!path.includes('NAME')) assert.ok(existsSync(join(root, path)), `${document}: ${path}`);
    }
  });

  it('names files beside those, and names of the code, that are there', function () {
    this.timeout(30_000);
    const sources = readSources('{src,webview,test,scripts,demo}/**/*.{ts,mjs}');
    const files = new Set(sources.map(({ path }) => basename(path)));
    const code = sources.map(({ ast }) => ast.text).join('\n');
    for (const document of ['README.md', 'CONTRIBUTING.md', 'SECURITY.md', 'demo/README.md']) {
      const quoted = [...read(document).matchAll(/`([\w.]+)`/g)].map(([, name = '']) => name);
      for (const name of quoted.filter((one) => /\.(?:ts|mjs)$/.test(one)))
        assert.ok(files.has(name), `${document}: ${name}`);
      // `stepIds`, `Redacted`: the names of what is exported have a small letter and a capital, or are a type.
      for (const name of quoted.filter((one) => /^[a-z]+[A-Z]\w+$|^[A-Z][a-z]\w+$/.test(one)))
        assert.match(code, new RegExp(`\\b${name}\\b`), `${document}: ${name}`);
    }
  });

  it('can be debugged, its panel too', () => {
    const { configurations } = JSON.parse(read('.vscode/launch.json')) as {
      readonly configurations: readonly { readonly type: string; readonly debugWebviews?: boolean }[];
    };
    assert.ok(configurations.some(({ type, debugWebviews }) => type === 'extensionHost' && debugWebviews === true));
  });

  it('is introduced in four steps with pictures, of which the last is the demo', () => {
    const [walkthrough] = manifest.contributes.walkthroughs;
    assert.ok(walkthrough);
    assert.equal(walkthroughId, `${manifest.publisher}.${manifest.name}#${walkthrough.id}`);
    assert.equal(walkthrough.steps.length, 4);
    const known: readonly string[] = Object.values(commands);
    for (const { id, title, description, media, completionEvents } of walkthrough.steps) {
      const picture = read(media.svg);
      assert.match(picture, /var\(--vscode-foreground/, `${id}: a picture in the colours of the theme`);
      assert.doesNotMatch(picture, /<script|<foreignObject|href=|\bon\w+=/i);
      assert.ok(title.length <= 40 && media.altText.length > 20, id);
      const linked = [...description.matchAll(/\(command:([^)?]+)/g)].map(([, command = '']) => command);
      assert.ok(linked.length > 0, id);
      const completing = completionEvents.flatMap((event) => /^onCommand:(.*)$/.exec(event)?.[1] ?? []);
      for (const command of [...linked, ...completing]) assert.ok(known.includes(command), `${id}: ${command}`);
    }
    const last = walkthrough.steps.at(-1);
    assert.ok(last?.description.includes(`(command:${commands.startDemo})`));
    const key = walkthrough.steps.find(({ id }) => id === 'key');
    assert.match(key?.description ?? '', /https:\/\/console\.anthropic\.com/);
  });
});
