import assert from 'node:assert/strict';
import fc from 'fast-check';
import { Digester, type LogDigest } from '../../../../src/evidence/logDigest/digester.ts';
import { foldShape } from '../../../../src/model/logShape.ts';
import { logSamples } from '../../../support/logSamples.ts';

const writtenAt = Date.UTC(2024, 0, 2, 3, 5);

function digest(text: string | Uint8Array, chunkBytes: readonly number[] = []): LogDigest {
  const bytes = typeof text === 'string' ? Buffer.from(text) : text;
  const digester = new Digester({ writtenAt, localMinutesEast: 0 });
  let at = 0;
  for (const size of chunkBytes) {
    digester.push(bytes.subarray(at, at + size));
    at += size;
  }
  digester.push(bytes.subarray(at));
  return digester.end();
}

const groupsOf = ({ groups }: LogDigest): string[] =>
  groups.map(({ level, count, words }) => `${level} ${count}: ${foldShape(words)}`);
const isoOf = (at: number | undefined): string | undefined =>
  at === undefined ? undefined : new Date(at).toISOString();

describe('log digest', () => {
  for (const { name, lines, groups, firstAt } of logSamples) {
    it(`understands ${name}`, () => {
      const result = digest(`${lines.join('\n')}\n`);
      assert.deepEqual([...groupsOf(result)].sort(), [...groups].sort());
      assert.equal(result.lineCount, lines.length);
      const first = result.groups.flatMap((group) => group.firstAt ?? []).sort((a, b) => a - b)[0];
      assert.equal(isoOf(first), firstAt);
    });
  }

  it('understands Windows line breaks, colours and no last line break', () => {
    const result = digest(
      '\u001b[32m2024-01-02T03:04:05Z\u001b[0m \u001b[31mERROR\u001b[0m boom 3\r\n  at x\r\n2024-01-02T03:04:06Z ERROR boom 4',
    );
    assert.deepEqual(groupsOf(result), ['error 2: ERROR boom <number>']);
    assert.deepEqual(result.groups[0]?.example.lines, ['2024-01-02T03:04:05Z ERROR boom 3', '  at x']);
  });

  it('keeps the first and the last time of a shape, in whatever order they come', () => {
    const result = digest(
      '2024-01-02T03:04:07Z ERROR boom 1\n2024-01-02T03:04:05Z ERROR boom 2\n2024-01-02T03:04:06Z ERROR boom 3\n',
    );
    assert.equal(isoOf(result.groups[0]?.firstAt), '2024-01-02T03:04:05.000Z');
    assert.equal(isoOf(result.groups[0]?.lastAt), '2024-01-02T03:04:07.000Z');
  });

  it('gives a crash without a time that of the line before it', () => {
    const result = digest(
      '2024-01-02T03:04:05Z INFO serving\nException in thread "main" java.lang.Error: x\n\tat a.b(c.java:1)\n',
    );
    assert.deepEqual(groupsOf(result), ['error 1: Exception in thread <quoted> java.lang.Error: x']);
    assert.equal(isoOf(result.groups[0]?.firstAt), '2024-01-02T03:04:05.000Z');
  });

  it('takes a line of its own accord for part of the record before it, where records have times', () => {
    const result = digest(
      '2024-01-02T03:04:05Z INFO query was\nselect * from errors where failed\n2024-01-02T03:04:06Z INFO done\n',
    );
    assert.equal(result.errorCount, 0);
  });

  it('keeps a bounded example of a record of ten thousand lines, and counts the others', () => {
    const result = digest(
      `2024-01-02T03:04:05Z ERROR deep\n${'    at f (a.js:1:2)\n'.repeat(10_000)}2024-01-02T03:04:06Z INFO ok\n`,
    );
    const [group] = result.groups;
    assert.ok(group);
    assert.ok(group.example.lines.length <= 60);
    assert.equal(group.example.lines.length + group.example.moreLines, 10_001);
    assert.equal(result.lineCount, 10_002);
  });

  it('reads the head of a line of a megabyte and of one of twelve, and the lines after them', () => {
    for (const size of [1_000_000, 12_000_000]) {
      const long = `2024-01-02T03:04:05Z ERROR long ${'x'.repeat(size)}`;
      const result = digest(`${long}\n2024-01-02T03:04:06Z ERROR short 1\n`, [700_000, 3]);
      assert.equal(result.errorCount, 2, String(size));
      assert.equal(result.lineCount, 2);
      assert.ok(result.groups.every(({ example }) => example.lines.every((line) => line.length <= 64 * 1024)));
    }
  });

  it('reads the level and message of a JSON record that is too long to be parsed', () => {
    const result = digest(
      `{"level":"error","time":"2024-01-02T03:04:05Z","msg":"too much","body":"${'x'.repeat(100_000)}"}\n`,
    );
    assert.deepEqual(groupsOf(result), ['error 1: too much']);
  });

  it('passes NULs, invalid UTF-8 and halves of characters over', () => {
    const bytes = Buffer.concat([
      Buffer.alloc(5000),
      Buffer.from('2024-01-02T03:04:05Z ERROR caf\u00e9 1\n', 'latin1'),
      Buffer.from([0xf0, 0x9f]),
    ]);
    assert.deepEqual(groupsOf(digest(bytes)), ['error 1: ERROR caf\ufffd <number>']);
  });

  it('tells a thousand shapes apart and counts what is beyond', () => {
    const word = (index: number): string =>
      String(index).replace(/\d/g, (figure) => 'abcdefghij'[Number(figure)] ?? '');
    const lines = Array.from({ length: 1500 }, (_, index) => `2024-01-02T03:04:05Z ERROR broke ${word(index)}`);
    const result = digest(lines.join('\n'));
    assert.equal(result.groups.length, 1000);
    assert.equal(result.ungrouped, 500);
    assert.equal(result.errorCount, 1500);
  });

  it('gives the same for any chunks', () => {
    const all = Buffer.from(logSamples.flatMap(({ lines }) => lines).join('\n'));
    const whole = digest(all);
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 900 }), { maxLength: 60 }), (sizes) => {
        assert.deepEqual(digest(all, sizes), whole);
      }),
      { numRuns: 60 },
    );
  });

  it('gives the same for any chunks of more than its buffer holds', () => {
    const lines = Array.from({ length: 30_000 }, (_, index) =>
      index % 50 === 0
        ? `2024-01-02T03:04:05Z ERROR order ${index} failed\n    at a (b.js:${index}:2)\nCaused by: Error: ${'y'.repeat(index % 300)}`
        : `2024-01-02T03:04:05Z INFO request ${index} took ${index % 90} ms for ${'x'.repeat(index % 120)}`,
    );
    const all = Buffer.from(lines.join('\n'));
    assert.ok(all.length > 3_000_000);
    const whole = digest(all);
    assert.equal(whole.errorCount, 600);
    for (const size of [1, 2, 3, 5].map((times) => times * 262_144 + 7))
      assert.deepEqual(
        digest(
          all,
          Array.from({ length: 20 }, () => size),
        ),
        whole,
        String(size),
      );
  });

  it('puts interleaved records of two processes into the same groups', () => {
    const one = ['2024-01-02T03:04:05Z ERROR order 1 failed', '    at a (b.js:1:2)'];
    const other = ['2024-01-02T03:04:05Z WARN slow 3', '2024-01-02T03:04:06Z ERROR no route to 10.0.0.1'];
    const orders = [
      [...one, ...other],
      [...other, ...one],
      [other[0] ?? '', ...one, other[1] ?? ''],
    ];
    for (const order of orders)
      assert.deepEqual([...groupsOf(digest(order.join('\n')))].sort(), [
        'error 1: ERROR no route to <ip>',
        'error 1: ERROR order <number> failed',
        'warning 1: WARN slow <number>',
      ]);
  });

  it('never throws, whatever the bytes', () => {
    const pieces = fc.oneof(
      fc.uint8Array({ maxLength: 60 }).map((bytes) => Buffer.from(bytes).toString('latin1')),
      fc.string({ unit: 'binary', maxLength: 60 }),
      fc.constantFrom(...logSamples.flatMap(({ lines }) => lines)),
      fc.constantFrom(
        '{"level":',
        '{"level":50,"msg":{}}',
        '{"time":1e400,"level":"error"}',
        '[]',
        'ERROR',
        '\n',
        '\r\n',
        '\0',
        '[99/Foo/2024:99:99:99 +9999] ERROR',
        '{"log":"{\\"log\\":\\"Error: x\\"}"}',
      ),
    );
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 30 }), fc.constantFrom('', '\n'), (parts, separator) => {
        const result = digest(Buffer.from(parts.join(separator), 'utf8'));
        assert.ok(result.errorCount >= result.untimed);
      }),
      { numRuns: 300 },
    );
  });

  it('takes time in proportion to the log, whatever is repeated in it', function () {
    this.timeout(60_000);
    const processorTime = (text: Buffer): number => {
      const before = process.cpuUsage();
      digest(text);
      const { user, system } = process.cpuUsage(before);
      return user + system;
    };
    const parts = [
      'ERROR a\n',
      '{"level":50,"msg":"',
      'Caused by: x\n',
      'at ',
      '"',
      '1:',
      'a.',
      '[',
      ' - - [',
      '2024-01-02T03:04:05Z ',
      'a@',
      '\x1b[31m',
    ];
    for (const part of parts) {
      const small = Buffer.from(part.repeat(Math.ceil(150_000 / part.length)));
      const large = Buffer.from(part.repeat(Math.ceil(1_200_000 / part.length)));
      processorTime(small);
      const [one, eight] = [processorTime(small), processorTime(large)];
      assert.ok(eight < 24 * one + 300_000, `${JSON.stringify(part)}: ${one} µs, ${eight} µs for eight times as much`);
    }
  });
});
