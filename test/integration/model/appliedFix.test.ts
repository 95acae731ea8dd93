import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { fixBranch, fixMessage, latestFix } from '../../../src/model/appliedFix.ts';
import { harmless, IncidentBuilder } from '../../support/incidents.ts';
import { records } from '../../support/records.ts';

const startedAt = Date.UTC(2026, 10, 22, 2, 47);
const title = "Cannot read property 'stripe_key' of undefined at payment.js:47";

describe('the branch that is offered for a fix', () => {
  it('names the day and the incident', () => {
    assert.equal(
      fixBranch({ title, startedAt }),
      'incident/2026-11-22-cannot-read-property-stripe-key-of-undefined-at',
    );
    assert.equal(fixBranch({ title: 'Größe: 500 für Käufe', startedAt }), 'incident/2026-11-22-gro-e-500-fur-kaufe');
    assert.equal(fixBranch({ title: '支払い', startedAt: Number.NaN }), 'incident/fix');
  });

  it('is a name that git takes, whatever the title', () => {
    const names = fc.sample(fc.string({ unit: 'binary' }), 25).map((one) => fixBranch({ title: one, startedAt }));
    for (const name of new Set([...names, fixBranch({ title: '../..//@{-1}.lock', startedAt })])) {
      execFileSync('git', ['check-ref-format', '--branch', name]);
    }
  });
});

describe('the commit message that is offered for a fix', () => {
  it('names the incident, why the fix works and how it was proved', () => {
    assert.equal(
      fixMessage({ title, startedAt, id: '2026-11-22T02-47-00-abc' }, records.fix.data, { kind: 'proved' }),
      `Fix: ${title}

The missing variable is named at the start instead of surfacing as a property of undefined.

Incident of 2026-11-22 02:47 UTC: ${title} (2026-11-22T02-47-00-abc)
Test: npm test -- payment
Proved: the test fails without the fix and passes with it.`,
    );
  });

  it('says so where nothing proved it, and why it was applied', () => {
    const message = fixMessage({ title: 'x'.repeat(200), startedAt, id: 'i' }, records.fix.data, {
      kind: 'unproved',
      reason: harmless('No test\ndatabase here.'),
    });
    assert.match(message, /^Not proved by a test run: No test database here\.$/m);
    assert.equal(message.split('\n')[0]?.length, 72);
  });
});

describe('the latest fix', () => {
  const fixed = (): IncidentBuilder => {
    const builder = new IncidentBuilder(title, startedAt);
    const run = builder.ask('fix');
    return builder.record(run, records.fix).end(run);
  };
  const proof = { kind: 'proved' } as const;

  it('knows whether it is applied', () => {
    const builder = fixed();
    assert.equal(latestFix(builder.incident)?.applied, undefined);
    builder.add({ type: 'fixApplied', runId: 'R1', files: ['a.js'], proof });
    assert.deepEqual(latestFix(builder.incident)?.applied?.files, ['a.js']);
    builder.add({ type: 'fixApplied', runId: 'R1', files: ['b.js'], proof });
    assert.equal(builder.incident.appliedFixes.length, 1);
    builder.add({ type: 'fixUndone', runId: 'R1' });
    assert.equal(latestFix(builder.incident)?.applied, undefined);
    builder.add({ type: 'fixApplied', runId: 'R1', files: ['b.js'], proof });
    assert.deepEqual(latestFix(builder.incident)?.applied?.files, ['b.js']);
    assert.equal(builder.incident.appliedFixes.length, 2);
  });

  it('is not applied where only an earlier one was, and nothing is applied that nobody recorded', () => {
    const builder = fixed().add({ type: 'fixApplied', runId: 'R1', files: ['a.js'], proof });
    const again = builder.ask('fix', 'Fix both and write tests for both.');
    builder.record(again, records.fix).end(again);
    assert.equal(latestFix(builder.incident)?.runId, 'R2');
    assert.equal(latestFix(builder.incident)?.applied, undefined);
    builder.add({ type: 'fixApplied', runId: 'R9', files: ['a.js'], proof });
    assert.equal(builder.incident.appliedFixes.length, 1);
  });
});
