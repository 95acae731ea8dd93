import * as vscode from 'vscode';
import { taskType } from '../contributions.ts';
import { t } from '../model/l10n.ts';

/** What runs in a task: it prints through `print` and ends early when `signal` says so. */
export type TaskWork<T> = (print: (text: string) => void, signal: AbortSignal) => Promise<T>;

/** Most characters that a task's terminal gets in one run: a flood must not hold up the editor. */
const maxShown = 5_000_000;

/**
 * Runs work as a task of the editor, with its output in a terminal of the task. The processes are ours, not the
 * terminal's, so that ending them ends all of them; closing the terminal, ending the task and `stop` all stop the work.
 * Rejects as the work does.
 */
export function runInTask<T>(name: string, work: TaskWork<T>, stop: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const execution = new vscode.CustomExecution(() => Promise.resolve(terminalOf(work, stop, resolve, reject)));
    const definition = { type: taskType };
    const task = new vscode.Task(definition, vscode.TaskScope.Workspace, name, 'Incident Panel', execution);
    task.presentationOptions = {
      reveal: vscode.TaskRevealKind.Always,
      panel: vscode.TaskPanelKind.Dedicated,
      focus: false,
      clear: true,
      showReuseMessage: false,
    };
    vscode.tasks.executeTask(task).then(undefined, reject);
  });
}

function terminalOf<T>(
  work: TaskWork<T>,
  stop: AbortSignal,
  resolve: (value: T) => void,
  reject: (error: unknown) => void,
): vscode.Pseudoterminal {
  const written = new vscode.EventEmitter<string>();
  const closed = new vscode.EventEmitter<number>();
  const closing = new AbortController();
  let shown = 0;
  const print = (text: string): void => {
    if (shown > maxShown) return;
    shown += text.length;
    written.fire(text.replace(/\r?\n/g, '\r\n'));
    if (shown > maxShown) written.fire(`\r\n${t('… the rest is not shown here')}\r\n`);
  };
  return {
    onDidWrite: written.event,
    onDidClose: closed.event,
    // Nothing may be written before it is open.
    open: () => {
      work(print, AbortSignal.any([closing.signal, stop])).then(
        (value) => {
          resolve(value);
          closed.fire(0);
        },
        (error: unknown) => {
          reject(error);
          closed.fire(1);
        },
      );
    },
    close: () => closing.abort(),
  };
}
