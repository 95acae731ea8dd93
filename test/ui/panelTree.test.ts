import assert from 'node:assert/strict';
import type { RunId } from '../../src/model/reply.ts';
import { stepIds } from '../../src/model/steps.ts';
import { waitsToRetry } from '../support/endpointFixtures.ts';
import { fullSurroundings, harmless, IncidentBuilder } from '../support/incidents.ts';
import { fixtures } from '../support/panelFixtures.ts';
import type { FixtureName, PanelFixture } from '../support/panelFixtures.ts';
import { startPanelBrowser } from '../support/panelPage.ts';
import type { PanelBrowser, PanelPage } from '../support/panelPage.ts';

/** A node of the tree that Chromium hands to a screen reader. */
interface TreeNode {
  readonly role: string;
  readonly name: string;
  readonly level: number | undefined;
  readonly expanded: boolean;
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
      return await treeOf(panel);
    } finally {
      await panel.close();
    }
  }

  /** What is read from the beginning of the page to its end, in that order. */
  async function treeOf(panel: PanelPage): Promise<readonly TreeNode[]> {
    const session = await panel.page.context().newCDPSession(panel.page);
    const { nodes } = await session.send('Accessibility.getFullAXTree');
    const byId = new Map(nodes.map((node) => [node.nodeId, node]));
    const inOrder: TreeNode[] = [];
    const read = (id: string | undefined): void => {
      const node = id === undefined ? undefined : byId.get(id);
      if (node === undefined) return;
      if (!node.ignored) {
        const property = (name: string): unknown => node.properties?.find((one) => one.name === name)?.value.value;
        const level = property('level');
        inOrder.push({
          role: String(node.role?.value ?? ''),
          name: String(node.name?.value ?? '').trim(),
          level: typeof level === 'number' ? level : undefined,
          expanded: property('expanded') === true,
        });
      }
      node.childIds?.forEach(read);
    };
    read(nodes[0]?.nodeId);
    return inOrder;
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

  /** The step in work with its state and what to do next, as they are heard; the second time in the list of steps. */
  const heard: readonly (readonly [string, () => PanelFixture, string, string, string])[] = [
    ['nothing gathered', fixtures.empty, '1 Orient', 'next', 'Ask Claude'],
    ['no key', fixtures.bare, '1 Orient', 'next', 'Set API Key'],
    ['a reply that streams', fixtures.streaming, '1 Orient', 'answering', 'Stop'],
    ['a wait that is counted down', waitsToRetry, '1 Orient', 'answering', 'Stop'],
    ['a reply that failed', fixtures.failed, '1 Orient', 'failed', 'Continue'],
    ['a reply that broke off', fixtures.interrupted, '1 Orient', 'incomplete', 'Continue'],
    ['no connection', fixtures.offline, '2 Three files', 'failed', 'Ask Again'],
    ['an answer', fixtures.demo, '1 Orient', 'answered', 'Done: on to 2 Three files'],
    ['two steps done', fixtures.afterTwo, '3 Hypotheses first', 'next', 'Ask Claude'],
    ['six steps done', fixtures.allSeven, '7 Blast radius', 'answered', 'Check it off'],
  ];
  for (const [what, fixture, step, state, action] of heard) {
    it(`tells of ${what}: “${step}”, “${state}”, “${action}”, in this order`, async () => {
      const panel = await browser.open({ reducedMotion: true });
      try {
        await panel.post({ type: 'hydrate', ...fixture() });
        const nodes = await treeOf(panel);
        const main = nodes.findIndex(({ role }) => role === 'main');
        const listed = nodes.slice(0, main).filter(({ role, name }) => role === 'button' && /^\d /.test(name));
        assert.equal(listed.length, 7, 'all steps are listed before the first');
        assert.ok(
          listed.some(({ name }) => name === `${step} ${state}`),
          listed.map(({ name }) => name).join(' | '),
        );
        const open = nodes
          .slice(main)
          .filter(({ role, expanded, name }) => role === 'button' && expanded && /^\d /.test(name));
        assert.deepEqual(
          open.map(({ name }) => name),
          [step],
        );
        const from = nodes.findIndex(({ role, name }) => role === 'heading' && name === step);
        const length = nodes.slice(from + 1).findIndex(({ role, level }) => role === 'heading' && level === 2);
        const within = nodes.slice(from, length === -1 ? undefined : from + 1 + length);
        const stateAt = within.findIndex(({ role, name }) => role === 'StaticText' && name.split(' ')[0] === state);
        const actionAt = within.findIndex(({ role, name }) => role === 'button' && name === action);
        assert.ok(stateAt > 0 && actionAt > stateAt, `state at ${stateAt}, action at ${actionAt}`);
      } finally {
        await panel.close();
      }
    });
  }

  it('says by itself that a reply began, waits and for how long, failed and why, or was stopped: in sentences', async () => {
    const builder = new IncidentBuilder('Checkout fails', Date.now() - 60_000).evidence({ title: 'error.log' });
    const panel = await browser.open({ reducedMotion: true });
    try {
      const region = panel.page.locator('[aria-live=polite]');
      const says = async (words: RegExp): Promise<void> => {
        await panel.rendered();
        await panel.page.waitForFunction(
          ([source = '']) => new RegExp(source).test(document.querySelector('[aria-live=polite]')?.textContent ?? ''),
          [words.source],
        );
      };
      const happen = (...facts: Parameters<typeof builder.event>[0][]): Promise<void> =>
        panel.post({ type: 'events', events: facts.map((fact) => builder.event(fact)) });
      const failure = { kind: 'overloaded', endpoint: 'Anthropic', requestId: 'req_2' } as const;
      await panel.post({ type: 'hydrate', incident: builder.incident, surroundings: fullSurroundings });
      assert.equal(await region.textContent(), '');
      const asked = (runId: RunId): Promise<void> => {
        const { endpoint } = fullSurroundings;
        const question = harmless('What fails?');
        return happen({ type: 'stepAsked', runId, step: 'orient', kind: 'step', question, evidenceIds: [], endpoint });
      };
      await asked('R1');
      await says(/^Claude is answering step 1, Orient\.$/);
      const retry = { attempt: 2, attempts: 3, resumesAt: Date.now() + 9_000, failure };
      await happen({ type: 'replyRetrying', runId: 'R1', retry });
      await says(/^Anthropic is overloaded .*Trying again in \d+ s, attempt 2 of 3\.$/);
      await happen({ type: 'replyEnded', runId: 'R1', outcome: { kind: 'failed', failure } });
      await says(/^The reply to step 1, Orient failed\. Anthropic is overloaded/);
      await asked('R2');
      await happen({ type: 'replyEnded', runId: 'R2', outcome: { kind: 'stopped' } });
      await says(/^The reply to step 1, Orient was stopped\.$/);
    } finally {
      await panel.close();
    }
  });

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
