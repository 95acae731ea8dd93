import * as vscode from 'vscode';
import { checkPatterns } from '../investigation/similarPatterns.ts';
import { mendRequest } from '../investigation/mendRequest.ts';
import { planFix } from '../investigation/planFix.ts';
import type { FixPlan } from '../investigation/planFix.ts';
import type { Investigation } from '../investigation/investigation.ts';
import { fixBranch, fixMessage, isFixProved, latestFix } from '../model/appliedFix.ts';
import { fail } from '../model/failure.ts';
import type { Failure, Result } from '../model/failure.ts';
import { missingParts } from '../model/fixCheck.ts';
import { activeRun } from '../model/incident.ts';
import { plural, t } from '../model/l10n.ts';
import type { Fix } from '../model/records.ts';
import type { RunId } from '../model/reply.ts';
import { similarPlaces } from '../model/similarPattern.ts';
import { stepDefinition } from '../model/steps.ts';
import { withoutLinks } from '../wording.ts';
import { applyPlan } from './applyPlan.ts';
import type { Diffs } from './diffs.ts';
import { fixWorld } from './fixWorld.ts';
import type { Log } from './log.ts';
import { notify } from './notices.ts';
import type { Session } from './session.ts';
import { createBranch, proposeMessage } from './sourceControl.ts';
import { UndoWatch } from './undoWatch.ts';

/** Milliseconds for looking at the files of a fix: a few dozen at most. */
const lookTimeout = 30_000;

/** Shows, applies and extends the latest fix. Nothing changes without the editor's own preview; nothing is committed. */
export class FixActions implements vscode.Disposable {
  readonly #session: Session;
  readonly #diffs: Diffs;
  readonly #log: Log;
  readonly #proveLatest: () => Promise<Failure | undefined>;
  readonly #undoWatch = new UndoWatch();
  readonly #listening: vscode.Disposable;
  #applying = false;

  constructor(session: Session, diffs: Diffs, log: Log, proveLatest: () => Promise<Failure | undefined>) {
    this.#session = session;
    this.#diffs = diffs;
    this.#log = log;
    this.#proveLatest = proveLatest;
    this.#listening = session.onDidHappen((event) => {
      if (event.type === 'resultRecorded' && event.record.step === 'fix') {
        this.#lookUpPatterns(event.runId, event.record.data).catch((error: unknown) =>
          this.#log.error('The similar places of a fix were not looked up', error),
        );
      }
    });
  }

  dispose(): void {
    this.#listening.dispose();
    this.#undoWatch.dispose();
  }

  /** Shows the edits of the latest fix and its test against the files as they are. */
  async show(): Promise<Failure | undefined> {
    const planned = await this.#plan();
    if (!planned.ok) return planned.failure;
    await this.#diffs.showPlan(t('Proposed fix (not applied)'), planned.value);
    return undefined;
  }

  /**
   * Applies the fix that a run recorded, or the latest one: only with all four parts of its check, and, where no test
   * run proved it, with a reason, which goes into the record. Without one the user is asked.
   */
  async apply(wanted?: { readonly runId: RunId; readonly reason: string }): Promise<Failure | undefined> {
    const { investigation } = this.#session;
    const fix = investigation === undefined ? undefined : latestFix(investigation.incident);
    if (investigation === undefined || fix === undefined) return { kind: 'noFix' };
    // The panel shows a fix that a newer one has replaced meanwhile.
    if (wanted !== undefined && wanted.runId !== fix.runId) return { kind: 'noFix' };
    if (this.#applying) return undefined;
    this.#applying = true;
    try {
      return await this.#applyFix(investigation, fix, wanted?.reason);
    } finally {
      this.#applying = false;
    }
  }

  /** Asks Claude to mend the edits that do not fit, with the reasons and the lines as they are now. */
  async mend(): Promise<Failure | undefined> {
    const planned = await this.#plan();
    const { investigation } = this.#session;
    if (planned.ok || investigation === undefined) return planned.ok ? undefined : planned.failure;
    if (planned.failure.kind !== 'editsRefused') return planned.failure;
    const busy = activeRun(investigation.incident);
    if (busy !== undefined) return { kind: 'alreadyAsking', step: stepDefinition(busy.step).title };
    const world = await fixWorld(AbortSignal.timeout(lookTimeout));
    const { words, evidence } = await mendRequest(investigation.incident, planned.failure.problems, world);
    for (const item of evidence) {
      const added = await investigation.addEvidence(item);
      if (!added.ok) return added.failure;
    }
    return this.#followUp(investigation, words);
  }

  /**
   * Asks Claude to extend the fix to the similar places that were found, each with a test of its own. The extended fix
   * is to be proved again: what would run is shown, or runs at once where these very lines were agreed to.
   */
  async fixSimilar(): Promise<Failure | undefined> {
    const { investigation } = this.#session;
    const run = investigation?.incident.runs.findLast(({ record }) => record?.step === 'fix');
    if (investigation === undefined || run?.record?.step !== 'fix') return { kind: 'noFix' };
    const places = similarPlaces(run.record.data, run.checkedPatterns);
    if (places.length === 0) return { kind: 'nothingThere', what: 'patterns' };
    const words = [
      places.length === 1
        ? 'Fix both and write tests for both. The other place is'
        : 'Fix all of them and write tests for all. The other places are',
      ...places.map(({ path, line, why }) => `- ${line === undefined ? path : `${path}:${line}`}: ${why}`),
      'Record the whole fix again: the edits so far with these, and the tests so far with one for each.',
    ];
    return this.#followUp(investigation, words.join('\n'), () => {
      const extended = latestFix(investigation.incident);
      if (this.#session.investigation !== investigation || extended === undefined || extended.runId === run.id) return;
      this.#proveLatest().then(
        (failure) => void notify(failure),
        (error: unknown) => this.#log.error('The extended fix was not proved again', error),
      );
    });
  }

  /** Makes the branch that is offered for the latest fix, and switches to it. */
  async branch(): Promise<Failure | undefined> {
    const place = await this.#anyFile();
    const incident = this.#session.investigation?.incident;
    if (incident === undefined || place === undefined) return { kind: 'noFix' };
    const name = fixBranch(incident);
    const failure = await createBranch(name, place);
    if (failure === undefined) tell(`$(git-branch) ${t('You are on the new branch {0}. Nothing is committed.', name)}`);
    return failure;
  }

  /** Offers the commit message of the latest fix. */
  async message(): Promise<Failure | undefined> {
    const place = await this.#anyFile();
    const incident = this.#session.investigation?.incident;
    const fix = incident === undefined ? undefined : latestFix(incident);
    if (incident === undefined || fix === undefined || place === undefined) return { kind: 'noFix' };
    const where = await proposeMessage(fixMessage(incident, fix.data, fix.applied?.proof), place);
    tell(
      where === 'inputBox'
        ? `$(source-control) ${t('The commit message is in the Source Control view. Nothing is committed.')}`
        : `$(copy) ${t('The commit message is on the clipboard: the Source Control view has another one, or is not there.')}`,
    );
    return undefined;
  }

  async #applyFix(
    investigation: Investigation,
    fix: { readonly runId: RunId; readonly data: Fix },
    given: string | undefined,
  ): Promise<Failure | undefined> {
    const missing = missingParts(fix.data);
    if (missing.length > 0) return { kind: 'fixNotWhole', missing };
    const planned = await this.#plan();
    if (!planned.ok) return planned.failure;
    const reason = given ?? (isFixProved(investigation.incident, fix.runId) ? '' : await askForReason());
    if (reason === undefined) return { kind: 'cancelled' };
    const proof = await investigation.afterFix.ground(fix.runId, reason);
    if (!proof.ok) return proof.failure;
    await this.#diffs.showPlan(t('The fix, not applied yet'), planned.value);
    const choice = await confirmed(planned.value);
    const failure =
      choice === undefined
        ? ({ kind: 'notApplied' } as const)
        : await applyPlan(planned.value, { eachConfirmed: choice === 'each', label: t('The fix and its test') });
    if (failure !== undefined) {
      // The panel is behind the preview: told where the user is.
      if (failure.kind === 'notApplied') tell(t('The fix was not applied. Nothing was changed.'));
      else void notify(failure);
      return undefined;
    }
    const files = planned.value.files.map(({ path }) => path);
    investigation.afterFix.applied(fix.runId, files, proof.value);
    this.#undoWatch.watch(planned.value, () => {
      if (this.#session.investigation === investigation) investigation.afterFix.undone(fix.runId);
    });
    void this.#offerWhatIsNext(files);
    return undefined;
  }

  /** After the preview the panel is behind other editors: what is next is offered where the user is. */
  async #offerWhatIsNext(files: readonly string[]): Promise<void> {
    const incident = this.#session.investigation?.incident;
    if (incident === undefined) return;
    const branch = t('Create Branch {0}', fixBranch(incident));
    const message = t('Use Commit Message');
    const what = t('The fix is applied to {0}. One undo takes it back; nothing is committed.', nameOrCount(files));
    const chosen = await vscode.window.showInformationMessage(withoutLinks(what), branch, message);
    const failure = chosen === branch ? await this.branch() : chosen === message ? await this.message() : undefined;
    if (failure !== undefined) await notify(failure);
  }

  async #plan(): Promise<Result<FixPlan>> {
    const { investigation } = this.#session;
    const fix = investigation === undefined ? undefined : latestFix(investigation.incident);
    if (fix === undefined) return fail({ kind: 'noFix' });
    if (!vscode.workspace.isTrusted) return fail({ kind: 'restricted', what: t('applying a fix') });
    if ((vscode.workspace.workspaceFolders ?? []).length === 0) return fail({ kind: 'noFolder' });
    const signal = AbortSignal.timeout(lookTimeout);
    return planFix(fix.data, await fixWorld(signal), signal);
  }

  async #lookUpPatterns(runId: RunId, { similarPatterns }: Fix): Promise<void> {
    const { investigation } = this.#session;
    const run = investigation?.incident.runs.find(({ id }) => id === runId);
    if (investigation === undefined || run === undefined || similarPatterns.length === 0) return;
    const signal = AbortSignal.timeout(lookTimeout);
    const patterns = vscode.workspace.isTrusted
      ? await checkPatterns(similarPatterns, run, await fixWorld(signal), signal)
      : similarPatterns.map((_, index) => ({ index, place: { kind: 'notChecked' }, by: 'line' }) as const);
    if (this.#session.investigation === investigation) investigation.afterFix.patternsChecked(runId, patterns);
  }

  /** Answers when the question is on, or cannot be asked. */
  #followUp(
    investigation: Investigation,
    followUp: string,
    onAnswered: () => void = () => undefined,
  ): Promise<Failure | undefined> {
    return new Promise((resolve, reject) => {
      const asked = investigation.ask({ step: 'fix', kind: 'followUp', followUp }, () => resolve(undefined));
      asked.then((failure) => {
        resolve(failure);
        if (failure === undefined) onAnswered();
      }, reject);
    });
  }

  /** A file of the latest fix, by which its repository is found. */
  async #anyFile(): Promise<vscode.Uri | undefined> {
    const incident = this.#session.investigation?.incident;
    const path = incident?.appliedFixes.at(-1)?.files[0];
    const [folder] = vscode.workspace.workspaceFolders ?? [];
    if (path === undefined) return folder?.uri;
    for (const { uri } of vscode.workspace.workspaceFolders ?? []) {
      const place = vscode.Uri.joinPath(uri, path);
      const there = await vscode.workspace.fs.stat(place).then(
        () => true,
        () => false,
      );
      if (there) return place;
    }
    return folder?.uri;
  }
}

/** Asks beside the diff whether the fix is applied. What is not obvious from the diff is said. */
async function confirmed({ files }: FixPlan): Promise<'all' | 'each' | undefined> {
  const unsaved = files.filter(({ now }) => now?.unsaved === true).map(({ path }) => path);
  const mixed = files.filter(({ now }) => now?.mixedLineEnds === true).map(({ path }) => path);
  const words = [
    t('Apply the fix and its test to {0}, as one edit?', nameOrCount(files.map(({ path }) => path))),
    ...(unsaved.length === 0 ? [] : [t('Your unsaved changes stay in {0}, and are not saved.', unsaved.join(', '))]),
    ...(mixed.length === 0 ? [] : [t('Saving makes all line ends the same in {0}.', mixed.join(', '))]),
  ];
  const [all, each] = [t('Apply'), t('Confirm Each Change…')];
  const chosen = await vscode.window.showInformationMessage(withoutLinks(words.join(' ')), all, each, t('Cancel'));
  return chosen === all ? 'all' : chosen === each ? 'each' : undefined;
}

/** The name of the only file, or how many there are. */
function nameOrCount(files: readonly string[]): string {
  const [only] = files;
  return files.length === 1 && only !== undefined ? only : plural(files.length, '{0} file', '{0} files');
}

function askForReason(): Thenable<string | undefined> {
  return vscode.window.showInputBox({
    title: t('Apply a fix that no test run has proved'),
    prompt: t('Why is it applied all the same? The reason goes into the record.'),
    ignoreFocusOut: true,
    validateInput: (text) =>
      text.trim() === '' ? t('A reason is needed; Escape leaves everything as it is.') : undefined,
  });
}

function tell(words: string): void {
  void vscode.window.setStatusBarMessage(words, 8_000);
}
