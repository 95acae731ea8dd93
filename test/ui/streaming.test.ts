import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { repliesTo } from '../../demo/replies/choose.mjs';
import { startClaudeGate } from '../support/claudeGate.ts';
import type { ClaudeGate, SaidPiece } from '../support/claudeGate.ts';
import { demoScene, PanelPage, sentMessages, sentTexts } from '../support/incidentWindow.ts';
import type { DemoScene } from '../support/incidentWindow.ts';
import { until } from '../support/until.ts';
import { useWorkbench } from '../support/use-workbench.ts';
import { openWorkbench } from '../support/workbench.ts';
import type { WorkbenchOptions } from '../support/workbenchPage.ts';

/** Of what was shown, the end may still have been open Markdown, which reads otherwise once it is whole. */
function settledPart(shown: string): string {
  return shown.slice(0, -20);
}

describe('a reply that streams', () => {
  let scene: DemoScene;
  let gate: ClaudeGate;
  let options: WorkbenchOptions;
  const workbench = useWorkbench(async () => {
    scene = await demoScene({ tokensPerSecond: 20 });
    gate = await startClaudeGate(scene.claude.url);
    options = {
      folder: scene.folder,
      env: { ...scene.env, ANTHROPIC_BASE_URL: gate.url },
      viewport: { width: 1400, height: 1000 },
    };
    return options;
  });
  after(async () => {
    await gate.stop();
    await scene.dispose();
  });
  const panel = (): PanelPage => new PanelPage(workbench());
  const latest = () => panel().replies(1).last();
  /** Asks step 1 again, and waits until its new reply is there. */
  const askAgain = async (): Promise<void> => {
    const earlier = await panel().replies(1).count();
    await panel().ask(1);
    await panel().replies(1).nth(earlier).waitFor();
  };
  const streaming = () => panel().step(1).locator('.streaming-line');

  it('is seen growing', async () => {
    await panel().open();
    await panel().addErrorText('TypeError: Cannot read property stripe_key of undefined\n    at payment.js:47:30');
    await panel().ask(1);
    const early = await panel().untilShown(1, 30);
    const later = await panel().untilShown(1, early.length);
    assert.ok(later.startsWith(settledPart(early)), `${later}\ndoes not continue\n${early}`);
    assert.equal(await streaming().isVisible(), true);
    assert.equal(gate.openReplies(), 1);
  });

  it('keeps a second question from being asked meanwhile, and says why', async () => {
    const other = await panel().unfold(3);
    await other.getByText('Claude is answering step 1, Orient. Wait for it, or stop it first.').waitFor();
    assert.equal(await other.getByRole('button', { name: 'Ask Claude' }).isDisabled(), true);
    assert.equal(gate.received(), 1);
  });

  it('stops at Stop, leaves no connection open, keeps the text and says so', async () => {
    const before = await panel().replyText(1);
    await panel().step(1).getByRole('button', { name: 'Stop', exact: true }).click();
    await latest().getByText('Stopped.', { exact: true }).waitFor();
    await until('no reply is open at the server', async () => gate.openReplies() === 0);
    const kept = await panel().replyText(1);
    assert.ok(kept.startsWith(settledPart(before)), `${kept}\ndoes not continue\n${before}`);
    await workbench().openContainer('Incident');
    await workbench().treeItem('Checklist', '1 Orient, incomplete').waitFor();
  });

  it('goes on at Continue, in the same conversation, after the text that had come', async () => {
    const kept = await panel().replyText(1);
    await latest().getByRole('button', { name: 'Continue' }).click();
    await panel().untilAnswered(1, 2);
    const [first, second, ...more] = scene.claude.requests();
    assert.deepEqual(more, []);
    const before = sentMessages(first);
    assert.deepEqual(sentMessages(second).slice(0, before.length), before);
    const [partial] = sentMessages(second)[before.length]?.content ?? [];
    const said = (partial?.text ?? '').replace(/[*`]/g, '').replace(/\s+/g, ' ');
    assert.ok(said.startsWith(settledPart(kept)), `${said}\nis not what was kept:\n${kept}`);
    assert.match(sentTexts(second).at(-1) ?? '', /\S/);
  });

  it('is whole in a panel that was closed and opened again in mid-stream', async () => {
    await askAgain();
    const before = await panel().untilShown(1, 100);
    await panel().close();
    assert.equal(gate.openReplies(), 1, 'the reply had ended before the panel was closed');
    await panel().open();
    await panel().unfold(1);
    await panel().untilAnswered(1, 3);
    const whole = await panel().replyText(1);
    assert.ok(whole.startsWith(settledPart(before)), `${whole}\ndoes not begin with\n${before}`);
    const written = repliesTo('stripe-key').byKey.get('step-1')?.text ?? '';
    const words = (text: string): string => text.replace(/[*`]|^\d+\. /gm, '').replace(/\s+/g, ' ');
    assert.equal(words(whole), words(written));
  });

  it('is told of when it ends where the panel is not in sight, with a way to its step, and only there', async () => {
    const told = workbench()
      .notifications()
      .filter({ hasText: /Claude has answered step/ });
    assert.equal(await told.count(), 0, 'the panel was in sight so far');
    await panel().ask(3);
    await panel().untilShown(3, 30);
    await panel().close();
    await told.filter({ hasText: 'Claude has answered step 3, Hypotheses first.' }).waitFor();
    await told.getByRole('button', { name: 'Show Step' }).click();
    await panel().step(3).locator('.step-toggle[aria-expanded=true]').waitFor();
    await panel().untilAnswered(3, 1);
  });

  it('is kept as incomplete when the window is reloaded in mid-stream, and not asked for again by itself', async () => {
    const asked = gate.received();
    await askAgain();
    const before = await panel().untilShown(1, 100);
    await workbench().reload();
    await panel().open();
    await panel().unfold(1);
    await latest().getByText('Incomplete.', { exact: true }).waitFor();
    await latest().getByRole('button', { name: 'Continue' }).waitFor();
    const kept = await panel().replyText(1);
    assert.ok(kept.startsWith(settledPart(before)), `${kept}\ndoes not begin with\n${before}`);
    await until('no reply is open at the server', async () => gate.openReplies() === 0);
    assert.equal(gate.received(), asked + 1);
  });

  it('is kept as incomplete when the extension host is killed in mid-stream, and all else is back, too', async () => {
    const asked = gate.received();
    await askAgain();
    const before = await panel().untilShown(1, 100);
    await killInMidStream(await workbench().extensionHostKiller());
    await workbench().openContainer('Incident');
    await workbench().treeItem('Checklist', '1 Orient, incomplete').waitFor();
    await workbench().treeItem('Evidence', 'Error message').waitFor();
    await panel().open();
    await panel().unfold(1);
    await latest().getByText('Incomplete.', { exact: true }).waitFor();
    const kept = await panel().replyText(1);
    assert.ok(kept.startsWith(settledPart(before)), `${kept}\ndoes not begin with\n${before}`);
    assert.equal(await panel().replies(1).count(), 5);
    await until('no reply is open at the server', async () => gate.openReplies() === 0);
    assert.equal(gate.received(), asked + 1);
  });

  it('can be asked again after the crash', async () => {
    await askAgain();
    await panel().untilShown(1, 30);
    await panel().step(1).getByRole('button', { name: 'Stop', exact: true }).click();
    await latest().getByText('Stopped.', { exact: true }).waitFor();
  });

  it('is kept to its last second when the whole editor is killed, and is there when it is started again', async function () {
    this.timeout(180_000);
    const kill = await workbench().editorKiller();
    const asked = gate.received();
    await panel().ask(1);
    await until('it is asked', async () => gate.received() > asked);
    await killInMidStream(kill);
    const again = await openWorkbench({ ...options, dataFolder: workbench().dataFolder });
    try {
      // Which incident was open is kept by the browser here, and this is another one.
      await again.command('Incident: Switch Incident');
      const list = again.page.locator('.quick-input-list');
      await list
        .getByText(/stripe_key/)
        .first()
        .click();
      await again.openContainer('Incident');
      await again.treeItem('Checklist', '1 Orient, incomplete').waitFor();
      const reopened = new PanelPage(again);
      await reopened.open();
      await reopened.unfold(1);
      await reopened.replies(1).last().getByText('Incomplete.', { exact: true }).waitFor();
      await reopened.replies(1).last().getByRole('button', { name: 'Continue' }).waitFor();
      await reopened.frame.getByRole('button', { name: 'What was sent (8)' }).waitFor();
      const kept = await reopened.replyText(1);
      const [beginning = ''] = plain(kept).match(/^.{60}/s) ?? [];
      assert.ok(beginning !== '' && plain(textOf(gate.said())).startsWith(beginning), kept);
    } finally {
      await again.close();
    }
  });

  /**
   * Kills while text comes, and says how much of what the endpoint had sent is not in the journal: nothing that is older
   * than a second. It waits until the journal has kept up for some seconds on end, so that a machine that stands still
   * for a moment is not taken for a fault.
   */
  async function killInMidStream(kill: () => Promise<void>): Promise<void> {
    let keptUpSince = Date.now();
    await until('the journal keeps up with the reply', async () => {
      const { said, lost } = lostText(gate.said(), await journalText(), Date.now());
      if (lost > mostLost || said.length < 100) keptUpSince = Date.now();
      return Date.now() - keptUpSince > keepsUpFor;
    });
    const killedAt = Date.now();
    const killed = kill();
    const { lost, pieces } = lostText(gate.said(), await journalText(), killedAt);
    await killed;
    assert.ok(gate.openReplies() <= 1);
    const note = `${pieces} pieces of the last ${lost} ms were lost`;
    assert.ok(lost <= mostLost, note);
    process.stdout.write(`      ${note}\n`);
  }

  /** The text of the latest reply in the journal on disk. */
  async function journalText(): Promise<string> {
    const folder = join(workbench().globalStorage, 'incident-panel.incident-panel', 'incidents');
    const [name = ''] = (await readdir(folder)).filter((each) => each.endsWith('.jsonl'));
    const lines = (await readFile(join(folder, name), 'utf8')).split('\n').slice(0, -1);
    const events = lines.map((line) => JSON.parse(line) as { type: string; text?: string });
    const asked = events.findLastIndex(({ type }) => type === 'stepAsked');
    return events
      .slice(asked)
      .map(({ type, text = '' }) => (type === 'replyDelta' ? text : ''))
      .join('');
  }
});

/** Text of a reply that a kill may cost, in milliseconds of it. */
const mostLost = 1_000;
/** How long the journal is seen to keep up before the kill, in milliseconds. */
const keepsUpFor = 1_000;

function textOf(pieces: readonly SaidPiece[]): string {
  return pieces.map(({ text }) => text).join('');
}

function plain(text: string): string {
  return text.replace(/[*`]|^\d+\. /gm, '').replace(/\s+/g, ' ');
}

/** How old, at a time, the oldest piece is that had been said by then and is not kept. */
function lostText(
  pieces: readonly SaidPiece[],
  kept: string,
  at: number,
): { readonly said: string; readonly lost: number; readonly pieces: number } {
  const before = pieces.filter((piece) => piece.at <= at);
  const said = textOf(before);
  assert.ok(textOf(pieces).startsWith(kept), `${kept}\nis not how it was said:\n${textOf(pieces)}`);
  let end = 0;
  const missing = before.filter(({ text }) => (end += text.length) > kept.length);
  return { said, lost: missing[0] === undefined ? 0 : at - missing[0].at, pieces: missing.length };
}
