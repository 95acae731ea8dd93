import { appendFile, open, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync, zstdCompressSync } from 'node:zlib';
import assert from 'node:assert/strict';
import { readTail } from '../../../../src/evidence/logTail.ts';
import { collectLogDigest, digestLog } from '../../../../src/evidence/logDigest/logDigest.ts';
import type { CollectedEvidence } from '../../../../src/model/evidence.ts';
import { useTemporaryFolder } from '../../../support/temporaryFolder.ts';

const { signal } = new AbortController();
const start = Date.UTC(2026, 10, 22, 2, 0);
/** A line every ten seconds; from the line `from` on every second one is an error. */
const log = (lines: number, from: number): string[] =>
  Array.from({ length: lines }, (_, index) => {
    const time = new Date(start + index * 10_000).toISOString();
    return index >= from && index % 2 === 0
      ? `${time} ERROR order ${index} failed for customer ${index * 7}`
      : `${time} INFO order ${index} done`;
  });
const commit = (hash: string, minutes: number, subject: string, tags: readonly string[] = []) => ({
  hash: hash.padEnd(40, '0'),
  shortHash: hash,
  author: 'A',
  authoredAt: 0,
  committedAt: start + minutes * 60_000,
  subject,
  isMerge: false,
  tags,
});

describe('digest of a log file', () => {
  const folder = useTemporaryFolder();

  async function written(content: string | Uint8Array, name = 'app.log'): Promise<string> {
    const path = join(folder(), name);
    await writeFile(path, content);
    return path;
  }
  async function evidenceOf(content: string | Uint8Array, maxBytes?: number): Promise<CollectedEvidence> {
    const path = await written(content);
    const limit = maxBytes === undefined ? {} : { maxBytes };
    const result = await collectLogDigest({ path, displayPath: 'logs/app.log', signal, ...limit }, [], 50);
    assert.ok(result.ok && result.value !== undefined, JSON.stringify(result));
    return result.value;
  }
  async function failureOf(content: string | Uint8Array): Promise<string> {
    const result = await digestLog({ path: await written(content), displayPath: 'x', signal });
    return result.ok ? 'none' : result.failure.kind;
  }

  it('says what was read, how often each shape came, when, and one whole example of each', async () => {
    const { kind, title, text, omitted } = await evidenceOf(`${log(200, 120).join('\n')}\n`);
    assert.equal(kind, 'logDigest');
    assert.equal(title, 'app.log, digest: 40 errors, 0 warnings');
    assert.match(text, /^Read: all .+, 200 lines, from 2026-11-22 02:00:00 UTC to 02:33:10 UTC\.$/m);
    assert.match(text, /^1\. error, 40 times, first 2026-11-22 02:20:00 UTC, last 02:33:00 UTC$/m);
    // Folded only after redaction.
    assert.match(text, /^Shape: ERROR order 120 failed for customer 840$/m);
    assert.match(text, /^ {4}2026-11-22T02:20:00\.000Z ERROR order 120 failed for customer 840$/m);
    assert.match(text, /\nLeft out: all records that are neither errors nor warnings\.$/);
    assert.equal(omitted, 'all records that are neither errors nor warnings');
  });

  it('says when it began and after which commit', async () => {
    const path = await written(log(200, 120).join('\n'));
    const commits = [
      commit('ffff111', 25, 'later'),
      commit('a41c9e0', 16, 'tidy configuration', ['v1.2']),
      commit('bbbb222', -90, 'old'),
    ];
    const result = await collectLogDigest({ path, displayPath: 'app.log', signal }, commits, 50);
    assert.ok(result.ok && result.value?.errorRate !== undefined);
    const { beganAt, words, counts, step, commits: shown } = result.value.errorRate;
    assert.equal(new Date(beganAt ?? 0).toISOString(), '2026-11-22T02:20:00.000Z');
    assert.match(words, /They began at 02:20:00 UTC: 2\.9 a minute then, none before\./);
    assert.match(
      words,
      /The last commit before that is a41c9e0 “tidy configuration” \(tag v1\.2\), made 4 min 00 s earlier;/,
    );
    assert.ok(result.value.text.includes(words));
    assert.equal(
      counts.reduce((sum, count) => sum + count, 0),
      40,
    );
    assert.ok(counts.length <= 60 && step === 60_000);
    assert.deepEqual(
      shown.map(({ subject }) => subject),
      ['tidy configuration', 'later'],
    );
  });

  it('reads only the end, beginning with a line, and says what was left out', async () => {
    const lines = log(5000, 0);
    const { text, omitted } = await evidenceOf(lines.join('\n'), 100_000);
    assert.match(text, /^Read: the last 97\.7 KB of .+ KB, [\d,]+ lines/m);
    assert.match(omitted ?? '', /^the first \d+(\.\d)? KB of the file; /);
    assert.doesNotMatch(text, /order 0 failed/);
  });

  it('reads a gzip log, also one that is cut off, and its tail', async () => {
    const packed = gzipSync(`${log(3000, 100).join('\n')}\n`);
    const { text } = await evidenceOf(packed);
    assert.match(text, /^Read: .+ unpacked from .+, 3,000 lines/m);
    const tail = await readTail({ path: join(folder(), 'app.log'), displayPath: 'app.log', lines: 2, signal });
    assert.ok(tail.ok);
    assert.match(tail.value.text, /order 2998 failed.*\n.*order 2999 done$/);
    assert.match((await evidenceOf(packed.subarray(0, packed.length / 2))).text, /^1\. error/m);
  });

  it('refuses a bomb, archives, binary files and what is not there', async () => {
    assert.equal(await failureOf(gzipSync(Buffer.alloc(80 * 1024 * 1024))), 'unpacksTooLarge');
    assert.equal(await failureOf(zstdCompressSync('ERROR x\n')), 'compressedFile');
    assert.equal(await failureOf(Buffer.from([0x7f, 0x45, 0x4c, 0x46, 0, 0, 1, 2, 0, 3])), 'binaryFile');
    assert.equal(await failureOf(''), 'emptyFile');
    const missing = await digestLog({ path: join(folder(), 'none'), displayPath: 'none', signal });
    assert.equal(missing.ok ? 'none' : missing.failure.kind, 'fileMissing');
    const directory = await digestLog({ path: folder(), displayPath: 'x', signal });
    assert.equal(directory.ok ? 'none' : directory.failure.kind, 'isFolder');
  });

  it('reads UTF-16, of either byte order', async () => {
    const bytes = Buffer.from(`\ufeff${log(80, 0).join('\r\n')}`, 'utf16le');
    for (const content of [bytes, Buffer.from(bytes).swap16()])
      assert.match((await evidenceOf(content)).title, /40 errors/);
    assert.match((await evidenceOf(bytes, 5000)).title, /\d+ errors/);
  });

  it('has nothing to add where the tail shows all, or nothing is wrong', async () => {
    for (const content of [log(50, 0), log(500, 500)]) {
      const path = await written(content.join('\n'));
      assert.deepEqual(await collectLogDigest({ path, displayPath: 'x', signal }, [], 50), {
        ok: true,
        value: undefined,
      });
    }
  });

  it('stops when it is cancelled', async () => {
    const path = await written(log(100, 0).join('\n'));
    const stopped = await digestLog({ path, displayPath: 'x', signal: AbortSignal.abort() });
    assert.deepEqual(stopped, { ok: false, failure: { kind: 'cancelled' } });
    const packed = await written(gzipSync(log(100, 0).join('\n')), 'b.gz');
    const other = await digestLog({ path: packed, displayPath: 'x', signal: AbortSignal.abort() });
    assert.deepEqual(other, { ok: false, failure: { kind: 'cancelled' } });
  });

  it('reads a log that grows and is rotated meanwhile, and lets other work run', async () => {
    const path = await written(`${log(40_000, 0).join('\n')}\n`);
    const stop = new AbortController();
    let turns = 0;
    const writer = (async () => {
      while (!stop.signal.aborted) {
        await appendFile(path, `${log(500, 0).join('\n')}\n`);
        if (turns % 3 === 2) await truncate(path, 0);
        turns += 1;
      }
    })();
    for (let round = 0; round < 12; round += 1) {
      const result = await digestLog({ path, displayPath: 'x', signal });
      if (result.ok)
        assert.ok(
          // Where another file came in under the reader, one line may be made of two.
          result.value.digest.groups.filter(({ words, count }) => count > 1 && !/order|^\s*$/.test(words)).length ===
            0 || result.value.read.shrank,
        );
      else assert.equal(result.failure.kind, 'emptyFile');
    }
    const before = turns;
    await digestLog({ path, displayPath: 'x', signal });
    await new Promise((resolve) => setTimeout(resolve, 5));
    assert.ok(turns > before);
    stop.abort();
    await writer;
  });

  it('holds little of a single line of 200 MB', async () => {
    const path = join(folder(), 'line.log');
    const file = await open(path, 'w');
    const block = Buffer.alloc(1024 * 1024, 'x');
    await file.write('2026-11-22T02:00:00Z ERROR ');
    for (let count = 0; count < 200; count += 1) await file.write(block);
    await file.close();
    const before = process.memoryUsage().rss;
    const result = await digestLog({ path, displayPath: 'x', maxBytes: 300 * 1024 * 1024, signal });
    assert.ok(result.ok);
    assert.equal(result.value.digest.errorCount, 1);
    assert.ok(process.memoryUsage().rss - before < 120 * 1024 * 1024);
  });

  it('cuts an example between words only', async () => {
    const secret = 'k'.repeat(60);
    const { text } = await evidenceOf(
      `${log(60, 60).join('\n')}\n2026-11-22T02:20:00Z ERROR ${'word '.repeat(797)}${secret}${'z'.repeat(200)}`,
    );
    assert.match(text, /a line is cut/);
    assert.doesNotMatch(text.split('The first one:')[0]?.split('It was:')[1] ?? '', /k/);
  });
});
