import { mkdtempSync, readFileSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { SuspectProposal } from '../../src/model/traceReport.ts';
import { moreTraceAnswers } from './moreTraceAnswers.ts';
import { traceAnswers } from './traceAnswers.ts';
import { reportOn, writeFiles } from './traceWorkspace.ts';

const folder = new URL('../fixtures/stackTraces/', import.meta.url);

/** How often the first proposal is the one that a reader would make. */
export interface Recall {
  readonly fixtures: number;
  readonly origins: { readonly right: number; readonly of: number };
  readonly callers: { readonly right: number; readonly of: number };
  /** In words, one for each wrong proposal. A caller where there is none counts as wrong. */
  readonly wrong: readonly string[];
}

/** Proposes suspects for every fixture that has an answer, each in a workspace of its own, and compares. */
const answers = { ...traceAnswers, ...moreTraceAnswers };

export async function measureRecall(): Promise<Recall> {
  const wrong: string[] = [];
  const origins = { right: 0, of: 0 };
  const callers = { right: 0, of: 0 };
  for (const [name, answer] of Object.entries(answers)) {
    const root = realpathSync(mkdtempSync(join(tmpdir(), 'recall ')));
    try {
      const files = writeFiles(root, Object.fromEntries(answer.files.map((path) => [path, '// empty\n'])));
      const text = readFileSync(new URL(`${name}.txt`, folder), 'utf8');
      const { proposals } = await reportOn(text, files);
      for (const [role, tally, expected] of [
        ['origin', origins, answer.origin],
        ['caller', callers, answer.caller],
      ] as const) {
        const told = placeOf(proposals.find((proposal) => proposal.role === role));
        tally.of += 1;
        if (told === expected) tally.right += 1;
        else wrong.push(`${name}: ${role} ${told ?? 'none'} rather than ${expected ?? 'none'}`);
      }
    } finally {
      rmSync(root, { recursive: true, force: true });
    }
  }
  return { fixtures: Object.keys(answers).length, origins, callers, wrong };
}

/** `path:line` of a proposal, or the path where it tells no line. */
export function placeOf(proposal: SuspectProposal | undefined): string | undefined {
  if (proposal === undefined) return undefined;
  return proposal.line === undefined ? proposal.file.path : `${proposal.file.path}:${proposal.line}`;
}
