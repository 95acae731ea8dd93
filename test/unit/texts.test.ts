import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { readSources, root } from '../support/sources.ts';
import type { Source } from '../support/sources.ts';
import { textUses, untranslated } from '../support/shownTexts.ts';
import type { TextUse } from '../support/shownTexts.ts';

type Table = Readonly<Record<string, string>>;

const readTable = (path: string): Table => JSON.parse(readFileSync(join(root, path), 'utf8')) as Table;
const placeholders = (text: string): string => [...new Set(text.match(/\{\d+\}/g) ?? [])].sort().join();

describe('texts', () => {
  const bundles = readdirSync(join(root, 'l10n')).map((name) => ({ name, table: readTable(`l10n/${name}`) }));
  let sources: readonly Source[] = [];
  let uses: readonly TextUse[] = [];
  let keys: ReadonlySet<string> = new Set();
  before(function () {
    this.timeout(30_000);
    sources = readSources('src/**/*.ts', 'webview/**/*.ts').filter(({ path }) => path !== 'src/model/l10n.ts');
    uses = sources.flatMap(textUses);
    keys = new Set(uses.flatMap((use) => use.keys).filter((key) => key !== undefined));
    assert.ok(keys.size > 800, 'texts are not found');
  });

  it('are written out where they are looked up, and looked up when they are shown', () => {
    assert.deepEqual(
      uses.filter((use) => use.keys.includes(undefined)).map(({ place }) => place),
      [],
    );
    assert.deepEqual(
      // The panel's entry sets the language itself, before anything else.
      uses.filter(({ eager, place }) => eager && !place.startsWith('webview/main.ts:')).map(({ place }) => place),
      [],
    );
  });

  it('are all in each bundle, which has no other', () => {
    assert.ok(bundles.length > 0);
    for (const { name, table } of bundles) {
      const there = Object.keys(table).map((key) => key.replace(/#(zero|two|few|many)$/, ''));
      assert.deepEqual(
        [...keys].filter((key) => !Object.hasOwn(table, key)),
        [],
        `${name} lacks these`,
      );
      assert.deepEqual(
        there.filter((key) => !keys.has(key)),
        [],
        `${name} has these, and nothing uses them`,
      );
    }
  });

  it('have the same placeholders in each language, the same white space around, and no typewriter’s quotes', () => {
    for (const { name, table } of bundles)
      for (const [key, text] of Object.entries(table)) {
        assert.equal(placeholders(text), placeholders(key), `${name}: ${key}`);
        assert.deepEqual(
          [/^\s*/.exec(text)?.[0], /\s*$/.exec(text)?.[0]],
          [/^\s*/.exec(key)?.[0], /\s*$/.exec(key)?.[0]],
        );
        assert.doesNotMatch(text, /["']/, `${name}: ${key}`);
      }
  });

  it('are translated, where they have more than one word', () => {
    for (const { name, table } of bundles)
      assert.deepEqual(
        Object.entries(table)
          .filter(([key, text]) => key === text && /\p{L}{2,} \p{L}{2,}/u.test(key))
          .map(([key]) => key),
        [],
        name,
      );
  });

  it('are looked up wherever a person reads them', () => {
    const shown = sources.filter(({ path }) => shownPaths.test(path));
    assert.ok(shown.length > 120);
    const left = shown
      .flatMap(untranslated)
      .filter(({ place, words }) => !exempt.some((one) => isExempt(one, place, words)));
    assert.deepEqual(left, []);
  });

  it('that need not be looked up are still there', () => {
    const all = sources.flatMap(untranslated);
    assert.deepEqual(
      exempt.filter((one) => !all.some(({ place, words }) => isExempt(one, place, words))),
      [],
    );
  });

  it('that are forgotten in a view or a notice are found', () => {
    const forgotten = (text: string): readonly string[] => {
      const ast = ts.createSourceFile('a.ts', text, ts.ScriptTarget.Latest, true);
      return untranslated({ path: 'a.ts', lines: 1, imports: [], ast }).map(({ words }) => words);
    };
    assert.deepEqual(forgotten('const a = html`<p class="a b">Not yet</p>${t("Here it is.")}<b>${x} more</b>`;'), [
      'Not yet',
      'more',
    ]);
    assert.deepEqual(
      forgotten('const a = html`<i title="Remove it" aria-label=${t("Remove")} class="${x} one"></i>`;'),
      ['Remove it'],
    );
    assert.deepEqual(forgotten("showInformationMessage('Nothing was sent.', 'Retry'); log.error('Not read', e);"), [
      'Nothing was sent.',
      'Retry',
    ]);
    assert.deepEqual(forgotten("const item = { title: 'OK', command: 'a.b' }; return `${n} of ${m} done`;"), [
      'OK',
      '{} of {} done',
    ]);
    assert.deepEqual(
      forgotten("a = 'Read ' + n + ' files'; s += ' more'; showErrorMessage('lost'); b = 'x' + '.ts';"),
      ['Read ', ' files', ' more', 'lost'],
    );
    assert.deepEqual(
      forgotten(
        "node.textContent = 'loading'; node.setAttribute('aria-label', 'open'); node.setAttribute('class', 'on');",
      ),
      ['loading', 'open'],
    );
    assert.deepEqual(
      forgotten("html`<b class=${a ? 'one' : 'two'} title=${'shut'}>${a ? 'done' : b ?? 'open'}</b>${icon('eye')}`;"),
      ['shut', 'done', 'open'],
    );
    assert.deepEqual(
      forgotten("svg`<title>Its parts</title>`; html`<i alt='A part'></i>`; t('{0} is here', 'No name');"),
      ['Its parts', 'A part', 'No name'],
    );
    assert.deepEqual(forgotten("words.set('none', 'No answer yet'); text.replace('a b', 'Not yet');"), [
      'No answer yet',
      'Not yet',
    ]);
    assert.deepEqual(forgotten("if (key === 'Escape') import('./a b.ts'); type A = 'One two'; t('One two');"), []);
  });
});

/** Where words for people are made. The stages' words go to Claude, in English (`inEnglish`, `src/model/l10n.ts`). */
const shownPaths =
  /^(webview\/|src\/vscode\/|src\/\w*[wW]ording\.ts|src\/model\/(\w*Words|names|steps|shownFigures)\.ts|src\/incident\/(postmortem\w*|timeline|conclusion|afterFix|phrases|requestText|citedEvidence)\.ts)/;

/** A file and how the words in it begin. */
type Exemption = readonly [path: string, words: string];

function isExempt([path, begin]: Exemption, place: string, words: string): boolean {
  return place.startsWith(`${path}:`) && words.trimStart().startsWith(begin);
}

/** Reviewed one by one. */
const exempt: readonly Exemption[] = [
  // The words of programming languages, and a class.
  ['webview/markdown/code/modes.ts', ''],
  ['webview/markdown/code/listing.ts', 'code-line '],
  // Titles and sources of evidence, which Claude gets.
  ['src/vscode/debugWatch.ts', 'debugOutput'],
  ['src/vscode/findings.ts', 'testFailure'],
  ['src/vscode/evidenceActions.ts', 'Error message'],
  ['src/vscode/evidenceActions.ts', 'pasted into the panel'],
  ['src/vscode/evidenceActions.ts', 'Clipboard'],
  ['src/vscode/evidenceActions.ts', 'the clipboard'],
  ['src/vscode/evidenceActions.ts', 'all but the'],
  ['src/vscode/evidenceActions.ts', 'line'],
  ['src/vscode/terminals.ts', 'Selection in'],
  ['src/vscode/terminals.ts', 'Terminal “'],
  ['src/vscode/workspaceFiles.ts', '{}, with unsaved changes'],
  // Questions to Claude.
  ['src/vscode/fixActions.ts', 'Fix both and write tests'],
  ['src/vscode/fixActions.ts', 'Fix all of them'],
  ['src/vscode/fixActions.ts', 'Record the whole fix again'],
  ['webview/views/proof/verdictCard.ts', 'The fix of {}'],
  ['webview/views/proof/verdictCard.ts', 'Its output is'],
  // Names.
  ['src/vscode/endpointActions.ts', 'Anthropic'],
  ['src/vscode/firstPicture.ts', 'Anthropic'],
  ['src/vscode/statusBar.ts', '[{} {}](command:'],
  ['src/vscode/log.ts', 'Incident Panel'],
  ['src/vscode/proofTask.ts', 'Incident Panel'],
  ['src/vscode/baselineActions.ts', '$(git-commit) HEAD'],
  // No words at all.
  ['src/vscode/baselineActions.ts', '$(history)'],
  ['src/vscode/evidenceActions.ts', 'errorText'],
  ['src/vscode/firstPicture.ts', '<div class="panel"'],
  ['src/vscode/firstPicture.ts', '<li><span'],
  ['src/vscode/firstPicture.ts', '<section class'],
  ['src/vscode/firstPicture.ts', '<div class="notice'],
  ['src/vscode/firstPicture.ts', '<span class'],
  ['src/vscode/firstPicture.ts', '<li class'],
  ['src/vscode/panelHtml.ts', '<!DOCTYPE html>'],
  ['src/vscode/panelHtml.ts', 'style-src'],
  ['src/vscode/panelHtml.ts', 'font-src'],
  ['src/vscode/panelHtml.ts', 'img-src'],
  ['src/vscode/trees.ts', 'proposed {} {}'],
  ['webview/markdown/links.ts', 'noopener noreferrer'],
  ['webview/markdown/links.ts', 'image-link undescribed'],
];
