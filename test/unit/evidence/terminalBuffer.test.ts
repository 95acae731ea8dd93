import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  ExecutionRecorder,
  TerminalBuffer,
  maxExecutions,
  terminalEvidence,
} from '../../../src/evidence/terminalBuffer.ts';
import { processorTime } from '../../support/processorTime.ts';

const esc = '\u001b';
const mark = (data: string): string => `${esc}]633;${data}\u0007`;

function seen(...chunks: string[]): string {
  const recorder = new ExecutionRecorder('bash', 'command');
  for (const chunk of chunks) recorder.feed(chunk);
  return recorder.snapshot().output;
}

describe('terminal output', () => {
  it('is plain text without colours, titles and links', () => {
    assert.equal(seen(`${esc}]0;npm test${esc}\\${esc}[1;31mError:${esc}[0m no key\r\n`), 'Error: no key');
    assert.equal(seen(`see ${esc}]8;;https://example.org${esc}\\the docs${esc}]8;;${esc}\\.`), 'see the docs.');
    assert.equal(seen(`${esc}(B${esc}[mready`), 'ready');
  });

  it('shows a progress bar in its last state only', () => {
    assert.equal(seen('10 %\r50 %\r100 %\r\ndone\r\n'), '100 %\ndone');
    assert.equal(seen('downloading 5 MB', `\r${esc}[K`, 'ok\n'), 'ok');
    assert.equal(seen('abcdef\rXY\n'), 'XYcdef');
    assert.equal(seen('-\b\\\b|\b/\bfinished\n'), 'finished');
  });

  it('follows the cursor up, as parallel downloads and test runners print', () => {
    assert.equal(seen(`a 1%\nb 1%\n${esc}[2A${esc}[2Ka 100%\n${esc}[2Kb 100%\nend`), 'a 100%\nb 100%\nend');
    assert.equal(seen(`RUNS x.test\n${esc}[1A${esc}[0JPASS x.test\n`), 'PASS x.test');
    assert.equal(seen(`one two${esc}[3D${esc}[P${esc}[@T`), 'one Two');
    assert.equal(seen(`${esc}7first${esc}8FIRST`), 'FIRST');
  });

  it('leaves nothing of a full-screen program', () => {
    assert.equal(seen(`before\n${esc}[?1049h${esc}[Hvim screen${esc}[?1049lafter`), 'before\nafter');
  });

  it('shows what a cleared screen shows', () => {
    assert.equal(seen(`old run\n${esc}[2J${esc}[3J${esc}[Hnew run`), 'new run');
    assert.equal(seen(`old run${esc}cnew run`.replace('new run', `${esc}[Hnew run`)), 'new run');
  });

  it('does not let an unfinished sequence swallow the next line', () => {
    assert.equal(seen(`${esc}]0;never ended\nError: real\n`), '\nError: real'.trimEnd());
    assert.equal(seen(`${esc}[12\nError: real\n`), '\nError: real');
  });

  it('keeps characters outside the basic plane, also cut between two chunks', () => {
    assert.equal(seen('ok \ud83d', '\ude00!'), 'ok 😀!');
  });

  it('takes command line, output and exit code from the marks of shell integration', () => {
    const recorder = new ExecutionRecorder('zsh');
    recorder.feed(`${mark('A')}~ % ${mark('B')}npm test${mark('E;echo a\\x3b b \\\\n;nonce')}\r\n${mark('C')}`);
    recorder.feed(`a; b\r\n${mark('D;3')}${mark('A')}~ % `);
    assert.deepEqual(recorder.snapshot(), {
      terminal: 'zsh',
      commandLine: 'echo a; b \\n',
      exitCode: 3,
      running: true,
      output: 'a; b',
      cut: false,
    });
    recorder.end();
    assert.equal(recorder.snapshot().running, false);
  });

  it('is the output of the last command when the marks tell of several', () => {
    const recorder = new ExecutionRecorder('bash');
    recorder.feed(`${mark('C')}first\n${mark('D;0')}$ ${mark('C')}second\n${mark('D;1')}$ `);
    assert.equal(recorder.snapshot().output, 'second');
    assert.equal(recorder.snapshot().exitCode, 1);
  });

  it('keeps the end of what is longer than the bound, from the start of a line', () => {
    const recorder = new ExecutionRecorder('bash', 'yes', 1000);
    for (let line = 0; line < 100_000; line += 1) recorder.feed(`line ${line}\r\n`);
    const { output, cut } = recorder.snapshot();
    assert.ok(cut);
    assert.ok(output.length <= 1000 && output.length > 900);
    assert.match(output, /^line \d+\n/);
    assert.ok(output.endsWith('line 99999'));
  });

  it('keeps the end of one endless line', () => {
    const recorder = new ExecutionRecorder('bash', 'cat', 1000);
    for (let chunk = 0; chunk < 1000; chunk += 1) recorder.feed('x'.repeat(100));
    recorder.feed('end');
    assert.equal(recorder.snapshot().output.length, 1000);
    assert.ok(recorder.snapshot().output.endsWith('xend'));
  });

  it('is the same however the output is cut into chunks', () => {
    const piece = fc.oneof(
      fc.constantFrom(
        '\r',
        '\n',
        '\r\n',
        '\b',
        '\t',
        `${esc}[K`,
        `${esc}[2A`,
        `${esc}[5C`,
        `${esc}[1;31m`,
        `${esc}[2J`,
      ),
      fc.constantFrom(
        `${esc}[H`,
        `${esc}]0;t\u0007`,
        `${esc}]8;;u${esc}\\`,
        mark('C'),
        mark('D;1'),
        mark('E;ls;n'),
        esc,
      ),
      fc.constantFrom(`${esc}[?1049h`, `${esc}[?1049l`, `${esc}[3P`, `${esc}P+q${esc}\\`, '😀', 'é'),
      fc.string({ unit: 'binary', maxLength: 8 }),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 40 }), fc.array(fc.nat(200), { maxLength: 20 }), (pieces, cuts) => {
        const whole = pieces.join('');
        const places = [...cuts.filter((cut) => cut < whole.length), whole.length].sort((a, b) => a - b);
        const chunks = places.map((place, at) => whole.slice(places[at - 1] ?? 0, place));
        assert.equal(seen(...chunks), seen(whole));
      }),
      { numRuns: 200 },
    );
  });

  it('takes any noise in linear time', () => {
    const noises = [
      `${esc}]`,
      `${esc}[`,
      `${esc}[999999999C\r`,
      `${esc}[99999@x\r`,
      `${esc}[999B`,
      '\rx',
      `${esc}P`,
      '\u009d',
    ];
    for (const noise of noises) {
      const started = processorTime();
      seen(noise.repeat(Math.ceil(500_000 / noise.length)));
      assert.ok(processorTime() - started < 1500, JSON.stringify(noise));
    }
  });
});

describe('terminal buffer', () => {
  it('keeps the last executions of each terminal, the newest first', () => {
    const buffer = new TerminalBuffer();
    for (let run = 1; run <= maxExecutions + 2; run += 1) buffer.start('1', 'bash', `run ${run}`).feed(`output ${run}`);
    buffer.start('2', 'zsh', 'other').feed('x');
    const kept = buffer.executions('1');
    assert.equal(kept.length, maxExecutions);
    assert.equal(kept[0]?.commandLine, `run ${maxExecutions + 2}`);
    assert.equal(kept[0].output, `output ${maxExecutions + 2}`);
    buffer.forget('1');
    assert.deepEqual(buffer.executions('1'), []);
    assert.equal(buffer.executions('2').length, 1);
  });

  it('becomes evidence of the newest command that printed something', () => {
    const buffer = new TerminalBuffer();
    const failed = buffer.start('1', 'bash', 'npm test');
    failed.feed('1 failing\r\n');
    failed.end(1);
    buffer.start('1', 'bash', 'clear').end(0);
    const evidence = terminalEvidence(buffer.executions('1'));
    assert.deepEqual(evidence, {
      ok: true,
      value: {
        kind: 'terminal',
        title: 'npm test, exit code 1',
        source: 'Terminal “bash”, its last command (exit code 1), read through shell integration',
        text: '$ npm test\n1 failing',
      },
    });
  });

  it('says when nothing was printed', () => {
    assert.deepEqual(terminalEvidence([]), { ok: false, failure: { kind: 'nothingThere', what: 'terminal' } });
  });
});
