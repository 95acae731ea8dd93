import type { EndpointLabel } from '../../src/model/reply.ts';
import { claude, harmless, IncidentBuilder } from './incidents.ts';
import { records } from './records.ts';

const demo: EndpointLabel = { name: 'Demo replies', host: '127.0.0.1:4010', model: 'demo', demo: true };

/** 02:47:12 in Berlin, in winter. */
export const startedAt = Date.UTC(2026, 10, 22, 1, 47, 12);

const log = Array.from({ length: 50 }, (_, index) =>
  index === 37
    ? "ERROR Cannot read property 'stripe_key' of undefined ```at``` payment.js:47"
    : `INFO request ${index + 1}`,
).join('\n');

/** An incident worked through all that can happen in one, to its end. */
export function wholeIncident(): IncidentBuilder {
  const builder = new IncidentBuilder('New incident', startedAt);
  builder
    .evidence({
      title: harmless('error.log, last 50 lines'),
      source: harmless('logs/error.log'),
      text: harmless(log),
      redactions: [
        { kind: 'stripe-key', count: 2 },
        { kind: 'email', count: 1 },
      ],
    })
    .add({ type: 'incidentRenamed', title: harmless("Cannot read property 'stripe_key' of undefined") })
    .evidence({
      title: harmless('stack.log'),
      kind: 'stackTail',
      text: harmless('at charge (src/services/payment.js:47:9)'),
    })
    .evidence({ title: harmless('Clipboard'), kind: 'clipboard', text: harmless('pasted by mistake') })
    .add({ type: 'evidenceRemoved', evidenceId: 'E3' });

  const first = builder.ask('orient');
  builder
    .add({
      type: 'replyRetrying',
      runId: first,
      retry: { attempt: 2, attempts: 4, resumesAt: 0, failure: { kind: 'overloaded', endpoint: 'Anthropic' } },
    })
    .end(first, { kind: 'failed', failure: { kind: 'overloaded', endpoint: 'Anthropic' } });
  const orient = builder.after(30_000).ask('orient', undefined, demo);
  builder.text(orient, 'It fails.').record(orient, records.orient).end(orient).check('orient');

  builder
    .add({ type: 'suspectAdded', suspect: { uri: 'file:///w/a.js', path: 'src/services/payment.js', role: 'caller' } })
    .add({ type: 'suspectRoleChanged', uri: 'file:///w/a.js', role: 'origin' })
    .add({ type: 'suspectAdded', suspect: { uri: 'file:///w/b.js', path: 'src/routes/checkout.js', role: 'caller' } })
    .add({ type: 'suspectRemoved', uri: 'file:///w/b.js' })
    .evidence({
      title: harmless('src/services/payment.js (origin)'),
      kind: 'file',
      source: harmless('src/services/payment.js'),
      firstLine: 1,
      text: harmless(Array.from({ length: 60 }, (_, index) => `line ${index + 1} of payment.js`).join('\n')),
      lineCount: 60,
    });
  const files = builder.ask('files');
  builder.record(files, records.files, false).record(files, records.files).end(files).check('files');

  const hypotheses = builder.ask('hypotheses');
  builder.record(hypotheses, records.hypotheses).end(hypotheses);
  const followUp = builder.ask('hypotheses', 'Yes, always above 50 concurrent users.');
  builder.text(followUp, 'Good.').end(followUp, { kind: 'done', stopReason: 'max_tokens' });
  const judge = (index: number, verdict: 'open' | 'confirmed' | 'ruledOut', note: string): unknown =>
    builder.add({ type: 'hypothesisJudged', runId: hypotheses, index, verdict, note: harmless(note) });
  judge(1, 'confirmed', '');
  judge(1, 'ruledOut', 'It failed 40 minutes after the start, too.');
  judge(0, 'confirmed', '`printenv` shows no STRIPE_KEY in the container.');
  builder.check('hypotheses');

  const environment = builder.ask('environment');
  builder.record(environment, records.environment).end(environment).check('environment');
  builder
    .add({ type: 'baselineChosen', baseline: { kind: 'before', time: startedAt - 86_400_000 } })
    .add({ type: 'stepSkipped', step: 'regression', reason: harmless('nothing was deployed this week') });
  const fix = builder.ask('fix');
  builder
    .record(fix, records.fix)
    .end(fix)
    .add({
      type: 'patternsChecked',
      runId: fix,
      patterns: [{ index: 0, by: 'search', place: { kind: 'moved', line: 33 } }],
    })
    .add({
      type: 'fixApplied',
      runId: fix,
      files: ['src/services/payment.js', 'test/payment.test.js'],
      proof: { kind: 'unproved', reason: harmless('`npm test` needs the staging database.') },
    })
    .after(60_000)
    .add({ type: 'fixUndone', runId: fix })
    .add({ type: 'fixApplied', runId: fix, files: ['src/services/payment.js'], proof: { kind: 'proved' } })
    .check('fix');
  const blast = builder.ask('blastRadius');
  builder
    .record(blast, records.blastRadius)
    .end(blast)
    .add({ type: 'monitorTicked', runId: blast, index: 1, ticked: true })
    .add({ type: 'watchStarted', minutes: 30 })
    .after(600_000)
    .add({ type: 'monitorChecked', runId: blast, index: 0, state: 'worse', note: harmless('4 % | of all') })
    .after(1_200_000)
    .add({ type: 'monitorChecked', runId: blast, index: 0, state: 'ok', note: harmless('0.02 %, `p99` 210 ms') })
    .add({ type: 'watchEnded' })
    .check('blastRadius');
  return builder
    .add({ type: 'incidentResolved' })
    .add({ type: 'incidentReopened' })
    .after(120_000)
    .add({ type: 'incidentResolved' });
}

/** An incident that was started, skipped through in part and left. */
export function almostEmptyIncident(): IncidentBuilder {
  const builder = new IncidentBuilder('New incident', startedAt);
  const run = builder
    .evidence({ title: harmless('error.log'), text: harmless('one line'), lineCount: 1 })
    .ask('orient', undefined, claude);
  return builder
    .end(run, { kind: 'stopped' })
    .add({ type: 'stepSkipped', step: 'regression', reason: harmless('no repository') });
}
