import { errorMessage, fail, succeed } from '../model/failure.ts';
import type { Failure, Result } from '../model/failure.ts';
import type { HuntAnswer } from '../model/hunt.ts';
import { failedTests, mentions } from './failedTests.ts';
import { judgeRun } from './judgeRun.ts';
import type { ProofWorld } from './prove.ts';
import { runInScratch } from './runInScratch.ts';
import { Scratch } from './scratch.ts';
import type { Repository } from './scratch.ts';
import type { Edit, EditedFile } from './scratchFiles.ts';
import type { TestPlan } from './testCommand/plan.ts';

export interface HuntRequest {
  readonly repository: Repository;
  /** Absolute path of the open folder; paths of edits start there. */
  readonly folder: string;
  /** The proved test, as edits of what is at `repository.head`. */
  readonly testEdits: readonly Edit[];
  readonly plan: Pick<TestPlan, 'folder' | 'test'>;
  /** Full hashes. `good` must be an ancestor of `bad`. */
  readonly good: string;
  readonly bad: string;
  /** Judges a merge as one commit: for a history whose branches were never whole by themselves. */
  readonly firstParent: boolean;
  readonly timeLimitMs: number;
}

/** Where the search stands. */
export interface HuntProgress {
  readonly hash: string;
  readonly subject: string;
  /** About how many commits are still to be tested after this one. */
  readonly stepsLeft: number;
}

export type HuntWorld = Omit<ProofWorld, 'onProgress'> & { readonly onProgress: (progress: HuntProgress) => void };

export interface RawCommit {
  readonly hash: string;
  readonly subject: string;
}

/** As `HuntOutcome`, before redaction. */
export type RawHuntOutcome =
  | { readonly kind: 'found'; readonly culprit: RawCommit; readonly change: string }
  | { readonly kind: 'undecided'; readonly candidates: readonly RawCommit[] }
  | { readonly kind: 'goodEndNotGood'; readonly answer: 'bad' | 'skip' }
  | { readonly kind: 'badEndNotBad'; readonly answer: 'good' | 'skip' }
  | { readonly kind: 'stopped' }
  | { readonly kind: 'failed'; readonly failure: Failure };

export interface RawHunt {
  readonly outcome: RawHuntOutcome;
  readonly tested: readonly { readonly hash: string; readonly answer: HuntAnswer }[];
  /** Where the test's files hold several tests: those that fail at the bad end and not at the good one. */
  readonly judgedBy: readonly string[];
  /** What git kept of the search: it can be replayed with `git bisect replay`. */
  readonly log: string;
}

/** More candidates than this are only counted. */
const maxCandidates = 50;

/**
 * Searches the history for the commit since which the test fails, with `git bisect` in a scratch copy. Both ends are
 * tested first: a search between ends that do not differ would name an innocent commit. Where some of the tests fail at
 * both ends (they are about what came with the fix), the others judge alone. A commit at which the test cannot
 * run, or does not end, is skipped. Leaves no copy, no process and no trace of a search in the user's folder. Never throws.
 */
export async function hunt(request: HuntRequest, world: HuntWorld, signal: AbortSignal): Promise<RawHunt> {
  const { repository, folder } = request;
  const { git, parent } = world;
  const made = await Scratch.create({ git, repository, folder, signal, ...(parent === undefined ? {} : { parent }) });
  if (!made.ok) return { outcome: failed(made.failure), tested: [], judgedBy: [], log: '' };
  const search = new Search(request, world, made.value, signal);
  try {
    const outcome = await search.outcome();
    return { outcome, tested: search.tested, judgedBy: search.judges ?? [], log: await search.log() };
  } catch (error) {
    return {
      outcome: failed({ kind: 'unexpected', detail: errorMessage(error) }),
      tested: search.tested,
      judgedBy: [],
      log: '',
    };
  } finally {
    await made.value.remove();
  }
}

function failed(failure: Failure): RawHuntOutcome {
  return failure.kind === 'cancelled' ? { kind: 'stopped' } : { kind: 'failed', failure };
}

class Search {
  readonly tested: { readonly hash: string; readonly answer: HuntAnswer }[] = [];
  /** The tests that judge, where not all do. */
  judges: readonly string[] | undefined;
  readonly #request: HuntRequest;
  readonly #world: HuntWorld;
  readonly #scratch: Scratch;
  readonly #signal: AbortSignal;
  /** What the last run printed. */
  #output = '';
  /** The test's files as they are once its edits are made at HEAD: what every commit is judged by. */
  #test: readonly EditedFile[] = [];

  constructor(request: HuntRequest, world: HuntWorld, scratch: Scratch, signal: AbortSignal) {
    this.#request = request;
    this.#world = world;
    this.#scratch = scratch;
    this.#signal = signal;
  }

  async outcome(): Promise<RawHuntOutcome> {
    const { good, bad } = this.#request;
    const test = await this.#scratch.files.edited({ test: this.#request.testEdits }, this.#world.editFile);
    if (!test.ok) return failed(test.failure);
    this.#test = test.value;
    const atBad = await this.#answerAt(bad, 0);
    if (!atBad.ok) return failed(atBad.failure);
    if (atBad.value !== 'bad') return { kind: 'badEndNotBad', answer: atBad.value };
    const failedAtBad = failedTests(this.#output);
    const atGood = await this.#answerAt(good, 0);
    if (!atGood.ok) return failed(atGood.failure);
    if (atGood.value === 'skip') return { kind: 'goodEndNotGood', answer: 'skip' };
    if (atGood.value === 'bad') {
      const failedAtGood = failedTests(this.#output);
      const telling = [...failedAtBad].filter((name) => !failedAtGood.has(name) && mentions(this.#output, name));
      if (failedAtGood.size === 0 || telling.length === 0) return { kind: 'goodEndNotGood', answer: 'bad' };
      this.judges = telling;
      this.tested.splice(-1, 1, { hash: good, answer: 'good' });
    }
    return this.#bisect();
  }

  /** What git wrote down of the search. */
  async log(): Promise<string> {
    const log = await this.#git(['bisect', 'log'], AbortSignal.timeout(20_000));
    return log.ok ? log.value : '';
  }

  async #bisect(): Promise<RawHuntOutcome> {
    const { good, bad, firstParent } = this.#request;
    // Without checkouts of its own: a file that a test left in the way would stop it.
    const options = ['--no-checkout', ...(firstParent ? ['--first-parent'] : [])];
    let said = await this.#git(['bisect', 'start', ...options, bad, good, '--']);
    for (;;) {
      if (!said.ok) return failed(said.failure);
      const culprit = /^([0-9a-f]{40,64}) is the first bad commit/m.exec(said.value)?.[1];
      if (culprit !== undefined) return this.#found(culprit);
      if (/There are only 'skip'ped commits left/.test(said.value)) return this.#undecided(said.value);
      const next = await this.#git(['rev-parse', '--verify', '--end-of-options', 'BISECT_HEAD']);
      if (!next.ok) return failed(next.failure);
      const hash = next.value.trim();
      const stepsLeft = Number(/roughly (\d+) step/.exec(said.value)?.[1] ?? 0);
      const answer = await this.#answerAt(hash, stepsLeft);
      if (!answer.ok) return failed(answer.failure);
      said = await this.#git(['bisect', answer.value, hash]);
    }
  }

  async #found(hash: string): Promise<RawHuntOutcome> {
    const { folder } = this.#scratch;
    const shown = await this.#world.git({
      folder,
      args: [
        'show',
        '--no-ext-diff',
        '--no-textconv',
        '--format=commit %H%nAuthor: %an%nDate: %ad%n%n%B',
        '--stat=100',
        '--patch',
        '--date=iso-strict',
        '-m',
        '--first-parent',
        '--end-of-options',
        hash,
      ],
      signal: this.#signal,
    });
    return { kind: 'found', culprit: await this.#commit(hash), change: shown.ok ? shown.value.text : '' };
  }

  async #undecided(said: string): Promise<RawHuntOutcome> {
    const hashes = [...said.matchAll(/^([0-9a-f]{40,64})$/gm)].map(([, hash = '']) => hash);
    const candidates: RawCommit[] = [];
    for (const hash of hashes.slice(0, maxCandidates)) candidates.push(await this.#commit(hash));
    return { kind: 'undecided', candidates };
  }

  async #commit(hash: string): Promise<RawCommit> {
    const subject = await this.#git(['show', '--no-patch', '--format=%s', '--end-of-options', hash]);
    return { hash, subject: subject.ok ? subject.value.trim() : '' };
  }

  /** What the test says at a commit. */
  async #answerAt(hash: string, stepsLeft: number): Promise<Result<HuntAnswer>> {
    const scratch = this.#scratch;
    const world = this.#world;
    const request = this.#request;
    const signal = this.#signal;
    world.onProgress({ ...(await this.#commit(hash)), stepsLeft });
    await scratch.files.restore();
    const checkedOut = await scratch.checkOut(hash, signal);
    if (!checkedOut.ok) return checkedOut;
    for (const { path, content } of this.#test) {
      const written = await scratch.files.write(path, content);
      // Another kind of thing has this name here: the test has no place at this commit.
      if (!written.ok) return this.#note(hash, 'skip');
    }
    const { end, output } = await runInScratch(scratch, request.plan.test, request, world, signal);
    const judged = judgeRun(end, output);
    if (judged.kind === 'stopped') return fail({ kind: 'cancelled' });
    this.#output = output;
    if (judged.kind === 'red') return this.#note(hash, this.#answerOfRed(output));
    return this.#note(hash, judged.kind === 'green' ? 'good' : 'skip');
  }

  /** What a red run says where only some of the tests judge. */
  #answerOfRed(output: string): HuntAnswer {
    const { judges } = this;
    if (judges === undefined) return 'bad';
    const failing = failedTests(output);
    if (judges.some((name) => failing.has(name))) return 'bad';
    return failing.size > 0 && judges.every((name) => mentions(output, name)) ? 'good' : 'skip';
  }

  #note(hash: string, answer: HuntAnswer): Result<HuntAnswer> {
    this.tested.push({ hash, answer });
    return succeed(answer);
  }

  async #git(args: readonly string[], signal: AbortSignal = this.#signal): Promise<Result<string>> {
    const done = await this.#world.git({ folder: this.#scratch.root, args, signal, silenceMs: 120_000 });
    return done.ok ? succeed(done.value.text) : done;
  }
}
