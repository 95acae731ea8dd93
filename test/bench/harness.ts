import { cpus, release, totalmem, type } from 'node:os';
import { percentile } from '../support/percentile.ts';

/** One figure of a bench beside what it is measured against, taken in the same run on the same machine. */
export interface BenchRow {
  /** What was measured, in the words of the table. */
  readonly what: string;
  readonly ours: number;
  /** What the figures count: `ms`, `MB/s`, `bytes`, `%`, … */
  readonly unit: string;
  /** The code that people use today, or the physical floor; absent where the goal is a plain limit. */
  readonly peer?: { readonly name: string; readonly value: number };
  readonly goal: Goal;
  /** What a reader must know of how it was measured, or why it was missed. */
  readonly note?: string;
}

/** A limit on our figure, or on it as a share of the peer's. */
export type Goal =
  | { readonly kind: 'atMost' | 'atLeast'; readonly value: number }
  | { readonly kind: 'timesPeerAtMost' | 'timesPeerAtLeast'; readonly value: number };

export interface BenchOptions {
  /** A quick pass over small inputs that shows the bench works; its figures mean nothing. */
  readonly smoke: boolean;
}

/** What each `*.bench.ts` exports. */
export type RunBench = (options: BenchOptions) => Promise<readonly BenchRow[]>;

/** Ours as a multiple of the peer's; undefined where there is none. */
export function ratioOf({ ours, peer }: BenchRow): number | undefined {
  return peer === undefined ? undefined : ours / peer.value;
}

export function isMet(row: BenchRow): boolean {
  const measured = row.goal.kind.startsWith('timesPeer') ? ratioOf(row) : row.ours;
  if (measured === undefined || Number.isNaN(measured)) return false;
  return row.goal.kind.endsWith('AtLeast') || row.goal.kind === 'atLeast'
    ? measured >= row.goal.value
    : measured <= row.goal.value;
}

/** The middle one; of an even number the lower of the two. */
export function median(values: readonly number[]): number {
  return percentile(values, 0.5);
}

/**
 * Runs each of the contenders once for warm-up and then `rounds` times in turn, so that what else the machine does falls
 * on all alike. Gives the milliseconds of each, by name.
 */
export async function interleaved<Name extends string>(
  rounds: number,
  contenders: Readonly<Record<Name, () => unknown>>,
): Promise<Record<Name, number[]>> {
  const names = Object.keys(contenders) as Name[];
  const times = Object.fromEntries(names.map((name): [Name, number[]] => [name, []])) as Record<Name, number[]>;
  for (let round = -1; round < rounds; round += 1) {
    for (const name of names) {
      const started = performance.now();
      await contenders[name]();
      if (round >= 0) times[name].push(performance.now() - started);
    }
  }
  return times;
}

/** The machine that the figures come from, in one line. */
export function machine(): string {
  const processors = cpus();
  const memory = Math.round(totalmem() / 2 ** 30);
  const model = processors[0]?.model.trim() ?? 'unknown processor';
  return `${processors.length} × ${model}, ${memory} GB, ${type()} ${release()}, Node ${process.versions.node}`;
}

const goalWords: Readonly<Record<Goal['kind'], string>> = {
  atMost: '≤',
  atLeast: '≥',
  timesPeerAtMost: '≤ ×',
  timesPeerAtLeast: '≥ ×',
};

/** The rows as a Markdown table, one section for each bench. */
export function table(results: readonly { readonly bench: string; readonly rows: readonly BenchRow[] }[]): string {
  const lines: string[] = [];
  for (const { bench, rows } of results) {
    lines.push(
      `### ${bench}`,
      '',
      '| what | ours | measured against | ratio | goal | met |',
      '|---|--:|---|--:|--:|---|',
    );
    for (const row of rows) {
      const ratio = ratioOf(row);
      const peer = row.peer === undefined ? '' : `${row.peer.name}: ${figure(row.peer.value)} ${row.unit}`;
      const goal = `${goalWords[row.goal.kind]}${figure(row.goal.value)}`;
      const shown = ratio === undefined ? '' : `×${figure(ratio)}`;
      lines.push(
        `| ${row.what} | ${figure(row.ours)} ${row.unit} | ${peer} | ${shown} | ${goal} | ${isMet(row) ? 'yes' : '**no**'} |`,
      );
    }
    const notes = rows.flatMap(({ what, note }) => (note === undefined ? [] : [`- ${what}: ${note}`]));
    lines.push('', ...notes, ...(notes.length === 0 ? [] : ['']));
  }
  return lines.join('\n').trimEnd();
}

/** Three significant digits, or all there are before the point. */
function figure(value: number): string {
  if (!Number.isFinite(value)) return String(value);
  if (value !== 0 && Math.abs(value) < 0.001) return value.toExponential(1);
  const digits = value === 0 ? 0 : Math.max(0, 2 - Math.floor(Math.log10(Math.abs(value))));
  return String(Number(value.toFixed(Math.min(6, digits))));
}
