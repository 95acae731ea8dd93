import assert from 'node:assert/strict';
import { PanelState, isToPanel } from '../../../webview/state.ts';
import { IncidentBuilder, fullSurroundings, harmless } from '../../support/incidents.ts';

describe('panel state', () => {
  function hydrated(): { state: PanelState; builder: IncidentBuilder; asked: () => number } {
    let asked = 0;
    const state = new PanelState(() => (asked += 1));
    const builder = new IncidentBuilder('Checkout down', 1000);
    state.receive({ type: 'hydrate', incident: builder.incident, surroundings: fullSurroundings });
    return { state, builder, asked: () => asked };
  }

  it('arrives where the host is by the same events', () => {
    const { state, builder } = hydrated();
    const events = [
      builder.event({ type: 'incidentRenamed', title: harmless('Other') }),
      builder.event({ type: 'stepChecked', step: 'orient' }),
    ];
    assert.equal(state.receive({ type: 'events', events }), 'all');
    assert.deepEqual(state.incident, builder.incident);
  });

  it('asks once to be hydrated when an event is missing, and changes nothing until it is', () => {
    const { state, builder, asked } = hydrated();
    const before = state.incident;
    builder.add({ type: 'stepChecked', step: 'orient' });
    const late = builder.event({ type: 'stepChecked', step: 'files' });
    assert.equal(state.receive({ type: 'events', events: [late] }), 'nothing');
    state.receive({ type: 'events', events: [builder.event({ type: 'stepUnchecked', step: 'files' })] });
    assert.equal(asked(), 1);
    assert.equal(state.incident, before);
    state.receive({ type: 'hydrate', incident: builder.incident, surroundings: fullSurroundings });
    const next = builder.event({ type: 'stepChecked', step: 'fix' });
    assert.equal(state.receive({ type: 'events', events: [next] }), 'all');
  });

  it('takes an event only once', () => {
    const { state, builder, asked } = hydrated();
    const event = builder.event({ type: 'stepChecked', step: 'orient' });
    state.receive({ type: 'events', events: [event] });
    assert.equal(state.receive({ type: 'events', events: [event] }), 'nothing');
    assert.equal(asked(), 0);
  });

  it('tells growing text from a new part of a reply', () => {
    const { state, builder } = hydrated();
    const runId = builder.ask('orient');
    state.receive({ type: 'hydrate', incident: builder.incident, surroundings: fullSurroundings });
    const delta = (): 'nothing' | 'replyText' | 'all' =>
      state.receive({ type: 'events', events: [builder.event({ type: 'replyDelta', runId, text: harmless('a') })] });
    assert.deepEqual([delta(), delta(), delta()], ['all', 'replyText', 'replyText']);
  });

  it('takes nothing for a message of the host that is not one', () => {
    for (const data of [undefined, null, 'hydrate', {}, { type: 'x' }, { type: 1 }])
      assert.equal(isToPanel(data), false);
    assert.equal(isToPanel({ type: 'surroundings' }), true);
  });
});
