import assert from 'node:assert/strict';
import { WatchTimer } from '../../../src/investigation/watchTimer.ts';
import type { Incident } from '../../../src/model/incident.ts';
import { watchEnd } from '../../../src/model/watch.ts';
import { watchInShort, watchOver } from '../../../src/model/watchWords.ts';
import { harmless, IncidentBuilder } from '../../support/incidents.ts';
import { records } from '../../support/records.ts';

const minute = 60_000;

/** Time that goes by only when a test says so. */
class FakeClock {
  time: number;
  readonly #waiting = new Set<{ readonly at: number; readonly call: () => void }>();

  constructor(time: number) {
    this.time = time;
  }

  readonly now = (): number => this.time;

  readonly after = (milliseconds: number, call: () => void): { dispose: () => void } => {
    const one = { at: this.time + milliseconds, call };
    this.#waiting.add(one);
    return { dispose: () => this.#waiting.delete(one) };
  };

  get waiting(): number {
    return this.#waiting.size;
  }

  advance(milliseconds: number): void {
    const end = this.time + milliseconds;
    for (;;) {
      const next = [...this.#waiting].filter(({ at }) => at <= end).toSorted((a, b) => a.at - b.at)[0];
      if (next === undefined) break;
      this.#waiting.delete(next);
      this.time = next.at;
      next.call();
    }
    this.time = end;
  }
}

class Scene {
  readonly builder = new IncidentBuilder('Checkout', Date.UTC(2026, 10, 22, 3));
  readonly shown: (string | undefined)[] = [];
  readonly reminders: string[] = [];
  readonly clock: FakeClock;
  timer: WatchTimer;

  constructor() {
    const run = this.builder.ask('blastRadius');
    this.builder.record(run, records.blastRadius).end(run);
    this.clock = new FakeClock(this.builder.incident.lastEventAt);
    this.timer = this.window();
  }

  /** A window on the incident: another one is what a reload makes. */
  window(incident: () => Incident | undefined = () => this.builder.incident): WatchTimer {
    return new WatchTimer({
      clock: this.clock,
      incident,
      show: (list, now) => this.shown.push(list === undefined ? undefined : watchInShort(list, now)),
      end: (now) => {
        const { watch } = this.builder.incident;
        if (watch === undefined || watch.endedAt !== undefined || now < watchEnd(watch)) return false;
        this.builder.add({ type: 'watchEnded' });
        return true;
      },
      remind: (list) => this.reminders.push(watchOver(list)),
    });
  }

  /** Starts a watch now, as the builder's own clock tells the time. */
  start(minutes: number): void {
    this.builder
      .after(this.clock.time - this.builder.incident.lastEventAt - 1000)
      .add({ type: 'watchStarted', minutes });
    this.timer.update();
  }

  look(index: number, state: 'ok' | 'worse' | 'unknown'): void {
    this.builder
      .after(this.clock.time - this.builder.incident.lastEventAt - 1000)
      .add({ type: 'monitorChecked', runId: 'R1', index, state, note: harmless('') });
    this.timer.update();
  }
}

describe('the timer of the watch', () => {
  it('shows nothing and waits for nothing before a watch is started', () => {
    const scene = new Scene();
    scene.timer.update();
    assert.deepEqual(scene.shown, [undefined]);
    assert.equal(scene.clock.waiting, 0);
  });

  it('shows what is left, minute by minute, and what is due', () => {
    const scene = new Scene();
    scene.start(30);
    scene.clock.advance(11 * minute);
    assert.equal(scene.shown[0], '30 min · 0 of 2 ok');
    assert.ok(scene.shown.includes('25 min · 0 of 2 ok'));
    assert.ok(scene.shown.includes('20 min · 0 of 2 ok · 2 due'));
    scene.look(0, 'ok');
    assert.equal(scene.shown.at(-1), '19 min · 1 of 2 ok · 1 due');
  });

  it('reminds once, when the time is up, and then rests', () => {
    const scene = new Scene();
    scene.start(30);
    scene.look(0, 'ok');
    scene.clock.advance(60 * minute);
    assert.deepEqual(scene.reminders, [
      'The watch is over: 1 ok, 1 not looked at. Still to be looked at: Stripe 401s.',
    ]);
    assert.equal(scene.clock.waiting, 0);
    scene.look(1, 'ok');
    assert.equal(scene.shown.at(-1), 'over · 2 of 2 ok');
    assert.equal(scene.reminders.length, 1);
  });

  it('goes on after a reload in the middle of a watch, with the time that is left', () => {
    const scene = new Scene();
    scene.start(30);
    scene.clock.advance(12 * minute);
    scene.timer.dispose();
    assert.equal(scene.clock.waiting, 0);
    scene.clock.advance(5 * minute);
    scene.timer = scene.window();
    scene.timer.update();
    assert.equal(scene.shown.at(-1), '13 min · 0 of 2 ok · 2 due');
    scene.clock.advance(13 * minute);
    assert.equal(scene.reminders.length, 1);
  });

  it('reminds after the fact of a watch that ended while no window was open, and not again after that', () => {
    const scene = new Scene();
    scene.start(30);
    scene.timer.dispose();
    scene.clock.advance(600 * minute);
    scene.window().update();
    assert.equal(scene.reminders.length, 1);
    scene.window().update();
    assert.equal(scene.reminders.length, 1);
  });

  it('begins anew when the watch is started again', () => {
    const scene = new Scene();
    scene.start(5);
    scene.clock.advance(6 * minute);
    assert.equal(scene.reminders.length, 1);
    scene.start(5);
    assert.equal(scene.shown.at(-1), '5 min · 0 of 2 ok');
    scene.clock.advance(6 * minute);
    assert.equal(scene.reminders.length, 2);
  });

  it('is silent once the incident is resolved, or another one is open', () => {
    const scene = new Scene();
    scene.start(30);
    scene.builder.add({ type: 'incidentResolved' });
    scene.timer.update();
    assert.equal(scene.shown.at(-1), undefined);
    assert.equal(scene.clock.waiting, 0);
    const none = scene.window(() => undefined);
    none.update();
    assert.equal(scene.clock.waiting, 0);
    scene.clock.advance(60 * minute);
    assert.deepEqual(scene.reminders, []);
  });

  it('counts a watch of seconds in seconds', () => {
    const scene = new Scene();
    scene.start(0.2);
    assert.equal(scene.shown.at(-1), '12 s · 0 of 2 ok');
    scene.clock.advance(12_000);
    assert.equal(scene.reminders.length, 1);
  });
});
