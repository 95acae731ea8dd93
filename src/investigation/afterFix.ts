import type { IncidentStore } from '../incident/store.ts';
import { isFixProved, latestFix } from '../model/appliedFix.ts';
import type { AppliedFix } from '../model/appliedFix.ts';
import { fail, succeed } from '../model/failure.ts';
import type { Failure, Result } from '../model/failure.ts';
import type { CheckedPattern } from '../model/similarPattern.ts';
import type { RunId } from '../model/reply.ts';
import { usualWatchMinutes, watchEnd } from '../model/watch.ts';
import type { MonitorState } from '../model/watch.ts';
import type { Redactor } from '../redaction/redactor.ts';

/** Longest reason and note that is kept, in UTF-16 units. */
const longestNote = 4_000;

/** Keeps in the record what happens once there is a fix: applied and undone, its similar places, the watch. */
export class AfterFix {
  readonly #store: IncidentStore;
  readonly #redactor: Pick<Redactor, 'redact'>;

  constructor(store: IncidentStore, redactor: Pick<Redactor, 'redact'>) {
    this.#store = store;
    this.#redactor = redactor;
  }

  /**
   * On what ground the fix of a run is applied: proved by a run of its test, or else the reason why it is applied all
   * the same, redacted. Asked for before anything is changed: without one nothing is applied.
   */
  async ground(runId: RunId, reason: string): Promise<Result<AppliedFix['proof']>> {
    if (isFixProved(this.#store.incident, runId)) return succeed({ kind: 'proved' });
    if (reason.trim() === '') return fail({ kind: 'reasonMissing' });
    const text = await this.#redactor.redact(reason.trim().slice(0, longestNote), { what: 'The reason' });
    return text.ok ? succeed({ kind: 'unproved', reason: text.value.text }) : text;
  }

  /** The fix of a run was applied to these files, named as the panel names them. */
  applied(runId: RunId, files: readonly string[], proof: AppliedFix['proof']): void {
    this.#store.dispatch({ type: 'fixApplied', runId, files, proof });
  }

  /** The files are again as they were before the fix of a run. */
  undone(runId: RunId): void {
    if (latestFix(this.#store.incident)?.applied?.runId === runId) this.#store.dispatch({ type: 'fixUndone', runId });
  }

  patternsChecked(runId: RunId, patterns: readonly CheckedPattern[]): void {
    if (patterns.length > 0) this.#store.dispatch({ type: 'patternsChecked', runId, patterns });
  }

  /** Starts the watch, or starts it again. A length that is no time counts as the usual one. */
  startWatch(minutes: number): void {
    const usable = Number.isFinite(minutes) && minutes > 0 ? minutes : usualWatchMinutes;
    this.#store.dispatch({ type: 'watchStarted', minutes: usable });
  }

  /** What the user saw at a monitor, with a note on it. */
  async checkMonitor(runId: RunId, index: number, state: MonitorState, note: string): Promise<Failure | undefined> {
    const text = await this.#redactor.redact(note.trim().slice(0, longestNote), { what: 'The note' });
    if (!text.ok) return text.failure;
    this.#store.dispatch({ type: 'monitorChecked', runId, index, state, note: text.value.text });
    return undefined;
  }

  /** Records that the time of the watch is up; true where this was not recorded before and the time is up. */
  endWatch(now: number): boolean {
    const { watch } = this.#store.incident;
    if (watch === undefined || watch.endedAt !== undefined || now < watchEnd(watch)) return false;
    this.#store.dispatch({ type: 'watchEnded' });
    return true;
  }
}
