import assert from 'node:assert/strict';
import { createRedactor } from '../../../src/redaction/redactor.ts';
import type { Redactor } from '../../../src/redaction/redactor.ts';
import { carriers } from '../../support/carriers.ts';
import { contexts } from '../../support/corpus.ts';
import { everydayLines } from '../../support/everydayText.ts';
import { freshLines } from '../../support/freshOrdinary.ts';
import { harmlessLines } from '../../support/harmlessText.ts';
import { issuedTokens } from '../../support/issuedTokens.ts';
import { namedSecrets } from '../../support/namedSecrets.ts';
import { nightLines } from '../../support/nightTexts.ts';
import { oncallLines } from '../../support/oncallOrdinary.ts';
import { ordinaryText } from '../../support/ordinaryText.ts';
import { realText } from '../../support/realText.ts';
import { plantedCorpora, recallIn, recallOfCarried, recallOfTexts, sumOf } from '../../support/recall.ts';
import type { Recall } from '../../support/recall.ts';

const redactor = createRedactor({ fingerprintKey: 'a test key' });

function assertRecall({ planted, missed }: Recall, share: number): void {
  assert.ok(missed.length <= planted * (1 - share), `${missed.length} of ${planted} missed\n${missed.join('\n')}`);
}

describe('redaction of a corpus of planted secrets', () => {
  it('has more than 300 secrets that were written apart from the rules', () => {
    assert.ok(issuedTokens.length + namedSecrets.length >= 300);
  });

  for (const corpus of plantedCorpora) {
    it(`finds at least 99 in 100 in twelve contexts, and 95 in 100 in each: ${corpus}`, async () => {
      const recalls: Recall[] = [];
      for (const context of contexts) {
        const recall = await recallIn(redactor, corpus, context, 11);
        assertRecall(recall, 0.95);
        recalls.push(recall);
      }
      const all = sumOf(recalls);
      assert.ok(all.planted >= 1_000, String(all.planted));
      assertRecall(all, 0.99);
    }).timeout(60_000);
  }

  it('finds at least 98 in 100 in the files and dialogues of many programs', async () => {
    assertRecall(await recallOfTexts(redactor, 'files', 2), 0.98);
  });

  it('finds at least 99 in 100 in texts of many lines, however those come: logged line by line, quoted, numbered, escaped, encoded', async () => {
    const recalls: Recall[] = [];
    for (const name of Object.keys(carriers)) {
      const recall = await recallOfCarried(redactor, name, 7);
      assertRecall(recall, 0.98);
      recalls.push(recall);
    }
    assertRecall(sumOf(recalls), 0.99);
  }).timeout(60_000);

  it('finds at least 98 in 100 in command lines', async () => {
    assertRecall(await recallOfTexts(redactor, 'commands', 2), 0.98);
  });

  it('finds at least 98 in 100 in what pipelines, consoles and colleagues print', async () => {
    const recall = await recallOfTexts(redactor, 'consoles', 3);
    assert.ok(recall.planted >= 300, String(recall.planted));
    assertRecall(recall, 0.98);
  });

  it('finds at least 99 in 100 in states, manifests, dumps of objects, captured requests and answers of commands', async () => {
    const recall = await recallOfTexts(redactor, 'dumps', 5);
    assert.ok(recall.planted >= 500, String(recall.planted));
    assertRecall(recall, 0.99);
  });

  it('finds at least 98 in 100 in what is pasted on call: agents, hosts, identities, payments, dialogues, devices', async () => {
    const recalls = [await recallOfTexts(redactor, 'on call', 5), await recallOfTexts(redactor, 'on call', 13)];
    for (const recall of recalls) assert.ok(recall.planted >= 500, String(recall.planted));
    assertRecall(sumOf(recalls), 0.98);
  });
});

describe('redaction of what holds no secret', () => {
  const quiet = createRedactor({ fingerprintKey: 'a test key', settings: { personalData: { email: false } } });

  /** Redacts lines as one text: those that are not as they were. */
  async function changedLines(of: Redactor, lines: readonly string[]): Promise<readonly string[]> {
    const result = await of.redact(lines.join('\n'));
    assert.ok(result.ok);
    const redacted = result.value.text.split('\n');
    return lines.filter((line, at) => line !== redacted[at]);
  }

  it('changes no line of what is pasted at night beside secrets', async () => {
    for (const line of nightLines) {
      const result = await redactor.redact(line);
      assert.equal(result.ok ? result.value.text : result.failure.kind, line);
    }
  });

  it('changes no line of what is read on call: configurations, consoles, chats, logs and code around secrets', async () => {
    const lines = oncallLines(10, 31);
    assert.ok(lines.length > 1_000, String(lines.length));
    assert.deepEqual(await changedLines(quiet, lines), []);
  });

  it('changes no line of events, sources, digests, tests, figures and tickets about secrets', async () => {
    const lines = freshLines(5, 29);
    assert.ok(lines.length > 1_000, String(lines.length));
    assert.deepEqual(await changedLines(quiet, lines), []);
  });

  it('changes at most one line in a thousand of what other people wrote: sources, styles, maps, documents, lock files', async () => {
    // Addresses of authors stand in many manifests: they are rightly hidden.
    const changed: string[] = [];
    let count = 0;
    for (const { path, text } of realText(97)) {
      const lines = text.split('\n');
      count += lines.length;
      changed.push(...(await changedLines(quiet, lines)).map((line) => `${path}: ${line.slice(0, 200)}`));
    }
    assert.ok(count > 20_000, String(count));
    assert.ok(changed.length <= count / 1_000, `${changed.length} of ${count}\n${changed.join('\n')}`);
  }).timeout(60_000);

  it('changes no line of what an on-call developer reads every day: logs of frameworks, plans, lock files, sources, prose', async () => {
    const lines = everydayLines(4, 23);
    assert.ok(lines.length > 1_000, String(lines.length));
    assert.deepEqual(await changedLines(quiet, lines), []);
  });

  it('changes no line where names of secrets stand beside nothing to hide: tables, plans, chats, figures, other languages', async () => {
    const lines = harmlessLines(4, 5);
    assert.ok(lines.length > 600, String(lines.length));
    assert.deepEqual(await changedLines(redactor, lines), []);
  });

  it('changes no line of the logs of many programs', async () => {
    const lines = ordinaryText(300_000, 17);
    assert.deepEqual(await changedLines(redactor, lines), []);
  });
});
