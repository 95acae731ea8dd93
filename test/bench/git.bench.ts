import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { openRepository } from '../../src/evidence/git.ts';
import { collectDiff } from '../../src/evidence/gitDiff.ts';
import { collectCommits } from '../../src/evidence/gitHistory.ts';
import type { Baseline } from '../../src/model/baseline.ts';
import { makeLargeRepository } from '../support/largeRepository.ts';
import { interleaved, median } from './harness.ts';
import type { BenchRow, RunBench } from './harness.ts';

const execute = promisify(execFile);

/** The evidence of step 5 from a large repository, beside the same questions put to bare git, all at once. */
export const run: RunBench = async ({ smoke }) => {
  const repository = await makeLargeRepository(smoke ? 200 : 20_000, smoke ? 50 : 5_000);
  try {
    // Files as old as the index are read again by each diff; a second later they are not.
    await new Promise((resolve) => setTimeout(resolve, 1_100));
    await execute('git', ['update-index', '--refresh', '-q'], { cwd: repository.root });
    const paths = repository.suspects.map((path) => join(repository.root, path));
    const signal = new AbortController().signal;

    async function collect(baseline: Baseline): Promise<void> {
      const opened = await openRepository(repository.root, signal);
      if (!opened.ok) throw new Error(opened.failure.kind);
      const results = await Promise.all([
        collectCommits(opened.value, signal),
        collectDiff(opened.value, baseline, paths, signal),
      ]);
      for (const result of results) if (!result.ok) throw new Error(result.failure.kind);
    }

    /** The commands whose answers are needed, each with its arguments; a shell user would run no fewer. */
    async function bare(from: string): Promise<void> {
      const git = (...args: string[]): Promise<unknown> =>
        execute('git', args, {
          cwd: repository.root,
          maxBuffer: 2 ** 26,
          env: { ...process.env, GIT_OPTIONAL_LOCKS: '0' },
        });
      const diff = ['diff', '--no-ext-diff', '--no-textconv', '--no-color', '--find-renames'];
      await Promise.all([
        git('rev-parse', '--show-toplevel'),
        git('rev-parse', from),
        git('log', '--max-count=20', '--format=%H%x00%h%x00%an%x00%at%x00%s', 'HEAD'),
        git(...diff, '--numstat', '-z', from, '--'),
        git(...diff, from, '--', ...repository.suspects),
      ]);
    }

    const rounds = smoke ? 1 : 9;
    const changed = await interleaved(rounds, {
      ours: () => collect({ kind: 'commitsBack', count: 5 }),
      bare: () => bare('HEAD~5'),
    });
    const empty = await interleaved(rounds, {
      ours: () => collect({ kind: 'commitsBack', count: 0 }),
      bare: () => bare('HEAD'),
    });
    const row = (what: string, { ours, bare: peer }: Record<'ours' | 'bare', number[]>): BenchRow => ({
      what,
      ours: median(ours),
      unit: 'ms',
      peer: { name: 'bare git, in parallel', value: median(peer) },
      goal: { kind: 'timesPeerAtMost', value: 1.2 },
    });
    return [
      row('5,000 commits × 20,000 files: commits and diff from HEAD~5', changed),
      row('the same where nothing has changed since the baseline', empty),
    ];
  } finally {
    await repository.remove();
  }
};
