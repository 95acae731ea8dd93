import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { IncidentStore } from '../../src/incident/store.ts';
import { Investigation } from '../../src/investigation/investigation.ts';
import { untitled } from '../../src/model/untitled.ts';
import { succeed } from '../../src/model/failure.ts';
import { stepIds } from '../../src/model/steps.ts';
import { ClaudeServer } from '../support/claudeServer.ts';
import { answerTo, log, testWorld } from '../support/investigationWorld.ts';
import type { RunBench } from './harness.ts';

/** Characters for each token, roughly, of English and code: the ratios do not depend on it. */
const charactersPerToken = 4;

/**
 * What a whole incident costs in input, from the requests that a local server got: seven steps and follow-ups, with three
 * files of 60 KB. What a request shares with the one before it, byte for byte from its start, can be read from the
 * endpoint's cache; the article's way is each request sent anew.
 */
export const run: RunBench = async ({ smoke }) => {
  const folder = await mkdtemp(join(tmpdir(), 'incident-panel-tokens-'));
  const server = await ClaudeServer.start();
  const line = (at: number): string => `  const value${at} = await read(${at}); // line ${at}\n`;
  const file = Array.from({ length: smoke ? 30 : 1_500 }, (_, at) => line(at)).join('');
  const world = testWorld(server.url, {
    readSuspect: async ({ path, uri }) =>
      succeed({ kind: 'file', title: path, source: path, uri, text: `// ${path}\n${file}`, firstLine: 1 }),
  });
  const store = IncidentStore.start({ path: join(folder, 'one.jsonl'), now: Date.now, id: 'one', title: untitled });
  const investigation = new Investigation(store, world);
  try {
    await investigation.addEvidence(log);
    for (const name of ['payment.js', 'checkout.js', 'config.js'])
      investigation.addSuspect({ uri: `file:///w/${name}`, path: name });
    for (const step of stepIds) {
      // Step 5 needs git, which this world does without; its question is asked as a follow-up of step 4's.
      const asked = step === 'regression' ? 'environment' : step;
      server.answers.push(answerTo(asked, 'Because of this and that. '.repeat(40)));
      if (asked === step) await investigation.ask({ step, kind: 'step' });
      server.answers.push(answerTo(asked, 'Indeed. '.repeat(40)));
      await investigation.ask({ step: asked, kind: 'followUp', followUp: 'Yes, always above 50 concurrent users.' });
      // An answer that was not taken would be taken by the next question.
      server.answers.length = 0;
    }
    const bodies = server.requests.map(({ body }) => body);
    let sent = 0;
    let anew = 0;
    const shares: number[] = [];
    for (const [index, body] of bodies.entries()) {
      const before = bodies[index - 1] ?? '';
      let shared = 0;
      while (shared < before.length && before[shared] === body[shared]) shared += 1;
      sent += body.length;
      anew += body.length - shared;
      if (index > 0) shares.push((100 * shared) / before.length);
    }
    if (bodies.length < 12) throw new Error(`only ${bodies.length} requests were sent`);
    return [
      {
        what: `input of ${bodies.length} requests, not read from cache`,
        ours: Math.round(anew / charactersPerToken),
        unit: 'tokens',
        peer: { name: 'each request sent anew', value: Math.round(sent / charactersPerToken) },
        goal: { kind: 'timesPeerAtMost', value: 1 / 5 },
        note: 'tokens as characters over 4; step 5, whose evidence is git’s, is asked as a follow-up of step 4',
      },
      {
        what: 'smallest share of a request that the next one begins with',
        ours: Math.min(...shares),
        unit: '%',
        goal: { kind: 'atLeast', value: 95 },
      },
    ];
  } finally {
    await investigation.stop();
    store.dispose();
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  }
};
