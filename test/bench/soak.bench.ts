import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { replyText } from '../../src/model/reply.ts';
import { reply, streamed } from '../support/claudeServer.ts';
import { FailoverScene } from '../support/failoverScene.ts';
import { faults } from '../support/faults.ts';
import { records } from '../support/records.ts';
import { randomFrom } from '../support/samples.ts';
import type { BenchOptions, BenchRow } from './harness.ts';

/** What came of a soak. Every figure is of the requests that the servers got, not of what was planned. */
export interface SoakFigures {
  readonly questions: number;
  readonly requests: number;
  /** Requests that met a fault. */
  readonly faulty: number;
  readonly continued: number;
  readonly answered: number;
  /** Questions that ended without an answer, since every endpoint failed in them: their words are kept. */
  readonly failed: number;
  /** Words that a server had sent and the incident does not have. Nothing may be lost. */
  readonly lostWords: number;
  readonly journalBytes: number;
  readonly seconds: number;
}

/** An incident's conversation grows with each question; a new one keeps the requests of a soak of a size. */
const questionsPerIncident = 12;

/**
 * Asks until at least `faulty` requests met a fault: any fault at any point of the first endpoint's reply, in one of six
 * also in the second one's. Throws where a word, a line of the journal or the end of a reply is lost, or where a key
 * went to the other endpoint. The same seed gives the same faults.
 */
export async function soak({ faulty = 500, seed = 20_261_122 } = {}): Promise<SoakFigures> {
  const random = randomFrom(seed);
  const pick = <T>(all: readonly T[]): T => all[Math.floor(random() * all.length)] ?? assert.fail('nothing to pick');
  const started = performance.now();
  const figures = {
    questions: 0,
    requests: 0,
    faulty: 0,
    continued: 0,
    answered: 0,
    failed: 0,
    lostWords: 0,
    journalBytes: 0,
  };
  while (figures.faulty < faulty) {
    const folder = mkdtempSync(join(tmpdir(), 'soak-'));
    // The clock stands an hour further at each question, so that every endpoint has rested enough.
    let now = Date.UTC(2026, 10, 22);
    const scene = await FailoverScene.start(
      folder,
      { streaming: { idleMs: 400, retryDelayMs: 1 } },
      { now: () => now },
    );
    try {
      for (let count = 0; count < questionsPerIncident && figures.faulty < faulty; count += 1) {
        now += 3 * 60 * 60_000;
        const first = pick(faults);
        const second = random() < 1 / 6 ? pick(faults) : undefined;
        const rest = `And ${figures.questions}.`;
        const whole = streamed(
          reply([{ text: [rest] }, { tool: { name: 'record_orientation', input: records.orient.data } }]),
        );
        const before = [scene.first.requests.length, scene.second.requests.length] as const;
        for (let attempt = 0; attempt < 3; attempt += 1) scene.first.answers.push(first.answer);
        for (let attempt = 0; attempt < 3; attempt += 1) scene.second.answers.push(second?.answer ?? whole);
        const asked = await scene.ask();
        scene.first.answers.length = 0;
        scene.second.answers.length = 0;
        const atFirst = scene.first.requests.length - before[0];
        const atSecond = scene.second.requests.length - before[1];
        figures.questions += 1;
        figures.requests += atFirst + atSecond;
        figures.faulty += atFirst + (second === undefined ? 0 : atSecond);
        figures.continued += asked.parts.filter(({ type }) => type === 'continued').length;
        if (asked.phase.kind === 'done') figures.answered += 1;
        else figures.failed += 1;
        assert.equal(
          asked.phase.kind,
          second === undefined ? 'done' : 'failed',
          `${first.name}, ${second?.name ?? 'no other'}`,
        );
        const due = first.kept + (second?.kept ?? rest);
        if (replyText(asked) !== due) figures.lostWords += Math.abs(due.length - replyText(asked).length) || 1;
      }
      scene.assertNothingForeign();
      scene.assertJournalIsWhole();
      figures.journalBytes += statSync(scene.path).size;
    } finally {
      await scene.stop();
      rmSync(folder, { recursive: true, force: true });
    }
  }
  assert.equal(figures.lostWords, 0, 'words were lost');
  return { ...figures, seconds: (performance.now() - started) / 1000 };
}

/** Nothing may be lost of at least 500 faulty requests; the other figures say what that was measured on. */
export async function run({ smoke }: BenchOptions): Promise<readonly BenchRow[]> {
  const figures = await soak(smoke ? { faulty: 12 } : {});
  const row = (what: string, ours: number, unit: string, goal: BenchRow['goal']): BenchRow => ({
    what,
    ours,
    unit,
    goal,
  });
  const any = { kind: 'atLeast', value: 0 } as const;
  return [
    row('faulty requests answered by two endpoints', figures.faulty, 'requests', {
      kind: 'atLeast',
      value: smoke ? 12 : 500,
    }),
    row('words lost in them', figures.lostWords, 'words', { kind: 'atMost', value: 0 }),
    row('questions asked', figures.questions, 'questions', any),
    row('continued by the other endpoint', figures.continued, 'replies', any),
    row('without an answer, words kept (both endpoints failed)', figures.failed, 'questions', any),
    row('time for all of them', figures.seconds, 's', { kind: 'atMost', value: 600 }),
  ];
}
