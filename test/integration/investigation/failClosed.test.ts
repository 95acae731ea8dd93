import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { IncidentStore } from '../../../src/incident/store.ts';
import { Investigation } from '../../../src/investigation/investigation.ts';
import { untitled } from '../../../src/model/untitled.ts';
import { fail } from '../../../src/model/failure.ts';
import type { Failure } from '../../../src/model/failure.ts';
import type { Redactor } from '../../../src/redaction/redactor.ts';
import { explainInOneLine } from '../../../src/wording.ts';
import { ClaudeServer } from '../../support/claudeServer.ts';
import { log, testWorld } from '../../support/investigationWorld.ts';
import { useTemporaryFolder } from '../../support/temporaryFolder.ts';

/** What redaction cannot do here: it fails on every text that holds this. */
const unreadable = 'hunter' + '2-unreadable';

describe('what cannot be redacted', () => {
  const folder = useTemporaryFolder();
  let server: ClaudeServer;
  let store: IncidentStore;
  let investigation: Investigation;
  let rules: string[];
  const logged: string[] = [];
  const path = (): string => join(folder(), 'one.jsonl');

  beforeEach(async () => {
    server = await ClaudeServer.start();
    store = IncidentStore.start({ path: path(), now: Date.now, id: 'one', title: untitled });
    rules = [];
    logged.length = 0;
    const base = testWorld(server.url);
    const redactor: Redactor = {
      ...base.redactor,
      redact: async (text, options = {}) =>
        text.includes(unreadable)
          ? fail({ kind: 'redactionFailed', what: options.what ?? 'The text', detail: 'The operation was aborted' })
          : await base.redactor.redact(text, options),
    };
    const houseRules = async () => rules.map((text) => ({ text, steps: ['orient' as const], line: 1 }));
    const world = { ...base, redactor, houseRules, log: (message: string) => void logged.push(message) };
    investigation = new Investigation(store, world);
  });
  afterEach(async () => {
    await investigation.stop();
    store.dispose();
    await server.stop();
  });

  const cases: Readonly<Record<string, () => Promise<Failure | undefined>>> = {
    'the text of evidence': async () => failureOf(await investigation.addEvidence({ ...log, text: `a ${unreadable}` })),
    'the title of evidence': async () => failureOf(await investigation.addEvidence({ ...log, title: unreadable })),
    'the source of evidence': async () => failureOf(await investigation.addEvidence({ ...log, source: unreadable })),
    "an incident's title": () => investigation.rename(unreadable),
    'the reason for skipping a step': () => investigation.skipStep('orient', unreadable),
    'a follow-up': () => investigation.ask({ step: 'orient', kind: 'followUp', followUp: unreadable }),
    'a rule of CLAUDE.md': async () => {
      rules = [unreadable];
      return await investigation.ask({ step: 'orient', kind: 'step' });
    },
    'a rule of CLAUDE.md, in a preview': async () => {
      rules = [unreadable];
      return failureOf(await investigation.preview('orient', new AbortController().signal));
    },
    "a suspect's path": async () => {
      investigation.addSuspect({ uri: 'file:///w/a.js', path: `${unreadable}.js` });
      const failure = await investigation.ask({ step: 'files', kind: 'step' });
      investigation.removeSuspect('file:///w/a.js');
      return failure;
    },
  };
  for (const [what, act] of Object.entries(cases)) {
    it(`is not sent and says so: ${what}`, async () => {
      await investigation.addEvidence(log);
      const failure = await act();
      assert.equal(failure?.kind, 'redactionFailed');
      assert.deepEqual(server.requests, []);
      assert.equal(investigation.incident.evidence.length, 1);
      assert.deepEqual(investigation.incident.runs, []);
      const words = explainInOneLine(failure);
      assert.match(words, /could not be checked for secrets/);
      const disk = what === "a suspect's path" ? '' : readFileSync(path(), 'utf8');
      for (const place of [words, disk, logged.join('\n')]) assert.ok(!place.includes(unreadable), place);
    });
  }
});

function failureOf(result: { readonly ok: boolean; readonly failure?: Failure }): Failure | undefined {
  return result.ok ? undefined : result.failure;
}
