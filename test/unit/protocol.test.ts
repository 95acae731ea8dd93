import assert from 'node:assert/strict';
import fc from 'fast-check';
import { parseFromPanel } from '../../src/protocol.ts';

const intents: readonly object[] = [
  { type: 'ready' },
  { type: 'ask', step: 'orient', followUp: 'why?' },
  { type: 'continueReply', step: 'fix' },
  { type: 'stop' },
  { type: 'checkStep', step: 'files', checked: true },
  { type: 'judgeHypothesis', runId: 'R1', index: 0, verdict: 'confirmed', note: '' },
  { type: 'checkMonitor', runId: 'R1', index: 1, state: 'worse', note: 'p99 doubled' },
  { type: 'addOfferedLog', uri: 'file:///a.log', kind: 'logTail' },
  { type: 'previewEvidence', evidenceId: 'E1', line: 3 },
  { type: 'previewQuestion', step: 'orient', as: 'json' },
  { type: 'openFile', path: 'a.js', line: 1, column: 2 },
  { type: 'runCommand', command: 'setApiKey' },
  { type: 'keepDrafts', incidentId: 'a', drafts: [{ key: 'error', text: 'x' }, { key: 'note:R1:0' }] },
];

describe('messages of the panel', () => {
  it('are taken where they are intents, whole', () => {
    for (const intent of intents) assert.deepEqual(parseFromPanel({ intentId: 1, intent }), { intentId: 1, intent });
  });

  it('are refused, without a throw, where they are anything else', () => {
    const anything = fc.anything({
      withBigInt: true,
      withDate: true,
      withMap: true,
      withSet: true,
      withNullPrototype: true,
      withTypedArray: true,
    });
    fc.assert(
      fc.property(anything, anything, (message, intent) => {
        assert.equal(parseFromPanel(message), undefined);
        assert.equal(parseFromPanel({ intentId: 1, intent }), undefined);
      }),
      { numRuns: 500 },
    );
  });

  it('are refused where one property is of another kind, and hold nothing that was not asked for', () => {
    const wrong = fc.oneof(
      fc.constant(null),
      fc.object(),
      fc.array(fc.string(), { minLength: 1 }),
      fc.constant(Number.NaN),
      fc.constant('x'.repeat(2_000_001)),
      fc.constant(1.5),
    );
    fc.assert(
      fc.property(fc.constantFrom(...intents), fc.nat(), wrong, fc.string(), (intent, place, value, extra) => {
        const keys = Object.keys(intent);
        const key = keys[place % keys.length] ?? 'type';
        assert.equal(parseFromPanel({ intentId: 1, intent: { ...intent, [key]: value } }), undefined, key);
        const more = parseFromPanel({ intentId: 1, intent: { ...intent, [`x${extra}`]: value }, evil: value });
        assert.deepEqual(more, { intentId: 1, intent });
      }),
    );
  });

  it('open code with a short word for its language, and nothing else', () => {
    const open = (intent: object): unknown => parseFromPanel({ intentId: 1, intent: { type: 'openCode', ...intent } });
    assert.ok(open({ code: 'a', fenceWord: 'js' }));
    assert.ok(open({ code: '', fenceWord: '' }));
    for (const intent of [{ code: 'a' }, { code: 'a', fenceWord: 'x'.repeat(201) }, { code: 1, fenceWord: 'js' }]) {
      assert.equal(open(intent), undefined);
    }
  });

  it('run no command but those of the panel', () => {
    for (const command of [
      'workbench.action.terminal.new',
      'deleteIncident',
      '__proto__',
      'constructor',
      'incidentPanel.setApiKey',
      'vscode.open',
      '',
    ]) {
      assert.equal(parseFromPanel({ intentId: 1, intent: { type: 'runCommand', command } }), undefined, command);
    }
  });

  it('name no step, no role and no source that there is not', () => {
    for (const intent of [
      { type: 'ask', step: 'toString' },
      { type: 'setSuspectRole', uri: 'x', role: 'admin' },
      { type: 'addEvidence', source: '/etc/passwd' },
      { type: 'addOfferedLog', uri: 'x'.repeat(5_000), kind: 'logTail' },
    ])
      assert.equal(parseFromPanel({ intentId: 1, intent }), undefined);
  });
});
