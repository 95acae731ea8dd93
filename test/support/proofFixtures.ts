import type { Fact } from '../../src/model/event.ts';
import type { Hunt } from '../../src/model/hunt.ts';
import type { ProofVerdict } from '../../src/model/proof.ts';
import type { PlannedProof } from '../../src/model/proving.ts';
import type { RunId } from '../../src/model/reply.ts';
import { harmless } from './incidents.ts';

const longLine = 'AssertionError [ERR_ASSERTION]: Expected values to be strictly equal: '.repeat(8);

/** A proof with long output, a secret's placeholder and a file that was written outside. */
export function proofEnded(runId: RunId, verdict: ProofVerdict): Fact {
  return {
    type: 'proofEnded',
    runId,
    startedAt: Date.now() - 9_000,
    verdict,
    runs: [
      {
        phase: 'withoutFix',
        command: harmless('node --test test/production-environment.test.js'),
        attempts: [1, 2, 3].map(() => ({ end: { kind: 'exited', code: 1 } as const, milliseconds: 1_500 })),
        output: harmless(`${longLine}\n«stripe-key-1»\n`.repeat(30)),
      },
      {
        phase: 'withFix',
        command: harmless('node --test test/production-environment.test.js'),
        attempts: [{ end: { kind: 'signalled', signal: 'SIGSEGV' }, milliseconds: 900 }],
        output: harmless(''),
      },
    ],
    uncommitted: [harmless('src/services/payment.js')],
    changedOutside: [harmless('../escaped.txt')],
  };
}

export function huntEnded(outcome: Hunt['outcome']): Fact {
  return {
    type: 'huntEnded',
    startedAt: Date.now() - 60_000,
    good: 'a'.repeat(40),
    bad: 'b'.repeat(40),
    firstParent: true,
    tested: [{ hash: 'c'.repeat(40), answer: 'bad' }],
    outcome,
  };
}

export const culprit = {
  hash: 'c'.repeat(40),
  subject: harmless('Tidy configuration loading, and all that it touches'),
};

/** A plan with a path of a workspace, long commands and something that is not committed. */
export const plannedProof: PlannedProof = {
  id: 7,
  runId: 'R6',
  folder: 'packages/shop',
  test: `NODE_ENV=test mocha --require ts-node/register 'test/${'a-very-long-name-'.repeat(12)}.test.js'`,
  suite: 'npm run test',
  foundIn: 'packages/shop/package.json',
  uncommitted: ['src/services/payment.js', 'src/routes/checkout.js'],
};
