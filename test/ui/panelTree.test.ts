import assert from 'node:assert/strict';
import { stepIds } from '../../src/model/steps.ts';
import { fixtures } from '../support/panelFixtures.ts';
import type { FixtureName } from '../support/panelFixtures.ts';
import { startPanelBrowser } from '../support/panelPage.ts';
import type { PanelBrowser } from '../support/panelPage.ts';

/** A node of the tree that Chromium hands to a screen reader. */
interface TreeNode {
  readonly role: string;
  readonly name: string;
  readonly level: number | undefined;
}

const controls = ['button', 'checkbox', 'textbox', 'combobox', 'link', 'radio', 'listbox', 'slider', 'spinbutton'];

describe('panel as a screen reader has it', function () {
  this.timeout(90_000);
  let browser: PanelBrowser;

  before(async () => (browser = await startPanelBrowser()));
  after(() => browser.close());

  async function tree(name: FixtureName): Promise<readonly TreeNode[]> {
    const panel = await browser.open({ reducedMotion: true });
    try {
      await panel.post({ type: 'hydrate', ...fixtures[name]() });
      await panel.unfold();
      const session = await panel.page.context().newCDPSession(panel.page);
      const { nodes } = await session.send('Accessibility.getFullAXTree');
      return nodes
        .filter(({ ignored }) => !ignored)
        .map(({ role, name: words, properties }) => {
          const level: unknown = properties?.find((property) => property.name === 'level')?.value.value;
          return {
            role: String(role?.value ?? ''),
            name: String(words?.value ?? '').trim(),
            level: typeof level === 'number' ? level : undefined,
          };
        });
    } finally {
      await panel.close();
    }
  }

  for (const name of ['empty', 'gathered', 'streaming', 'worked', 'watched', 'listings', 'failed', 'rate'] as const) {
    it(`names every control of “${name}”, and has one banner, one main part and the steps to go through`, async () => {
      const nodes = await tree(name);
      const of = (role: string): readonly TreeNode[] => nodes.filter((node) => node.role === role);
      const nameless = nodes.filter((node) => controls.includes(node.role) && node.name === '');
      assert.deepEqual(nameless, []);
      assert.equal(of('banner').length, 1);
      assert.equal(of('main').length, 1);
      assert.deepEqual(
        of('navigation').map((node) => node.name),
        ['Steps'],
      );
      assert.ok(of('button').length > 10, 'the controls are seen');
    });
  }

  it('has a heading for the incident, one for each step, and leaves no level out', async () => {
    for (const name of ['worked', 'listings', 'allSeven'] as const) {
      const headings = (await tree(name)).filter(({ role }) => role === 'heading');
      assert.equal(headings.filter(({ level }) => level === 1).length, 1, name);
      assert.deepEqual(
        headings.filter(({ level }) => level === 2).map((heading) => heading.name.slice(0, 1)),
        stepIds.map((_, index) => String(index + 1)),
        name,
      );
      const jumps = headings.filter(({ level = 0 }, index) => level > (headings[index - 1]?.level ?? 0) + 1);
      assert.deepEqual(jumps, [], name);
    }
  });
});
