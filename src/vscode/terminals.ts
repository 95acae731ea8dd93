import * as vscode from 'vscode';
import { TerminalBuffer, terminalEvidence } from '../evidence/terminalBuffer.ts';
import { stripControlSequences } from '../evidence/controlSequences.ts';
import { DisposableStore } from '../model/emitter.ts';
import type { CollectedEvidence } from '../model/evidence.ts';
import { fail, succeed } from '../model/failure.ts';
import type { Result } from '../model/failure.ts';
import type { Surroundings } from '../protocol.ts';

/**
 * Listens to the terminals' commands through shell integration, from the start of the window on, so that the output is
 * there when it is asked for. Where a shell has no integration, the terminal's selection is used.
 */
export class Terminals implements vscode.Disposable {
  readonly onDidChange: vscode.Event<void>;
  private readonly changed = new vscode.EventEmitter<void>();
  private readonly buffer = new TerminalBuffer();
  private readonly ids = new Map<vscode.Terminal, string>();
  private readonly ends = new Map<vscode.TerminalShellExecution, (exitCode: number | undefined) => void>();
  private readonly disposables = new DisposableStore();
  private count = 0;

  constructor(onError: (error: unknown) => void) {
    this.onDidChange = this.changed.event;
    const { disposables } = this;
    disposables.add(this.changed);
    disposables.add(vscode.window.onDidStartTerminalShellExecution((event) => void this.read(event).catch(onError)));
    disposables.add(
      vscode.window.onDidEndTerminalShellExecution(({ execution, exitCode }) => {
        this.ends.get(execution)?.(exitCode);
        this.ends.delete(execution);
      }),
    );
    disposables.add(vscode.window.onDidChangeActiveTerminal(() => this.changed.fire()));
    disposables.add(vscode.window.onDidChangeTerminalShellIntegration(() => this.changed.fire()));
    disposables.add(
      vscode.window.onDidCloseTerminal((terminal) => {
        this.buffer.forget(this.idOf(terminal));
        this.ids.delete(terminal);
        this.changed.fire();
      }),
    );
  }

  /** How the active terminal's output can be had. */
  get state(): Surroundings['terminal'] {
    const terminal = vscode.window.activeTerminal;
    if (terminal === undefined) return 'none';
    return terminal.shellIntegration === undefined && this.executions(terminal).length === 0
      ? 'selectionOnly'
      : 'shellIntegration';
  }

  /**
   * The active terminal's last output through shell integration; where there is none, its selection. The source says
   * which of the two it was.
   */
  async collect(): Promise<Result<CollectedEvidence>> {
    const terminal = vscode.window.activeTerminal;
    if (terminal === undefined) return fail({ kind: 'terminalUnavailable' });
    const executions = this.executions(terminal);
    if (executions.length > 0 || terminal.shellIntegration !== undefined) return terminalEvidence(executions);
    return this.collectSelection();
  }

  /** What is selected in the active terminal. */
  async collectSelection(): Promise<Result<CollectedEvidence>> {
    const terminal = vscode.window.activeTerminal;
    if (terminal === undefined) return fail({ kind: 'terminalUnavailable' });
    const selected = await copySelection();
    if (selected === undefined) return fail({ kind: 'terminalUnavailable', terminal: terminal.name });
    return succeed({
      kind: 'terminal',
      title: `Selection in ${terminal.name}`,
      source: `Terminal “${terminal.name}”, the lines that were selected in it`,
      text: stripControlSequences(selected),
    });
  }

  dispose(): void {
    this.disposables.dispose();
  }

  private async read({ terminal, execution }: vscode.TerminalShellExecutionStartEvent): Promise<void> {
    const recorder = this.buffer.start(this.idOf(terminal), terminal.name, execution.commandLine.value);
    this.ends.set(execution, (exitCode) => recorder.end(exitCode));
    this.changed.fire();
    for await (const chunk of execution.read()) recorder.feed(chunk);
  }

  private executions(terminal: vscode.Terminal): ReturnType<TerminalBuffer['executions']> {
    return this.buffer.executions(this.idOf(terminal));
  }

  private idOf(terminal: vscode.Terminal): string {
    const known = this.ids.get(terminal);
    if (known !== undefined) return known;
    this.count += 1;
    this.ids.set(terminal, String(this.count));
    return String(this.count);
  }
}

/**
 * The selection of the active terminal. The editor gives it to extensions by way of the clipboard only, which is put
 * back as it was.
 */
async function copySelection(): Promise<string | undefined> {
  const before = await vscode.env.clipboard.readText();
  const mark = `incident-panel-${Date.now()}`;
  await vscode.env.clipboard.writeText(mark);
  try {
    await vscode.commands.executeCommand('workbench.action.terminal.copySelection');
    const copied = await vscode.env.clipboard.readText();
    return copied === mark || copied.trim() === '' ? undefined : copied;
  } finally {
    await vscode.env.clipboard.writeText(before);
  }
}
