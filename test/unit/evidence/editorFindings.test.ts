import assert from 'node:assert/strict';
import fc from 'fast-check';
import { debugOutput, exceptionInfo, exceptionStop, stackFrames } from '../../../src/evidence/debugProtocol.ts';
import {
  debugConsoleEvidence,
  exceptionEvidence,
  problemsEvidence,
  testFailureEvidence,
} from '../../../src/evidence/editorFindings.ts';
import { parseStackTraces } from '../../../src/evidence/stackTrace/parse.ts';

const place = { path: 'src/pay.ts', line: 10, column: 5 };

describe('problems of the editor', () => {
  const problem = { ...place, severity: 'error' as const, message: 'Not assignable.', source: 'ts', code: '2322' };

  it('are a line each, as a compiler prints them, with what is related', () => {
    const { text, title } = problemsEvidence([
      problem,
      { ...problem, severity: 'warning', related: [{ ...place, line: 3, message: 'declared here' }] },
    ]);
    assert.deepEqual(text.split('\n'), [
      'src/pay.ts:10:5: error ts 2322: Not assignable.',
      'src/pay.ts:10:5: warning ts 2322: Not assignable.',
      '    src/pay.ts:3:5: declared here',
    ]);
    assert.equal(title, '2 problems');
    assert.equal(problemsEvidence([problem]).title, 'Problem in src/pay.ts');
  });

  it('are cut where there are too many, and say so', () => {
    const { text, omitted } = problemsEvidence(Array.from({ length: 500 }, () => problem));
    assert.equal(text.split('\n').length, 200);
    assert.match(omitted ?? '', /first 200/);
  });
});

describe('a failed test', () => {
  it('is its message, what was expected, and a stack that leads to files', () => {
    const { text, title, source } = testFailureEvidence({
      name: 'checkout > charges',
      place,
      message: 'AssertionError: 500 == 201',
      expected: '201',
      actual: '500',
      frames: [{ name: 'charge', place }, { name: 'processTicksAndRejections' }],
    });
    assert.equal(title, 'Failed test: checkout > charges');
    assert.match(source, /src\/pay\.ts:10:5$/);
    assert.match(text, /Expected: 201\nActual: 500\n {4}at charge \(src\/pay\.ts:10:5\)/);
  });
});

describe('an exception in the debugger', () => {
  it('has the stack of the runtime where there is one, with its header once', () => {
    const stackTrace = 'TypeError: boom\n    at charge (/app/src/pay.js:4:9)\n';
    const { text, title } = exceptionEvidence({
      session: 'Launch',
      type: 'TypeError',
      message: 'boom',
      stackTrace,
      frames: [],
    });
    assert.equal(title, 'TypeError: boom');
    assert.equal(text, stackTrace.trim());
  });

  it('has the frames of the debugger otherwise, in a form in which they are found again', () => {
    const answer = {
      stackFrames: [
        { id: 1, name: 'charge', source: { path: '/app/src/pay.js' }, line: 4, column: 9 },
        { id: 2, name: '[await]', presentationHint: 'label' },
        { id: 3, name: 'main', source: { name: 'main.js' }, line: 1, column: 1 },
      ],
    };
    const frames = stackFrames(answer, (path) => path.replace('/app/', ''));
    const { text } = exceptionEvidence({ session: 'Launch', type: 'TypeError', message: 'boom', frames });
    const [trace] = parseStackTraces(text);
    assert.ok(trace);
    assert.equal(trace.type, 'TypeError');
    assert.deepEqual(
      trace.frames.map(({ file, line }) => [file, line]),
      [
        ['src/pay.js', 4],
        ['main.js', 1],
      ],
    );
  });
});

describe('the debug console', () => {
  it('gives its last two hundred lines, and nothing where nothing was printed', () => {
    const printed = Array.from({ length: 300 }, (_, index) => `line ${index + 1}\n`).join('');
    const evidence = debugConsoleEvidence('Pay', printed);
    assert.ok(evidence);
    assert.equal(evidence.title, 'Debug console: Pay');
    assert.deepEqual(evidence.text.split('\n').at(0), 'line 101');
    assert.match(evidence.omitted ?? '', /last 200/);
    assert.equal(debugConsoleEvidence('Pay', ' \n\n'), undefined);
  });
});

describe('messages of a debug adapter', () => {
  it('tell of a stop at an exception, and of no other stop', () => {
    const stopped = (reason: string) => ({ type: 'event', event: 'stopped', body: { reason, threadId: 3 } });
    assert.deepEqual(exceptionStop(stopped('exception')), { threadId: 3 });
    assert.equal(exceptionStop(stopped('breakpoint')), undefined);
  });

  it('tell what was printed, telemetry left out', () => {
    const printed = (category: string) => ({ type: 'event', event: 'output', body: { category, output: 'x' } });
    assert.deepEqual(debugOutput(printed('stderr')), { text: 'x', isError: true });
    assert.deepEqual(debugOutput(printed('stdout')), { text: 'x', isError: false });
    assert.equal(debugOutput(printed('telemetry')), undefined);
  });

  it('may be anything', () => {
    fc.assert(
      fc.property(fc.anything(), (anything) => {
        exceptionStop(anything);
        debugOutput(anything);
        exceptionInfo(anything);
        assert.ok(Array.isArray(stackFrames(anything, (path) => path)));
        assert.ok(Array.isArray(stackFrames({ stackFrames: [anything] }, (path) => path)));
      }),
    );
  });
});
