import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { searchCallers } from '../../../src/evidence/callers.ts';
import { historyOfLines } from '../../../src/evidence/failingLines.ts';
import { findLogs } from '../../../src/evidence/findLogs.ts';
import { reportTraces } from '../../../src/evidence/frames/traceReport.ts';
import { indexWorkspace } from '../../../src/evidence/frames/workspaceIndex.ts';
import { openRepository, type RepositoryState } from '../../../src/evidence/git.ts';
import { blameLines } from '../../../src/evidence/gitBlame.ts';
import { collectDiff } from '../../../src/evidence/gitDiff.ts';
import { collectCommits } from '../../../src/evidence/gitHistory.ts';
import { localImports } from '../../../src/evidence/localImports.ts';
import { collectLogDigest } from '../../../src/evidence/logDigest/logDigest.ts';
import { collectLogTail } from '../../../src/evidence/logTail.ts';
import { searchRepository } from '../../../src/evidence/repositorySearch.ts';
import { readTextFile } from '../../../src/evidence/textFile.ts';
import type { Baseline } from '../../../src/model/baseline.ts';
import { makeLargeRepository, type LargeRepository } from '../../support/largeRepository.ts';
import { evidenceOf, nameByPath } from '../../support/traceWorkspace.ts';

/** Milliseconds that one source may take here, on a machine that is busy; usually it takes a hundredth. */
const patience = 60_000;
const baseline: Baseline = { kind: 'commitsBack', count: 50 };

describe('every source of evidence, in a repository of 20,000 files and 5,000 commits', function () {
  this.timeout(3 * patience);
  let large: LargeRepository;
  let repository: RepositoryState;
  let log = '';

  before(async () => {
    large = await makeLargeRepository(20_000, 5_000, 8);
    const opened = await openRepository(large.root, AbortSignal.timeout(patience));
    assert.ok(opened.ok);
    repository = opened.value;
    log = join(large.root, 'app.log');
    const line = (at: number): string =>
      `2026-01-02T03:04:05.${String(at % 1000).padStart(3, '0')}Z ERROR order ${at} failed\n`;
    await writeFile(log, Array.from({ length: 200_000 }, (_, at) => line(at)).join(''));
  });
  after(() => large.remove());

  const suspect = (): string => join(large.root, 'src/services/payment.js');
  const logFile = (): { path: string; displayPath: string } => ({ path: log, displayPath: 'app.log' });

  /** Each gives whether it found what it looked for. */
  const sources: Readonly<Record<string, (signal: AbortSignal) => Promise<boolean>>> = {
    'the list of files': async (signal) =>
      (await indexWorkspace([large.root], { mayRunGit: true }, signal)).files.length >= 20_000,
    'the list of files without git': async (signal) =>
      (await indexWorkspace([large.root], { mayRunGit: false }, signal)).files.length >= 20_000,
    commits: async (signal) => (await collectCommits(repository, signal)).ok,
    'the diff': async (signal) => (await collectDiff(repository, baseline, [suspect()], signal)).ok,
    blame: async (signal) => (await blameLines(repository, suspect(), { first: 1, last: 8 }, signal)).ok,
    'the history of failing lines': async (signal) => {
      const lines = [{ path: suspect(), displayPath: 'src/services/payment.js', line: 3 }];
      const found = await historyOfLines(repository, lines, baseline, signal);
      return found.ok && found.value.commits.length > 0;
    },
    'a search': async (signal) => {
      const found = await searchRepository(repository, { pattern: 'payment.js line 3' }, [large.root], signal);
      return found.ok && found.value.hits.length > 0;
    },
    callers: async (signal) => {
      const changed = { name: 'payment', path: 'src/services/payment.js', line: 1, character: 0 };
      return (await searchCallers(repository, changed, [large.root], signal)).ok;
    },
    'stack traces': async (signal) => {
      const report = await reportTraces({
        evidence: [evidenceOf('Error: x\n    at pay (/app/src/services/payment.js:3:1)')],
        index: await indexWorkspace([large.root], { mayRunGit: true }, signal),
        mapFolders: [],
        openEditors: [],
        nameFile: nameByPath,
        signal,
      });
      return report.proposals[0]?.file.path === 'src/services/payment.js';
    },
    imports: async (signal) => {
      const index = await indexWorkspace([large.root], { mayRunGit: true }, signal);
      await localImports([{ root: large.root, path: 'src/services/payment.js' }], index, signal);
      return !signal.aborted;
    },
    'found logs': async (signal) => {
      const found = await findLogs({ folders: [large.root], signal });
      return found.ok && found.value.logs.length > 0;
    },
    'the log’s tail': async (signal) => (await collectLogTail(logFile(), signal)).ok,
    'the log’s digest': async (signal) => {
      const found = await collectLogDigest({ ...logFile(), signal }, [], 50);
      return found.ok && found.value !== undefined;
    },
    'a suspect’s text': async (signal) =>
      (
        await readTextFile({
          path: suspect(),
          displayPath: 'src/services/payment.js',
          roots: [large.root],
          signal,
        })
      ).ok,
  };

  for (const [name, gather] of Object.entries(sources)) {
    it(`ends in bounded time with what it looked for: ${name}`, async () => {
      const started = performance.now();
      assert.equal(await gather(AbortSignal.timeout(patience)), true);
      assert.ok(performance.now() - started < patience / 2, `${performance.now() - started} ms`);
    });

    it(`gives up at once when it is cancelled, before it began or meanwhile: ${name}`, async () => {
      const before = performance.now();
      assert.equal(await gather(AbortSignal.abort()), false, 'nothing is found once cancelled');
      assert.ok(performance.now() - before < patience / 4, `${performance.now() - before} ms`);
      const controller = new AbortController();
      const gathering = gather(controller.signal);
      setTimeout(() => controller.abort(), 2);
      const cancelled = performance.now();
      await gathering;
      assert.ok(performance.now() - cancelled < patience / 4, `${performance.now() - cancelled} ms`);
    });
  }
});
