import * as vscode from 'vscode';
import { DisposableStore } from '../model/emitter.ts';
import { presentEvidence } from '../model/incident.ts';
import { failingLines } from '../model/traceReport.ts';
import type { TraceReport } from '../model/traceReport.ts';
import type { Log } from './log.ts';
import { offeredEditors } from './openEditors.ts';
import type { Session } from './session.ts';
import { onSettingsChange } from './settings.ts';
import { SettledCall } from './settledCall.ts';
import { sourceMapFolders } from './sourceMapFolders.ts';
import { knownFile } from './workspaceFiles.ts';
import { forgetWorkspaceListing, listWorkspace } from './workspaceListing.ts';

/** Several pieces of evidence often come at once. Milliseconds. */
const settleMs = 80;
/** How long one look may take, in milliseconds; what it found by then is told. */
const timeLimitMs = 20_000;

const nothing: TraceReport = { traces: [], moreTraces: 0, proposals: [] };

/**
 * Reads the stack traces of the incident's evidence whenever that changes, and tells what they say of the open folders.
 * A look that is superseded is cancelled. Nothing of it is recorded until the user accepts a proposal.
 */
export class TraceWatch implements vscode.Disposable {
  readonly onDidChange: vscode.Event<TraceReport>;
  readonly #changed = new vscode.EventEmitter<TraceReport>();
  readonly #disposables = new DisposableStore();
  readonly #session: Session;
  readonly #log: Log;
  #latest: TraceReport = nothing;
  #running: AbortController | undefined;
  readonly #settled = new SettledCall(settleMs, () => {
    this.#look().catch((error: unknown) => this.#log.error('The stack traces were not read', error));
  });

  constructor(session: Session, log: Log) {
    this.#session = session;
    this.#log = log;
    this.onDidChange = this.#changed.event;
    session.failingLines = () =>
      failingLines(this.#latest).map(({ file, line, function: name }) => ({
        path: vscode.Uri.parse(file.uri, true).fsPath,
        displayPath: file.path,
        line,
        ...(name === undefined ? {} : { function: name }),
      }));
    const soon = (): void => this.#lookSoon();
    const anew = (): void => {
      forgetWorkspaceListing();
      soon();
    };
    const disposables = this.#disposables;
    disposables.add(this.#changed);
    disposables.add(session.onDidSwitch(soon));
    disposables.add(
      session.onDidHappen(({ type }) => {
        if (type === 'evidenceAdded' || type === 'evidenceRemoved' || type === 'baselineChosen') soon();
      }),
    );
    disposables.add(vscode.workspace.onDidChangeWorkspaceFolders(anew));
    disposables.add(vscode.workspace.onDidGrantWorkspaceTrust(anew));
    disposables.add(onSettingsChange(soon));
    disposables.add(
      vscode.window.tabGroups.onDidChangeTabs(() => {
        // Editors count only where no trace says more.
        if (this.#latest.proposals.every(({ reason }) => reason.kind === 'openEditor')) soon();
      }),
    );
  }

  get report(): TraceReport {
    return this.#latest;
  }

  dispose(): void {
    this.#settled.dispose();
    this.#running?.abort();
    this.#disposables.dispose();
  }

  #lookSoon(): void {
    this.#running?.abort();
    this.#settled.soon();
  }

  async #look(): Promise<void> {
    const { investigation } = this.#session;
    const controller = new AbortController();
    this.#running = controller;
    const signal = AbortSignal.any([controller.signal, AbortSignal.timeout(timeLimitMs)]);
    const evidence = investigation === undefined ? [] : presentEvidence(investigation.incident);
    const report =
      investigation === undefined
        ? nothing
        : await this.#reportOn(evidence, new Set(investigation.incident.suspects.map(({ uri }) => uri)), signal);
    const isStale = (): boolean => controller.signal.aborted || investigation !== this.#session.investigation;
    if (isStale()) return;
    // Shown as soon as it is there; its history takes a moment more.
    const { history: before, ...rest } = this.#latest;
    if (JSON.stringify(report) !== JSON.stringify(rest)) this.#tell(report);
    const text = report.traces.length === 0 ? undefined : await investigation?.failingHistory(signal);
    if (text === undefined || isStale()) return;
    const history = historyLines(text);
    if (JSON.stringify(history) !== JSON.stringify(before) || this.#latest === report)
      this.#tell({ ...report, history });
  }

  #tell(report: TraceReport): void {
    this.#latest = report;
    this.#changed.fire(report);
  }

  async #reportOn(
    evidence: ReturnType<typeof presentEvidence>,
    suspectUris: ReadonlySet<string>,
    signal: AbortSignal,
  ): Promise<TraceReport> {
    const { reportTraces } = await import('../evidence/frames/traceReport.ts');
    return reportTraces({
      evidence,
      index: await listWorkspace(signal),
      mapFolders: sourceMapFolders(),
      openEditors: offeredEditors(suspectUris),
      nameFile: ({ root, path }) => knownFile(vscode.Uri.joinPath(vscode.Uri.file(root), path)),
      signal,
    });
  }
}

/** The evidence's text line by line; the commits that it ranks begin with their hash. */
function historyLines(text: string): NonNullable<TraceReport['history']> {
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => {
      const commit = /^([0-9a-f]{10}) /.exec(line)?.[1];
      return commit === undefined ? { text: line } : { text: line, commit };
    });
}
