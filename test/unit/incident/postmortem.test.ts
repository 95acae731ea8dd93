import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import MarkdownIt from 'markdown-it';
import { postmortem, timelineDocument } from '../../../src/incident/postmortem.ts';
import type { RecordWords } from '../../../src/incident/timeline.ts';
import { stepIds } from '../../../src/model/steps.ts';
import { explain, explainUngrounded } from '../../../src/wording.ts';
import { harmless, IncidentBuilder } from '../../support/incidents.ts';
import { callersFound } from '../../support/callerFixtures.ts';
import { hostileRecord, records } from '../../support/records.ts';
import { almostEmptyIncident, wholeIncident } from '../../support/wholeIncidents.ts';

const words: RecordWords = { failure: (failure) => explain(failure).what, ungrounded: explainUngrounded };
const timeZone = 'Europe/Berlin';

function written(builder: IncidentBuilder): string {
  return postmortem(builder.incident, builder.events, { words, timeZone });
}

function golden(name: string): string {
  return readFileSync(join(import.meta.dirname, '../../fixtures/postmortems', name), 'utf8');
}

const sections = [
  'Summary',
  'Impact',
  'Timeline',
  'Root cause',
  'Hypotheses that fell',
  'The fix',
  'Edge cases',
  'Similar patterns',
  'Follow-ups',
  'What else could break',
  'Monitors',
  'Rollout',
  'Rollback',
  'What was sent, and to whom',
];

describe('postmortem', () => {
  it('tells a whole incident from its record alone', () => {
    assert.equal(written(wholeIncident()), golden('whole.md'));
  });

  it('says of an almost empty incident what is missing and why, section by section', () => {
    assert.equal(written(almostEmptyIncident()), golden('almost-empty.md'));
  });

  it('is the same in any order of making, and differs by zone in its times only', () => {
    const { incident, events } = wholeIncident();
    const inTokyo = postmortem(incident, events, { words, timeZone: 'Asia/Tokyo' });
    assert.match(inTokyo, /2026-11-22 10:47:12/);
    assert.equal(inTokyo.split('\n').length, written(wholeIncident()).split('\n').length);
    assert.match(postmortem(incident, events, { words, timeZone: 'Nowhere/Land' }), /2026-11-22 01:47:12 \(UTC/);
  });

  it('tells which callers each risk is about, and those that none mentions', () => {
    const builder = new IncidentBuilder('x', 0).evidence(callersFound);
    const run = builder.ask('blastRadius');
    builder.record(run, records.blastRadius).end(run);
    const text = written(builder);
    assert.match(text, /- Refunds: refundOrder reads the same section \(callers: `src\/services\/refund\.js:31`\)/);
    assert.match(text, /\n\nCallers that no risk mentions: `src\/jobs\/retryCharges\.js:12`\.\n/);
  });

  it('shows the offset where it changes within an incident', () => {
    const builder = new IncidentBuilder('Night of the change', Date.UTC(2026, 9, 25, 0, 30));
    builder.after(3_600_000).add({ type: 'incidentResolved' });
    const text = timelineDocument(builder.incident, builder.events, { words, timeZone });
    assert.match(text, /2026-10-25 02:30:00 \(\+0 s\)/);
    assert.match(text, /2026-10-25 02:30:01 GMT\+01:00 \(\+1 h 00 min\)/);
  });

  it('labels demo replies under the title', () => {
    assert.match(
      written(wholeIncident()),
      /^> \*\*Demo replies\.\*\* R2 is a canned demo reply: no model has looked at its evidence/m,
    );
    assert.doesNotMatch(written(almostEmptyIncident()), /Demo/);
  });
});

/** Everything in the incident that was read from somewhere, in place of which `text` stands. */
function hostileIncident(text: string): IncidentBuilder {
  const builder = new IncidentBuilder(text, 1_700_000_000_000);
  builder
    .evidence({ title: harmless(text), source: harmless(text), text: harmless(text), omitted: harmless(text) })
    .add({ type: 'suspectAdded', suspect: { uri: 'file:///a', path: text, role: 'origin' } })
    .add({ type: 'stepSkipped', step: 'orient', reason: harmless(text) });
  for (const step of stepIds) {
    const run = builder.ask(step, text, { name: text, host: text, model: text, demo: false });
    builder.text(run, text).record(run, hostileRecord(step, text));
    builder.end(run, { kind: 'failed', failure: { kind: 'unexpected', detail: text } });
    if (step !== 'hypotheses') continue;
    builder.add({ type: 'hypothesisJudged', runId: run, index: 0, verdict: 'confirmed', note: harmless(text) });
    builder.add({ type: 'hypothesisJudged', runId: run, index: 1, verdict: 'ruledOut', note: harmless(text) });
  }
  return builder;
}

const markdown = new MarkdownIt({ html: true, linkify: false });

/** What a viewer makes of it: its headings, the cells of each row, and which kinds of piece are in it. */
function structure(text: string): { headings: readonly string[]; rows: readonly number[]; kinds: ReadonlySet<string> } {
  const tokens = markdown.parse(text, {});
  const headings = tokens.flatMap((token, index) =>
    token.type === 'heading_open' && token.tag !== 'h1' ? [tokens[index + 1]?.content ?? ''] : [],
  );
  const rows: number[] = [];
  for (const { type } of tokens) {
    if (type === 'tr_open') rows.push(0);
    if (type === 'td_open' || type === 'th_open') rows.push((rows.pop() ?? 0) + 1);
  }
  const kinds = new Set(tokens.flatMap(({ type, children }) => [type, ...(children ?? []).map((child) => child.type)]));
  return { headings, rows, kinds };
}

describe('postmortem of hostile text', () => {
  const pieces = [
    '#',
    '##',
    '-',
    '=',
    '===',
    '```',
    '~~~',
    '`',
    '|',
    '<b>',
    '<!--',
    '-->',
    '[',
    '](x)',
    '![',
    '\\',
    '*',
    '**',
    '_',
    '\n',
    '\n\n',
    '\r\n',
    ' ',
    '    ',
    '\t',
    '1. ',
    '2)',
    '> ',
    '- [ ] ',
    '&lt;',
    '$',
    'a',
    'payment.js:47',
    'E1:1',
    '\u2028',
    '\0',
    'https://x.example',
    '@@',
    '---\n',
    '| --- |\n',
  ];
  const hostile = fc
    .array(fc.constantFrom(...pieces), { minLength: 1, maxLength: 14 })
    .map((chosen) => `x${chosen.join('')}`);
  const plain = structure(written(hostileIncident('x')));

  it('keeps its headings, its tables and its kinds of blocks, whatever was read', function () {
    this.timeout(30_000);
    fc.assert(
      fc.property(
        fc.oneof(
          hostile,
          fc.string({ unit: 'binary', minLength: 1, maxLength: 40 }).map((text) => `x${text}`),
        ),
        (text) => {
          const made = structure(written(hostileIncident(text)));
          assert.deepEqual(made.headings, plain.headings);
          assert.deepEqual(made.rows, plain.rows);
          for (const kind of ['html_block', 'html_inline', 'link_open', 'image', 'hr', 's_open', 'code_block']) {
            assert.ok(!made.kinds.has(kind), `${kind} in it`);
          }
        },
      ),
      { numRuns: 120 },
    );
  });

  it('has every section once', () => {
    const own = plain.headings.filter((heading) => sections.includes(heading));
    assert.deepEqual(own, sections);
  });
});
