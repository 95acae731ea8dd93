import * as vscode from 'vscode';
import { commands } from '../contributions.ts';
import { WatchTimer } from '../investigation/watchTimer.ts';
import type { Failure } from '../model/failure.ts';
import { t } from '../model/l10n.ts';
import { asLabel } from '../model/label.ts';
import type { RunId } from '../model/reply.ts';
import { typedCommand } from '../model/typedCommand.ts';
import { latestBlastRadius } from '../model/watch.ts';
import type { MonitorState, WatchList } from '../model/watch.ts';
import { watchAdvice, watchInShort, watchOver } from '../model/watchWords.ts';
import { withoutLinks } from '../wording.ts';
import { readProtocol } from './houseRules.ts';
import type { Panel } from './panel.ts';
import type { Session } from './session.ts';
import { watchMinutes } from './settings.ts';

/** The name of the terminal that a rollback command is typed into. */
const terminalName = () => t('Rollback');

/** The watch after a deploy: started, looked at, and reminded of quietly. Nothing is run. */
export class WatchActions {
  readonly #session: Session;

  constructor(session: Session) {
    this.#session = session;
  }

  /** Starts the watch, or starts it again. */
  start(): Failure | undefined {
    const { investigation } = this.#session;
    if (investigation === undefined || latestBlastRadius(investigation.incident) === undefined) {
      return { kind: 'nothingThere', what: 'monitors' };
    }
    investigation.afterFix.startWatch(watchMinutes());
    return undefined;
  }

  async check(runId: RunId, index: number, state: MonitorState, note: string): Promise<Failure | undefined> {
    return this.#session.investigation?.afterFix.checkMonitor(runId, index, state, note);
  }

  /** Types the rollback command of CLAUDE.md into a terminal of its own. The user runs it, or does not. */
  async typeRollback(): Promise<Failure | undefined> {
    if (!vscode.workspace.isTrusted) return { kind: 'restricted', what: t('typing into a terminal') };
    // As it is in the file: it is shown on this machine only, and what the panel shows may have a secret hidden in it.
    const command = typedCommand((await readProtocol())?.rollbackCommand?.text ?? '');
    if (command === undefined) return { kind: 'nothingThere', what: 'rollback' };
    const terminal = vscode.window.createTerminal({ name: terminalName() });
    terminal.show();
    terminal.sendText(command, false);
    return undefined;
  }
}

/** Reminds of the watch: quietly in the status bar, and once, when its time is up and the panel is not in sight. */
export function registerWatchReminder(session: Session, panel: Pick<Panel, 'visible'>): vscode.Disposable {
  const item = vscode.window.createStatusBarItem('incidentPanel.watch', vscode.StatusBarAlignment.Left, 9);
  item.name = t('Incident Watch');
  item.command = { command: commands.revealStep, title: t('Show Step'), arguments: ['blastRadius'] };
  const timer = new WatchTimer({
    clock: {
      now: Date.now,
      after: (milliseconds, call) => {
        const timeout = setTimeout(call, milliseconds);
        return { dispose: () => clearTimeout(timeout) };
      },
    },
    incident: () => session.investigation?.incident,
    show: (list, now) => draw(item, list, now),
    end: (now) => session.investigation?.afterFix.endWatch(now) === true,
    remind: (list) => {
      if (!panel.visible) void remind(list);
    },
  });
  timer.update();
  return vscode.Disposable.from(
    item,
    timer,
    session.onDidSwitch(() => timer.update()),
    session.onDidHappen(({ type }) => {
      if (type !== 'replyDelta') timer.update();
    }),
  );
}

function draw(item: vscode.StatusBarItem, list: WatchList | undefined, now: number): void {
  if (list === undefined || list.monitors.length === 0) {
    item.hide();
    return;
  }
  const words = watchInShort(list, now);
  item.text = `$(eye) ${words}`;
  item.tooltip = `${t('Watch after the deploy: {0}', words)}\n${asLabel(watchAdvice(list), 1_000)}`;
  item.accessibilityInformation = { label: t('Incident watch, {0}', words) };
  const calls = list.worse > 0 || list.monitors.some(({ due }) => due);
  item.backgroundColor = calls ? new vscode.ThemeColor('statusBarItem.warningBackground') : undefined;
  item.show();
}

async function remind(list: WatchList): Promise<void> {
  const show = t('Show the Watch List');
  const resolve = t('Resolve Incident');
  const chosen = await vscode.window.showInformationMessage(
    withoutLinks(watchOver(list)),
    ...(list.allOk ? [resolve] : []),
    show,
  );
  if (chosen === resolve) await vscode.commands.executeCommand(commands.resolveIncident);
  if (chosen === show) await vscode.commands.executeCommand(commands.revealStep, 'blastRadius');
}
