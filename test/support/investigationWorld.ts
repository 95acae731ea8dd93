import { parseEndpoint } from '../../src/claude/endpoint.ts';
import type { InvestigationWorld } from '../../src/investigation/world.ts';
import type { CollectedEvidence } from '../../src/model/evidence.ts';
import { succeed } from '../../src/model/failure.ts';
import type { StepId } from '../../src/model/steps.ts';
import { recordTools } from '../../src/model/tools.ts';
import { createRedactor } from '../../src/redaction/redactor.ts';
import { reply, streamed } from './claudeServer.ts';
import type { Answer } from './claudeServer.ts';
import { records } from './records.ts';
import { fill, randomFrom } from './samples.ts';

/** A made-up secret that a log of these tests holds. */
export const stripeKey = fill('sk_live_{A24}', randomFrom(7));

/** The end of a log with that secret in it and an error. */
export const log: CollectedEvidence = {
  kind: 'logTail',
  title: 'error.log, last 50 lines',
  source: 'logs/error.log',
  text: `02:41 the key ${stripeKey} was read\nTypeError: Cannot read property 'stripe_key' of undefined\n    at charge (src/services/payment.js:47:31)\n`,
};

/**
 * A world in which nothing is missing but git, which may not run: real redaction, the endpoint at `url`, suspects whose
 * text is a comment with their path.
 */
export function testWorld(url: string, more: Partial<InvestigationWorld> = {}): InvestigationWorld {
  return {
    redactor: createRedactor({ fingerprintKey: 'k'.repeat(32) }),
    endpoint: () => parseEndpoint({ baseUrl: url }),
    key: async () => 'sk-test-key-0123456789',
    readSuspect: async ({ path, uri }) =>
      succeed({ kind: 'file', title: path, source: path, uri, text: `// ${path}\n`, firstLine: 1 }),
    environmentTable: async () => succeed([]),
    houseRules: async () => [],
    trusted: () => false,
    folders: () => [],
    pathOf: (uri) => uri,
    folderOf: () => undefined,
    log: () => undefined,
    streaming: { idleMs: 2_000, retryDelayMs: 1 },
    ...more,
  };
}

/** A good answer to a step's question: some words, then its record. */
export function answerTo(step: StepId, text = 'Because.'): Answer {
  return streamed(reply([{ text: [text] }, { tool: { name: recordTools[step].name, input: records[step].data } }]));
}
