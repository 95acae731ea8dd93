import assert from 'node:assert/strict';
import { Actions } from '../../../webview/actions.ts';
import { IntentPort } from '../../../webview/vscodeApi.ts';
import { ViewState } from '../../../webview/viewState.ts';
import type { DraftChange } from '../../../src/model/draft.ts';
import type { FromPanel } from '../../../src/protocol.ts';

describe('intents of the panel', () => {
  function made(): { posted: FromPanel[]; port: IntentPort; actions: Actions } {
    const posted: FromPanel[] = [];
    const port = new IntentPort({ postMessage: (message) => void posted.push(message) });
    return { posted, port, actions: new Actions(port, () => undefined) };
  }

  it('are numbered, and each is settled by its own answer', async () => {
    const { posted, port, actions } = made();
    const first = actions.send('header', { type: 'stop' });
    const second = actions.send('suspects', { type: 'addSuspect' });
    assert.deepEqual(
      posted.map(({ intentId }) => intentId),
      [1, 2],
    );
    assert.ok(actions.isPending('header') && actions.isPending('suspects'));
    port.answered(2, { kind: 'tooManySuspects' });
    assert.equal(await second, false);
    assert.deepEqual(actions.failureAt('suspects'), { kind: 'tooManySuspects' });
    assert.ok(actions.isPending('header') && !actions.isPending('suspects'));
    port.answered(1, undefined);
    port.answered(1, { kind: 'noGit' });
    assert.equal(await first, true);
    assert.equal(actions.failureAt('header'), undefined);
  });

  it('that may be sent once are not sent again before their answer, and are after it', async () => {
    const { posted, port, actions } = made();
    const pasted = { type: 'addErrorText', text: 'TypeError' } as const;
    const byAdd = actions.sendOnce('sources', pasted);
    const byAsk = actions.sendOnce('sources', pasted);
    const other = actions.sendOnce('sources', { type: 'addErrorText', text: 'another' });
    assert.equal(posted.length, 2);
    port.answered(1, undefined);
    port.answered(2, { kind: 'nothingThere', what: 'errorText' });
    assert.deepEqual(await Promise.all([byAdd, byAsk, other]), [true, true, false]);
    void actions.sendOnce('sources', pasted);
    assert.equal(posted.length, 3);
  });

  it('forget the failure of a place when it is tried again', async () => {
    const { port, actions } = made();
    const tried = actions.send('sources', { type: 'addErrorText', text: '' });
    port.answered(1, { kind: 'nothingThere', what: 'errorText' });
    await tried;
    const again = actions.send('sources', { type: 'addErrorText', text: 'x' });
    assert.equal(actions.failureAt('sources'), undefined);
    port.answered(2, undefined);
    await again;
  });
});

describe('view state of the panel', () => {
  function watched(kept: unknown) {
    const states: unknown[] = [];
    const told: (readonly [string, readonly DraftChange[]])[] = [];
    const state = new ViewState(
      { getState: () => kept, setState: (next) => states.push(next) },
      () => undefined,
      (incidentId, drafts) => told.push([incidentId, drafts]),
    );
    return { state, states, told };
  }
  const view = (kept: unknown): ViewState => watched(kept).state;

  it('takes back only what it could have kept', () => {
    const kept = {
      incidentId: 'a',
      open: { orient: false, x: true },
      drafts: { error: 'e', y: 'z', title: 4 },
      scrollTop: -1,
    };
    const state = view(kept);
    assert.ok(state.belongTo('a'));
    assert.deepEqual(
      [state.draft('error'), state.draft('title'), state.openByHand('orient'), state.scrollTop],
      ['e', undefined, false, 0],
    );
    for (const hostile of [
      undefined,
      null,
      3,
      'x',
      {},
      { incidentId: 1 },
      { incidentId: 'a', drafts: 'no', open: [] },
    ]) {
      assert.equal(view(hostile).draft('error'), undefined);
    }
    state.keep();
  });

  it('never shows a draft of one incident in another', () => {
    const state = view({ incidentId: 'a', drafts: { error: 'e' } });
    assert.equal(state.belongTo('b'), false);
    assert.equal(state.draft('error'), undefined);
    state.keep();
  });

  it('leaves no draft with the editor, which would write it to the disk, and tells the host what has changed', () => {
    const { state, states, told } = watched(undefined);
    state.belongTo('a');
    state.setDraft('error', 'password=hunter2');
    state.setDraft('reply:fix', 'one');
    state.keep();
    state.clearDraft('reply:fix');
    state.keep();
    state.keep();
    assert.doesNotMatch(JSON.stringify(states), /hunter2|drafts|one/);
    assert.deepEqual(told, [
      [
        'a',
        [
          { key: 'error', text: 'password=hunter2' },
          { key: 'reply:fix', text: 'one' },
        ],
      ],
      ['a', [{ key: 'reply:fix', text: undefined }]],
    ]);
  });

  it('tells the drafts of one incident before it shows those of another', () => {
    const { state, told } = watched(undefined);
    state.belongTo('a');
    state.setDraft('error', 'mine');
    state.belongTo('b', { drafts: [{ key: 'title', text: 'kept', hidden: 0 }], lost: 0 });
    assert.deepEqual(told, [['a', [{ key: 'error', text: 'mine' }]]]);
    assert.deepEqual([state.draft('error'), state.draft('title')], [undefined, 'kept']);
    state.keep();
  });

  it('takes the host’s drafts once: what is written on is not overwritten by an older copy', () => {
    const drafts = { drafts: [{ key: 'error', text: 'old', hidden: 2 }], lost: 1 } as const;
    const { state } = watched({ incidentId: 'a', open: {}, scrollTop: 7 });
    assert.ok(state.belongTo('a', drafts));
    assert.deepEqual([state.draft('error'), state.leftOut], ['old', { secrets: 2, lost: 1 }]);
    state.setDraft('error', 'new');
    state.belongTo('a', drafts);
    assert.deepEqual([state.draft('error'), state.leftOut], ['new', { secrets: 0, lost: 0 }]);
    state.keep();
  });

  it('tells the host what an earlier version left with the editor, and drops it there', () => {
    const { state, states, told } = watched({ incidentId: 'a', drafts: { error: 'e' } });
    state.belongTo('a');
    state.keep();
    assert.deepEqual(told, [['a', [{ key: 'error', text: 'e' }]]]);
    assert.deepEqual(states, [{ incidentId: 'a', open: {}, scrollTop: 0 }]);
  });

  it('keeps a draft that was changed while it was being sent', () => {
    const state = view(undefined);
    state.setDraft('error', 'one two');
    state.clearDraft('error', 'one');
    assert.equal(state.draft('error'), 'one two');
    state.keep();
  });
});
