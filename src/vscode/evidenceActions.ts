import * as vscode from 'vscode';
import { collectLogTail, collectStackTail } from '../evidence/logTail.ts';
import type { LogFile } from '../evidence/logTail.ts';
import type { CollectedEvidence } from '../model/evidence.ts';
import { fail, succeed } from '../model/failure.ts';
import type { Failure, Result } from '../model/failure.ts';
import { t } from '../model/l10n.ts';
import { isEnvironmentValuesFile } from '../model/suspect.ts';
import type { Session } from './session.ts';
import type { Terminals } from './terminals.ts';
import { knownFile } from './workspaceFiles.ts';
import { repositoryWorld } from './world.ts';

/** Largest pasted or selected text that is taken, in characters: more would drown the error and the budget. */
const maxPasted = 512 * 1024;

/** Adds evidence from wherever the user has it. Each action tells why nothing was added, where nothing was. */
export class EvidenceActions {
  readonly #session: Session;
  readonly #terminals: Terminals;
  /** The last log that is being added, done or not. */
  #queue: Promise<unknown> = Promise.resolve();

  constructor(session: Session, terminals: Terminals) {
    this.#session = session;
    this.#terminals = terminals;
  }

  addErrorText(text: string): Promise<Failure | undefined> {
    if (text.trim() === '') return Promise.resolve({ kind: 'nothingThere', what: 'errorText' });
    return this.#add(succeed(pasted('errorText', 'Error message', 'pasted into the panel', text)));
  }

  async addClipboard(): Promise<Failure | undefined> {
    const text = await vscode.env.clipboard.readText();
    if (text.trim() === '') return { kind: 'nothingThere', what: 'clipboard' };
    return this.#add(succeed(pasted('clipboard', 'Clipboard', 'the clipboard', text)));
  }

  async addSelection(): Promise<Failure | undefined> {
    const editor =
      vscode.window.activeTextEditor ?? vscode.window.visibleTextEditors.find((one) => !one.selection.isEmpty);
    if (editor === undefined || editor.selection.isEmpty) return { kind: 'nothingThere', what: 'selection' };
    return this.#add(selectionOf(editor));
  }

  async addTerminalOutput(): Promise<Failure | undefined> {
    return this.#add(await this.#terminals.collect());
  }

  async addTerminalSelection(): Promise<Failure | undefined> {
    return this.#add(await this.#terminals.collectSelection());
  }

  /** The end of a log: 50 lines of an error log, 30 of a stack log. Asks for the file where none is given. */
  async addLog(kind: 'logTail' | 'stackTail', uri?: vscode.Uri): Promise<Failure | undefined> {
    const chosen = uri ?? (await chooseFile(kind === 'logTail' ? t('Add Error Log') : t('Add Stack Log')));
    if (chosen === undefined) return undefined;
    const { path: displayPath } = knownFile(chosen);
    // The path of a file that is elsewhere may name another one here.
    if (chosen.scheme !== 'file') return { kind: 'fileMissing', path: displayPath };
    if (isEnvironmentValuesFile(displayPath)) return { kind: 'environmentValues', path: displayPath };
    const file = { path: chosen.fsPath, displayPath };
    return this.#inTurn(() => this.#addLogFile(kind, file));
  }

  /** What one of the editor's own parts has collected: a problem, a failed test, an exception. */
  addCollected(collected: Result<CollectedEvidence>): Promise<Failure | undefined> {
    return this.#add(collected);
  }

  async #addLogFile(kind: 'logTail' | 'stackTail', file: LogFile): Promise<Failure | undefined> {
    const signal = AbortSignal.timeout(30_000);
    if (kind === 'stackTail') return this.#add(await collectStackTail(file, signal));
    const failure = await this.#add(await collectLogTail(file, signal));
    return failure ?? this.#addDigest(file);
  }

  /** What the whole log says, beside its end. The end is there already, so that a digest that fails takes nothing away. */
  async #addDigest(file: LogFile): Promise<Failure | undefined> {
    const current = await this.#session.current();
    if (!current.ok) return current.failure;
    const { incident } = current.value;
    const { collectDigest } = await import('../investigation/logEvidence.ts');
    const digest = await collectDigest(incident, repositoryWorld, file, AbortSignal.timeout(30_000));
    if (!digest.ok) return digest.failure;
    if (digest.value === undefined) return undefined;
    // To the incident that the tail went to, whichever is open by now.
    const added = await current.value.addEvidence(digest.value);
    return added.ok ? undefined : added.failure;
  }

  /** What production has of the variables that the suspects read, from names alone. */
  async addProductionNames(names: readonly string[]): Promise<Failure | undefined> {
    if (names.length === 0) return { kind: 'nothingThere', what: 'names' };
    const current = await this.#session.current();
    if (!current.ok) return current.failure;
    const { compareWithProduction } = await import('./environmentFinder.ts');
    const { suspects } = current.value.incident;
    return this.#add(await compareWithProduction(suspects, names, AbortSignal.timeout(30_000)));
  }

  /** One log after the other, so that evidence is numbered in the order of the user's clicks. */
  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const done = this.#queue.then(work);
    this.#queue = done.catch(() => undefined);
    return done;
  }

  async #add(collected: Result<CollectedEvidence>): Promise<Failure | undefined> {
    if (!collected.ok) return collected.failure;
    const current = await this.#session.current();
    if (!current.ok) return current.failure;
    const added = await current.value.addEvidence(collected.value);
    return added.ok ? undefined : added.failure;
  }
}

function pasted(kind: 'errorText' | 'clipboard', title: string, source: string, text: string): CollectedEvidence {
  const whole = text.replaceAll('\r\n', '\n').replace(/^\n+|\s+$/g, '');
  if (whole.length <= maxPasted) return { kind, title, source, text: whole };
  return { kind, title, source, text: whole.slice(-maxPasted), omitted: `all but the last ${maxPasted} characters` };
}

function selectionOf(editor: vscode.TextEditor): Result<CollectedEvidence> {
  const { document, selection } = editor;
  const { path } = knownFile(document.uri);
  if (isEnvironmentValuesFile(path)) return fail({ kind: 'environmentValues', path });
  const first = selection.start.line + 1;
  // A selection that ends before a line's first character does not include that line.
  const last =
    selection.end.character === 0 && selection.end.line > selection.start.line
      ? selection.end.line
      : selection.end.line + 1;
  const lines = first === last ? `line ${first}` : `lines ${first} to ${last}`;
  const text = document.getText(selection).replaceAll('\r\n', '\n');
  if (text.trim() === '') return fail({ kind: 'nothingThere', what: 'selection' });
  return succeed({
    kind: 'selection',
    title: `${path}, ${lines}`,
    source: path,
    uri: document.uri.toString(),
    text: text.slice(0, maxPasted),
    firstLine: first,
    ...(text.length > maxPasted ? { omitted: `all but the first ${maxPasted} characters` } : {}),
  });
}

async function chooseFile(title: string): Promise<vscode.Uri | undefined> {
  const chosen = await vscode.window.showOpenDialog({ title, openLabel: t('Add'), canSelectMany: false });
  return chosen?.[0];
}
