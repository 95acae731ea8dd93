import { setTimeout as delay } from 'node:timers/promises';
import * as vscode from 'vscode';
import { runGit } from '../evidence/git.ts';
import { resolveBaseline } from '../evidence/gitHistory.ts';
import { editFile } from '../fix/editFile.ts';
import { decodeFile, encodeText } from '../fix/fileBytes.ts';
import {
  foundTestPlan,
  placedFix,
  provableFix,
  provedFix,
  testFilesOf,
  uncommittedSuspects,
} from '../investigation/proving.ts';
import type { ProvableFix } from '../investigation/proving.ts';
import { errorMessage } from '../model/failure.ts';
import type { Failure } from '../model/failure.ts';
import { t } from '../model/l10n.ts';
import { phaseWords, shownCommand, verdictMeaning, verdictTitle } from '../model/proofWords.ts';
import { noRedactedText } from '../model/redacted.ts';
import type { ProvingState } from '../model/proving.ts';
import { hunt } from '../proof/hunt.ts';
import type { RawHunt } from '../proof/hunt.ts';
import { removeLeftovers } from '../proof/leftovers.ts';
import { prove } from '../proof/prove.ts';
import type { RawProof } from '../proof/prove.ts';
import { runCommand } from '../proof/runCommand.ts';
import type { EditedFile } from '../proof/scratchFiles.ts';
import { planFromWords } from '../proof/testCommand/findTestPlan.ts';
import type { TestPlan } from '../proof/testCommand/plan.ts';
import { fixWorld } from './fixWorld.ts';
import type { Log } from './log.ts';
import { notify } from './notices.ts';
import { runInTask } from './proofTask.ts';
import type { Session } from './session.ts';
import { testTimeLimit } from './settings.ts';
import { TestCommands } from './testCommands.ts';
import { repositoryWorld } from './world.ts';

/** A plan that the user sees, with what it is made from. */
interface ReadyPlan {
  readonly id: number;
  readonly provable: ProvableFix;
  readonly plan: TestPlan;
  readonly uncommitted: readonly { readonly path: string; readonly uri: string }[];
}

/** Milliseconds that finding the tests and looking at the repository may take. */
const lookLimit = 30_000;

/**
 * Proves the latest fix and searches for its commit, one at a time, in a task of the editor. What would run is shown
 * before it does; nothing runs in Restricted Mode.
 */
export class ProofActions implements vscode.Disposable {
  readonly onDidChange: vscode.Event<void>;
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #session: Session;
  readonly #log: Log;
  readonly #commands: TestCommands;
  #current: ProvingState = { kind: 'idle' };
  #ready: ReadyPlan | undefined;
  #running: { readonly controller: AbortController; readonly finished: Promise<void> } | undefined;
  #plans = 0;
  readonly #switching: vscode.Disposable;

  constructor(session: Session, workspaceState: vscode.Memento, log: Log) {
    this.#session = session;
    this.#log = log;
    this.#commands = new TestCommands(workspaceState);
    this.onDidChange = this.#changed.event;
    this.#switching = session.onDidSwitch(() => {
      this.stop();
      this.#show({ kind: 'idle' });
    });
    void this.#sweep();
  }

  get state(): ProvingState {
    return this.#current;
  }

  /** Finds what would be run, and shows it; runs it at once where these very lines were agreed to before. */
  async plan(): Promise<Failure | undefined> {
    const { investigation } = this.#session;
    if (investigation === undefined || this.#running !== undefined) return undefined;
    const signal = AbortSignal.timeout(lookLimit);
    const latest = await provableFix(investigation.incident, repositoryWorld, signal);
    if (!latest.ok) return latest.failure;
    const provable = await placedFix(latest.value, await fixWorld(signal), signal);
    if (!provable.ok) return provable.failure;
    const plan = await this.#testPlan(provable.value);
    if (plan === undefined) return undefined;
    const uncommitted = await uncommittedSuspects(
      investigation.incident,
      provable.value,
      repositoryWorld,
      (uri) => unsavedText(uri) !== undefined,
      signal,
    );
    this.#plans += 1;
    this.#ready = { id: this.#plans, provable: provable.value, plan, uncommitted };
    const { folder, test, suite, foundIn } = plan;
    this.#show({
      kind: 'planned',
      plan: {
        id: this.#plans,
        runId: provable.value.runId,
        folder,
        test: shownCommand(test),
        ...(suite === undefined ? {} : { suite: shownCommand(suite) }),
        ...(foundIn === undefined ? {} : { foundIn }),
        uncommitted: uncommitted.map(({ path }) => path),
      },
    });
    // With uncommitted changes there is something to choose.
    if (uncommitted.length > 0 || !this.#commands.isAgreed(linesOf(plan))) return undefined;
    return this.prove(this.#plans, false);
  }

  /** Asks how the tests are run, once for the workspace, and shows the plan anew. */
  async changeCommand(): Promise<Failure | undefined> {
    const plan = this.#ready?.plan;
    const saved = this.#commands.saved ?? {
      test: plan?.test ?? '',
      ...(plan?.suite === undefined ? {} : { suite: plan.suite }),
    };
    return (await this.#commands.ask(saved)) === undefined ? undefined : this.plan();
  }

  /** Leaves the plan that is shown. */
  dismiss(): void {
    if (this.#current.kind === 'planned') this.#show({ kind: 'idle' });
  }

  /** Runs the plan that the user agreed to. Answers when it is on; what came of it is an event. */
  async prove(planId: number, withUncommitted: boolean): Promise<Failure | undefined> {
    const ready = this.#ready;
    const running = this.#running;
    const { investigation } = this.#session;
    if (ready?.id !== planId || running !== undefined || investigation === undefined) return undefined;
    if (!vscode.workspace.isTrusted) return { kind: 'restricted', what: t('running tests') };
    await this.#commands.agree(linesOf(ready.plan));
    const uncommitted = withUncommitted ? await textsOf(ready.uncommitted) : [];
    const startedAt = Date.now();
    const { runId } = ready.provable;
    this.#start(async (signal) => {
      this.#show({ kind: 'proving', runId, startedAt, attempt: 1, command: ready.plan.test });
      const raw = await runInTask(
        t('Prove the fix'),
        (print, stop) => this.#proveNow(ready, uncommitted, startedAt, print, stop),
        signal,
      );
      const paths = uncommitted.map(({ path }) => path);
      return investigation.addProof({ runId, startedAt, uncommitted: paths, raw });
    });
    return undefined;
  }

  /** Searches for the commit since which the proved test fails, between the baseline and HEAD. */
  async hunt(firstParent: boolean): Promise<Failure | undefined> {
    const { investigation } = this.#session;
    if (investigation === undefined || this.#running !== undefined) return undefined;
    const signal = AbortSignal.timeout(lookLimit);
    const latest = await provableFix(investigation.incident, repositoryWorld, signal);
    if (!latest.ok) return latest.failure;
    const proved = provedFix(investigation.incident);
    if (proved === undefined) return { kind: 'noFix' };
    const placed = await placedFix({ ...latest.value, ...proved }, await fixWorld(signal), signal);
    if (!placed.ok) return placed.failure;
    const provable = placed.value;
    const plan = await this.#testPlan(provable);
    if (plan === undefined) return undefined;
    const good = await resolveBaseline(provable.repository, investigation.incident.baseline, signal);
    if (!good.ok) return good.failure;
    const startedAt = Date.now();
    this.#start(async (stopping) => {
      const command = plan.test;
      this.#show({ kind: 'hunting', startedAt, command, stepsLeft: 0 });
      const ends = { good: good.value.hash, bad: provable.repository.head, firstParent };
      const raw = await runInTask(
        t('Hunt the regression'),
        (print, stop) => this.#huntNow({ provable, plan, ...ends, startedAt }, print, stop),
        stopping,
      );
      return investigation.addHunt({ startedAt, ...ends, raw });
    });
    return undefined;
  }

  /** Stops what runs, with all that it started. */
  stop(): void {
    this.#running?.controller.abort();
  }

  dispose(): void {
    this.stop();
    this.#switching.dispose();
    this.#changed.dispose();
  }

  #start(work: (signal: AbortSignal) => Promise<Failure | undefined>): void {
    // Two clicks may both have come this far.
    if (this.#running !== undefined) return;
    const controller = new AbortController();
    const finished = work(controller.signal)
      .then(
        (failure) => {
          if (failure !== undefined) this.#log.error(`The result of a test run was not kept: ${failure.kind}`);
          void notify(failure);
        },
        (error: unknown) => {
          this.#log.error('A test run failed', error);
          void notify({ kind: 'unexpected', detail: errorMessage(error) });
        },
      )
      .finally(() => {
        this.#running = undefined;
        this.#show({ kind: 'idle' });
      });
    this.#running = { controller, finished };
  }

  async #proveNow(
    { provable, plan }: ReadyPlan,
    uncommitted: readonly EditedFile[],
    startedAt: number,
    print: (text: string) => void,
    signal: AbortSignal,
  ): Promise<RawProof> {
    const { runId, fix, repository, folder } = provable;
    const { expectedFailure } = fix.test;
    print(`${t('Making a scratch copy of the repository…')}\n`);
    const raw = await prove(
      {
        repository,
        folder,
        fixEdits: fix.edits,
        testEdits: fix.test.edits,
        uncommitted,
        plan,
        ...(expectedFailure === undefined ? {} : { statedReason: expectedFailure }),
        timeLimitMs: testTimeLimit(),
      },
      {
        ...world,
        onProgress: ({ phase, attempt, line }) => {
          print(`\n── ${phaseWords()[phase]}${attempt === 1 ? '' : t(', again ({0})', attempt)} ──\n> ${line}\n`);
          this.#show({ kind: 'proving', runId, startedAt, phase, attempt, command: line });
        },
        onOutput: print,
      },
      signal,
    );
    // The line that shows it has just been printed.
    const verdict = raw.verdict.kind === 'cannotRun' ? { ...raw.verdict, detail: noRedactedText } : raw.verdict;
    print(`\n${verdictTitle(verdict)}\n${verdictMeaning(verdict)}\n${t('The scratch copy is removed.')}\n`);
    await delay(50);
    return raw;
  }

  async #huntNow(
    search: {
      readonly provable: ProvableFix;
      readonly plan: TestPlan;
      readonly good: string;
      readonly bad: string;
      readonly firstParent: boolean;
      readonly startedAt: number;
    },
    print: (text: string) => void,
    signal: AbortSignal,
  ): Promise<RawHunt> {
    const { provable, plan, good, bad, firstParent, startedAt } = search;
    const { repository, folder, fix } = provable;
    print(`${t('Making a scratch copy of the repository…')}\n`);
    const raw = await hunt(
      { repository, folder, testEdits: fix.test.edits, plan, good, bad, firstParent, timeLimitMs: testTimeLimit() },
      {
        ...world,
        onProgress: ({ hash, subject, stepsLeft }) => {
          print(`\n── ${hash.slice(0, 10)} ${subject} ──\n`);
          this.#show({ kind: 'hunting', startedAt, command: plan.test, commit: { hash, subject }, stepsLeft });
        },
        onOutput: print,
      },
      signal,
    );
    print(
      `\n${raw.outcome.kind === 'found' ? t('Since {0}', raw.outcome.culprit.hash) : t('No single commit was found.')}\n${t('The scratch copy is removed.')}\n`,
    );
    await delay(50);
    return raw;
  }

  /** As the user said, or as the project says; asks where neither does. Undefined where the user leaves that. */
  async #testPlan(provable: ProvableFix): Promise<TestPlan | undefined> {
    const files = await testFilesOf(provable);
    const said = this.#commands.saved;
    const found = said === undefined ? await foundTestPlan(provable) : planFromWords(said.test, said.suite, files);
    if (found !== undefined) return found;
    const asked = await this.#commands.ask({ test: provable.fix.test.command ?? '' });
    return asked === undefined ? undefined : planFromWords(asked.test, asked.suite, files);
  }

  #show(state: ProvingState): void {
    this.#current = state;
    if (state.kind !== 'planned') this.#ready = state.kind === 'idle' ? undefined : this.#ready;
    this.#changed.fire();
  }

  /** Removes what a window that crashed left behind. In Restricted Mode git is not run. */
  async #sweep(): Promise<void> {
    if (!vscode.workspace.isTrusted) return;
    const removed = await removeLeftovers({ git: runGit });
    if (removed > 0) this.#log.info(`${removed} scratch copies of an earlier window were removed`);
  }
}

const world = { git: runGit, editFile, run: runCommand, environment: process.env } as const;

function linesOf({ test, suite }: TestPlan): readonly string[] {
  return suite === undefined ? [test] : [test, suite];
}

function unsavedText(uri: string): string | undefined {
  const document = vscode.workspace.textDocuments.find((each) => each.isDirty && each.uri.toString() === uri);
  return document?.getText();
}

/** The suspects as the user has them: unsaved text first, as it would be saved, then what is on disk. */
async function textsOf(suspects: ReadyPlan['uncommitted']): Promise<readonly EditedFile[]> {
  const files: EditedFile[] = [];
  for (const { path, uri } of suspects) {
    const saved = await vscode.workspace.fs.readFile(vscode.Uri.parse(uri, true));
    const unsaved = unsavedText(uri);
    const decoded = decodeFile(saved);
    const form = decoded.kind === 'text' ? decoded.form : ({ encoding: 'utf-8', mark: false } as const);
    files.push({ path, content: unsaved === undefined ? saved : encodeText(unsaved, form) });
  }
  return files;
}
