import * as vscode from 'vscode';
import { commands } from '../contributions.ts';
import { stripControlSequences } from '../evidence/controlSequences.ts';
import { debugOutput, exceptionInfo, exceptionStop, stackFrames } from '../evidence/debugProtocol.ts';
import { debugConsoleEvidence, exceptionEvidence } from '../evidence/editorFindings.ts';
import { parseStackTraces } from '../evidence/stackTrace/parse.ts';
import { DisposableStore } from '../model/emitter.ts';
import type { CollectedEvidence } from '../model/evidence.ts';
import { fail, succeed } from '../model/failure.ts';
import type { Result } from '../model/failure.ts';
import { t } from '../model/l10n.ts';
import { property } from '../model/property.ts';
import { withoutLinks } from '../wording.ts';
import type { Session } from './session.ts';
import { knownFile } from './workspaceFiles.ts';

/** Characters of the debug console that are kept: some thousand lines, of which the last ones tell of the end. */
const keptOutput = 64 * 1024;

/**
 * Listens to debug sessions while an incident is open: keeps the end of what the program printed, and offers *Add to
 * Incident* where it stops at an exception or prints one. Offered once for each session, in a notification that goes away.
 */
export class DebugWatch implements vscode.Disposable {
  readonly #session: Session;
  readonly #disposables = new DisposableStore();
  readonly #sessions = new Map<string, vscode.DebugSession>();
  readonly #offered = new Set<string>();
  #output = '';
  #name = '';

  constructor(session: Session) {
    this.#session = session;
    this.#disposables.add(vscode.debug.onDidStartDebugSession((started) => this.#sessions.set(started.id, started)));
    this.#disposables.add(vscode.debug.onDidTerminateDebugSession(({ id }) => this.#sessions.delete(id)));
    this.#disposables.add(
      vscode.debug.registerDebugAdapterTrackerFactory('*', {
        createDebugAdapterTracker: (tracked) => {
          if (tracked.parentSession === undefined) this.#begin(tracked);
          this.#sessions.set(tracked.id, tracked);
          return { onDidSendMessage: (message: unknown) => this.#hear(tracked, message) };
        },
      }),
    );
  }

  /** The exception that the debugger has stopped at, or the stack of the thread that a menu was opened on. */
  async collectException(given: unknown): Promise<Result<CollectedEvidence>> {
    const item = vscode.debug.activeStackItem;
    const id = property(given, 'sessionId');
    const thread = Number(property(given, 'threadId') ?? item?.threadId);
    const session = (typeof id === 'string' ? this.#sessions.get(id) : undefined) ?? item?.session;
    if (session === undefined || !Number.isFinite(thread)) return fail({ kind: 'nothingThere', what: 'exception' });
    const request = (command: string, more = {}): Promise<unknown> =>
      // An adapter need not know `exceptionInfo`, and knows it only at an exception.
      Promise.resolve(session.customRequest(command, { threadId: thread, ...more })).catch(() => undefined);
    const info = exceptionInfo(await request('exceptionInfo'));
    const answer = await request('stackTrace', { startFrame: 0, levels: 60 });
    const frames = stackFrames(answer, (path) => knownFile(vscode.Uri.file(path)).path);
    if (frames.length === 0 && info.message === undefined) return fail({ kind: 'nothingThere', what: 'exception' });
    return succeed(exceptionEvidence({ session: session.name, ...info, frames }));
  }

  /** The end of what the program printed in the debug console. */
  collectOutput(): Result<CollectedEvidence> {
    const evidence = debugConsoleEvidence(this.#name, stripControlSequences(this.#output));
    return evidence === undefined ? fail({ kind: 'nothingThere', what: 'debugOutput' }) : succeed(evidence);
  }

  dispose(): void {
    this.#disposables.dispose();
  }

  #begin({ name }: vscode.DebugSession): void {
    this.#output = '';
    this.#name = name;
  }

  #hear(session: vscode.DebugSession, message: unknown): void {
    const printed = debugOutput(message);
    if (printed !== undefined) this.#output = (this.#output + printed.text).slice(-keptOutput);
    if (this.#session.investigation === undefined || this.#session.readOnly !== undefined) return;
    if (exceptionStop(message) !== undefined) void this.#offer(session, commands.addException);
    else if (printed?.isError === true && parseStackTraces(stripControlSequences(printed.text)).length > 0)
      void this.#offer(session, commands.addDebugOutput);
  }

  async #offer(within: vscode.DebugSession, command: string): Promise<void> {
    // What the user started, and gave a name: an adapter may begin sessions of its own within it.
    let session = within;
    while (session.parentSession !== undefined) session = session.parentSession;
    const key = `${session.id} ${command}`;
    if (this.#offered.has(key)) return;
    this.#offered.add(key);
    const add = t('Add to Incident');
    const words =
      command === commands.addException
        ? t('“{0}” has stopped at an exception.', session.name)
        : t('“{0}” has printed an error.', session.name);
    if ((await vscode.window.showInformationMessage(withoutLinks(words), add)) === add)
      await vscode.commands.executeCommand(command);
  }
}
