import type { Intent } from '../../src/protocol.ts';
import type { StepId } from '../../src/model/steps.ts';
import { stepDefinition, stepIds } from '../../src/model/steps.ts';
import { tabTo, untilFocused } from '../support/focus.ts';
import { fullSurroundings, harmless, IncidentBuilder } from '../support/incidents.ts';
import type { PanelPage } from '../support/panelPage.ts';
import { plannedProof, proofEnded } from '../support/proofFixtures.ts';
import { records } from '../support/records.ts';
import { until } from '../support/until.ts';
import { usePanelBrowser } from '../support/usePanel.ts';

describe('panel by keyboard alone, through all seven steps', function () {
  this.timeout(240_000);
  const browser = usePanelBrowser();
  let panel: PanelPage;
  let builder: IncidentBuilder;
  const body = () => panel.page.locator('body');

  /** Posts what the host would tell next. */
  async function happens(add: () => unknown): Promise<void> {
    const before = builder.incident.seq;
    await add();
    await panel.post({ type: 'events', events: builder.events.filter(({ seq }) => seq > before) });
  }

  /** The last intent, once it is of that type, answered after what the host does about it. */
  async function answered(type: Intent['type'], effect: (intent: Intent) => unknown): Promise<void> {
    let last = await panel.lastMessage();
    const isAsked = async (): Promise<boolean> => {
      last = await panel.lastMessage();
      return last?.intent.type === type && last.intentId > done;
    };
    await until(`${type} is asked for`, isAsked);
    if (last === undefined) return;
    const { intent, intentId } = last;
    done = intentId;
    await happens(() => effect(intent));
    await panel.post({ type: 'answer', intentId });
  }
  let done = 0;

  /** Goes to a control by Tab and presses it; afterwards the focus must be on a control that shows it. */
  async function press(
    name: RegExp,
    type: Intent['type'],
    effect: (intent: Intent) => unknown,
    { key = 'Enter', lands = /./ }: { readonly key?: string; readonly lands?: RegExp } = {},
  ): Promise<void> {
    await tabTo(body(), name);
    await untilFocused(body(), name, 'before it is pressed');
    await panel.page.keyboard.press(key);
    await answered(type, effect);
    await untilFocused(body(), lands, `after ${name.source}`);
  }

  const stepOf = (name: StepId): string =>
    `${stepDefinition(name).number} ${stepDefinition(name).title.replace('+', '\\+')}`;

  /** Asks a step: Ask becomes Stop and then Ask Again, under the focus. */
  async function ask(step: StepId): Promise<void> {
    const effect = () => builder.text(builder.ask(step), 'It fails in `payment.js:47`.');
    await press(/^\W*Ask Claude/, 'ask', effect, { lands: /Stop/ });
    const runId = builder.incident.runs.at(-1)?.id;
    if (runId === undefined) throw new Error('nothing was asked');
    await happens(() => builder.record(runId, records[step]).end(runId));
    await untilFocused(body(), /Ask Again/, `once step ${step} is answered`);
  }

  /** Checks a step off by the way on, which leads to the heading of the next. */
  async function goOn(step: StepId): Promise<void> {
    const next = stepIds[stepIds.indexOf(step) + 1];
    const [name, lands] =
      next === undefined
        ? [/Check it off/, /./]
        : [new RegExp(`Done: on to ${stepOf(next)}`), new RegExp(stepOf(next))];
    await press(name, 'checkStep', () => builder.check(step), { lands });
  }

  it('is worked to the postmortem, and after each key the focus is on a control that shows it', async () => {
    builder = new IncidentBuilder('Checkout returns 500', Date.now() - 60_000);
    panel = await browser.open({});
    const { page } = panel;
    await panel.post({ type: 'hydrate', incident: builder.incident, surroundings: fullSurroundings });

    await tabTo(body(), /Paste the error here/);
    await page.keyboard.type('TypeError: no stripe_key');
    await page.keyboard.press('Control+Enter');
    await answered('addErrorText', () => builder.evidence({ title: 'Pasted error', kind: 'errorText' }));
    await untilFocused(body(), /./, 'after the error was added');
    await ask('orient');
    await goOn('orient');

    for (const path of ['src/services/payment.js', 'src/routes/checkout.js', 'config/index.js']) {
      await press(
        new RegExp(`^${path} is a suspect`),
        'addSuspect',
        () => builder.add({ type: 'suspectAdded', suspect: { uri: `file:///w/${path}`, path, role: 'origin' } }),
        { key: 'Space' },
      );
    }
    await tabTo(body(), /Role of config\/index\.js/);
    await page.keyboard.press('ArrowDown');
    await answered('setSuspectRole', () =>
      builder.add({ type: 'suspectRoleChanged', uri: 'file:///w/config/index.js', role: 'caller' }),
    );
    await untilFocused(body(), /Role of config/, 'after the role was chosen');
    await ask('files');
    await goOn('files');

    await ask('hypotheses');
    const judge = (intent: Intent): void => {
      if (intent.type !== 'judgeHypothesis') return;
      const { index, verdict, note } = intent;
      const runId = builder.incident.runs.at(-1)?.id ?? 'R0';
      builder.add({ type: 'hypothesisJudged', runId, index, verdict, note: harmless(note) });
    };
    await tabTo(body(), /Add a note to hypothesis 1/);
    await page.keyboard.press('Enter');
    await untilFocused(body(), /Note on hypothesis 1/, 'once a note may be written');
    await page.keyboard.press('Escape');
    await untilFocused(body(), /./, 'after the note was left');
    await tabTo(body(), /Add a note to hypothesis 1/);
    await page.keyboard.press('Enter');
    await untilFocused(body(), /Note on hypothesis 1/, 'once a note may be written again');
    await page.keyboard.type('The name is missing.');
    await page.keyboard.press('Control+Enter');
    await answered('judgeHypothesis', judge);
    await untilFocused(body(), /./, 'after the note was kept');
    await tabTo(body(), /Confirm hypothesis 1/);
    await press(/Confirm hypothesis 1/, 'judgeHypothesis', judge);
    await press(/Rule out hypothesis 3/, 'judgeHypothesis', judge);
    await goOn('hypotheses');

    await ask('environment');
    await goOn('environment');
    await ask('regression');
    await press(/a41c9e0/, 'showCommit', () => undefined, { lands: /a41c9e0/ });
    await goOn('regression');

    await ask('fix');
    const fix = builder.incident.runs.at(-1)?.id ?? 'R0';
    const surroundings = (proving: NonNullable<(typeof fullSurroundings)['proving']> | undefined): Promise<void> =>
      panel.post({
        type: 'surroundings',
        surroundings: proving === undefined ? fullSurroundings : { ...fullSurroundings, proving },
      });
    const plan = { ...plannedProof, runId: fix, uncommitted: [] };
    await press(/Prove…/, 'planProof', () => surroundings({ kind: 'planned', plan }));
    await tabTo(body(), /^\W*Run$/);
    await press(/^\W*Run$/, 'prove', () =>
      surroundings({ kind: 'proving', runId: fix, startedAt: Date.now(), phase: 'withFix', attempt: 1, command: 'x' }),
    );
    await happens(() => builder.add(proofEnded(fix, { kind: 'proved', suite: 'passed', reason: 'asStated' })));
    await surroundings(undefined);
    await untilFocused(body(), /./, 'after the proof');
    await tabTo(body(), /Preview and Apply/);
    await press(/Preview and Apply/, 'applyFix', () => {
      builder.add({
        type: 'fixApplied',
        runId: fix,
        files: ['src/services/payment.js'],
        proof: { kind: 'proved' },
      });
    });
    await goOn('fix');

    await ask('blastRadius');
    await press(/Start the Watch/, 'startWatch', () => builder.add({ type: 'watchStarted', minutes: 30 }));
    await press(/^OK: checkout 5xx/i, 'checkMonitor', (intent) => {
      if (intent.type !== 'checkMonitor') return;
      const { index, state, note } = intent;
      const runId = builder.incident.runs.at(-1)?.id ?? 'R0';
      builder.add({ type: 'monitorChecked', runId, index, state, note: harmless(note) });
    });
    await goOn('blastRadius');
    await tabTo(body(), /Export Postmortem/);
    await press(/Export Postmortem/, 'runCommand', () => undefined, { lands: /Export Postmortem/ });
  });
});
