import { readFile, rm, mkdtemp, writeFile, open } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { collectDigest } from '../../src/investigation/logEvidence.ts';
import { collectForStep } from '../../src/investigation/stepEvidence.ts';
import { IncidentStore } from '../../src/incident/store.ts';
import { Investigation } from '../../src/investigation/investigation.ts';
import { untitled } from '../../src/model/untitled.ts';
import type { InvestigationWorld } from '../../src/investigation/world.ts';
import { succeed } from '../../src/model/failure.ts';
import type { StepId } from '../../src/model/steps.ts';
import { ClaudeServer } from '../support/claudeServer.ts';
import { answerTo, testWorld } from '../support/investigationWorld.ts';
import { makeLargeRepository } from '../support/largeRepository.ts';
import { median } from './harness.ts';
import type { BenchRow, RunBench } from './harness.ts';

/**
 * From *Ask* to the whole request at the server: three suspects of 60 KB in a large repository, with the digest of a
 * large log among the evidence. Beside it, what the step gathers, alone: redaction, the prompt and the request are the rest.
 */
export const run: RunBench = async ({ smoke }) => {
  const repository = await makeLargeRepository(smoke ? 200 : 20_000, smoke ? 50 : 5_000);
  const folder = await mkdtemp(join(tmpdir(), 'incident-panel-ask-'));
  try {
    const paths = repository.suspects.map((path) => join(repository.root, path));
    for (const path of paths) await grow(path, 60_000);
    // Files as old as the index are read again by each diff; a second later they are not.
    await new Promise((resolve) => setTimeout(resolve, 1_100));
    const world: Partial<InvestigationWorld> = {
      trusted: () => true,
      folders: () => [repository.root],
      folderOf: () => repository.root,
      readSuspect: async ({ uri, path }) =>
        succeed({ kind: 'file', title: path, source: path, uri, text: await readFile(uri, 'utf8'), firstLine: 1 }),
    };
    const log = join(folder, 'error.log');
    await fillLog(log, smoke ? 2 ** 20 : 64 * 2 ** 20);
    const steps: readonly StepId[] = ['files', 'regression'];
    const asked: Record<string, number[]> = { files: [], regression: [] };
    const gathered: Record<string, number[]> = { files: [], regression: [] };
    for (let round = -1; round < (smoke ? 1 : 9); round += 1) {
      for (const step of steps) {
        const times = await once(join(folder, `${round}-${step}.jsonl`), step, { log, paths, world });
        if (round < 0) continue;
        asked[step]?.push(times.asked);
        gathered[step]?.push(times.gathered);
      }
    }
    return steps.flatMap((step): BenchRow[] => {
      const row = {
        what: `Ask to the request on the wire, ${step === 'files' ? 'three files of 60 KB' : 'commits and diff of 5,000 commits × 20,000 files'}`,
        ours: median(asked[step] ?? []),
        unit: 'ms',
      };
      return [
        { ...row, goal: { kind: 'atMost', value: 300 } },
        {
          ...row,
          peer: { name: 'gathering it alone', value: median(gathered[step] ?? []) },
          goal: { kind: 'timesPeerAtMost', value: 1.3 },
        },
      ];
    });
  } finally {
    await Promise.all([repository.remove(), rm(folder, { recursive: true, force: true })]);
  }
};

interface Case {
  readonly log: string;
  readonly paths: readonly string[];
  readonly world: Partial<InvestigationWorld>;
}

async function once(
  journal: string,
  step: StepId,
  { log, paths, world: more }: Case,
): Promise<Record<'asked' | 'gathered', number>> {
  const server = await ClaudeServer.start();
  const world = testWorld(server.url, more);
  const store = IncidentStore.start({ path: journal, now: Date.now, id: basename(journal), title: untitled });
  const investigation = new Investigation(store, world);
  const { signal } = new AbortController();
  try {
    const digest = await collectDigest(
      investigation.incident,
      { trusted: () => true, folders: () => [], folderOf: () => undefined },
      { path: log, displayPath: 'error.log' },
      signal,
    );
    if (!digest.ok || digest.value === undefined) throw new Error('the log has no digest');
    await investigation.addEvidence(digest.value);
    for (const path of paths) investigation.addSuspect({ uri: path, path: basename(path) });
    const gathering = performance.now();
    const alone = await collectForStep(step, investigation.incident, world, signal);
    const gathered = performance.now() - gathering;
    if (!alone.ok) throw new Error(alone.failure.kind);
    let arrived = 0;
    server.answers.push((response) => {
      arrived = performance.now();
      return answerTo(step)(response);
    });
    const started = performance.now();
    await investigation.ask({ step, kind: 'step' });
    if (arrived === 0) throw new Error(`step ${step} was not asked`);
    return { asked: arrived - started, gathered };
  } finally {
    await investigation.stop();
    store.dispose();
    await server.stop();
  }
}

async function grow(path: string, bytes: number): Promise<void> {
  const text = await readFile(path, 'utf8');
  await writeFile(path, text.repeat(Math.ceil(bytes / text.length)).slice(0, bytes));
}

async function fillLog(path: string, bytes: number): Promise<void> {
  const line = (at: number): string =>
    `2026-11-22T02:${String(at % 60).padStart(2, '0')}:00Z ${at % 100 === 0 ? 'ERROR pool exhausted' : 'INFO GET /health 200'} ${at}\n`;
  const block = Array.from({ length: 10_000 }, (_, at) => line(at)).join('');
  const file = await open(path, 'w');
  for (let written = 0; written < bytes; written += block.length) await file.write(block);
  await file.close();
}
