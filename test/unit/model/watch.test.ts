import assert from 'node:assert/strict';
import { nextWatchChange, watchList } from '../../../src/model/watch.ts';
import type { MonitorState, WatchList } from '../../../src/model/watch.ts';
import { watchAdvice, watchInShort, watchOver } from '../../../src/model/watchWords.ts';
import { harmless, IncidentBuilder } from '../../support/incidents.ts';
import { records } from '../../support/records.ts';

const minute = 60_000;
const start = Date.UTC(2026, 10, 22, 3, 0);

/** An incident with two monitors, `checkout 5xx` and `Stripe 401s`, and the time of its next fact. */
function monitored(): { builder: IncidentBuilder; look: (index: number, state: MonitorState, note?: string) => void } {
  const builder = new IncidentBuilder('Checkout', start);
  const run = builder.ask('blastRadius');
  builder.record(run, records.blastRadius).end(run);
  return {
    builder,
    look: (index, state, note = '') =>
      void builder.add({ type: 'monitorChecked', runId: run, index, state, note: harmless(note) }),
  };
}

function listAt(builder: IncidentBuilder, now = builder.incident.lastEventAt): WatchList {
  const list = watchList(builder.incident, now);
  assert.ok(list);
  return list;
}

describe('the watch list', () => {
  it('is not there before a blast radius is recorded', () => {
    assert.equal(watchList(new IncidentBuilder('x', start).incident, start), undefined);
  });

  it('takes looks before it is started, and asks for none', () => {
    const { builder, look } = monitored();
    look(0, 'ok', 'fine');
    const list = listAt(builder, start + 900 * minute);
    assert.equal(list.clock.kind, 'notStarted');
    assert.deepEqual(
      list.monitors.map(({ check, due }) => [check?.state, check?.note, due]),
      [
        ['ok', 'fine', false],
        [undefined, undefined, false],
      ],
    );
  });

  it('runs for its minutes, and is then over', () => {
    const { builder } = monitored();
    builder.add({ type: 'watchStarted', minutes: 30 });
    const from = builder.incident.watch?.startedAt ?? 0;
    assert.equal(listAt(builder, from + 30 * minute - 1).clock.kind, 'running');
    assert.deepEqual(listAt(builder, from + 30 * minute).clock, {
      kind: 'over',
      startedAt: from,
      endsAt: from + 30 * minute,
      minutes: 30,
    });
  });

  it('counts only looks since it was started, also when it is started again', () => {
    const { builder, look } = monitored();
    look(0, 'ok');
    builder.add({ type: 'watchStarted', minutes: 30 });
    assert.equal(listAt(builder).monitors[0]?.check, undefined);
    look(0, 'ok');
    assert.equal(listAt(builder).monitors[0]?.check?.state, 'ok');
    builder.add({ type: 'watchStarted', minutes: 10 });
    assert.equal(listAt(builder).monitors[0]?.check, undefined);
  });

  it('asks for a look when the last one is older than a third of the watch', () => {
    const { builder, look } = monitored();
    builder.add({ type: 'watchStarted', minutes: 30 });
    const from = builder.incident.watch?.startedAt ?? 0;
    const dueAt = (now: number): boolean[] => listAt(builder, now).monitors.map(({ due }) => due);
    assert.deepEqual(dueAt(from + 10 * minute - 1), [false, false]);
    assert.deepEqual(dueAt(from + 10 * minute), [true, true]);
    builder.after(11 * minute);
    look(0, 'ok');
    assert.deepEqual(dueAt(builder.incident.lastEventAt), [false, true]);
    assert.deepEqual(dueAt(from + 30 * minute), [false, true]);
  });

  it('is all ok only when each monitor was last seen ok', () => {
    const { builder, look } = monitored();
    builder.add({ type: 'watchStarted', minutes: 30 });
    look(0, 'ok');
    assert.equal(listAt(builder).allOk, false);
    look(1, 'worse', '5 %');
    assert.deepEqual([listAt(builder).allOk, listAt(builder).worse], [false, 1]);
    look(1, 'ok');
    assert.deepEqual([listAt(builder).allOk, listAt(builder).worse], [true, 0]);
    look(0, 'unknown');
    assert.equal(listAt(builder).allOk, false);
  });

  it('belongs to the latest blast radius: looks at an earlier one do not count', () => {
    const { builder, look } = monitored();
    look(0, 'ok');
    const again = builder.ask('blastRadius');
    builder.record(again, records.blastRadius).end(again);
    assert.deepEqual(
      listAt(builder).monitors.map(({ check }) => check),
      [undefined, undefined],
    );
    look(0, 'ok');
    assert.equal(builder.incident.monitorChecks.length, 1);
  });

  it('reads the ticks of earlier versions', () => {
    const { builder } = monitored();
    builder.add({ type: 'monitorTicked', runId: 'R1', index: 0, ticked: true });
    assert.equal(listAt(builder).monitors[0]?.check?.state, 'ok');
    builder.add({ type: 'monitorTicked', runId: 'R1', index: 0, ticked: false });
    assert.equal(listAt(builder).monitors[0]?.check?.state, 'unknown');
  });

  it('says when it changes next: a minute over, a look due, the time up, and then not any more', () => {
    const { builder } = monitored();
    builder.add({ type: 'watchStarted', minutes: 30 });
    const from = builder.incident.watch?.startedAt ?? 0;
    const next = (after: number): number | undefined => {
      const at = nextWatchChange(listAt(builder, from + after), from + after);
      return at === undefined ? undefined : at - from;
    };
    assert.equal(next(0), minute);
    assert.equal(next(30_000), minute);
    assert.equal(next(9.5 * minute), 10 * minute);
    assert.equal(next(29.5 * minute), 30 * minute);
    assert.equal(next(30 * minute), undefined);
    for (let at = 0; at < 30 * minute; at += 7_001) assert.ok((next(at) ?? 0) > at, String(at));
  });

  it('is told in a few words', () => {
    const { builder, look } = monitored();
    builder.add({ type: 'watchStarted', minutes: 30 });
    const from = builder.incident.watch?.startedAt ?? 0;
    assert.equal(watchInShort(listAt(builder, from), from), '30 min · 0 of 2 ok');
    look(0, 'ok');
    look(1, 'worse');
    const late = from + 30 * minute - 20_000;
    assert.equal(watchInShort(listAt(builder, late), late), '20 s · 1 of 2 ok · 1 worse · 2 due');
    assert.match(watchAdvice(listAt(builder, late)), /^1 monitor is worse\. Consider rolling back\.$/);
    look(1, 'unknown');
    const over = from + 31 * minute;
    assert.equal(
      watchOver(listAt(builder, over)),
      'The watch is over: 1 ok, 1 unclear. Still to be looked at: Stripe 401s.',
    );
    look(1, 'ok');
    assert.equal(
      watchOver(listAt(builder, over)),
      'The watch is over: 2 ok. All monitors are ok: the incident may be resolved.',
    );
  });
});
