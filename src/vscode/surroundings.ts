import { pathToFileURL } from 'node:url';
import * as vscode from 'vscode';
import { findLogs } from '../evidence/findLogs.ts';
import { logTailLines, stackTailLines } from '../evidence/logTail.ts';
import { recordedReplies } from '../claude/endpoint.ts';
import { endpointLabel } from '../model/claude.ts';
import { DisposableStore } from '../model/emitter.ts';
import { tokensByStep } from '../investigation/budget.ts';
import { succeed } from '../model/failure.ts';
import type { FailureKind } from '../model/failure.ts';
import { t } from '../model/l10n.ts';
import { houseRulesForPanel, protocolLogFolders, readProtocol } from './houseRules.ts';
import type { HouseRules, OfferedLog, Surroundings } from '../protocol.ts';
import type { Keys } from './keys.ts';
import type { Log } from './log.ts';
import { offeredEditors } from './openEditors.ts';
import type { ProofActions } from './proofActions.ts';
import type { Session } from './session.ts';
import type { Endpoints } from './endpoints.ts';
import { budget, onSettingsChange } from './settings.ts';
import { SettledCall } from './settledCall.ts';
import type { Terminals } from './terminals.ts';
import { fileSizes, folderPaths } from './workspaceFiles.ts';

/** Changes come in bursts (tabs, terminals); one look after a burst is enough. Milliseconds. */
const settleMs = 60;

/** Watches the editor around the incident and tells when there is something new to show. */
export class SurroundingsWatch implements vscode.Disposable {
  readonly onDidChange: vscode.Event<Surroundings>;
  readonly #changed = new vscode.EventEmitter<Surroundings>();
  readonly #disposables = new DisposableStore();
  readonly #session: Session;
  readonly #endpoints: Endpoints;
  readonly #terminals: Terminals;
  readonly #proofs: ProofActions;
  readonly #log: Log;
  #logs: readonly OfferedLog[] = [];
  #git: Surroundings['git'] = 'unknown';
  #houseRules: HouseRules | undefined;
  readonly #settled = new SettledCall(settleMs, () => void this.#tell());
  #latest = '';

  constructor(
    session: Session,
    keys: Keys,
    endpoints: Endpoints,
    terminals: Terminals,
    proofs: ProofActions,
    log: Log,
  ) {
    this.#proofs = proofs;
    this.#session = session;
    this.#endpoints = endpoints;
    this.#terminals = terminals;
    this.#log = log;
    this.onDidChange = this.#changed.event;
    const soon = (): void => this.#settled.soon();
    const disposables = this.#disposables;
    disposables.add(this.#changed);
    disposables.add(vscode.window.tabGroups.onDidChangeTabs(soon));
    disposables.add(vscode.window.tabGroups.onDidChangeTabGroups(soon));
    disposables.add(vscode.workspace.onDidChangeWorkspaceFolders(() => void this.lookAround()));
    disposables.add(vscode.workspace.onDidGrantWorkspaceTrust(() => void this.lookAround()));
    disposables.add(
      vscode.workspace.onDidSaveTextDocument(({ fileName }) => {
        if (fileName.endsWith('CLAUDE.md')) void this.lookAround();
      }),
    );
    disposables.add(vscode.Disposable.from(onSettingsChange(soon), endpoints.onDidChange(soon)));
    disposables.add(vscode.Disposable.from(keys.onDidChange(soon), terminals.onDidChange(soon)));
    disposables.add(proofs.onDidChange(soon));
    disposables.add(vscode.Disposable.from(session.onDidSwitch(soon), session.onDidSave(soon)));
    disposables.add(
      session.onDidHappen(({ type }) => {
        if (type !== 'replyDelta') soon();
      }),
    );
  }

  /** What is around now. */
  async now(): Promise<Surroundings> {
    const { investigation } = this.#session;
    const isDemo = investigation?.incident.demo !== undefined;
    const first = isDemo ? succeed(recordedReplies) : this.#endpoints.first();
    const endpoints = isDemo ? [] : await this.#endpoints.states();
    // Who answers the next question: the first that may, in the order of asking.
    const able = endpoints.filter(({ agreed, hasKey }) => agreed && hasKey);
    const answers = able[0] ?? (first.ok ? endpointLabel(first.value) : undefined);
    const suspects = new Set(investigation?.incident.suspects.map(({ uri }) => uri));
    const present = new Set(
      investigation?.incident.evidence.filter(({ removedAt }) => removedAt === undefined).map(({ uri }) => uri),
    );
    const failure = investigation?.store.failure;
    const sizes = await fileSizes(investigation?.incident.suspects ?? []);
    const nextTokens =
      investigation === undefined ? {} : tokensByStep(investigation.incident, ({ uri }) => sizes.get(uri));
    return {
      folders: (vscode.workspace.workspaceFolders ?? []).map(({ name }) => name),
      git: this.#git,
      trusted: vscode.workspace.isTrusted,
      hasKey: isDemo || able.length > 0,
      endpoint:
        answers === undefined
          ? { name: t('No endpoint'), host: '', model: '', demo: false }
          : { name: answers.name, host: answers.host, model: answers.model, demo: answers.demo },
      endpoints,
      cost: { ...budget(), nextTokens },
      ...(first.ok ? {} : { endpointFailure: first.failure }),
      openEditors: offeredEditors(suspects),
      logs: this.#logs.filter(({ uri }) => !present.has(uri)),
      terminal: this.#terminals.state,
      journal: { badLines: 0, ...investigation?.store.damage, ...(failure === undefined ? {} : { failure }) },
      ...(this.#houseRules === undefined ? {} : { houseRules: this.#houseRules }),
      ...(this.#proofs.state.kind === 'idle' ? {} : { proving: this.#proofs.state }),
      otherIncidents: Math.max(0, this.#session.count - 1),
      ...(this.#session.readOnly === undefined ? {} : { readOnly: this.#session.readOnly }),
    };
  }

  /** Whether a log is one of those that were found, and may be added by its name alone. */
  offers(uri: string): boolean {
    return this.#logs.some((log) => log.uri === uri);
  }

  /** Looks for logs and a repository; for when the panel opens or the folders change. */
  async lookAround(): Promise<void> {
    const protocol = await readProtocol();
    const found = await findLogs({
      folders: [...new Set([...folderPaths(), ...protocolLogFolders(protocol)])],
      signal: AbortSignal.timeout(10_000),
    });
    if (found.ok) {
      const distinct = new Map(found.value.logs.toReversed().map((log) => [log.path, log]));
      this.#logs = [...distinct.values()].toReversed().map(({ path, displayPath, role, bytes, modifiedAt }) => ({
        uri: pathToFileURL(path).href,
        path: displayPath,
        kind: role === 'stackLog' ? 'stackTail' : 'logTail',
        lines: role === 'stackLog' ? stackTailLines : logTailLines,
        bytes,
        modifiedAt,
      }));
    } else {
      this.#log.info(`Logs were not looked for: ${found.failure.kind}`);
    }
    this.#git = await this.#gitState();
    this.#houseRules = await houseRulesForPanel(protocol, this.#session.redactor);
    this.#settled.soon();
  }

  dispose(): void {
    this.#settled.dispose();
    this.#disposables.dispose();
  }

  /** Tells only what is news. */
  async #tell(): Promise<void> {
    const surroundings = await this.now();
    const text = JSON.stringify(surroundings);
    if (text === this.#latest) return;
    this.#latest = text;
    this.#changed.fire(surroundings);
  }

  /** The repository of the first folder. Not asked in Restricted Mode, in which nothing is executed. */
  async #gitState(): Promise<Surroundings['git']> {
    const [folder] = folderPaths();
    if (folder === undefined || !vscode.workspace.isTrusted) return 'unknown';
    const { openRepository } = await import('../evidence/git.ts');
    const repository = await openRepository(folder, AbortSignal.timeout(10_000));
    if (repository.ok) return 'ready';
    return gitStates.get(repository.failure.kind) ?? 'unknown';
  }
}

const gitStates: ReadonlyMap<FailureKind, Surroundings['git']> = new Map([
  ['noGit', 'missing'],
  ['notARepository', 'notARepository'],
  ['noCommits', 'noCommits'],
]);
