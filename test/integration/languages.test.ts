import assert from 'node:assert/strict';
import { join } from 'node:path';
import { postmortem, timelineDocument } from '../../src/incident/postmortem.ts';
import { IncidentStore } from '../../src/incident/store.ts';
import { Investigation } from '../../src/investigation/investigation.ts';
import { untitled } from '../../src/model/untitled.ts';
import { mendRequest } from '../../src/investigation/mendRequest.ts';
import type { EditProblem } from '../../src/model/editProblem.ts';
import { texts } from '../../src/model/l10n.ts';
import { ownWords } from '../../src/model/redacted.ts';
import { dollars, elapsed, fileSize } from '../../src/model/shownFigures.ts';
import { stepIds } from '../../src/model/steps.ts';
import { continueQuestion, recordAgainQuestion, stepQuestion } from '../../src/prompt/questions.ts';
import { explain, explainUngrounded } from '../../src/wording.ts';
import { clockTime, tokens } from '../../webview/format.ts';
import { diskWorld } from '../support/fixFiles.ts';
import { claude, harmless, IncidentBuilder } from '../support/incidents.ts';
import { testWorld } from '../support/investigationWorld.ts';
import { german, inLanguage, marked, stringsIn } from '../support/languages.ts';
import { records } from '../support/records.ts';
import { useTemporaryFolder } from '../support/temporaryFolder.ts';
import { wholeIncident } from '../support/wholeIncidents.ts';

const words = {
  failure: (failure: Parameters<typeof explain>[0]) => explain(failure).what,
  ungrounded: explainUngrounded,
};
const options = { words, timeZone: 'Europe/Berlin' };

describe('what goes to Claude', () => {
  const folder = useTemporaryFolder();

  /** The same, with each text marked, as in English. */
  async function isAlike(make: () => unknown): Promise<void> {
    const english = await make();
    assert.ok(JSON.stringify(english).length > 20);
    assert.deepEqual(await inLanguage(marked, make), english);
  }

  it('is asked in English, whatever the reader’s language', async () => {
    const { incident } = new IncidentBuilder('Checkout fails', 0).evidence({ title: harmless('error.log') });
    const facts = { error: harmless('TypeError'), suspects: [harmless('src/a.js')] };
    for (const step of stepIds) await isAlike(() => stepQuestion(step, incident, facts));
    await isAlike(() => continueQuestion());
    await isAlike(() => stepIds.map((step) => recordAgainQuestion(step)));
  });

  it('is told in English what is wrong with its edits', async () => {
    const problems: readonly EditProblem[] = [
      { part: 'fix', number: 1, path: 'a.js', kind: 'fileMissing' },
      { part: 'test', number: 2, path: 'b.js', kind: 'badPath', reason: 'absolute' },
    ];
    const { incident } = new IncidentBuilder('x', 0);
    await isAlike(async () => (await mendRequest(incident, problems, diskWorld(folder()))).words);
  });

  it('gets the evidence of a proof and of a hunt in English', async () => {
    let number = 0;
    await isAlike(async () => {
      number += 1;
      const path = join(folder(), `${number}.jsonl`);
      const store = IncidentStore.start({ path, now: () => 1, id: 'one', title: untitled });
      try {
        const investigation = new Investigation(store, testWorld('http://localhost:1'));
        const run = { runId: 'R1', step: 'fix', kind: 'step', question: ownWords('Mend it'), evidenceIds: [] } as const;
        store.dispatch({ type: 'stepAsked', ...run, endpoint: claude });
        store.dispatch({ type: 'resultRecorded', runId: 'R1', record: records.fix });
        store.dispatch({ type: 'replyEnded', runId: 'R1', outcome: { kind: 'done', stopReason: 'end_turn' } });
        const ended = { end: { kind: 'exited', code: 1 }, milliseconds: 61_234 } as const;
        const proved = { phase: 'withoutFix', command: 'npm test', attempts: [ended], output: 'not ok' } as const;
        await investigation.addProof({
          runId: 'R1',
          startedAt: 5,
          uncommitted: ['a.js'],
          raw: { verdict: { kind: 'testPassesWithoutFix' }, runs: [proved], changedOutside: ['b.js'] },
        });
        const culprit = { hash: 'c'.repeat(40), subject: 'Tidy' };
        const raw = {
          outcome: { kind: 'found', culprit, change: '+new' },
          tested: [],
          judgedBy: [],
          log: 'log',
        } as const;
        await investigation.addHunt({ startedAt: 5, good: 'a', bad: 'b', firstParent: false, raw });
        assert.equal(store.incident.evidence.length, 2);
        return store.incident.evidence.map(({ title, source, text }) => [title, source, text]);
      } finally {
        store.dispose();
      }
    });
  });
});

describe('the record in another language', () => {
  for (const [name, make] of [
    ['postmortem', postmortem],
    ['timeline', timelineDocument],
  ] as const)
    it(`has no word in its ${name} that was not looked up, but for what was recorded`, async () => {
      const { incident, events } = wholeIncident();
      const text = await inLanguage(marked, () => make(incident, events, options));
      assert.match(text, /⟦/);
      const recorded = [...stringsIn([incident, events])].join(' ').replace(/\s+/g, ' ');
      const own = outsideMarks(text).match(/\p{L}{2,}/gu) ?? [];
      // The language of a fenced block, and of the zone that the test sets.
      const known = new Set(['diff', 'Europe', 'Berlin', 'UTC']);
      assert.deepEqual(
        [...new Set(own)].filter((word) => !recorded.includes(word) && !known.has(word)),
        [],
      );
    });

  it('is German for a German reader', async () => {
    const { incident, events } = wholeIncident();
    const text = await inLanguage(german, () => postmortem(incident, events, options));
    for (const heading of [
      'Zusammenfassung',
      'Grundursache',
      'Verworfene Hypothesen',
      'Was gesendet wurde, und an wen',
    ])
      assert.match(text, new RegExp(`^## ${heading}$`, 'm'));
    assert.equal(texts().language, 'en');
  });

  it('names what stands in its tables, and the evidence that it quotes, in German', async () => {
    const { incident, events } = wholeIncident();
    const text = await inLanguage(german, () => postmortem(incident, events, options));
    assert.match(text, /^\| STRIPE_KEY \| fehlt \|/m);
    assert.match(text, /^E1, error\.log, letzte 50 Zeilen:$/m);
    assert.match(text, /^\| R1 .*\| E1 error\.log, letzte 50 Zeilen; E2 stack\.log \|/m);
    assert.match(text, /^ {2}- „Yes, always above 50 concurrent users\.“$/m);
    assert.doesNotMatch(text, /last 50 lines|\((origin|caller)\)/);
  });
});

describe('figures', () => {
  it('are written as the reader’s locale writes them', async () => {
    const at = new Date(2026, 10, 22, 2, 47).getTime();
    const figures = (): readonly string[] => [
      tokens(18_400),
      fileSize(3_400_000),
      dollars(1234.5),
      elapsed(52 * 3_600_000),
      clockTime(at, at + 30 * 3_600_000),
    ];
    assert.deepEqual(figures(), ['18.4k', '3.2 MB', '$1,234.50', '2 d 4 h', '2026-11-22 02:47']);
    assert.deepEqual(
      (await inLanguage(german, figures)).map((figure) => figure.replaceAll('\u00a0', ' ')),
      ['18,4k', '3,2 MB', '1.234,50 $', '2 T 4 h', '22.11.2026 02:47'],
    );
  });
});

function outsideMarks(text: string): string {
  let depth = 0;
  let outside = '';
  for (const character of text) {
    if (character === '⟦') depth += 1;
    else if (character === '⟧') depth -= 1;
    else outside += depth === 0 ? character : ' ';
  }
  return outside;
}
