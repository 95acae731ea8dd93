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
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #buffer = new TerminalBuffer();
  readonly #ids = new Map<vscode.Terminal, string>();
  /** Terminals whose last command was not read from its beginning on. */
  readonly #incomplete = new Set<string>();
  readonly #ends = new Map<vscode.TerminalShellExecution, (exitCode: number | undefined) => void>();
  readonly #disposables = new DisposableStore();
  #count = 0;

  constructor(onError: (error: unknown) => void) {
    this.onDidChange = this.#changed.event;
    const disposables = this.#disposables;
    disposables.add(this.#changed);
    disposables.add(vscode.window.onDidStartTerminalShellExecution((event) => void this.#read(event).catch(onError)));
    disposables.add(
      vscode.window.onDidEndTerminalShellExecution(({ execution, exitCode }) => {
        this.#ends.get(execution)?.(exitCode);
        this.#ends.delete(execution);
      }),
    );
    disposables.add(vscode.window.onDidChangeActiveTerminal(() => this.#changed.fire()));
    disposables.add(vscode.window.onDidChangeTerminalShellIntegration(() => this.#changed.fire()));
    disposables.add(
      vscode.window.onDidCloseTerminal((terminal) => {
        const id = this.#idOf(terminal);
        this.#buffer.forget(id);
        this.#incomplete.delete(id);
        this.#ids.delete(terminal);
        this.#changed.fire();
      }),
    );
  }

  /** How the active terminal's output can be had. */
  get state(): Surroundings['terminal'] {
    const terminal = vscode.window.activeTerminal;
    if (terminal === undefined) return 'none';
    return terminal.shellIntegration === undefined && this.#executions(terminal).length === 0
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
    const executions = this.#executions(terminal);
    if (executions.length === 0 && terminal.shellIntegration === undefined) return this.collectSelection();
    const [last] = executions;
    // What a command prints at once, the editor does not pass on; it is in the terminal's own buffer all the same.
    const missed = last === undefined || (!last.running && this.#incomplete.has(this.#idOf(terminal)));
    const output = missed ? await copyFromTerminal('workbench.action.terminal.copyLastCommandOutput') : undefined;
    if (output === undefined) return terminalEvidence(executions);
    const known = last ?? { terminal: terminal.name, running: false };
    return terminalEvidence([{ ...known, output: stripControlSequences(output), cut: false }]);
  }

  /** What is selected in the active terminal. */
  async collectSelection(): Promise<Result<CollectedEvidence>> {
    const terminal = vscode.window.activeTerminal;
    if (terminal === undefined) return fail({ kind: 'terminalUnavailable' });
    const selected = await copyFromTerminal('workbench.action.terminal.copySelection');
    if (selected === undefined) return fail({ kind: 'terminalUnavailable', terminal: terminal.name });
    return succeed({
      kind: 'terminal',
      title: `Selection in ${terminal.name}`,
      source: `Terminal “${terminal.name}”, the lines that were selected in it`,
      text: stripControlSequences(selected),
    });
  }

  dispose(): void {
    this.#disposables.dispose();
  }

  async #read({ terminal, execution }: vscode.TerminalShellExecutionStartEvent): Promise<void> {
    const id = this.#idOf(terminal);
    const recorder = this.#buffer.start(id, terminal.name, execution.commandLine.value);
    this.#ends.set(execution, (exitCode) => recorder.end(exitCode));
    this.#incomplete.add(id);
    this.#changed.fire();
    let isFirst = true;
    for await (const chunk of execution.read()) {
      recorder.feed(chunk);
      if (isFirst && hasOutputAfterStart(chunk)) this.#incomplete.delete(id);
      isFirst = false;
    }
  }

  #executions(terminal: vscode.Terminal): ReturnType<TerminalBuffer['executions']> {
    return this.#buffer.executions(this.#idOf(terminal));
  }

  #idOf(terminal: vscode.Terminal): string {
    const known = this.#ids.get(terminal);
    if (known !== undefined) return known;
    this.#count += 1;
    this.#ids.set(terminal, String(this.#count));
    return String(this.#count);
  }
}

/** Whether a chunk has the mark with which a command's output begins (OSC 633 or 133, `C`), and output after it. */
function hasOutputAfterStart(chunk: string): boolean {
  // From the escape character on, with which the mark itself begins.
  const start = chunk.search(/\](?:133|633);C/) - 1;
  return start >= 0 && stripControlSequences(chunk.slice(start)).trim() !== '';
}

/**
 * What one of the editor's commands copies from the active terminal: its selection, its last output. The editor gives
 * these to extensions by way of the clipboard only, which is put back as it was.
 */
async function copyFromTerminal(command: string): Promise<string | undefined> {
  const before = await vscode.env.clipboard.readText();
  const mark = `incident-panel-${Date.now()}`;
  await vscode.env.clipboard.writeText(mark);
  try {
    await vscode.commands.executeCommand(command);
    const copied = await vscode.env.clipboard.readText();
    return copied === mark || copied.trim() === '' ? undefined : copied;
  } finally {
    await vscode.env.clipboard.writeText(before);
  }
}
