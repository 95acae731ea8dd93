import assert from 'node:assert/strict';
import { searchAnswer } from '../../../src/evidence/repositorySearch.ts';
import { journalLine, parseJournalLine } from '../../../src/incident/journalLine.ts';
import { parseCitation } from '../../../src/model/citations.ts';
import { groundCitation, groundRecord } from '../../../src/model/grounding.ts';
import type { StepRecord } from '../../../src/model/records.ts';
import type { RunId } from '../../../src/model/reply.ts';
import { searchHits } from '../../../src/model/searchHits.ts';
import { searchTool } from '../../../src/model/tools.ts';
import { harmless, IncidentBuilder } from '../../support/incidents.ts';
import { records } from '../../support/records.ts';

const hits = [
  { path: 'src/services/refund.js', line: 31, text: '  return config.stripe.key; // a: 7: b' },
  { path: 'src/services/refund.js', line: 32, text: '}' },
  { path: 'shop/a b.js', line: 2, text: 'config.stripe.x' },
];

describe('lines that a search of the repository has shown', () => {
  let builder: IncidentBuilder;
  let fix: RunId;
  beforeEach(() => {
    builder = new IncidentBuilder('A', 1_000).evidence({ title: 'error.log', text: 'one' });
    builder.end(builder.ask('orient'));
    fix = builder.ask('fix');
  });

  function search(answer: string, accepted = true): void {
    const call = { callId: 'c', name: searchTool.name, inputJson: harmless('{"pattern":"stripe"}'), accepted };
    builder.add({ type: 'toolCalled', runId: fix, call: { ...call, answer: harmless(answer) } });
  }
  const look = (cited: string, runId?: RunId): unknown => {
    const { grounded, ...rest } = groundCitation(parseCitation(cited), builder.incident, runId);
    return grounded ? rest : (rest as { reason: unknown }).reason;
  };

  it('count as sent, each with its search, from that reply on', () => {
    search(searchAnswer({ pattern: 'stripe' }, { hits, cut: true }));
    const line = (path: string, number: number, text: string): object => ({
      searchedIn: fix,
      path,
      line: number,
      text,
    });
    assert.deepEqual(
      look('src/services/refund.js:31', fix),
      line('src/services/refund.js', 31, 'return config.stripe.key; // a: 7: b'),
    );
    assert.deepEqual(
      look('refund.js:31-32', fix),
      line('src/services/refund.js', 31, 'return config.stripe.key; // a: 7: b'),
    );
    assert.deepEqual(look('shop/a b.js:2', fix), line('shop/a b.js', 2, 'config.stripe.x'));
    assert.deepEqual(
      look('src/services/refund.js', fix),
      line('src/services/refund.js', 31, 'return config.stripe.key; // a: 7: b'),
    );
    assert.equal(look('src/services/refund.js:31', 'R1'), 'notSent', 'the reply before the search cannot know it');
  });

  it('are none where a line was not among the hits, or the search was refused', () => {
    search(searchAnswer({ pattern: 'stripe' }, { hits, cut: false }));
    assert.equal(look('src/services/refund.js:33', fix), 'notSent');
    assert.equal(look('refund.js:31-33', fix), 'notSent');
    assert.equal(look('other.js:31', fix), 'notSent');
    search('No more searches in this reply: src/x.js:1: nothing', false);
    assert.equal(look('src/x.js:1', fix), 'notSent');
  });

  it('are no longer there where a cut has taken them out of what is sent', () => {
    const many = Array.from({ length: 60 }, (_, at) => ({ path: `src/file${at}.js`, line: 1, text: 'config.stripe' }));
    search(searchAnswer({ pattern: 'stripe' }, { hits: many, cut: false }));
    builder.end(fix);
    builder.add({ type: 'contextCut', evidence: [], runs: [{ runId: fix, keeps: 'start' }] });
    const later = builder.ask('fix');
    assert.equal(typeof look('src/file59.js:1', fix), 'object');
    assert.equal(typeof look('src/file0.js:1', later), 'object');
    assert.equal(look('src/file59.js:1', later), 'notSent');
    builder.end(later).add({ type: 'contextCut', evidence: [], runs: [{ runId: fix, keeps: 'outline' }] });
    assert.deepEqual(searchHits(builder.incident), []);
  });

  it('ground a record that cites them, also after it was kept in a journal', () => {
    search(searchAnswer({ pattern: 'stripe' }, { hits, cut: false }));
    const record: StepRecord = {
      step: 'fix',
      data: { ...records.fix.data, citations: ['src/services/refund.js:31', 'E1:1'] },
    };
    const [claim] = groundRecord(record, builder.incident, fix);
    assert.equal(claim?.grounding, 'grounded');
    const event = builder.event({ type: 'resultRecorded', runId: fix, record, grounding: [claim] });
    assert.deepEqual(parseJournalLine(journalLine(event)), { kind: 'event', event });
  });
});
