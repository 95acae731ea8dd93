import assert from 'node:assert/strict';
import { demoScene, PanelPage, sentMessages, sentTexts } from '../support/incidentWindow.ts';
import type { DemoScene } from '../support/incidentWindow.ts';
import { commandByKeyboard, workByKeyboard } from '../support/keyboardSteps.ts';
import { workThroughSevenSteps } from '../support/sevenSteps.ts';
import { useWorkbench } from '../support/use-workbench.ts';

const articleWords = [
  "Start by telling me: (1) what's actually failing, (2) what caused it, (3) what files to check first.",
  'Read these three files and identify the bug:',
  "Before we go deeper — list your top 3 hypotheses for what's causing this. For each one, tell me what evidence would confirm or rule it out.",
  'How would I verify each one without exposing secrets?',
  'Something broke between yesterday and today. Here are the recent commits and the diff for the suspect files.',
  'Tell me if there are similar patterns elsewhere in the codebase that need the same fix',
  'Is there a safer way to roll this out (feature flag, canary deploy)?',
];

for (const [incident, by] of [
  ['stripe-key', 'mouse'],
  ['session-race', 'keyboard'],
] as const) {
  describe(`the ${incident} incident, from the alert to the postmortem, by ${by}`, () => {
    let scene: DemoScene;
    const workbench = useWorkbench(async () => {
      scene = await demoScene({ incident });
      return { folder: scene.folder, env: scene.env, viewport: { width: 1400, height: 1000 } };
    });
    after(() => scene.dispose());
    const panel = (): PanelPage => new PanelPage(workbench());
    const requests = () => scene.claude.requests().filter(({ path }) => path.startsWith('/v1/messages'));

    it('is worked through all seven steps', async function () {
      this.timeout(300_000);
      if (by === 'keyboard') await workByKeyboard(workbench());
      else {
        await panel().open();
        await workThroughSevenSteps(panel());
      }
      await panel().frame.getByText('7 of 7 steps').first().waitFor();
    });

    it('asks each step in the words of the workflow, as one growing conversation', () => {
      assert.equal(requests().length, 7);
      requests().forEach((request, at) => {
        const question = sentTexts(request).at(-1) ?? '';
        assert.ok(question.startsWith(`Step ${at + 1} of 7: `), question);
        assert.ok(question.includes(articleWords[at] ?? '?'), question);
        const before = sentMessages(requests()[at - 1]);
        if (at > 0) assert.deepEqual(sentMessages(request).slice(0, before.length), before);
      });
    });

    it('tells Claude what the user made of the hypotheses with the next question, and only then', () => {
      const told = requests().map((request) =>
        /Hypothesis 1 is confirmed — Seen in the deploy log\./.test(sentTexts(request).at(-1) ?? ''),
      );
      assert.deepEqual(told, [false, false, false, true, false, false, false]);
    });

    it('gathers names of variables, commits and the diff by itself, and no value', () => {
      const environment =
        sentTexts(requests()[3]).find((text) => /^<evidence\S* [^>]*environment variable/.test(text)) ?? '';
      assert.match(environment, /read at .*:\d+/);
      const regression = sentTexts(requests()[4]);
      assert.ok(regression.some((text) => /title="Last 20 commits"/.test(text)));
      assert.ok(regression.some((text) => /title="Changes since HEAD~5, 3 files"/.test(text)));
    });

    it('puts the lines of CLAUDE.md into the questions that they concern', () => {
      assert.match(sentTexts(requests()[5]).at(-1) ?? '', /- Always get the fix \+ test combo/);
      const last = sentTexts(requests()[6]).at(-1) ?? '';
      assert.match(last, /- Always do blast radius check before deploying/);
      assert.match(last, /- Rollback command: \.\/scripts\/rollback\.sh \[version\]/);
    });

    it('exports a postmortem that needs no more typing', async () => {
      const exporting = 'Incident: Export Postmortem';
      await (by === 'keyboard' ? commandByKeyboard(workbench(), exporting) : workbench().command(exporting));
      await workbench()
        .page.getByRole('tab', { name: /Untitled|Postmortem/ })
        .first()
        .waitFor();
      const text = await workbench().copyEditorText();
      for (const part of [
        'Summary',
        'Impact',
        'Timeline',
        'Root cause',
        'fix',
        'Edge cases',
        'Follow-ups',
        'Monitors',
      ]) {
        assert.match(text, new RegExp(`^##+ .*${part}`, 'im'), `${part} is missing in\n${text.slice(0, 2_000)}`);
      }
      assert.match(text, /demo repl/i);
      assert.match(text, /It also fails on a fresh host\./);
      assert.match(text, incident === 'stripe-key' ? /payment\.js:47/ : /auth\.js:89/);
    });
  });
}
