import { execFileSync } from 'node:child_process';
import { appendFile, chmod, mkdtemp, open, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { zstdCompressSync } from 'node:zlib';
import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Result } from '../../../src/model/failure.ts';
import { collectLogTail, collectStackTail, readTail, type Tail } from '../../../src/evidence/logTail.ts';

describe('log tail', () => {
  let folder = '';
  const signal = new AbortController().signal;

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'log tail ü '));
  });
  after(() => rm(folder, { recursive: true }));

  async function tailOf(content: string | Uint8Array, lines = 50, maxBytes?: number): Promise<Result<Tail>> {
    const path = join(folder, 'error.log');
    await writeFile(path, content);
    return readTail({
      path,
      displayPath: 'logs/error.log',
      lines,
      signal,
      ...(maxBytes === undefined ? {} : { maxBytes }),
    });
  }

  async function textOf(content: string | Uint8Array, lines = 50, maxBytes?: number): Promise<string> {
    const tail = await tailOf(content, lines, maxBytes);
    assert.ok(tail.ok, JSON.stringify(tail));
    return tail.value.text;
  }

  async function failureOf(content: string | Uint8Array): Promise<string> {
    const tail = await tailOf(content);
    return tail.ok ? 'none' : tail.failure.kind;
  }

  const numbered = (count: number): string[] => Array.from({ length: count }, (_, at) => `line ${at + 1}`);

  it('keeps the last fifty lines, numbers the first of them and counts the others', async () => {
    const tail = await tailOf(`${numbered(120).join('\n')}\n`);
    assert.ok(tail.ok);
    assert.equal(tail.value.text, numbered(120).slice(70).join('\n'));
    assert.equal(tail.value.lineCount, 50);
    assert.equal(tail.value.firstLine, 71);
    assert.equal(tail.value.omitted, '70 earlier lines');
  });

  it('gives a short file whole, with or without a final line break', async () => {
    for (const content of ['a\nb', 'a\nb\n', 'a\r\nb\r\n']) {
      const tail = await tailOf(content);
      assert.deepEqual(tail, { ok: true, value: { text: 'a\nb', lineCount: 2, firstLine: 1 } });
    }
  });

  it('reads only the end of a file of ten gigabytes', async () => {
    const path = join(folder, 'huge.log');
    const file = await open(path, 'w');
    const size = 10 * 1024 ** 3;
    await file.truncate(size);
    await file.write(`\n${numbered(200).join('\n')}\n`, size);
    await file.close();
    const before = process.memoryUsage().rss;
    const started = performance.now();
    const tail = await readTail({ path, displayPath: 'huge.log', lines: 30, signal });
    assert.ok(performance.now() - started < 1000);
    assert.ok(process.memoryUsage().rss - before < 64 * 1024 * 1024);
    await rm(path);
    assert.ok(tail.ok);
    assert.equal(tail.value.text, numbered(200).slice(-30).join('\n'));
    assert.equal(tail.value.firstLine, undefined);
    assert.equal(tail.value.omitted, 'earlier lines of 10 GB not read');
  });

  it('cuts a single line of 200 MB to the bound and says so', async () => {
    const path = join(folder, 'line.log');
    const file = await open(path, 'w');
    const block = Buffer.alloc(1024 * 1024, 'x');
    for (let written = 0; written < 200; written += 1) await file.write(block);
    await file.write('the end');
    await file.close();
    const tail = await readTail({ path, displayPath: 'line.log', lines: 50, signal });
    await rm(path);
    assert.ok(tail.ok);
    assert.equal(tail.value.text.length, 128 * 1024);
    assert.ok(tail.value.text.endsWith('xxthe end'));
    assert.equal(tail.value.omitted, 'only the last 128 KB of 200 MB read; the first line is cut at its start');
  });

  it('never cuts a character at the edge of what it reads', async () => {
    for (let bound = 5; bound < 40; bound += 1) {
      const text = await textOf('é€😀'.repeat(20), 50, bound);
      assert.ok('é€😀'.repeat(20).endsWith(text), `${bound}: ${text}`);
    }
  });

  it('reads UTF-8 and UTF-16 by their byte order marks', async () => {
    const utf16be = Buffer.from('\ufeffé\r\n😀 ਊ\r\n', 'utf16le').swap16();
    for (const content of [
      Buffer.from('\ufeffé\r\n😀 ਊ\r\n', 'utf8'),
      Buffer.from('\ufeffé\r\n😀 ਊ\r\n', 'utf16le'),
      utf16be,
      Buffer.concat([utf16be, Buffer.from([0])]),
    ])
      assert.equal(await textOf(content), 'é\n😀 ਊ');
  });

  it('finds the lines of a long UTF-16 file from its end, low and high bytes that look like line breaks or not', async () => {
    const lines = Array.from({ length: 9000 }, (_, at) => `ਊĊ਀ ${at}`);
    for (const swap of [false, true]) {
      const bytes = Buffer.from(`\ufeff${lines.join('\n')}`, 'utf16le');
      const tail = await tailOf(swap ? bytes.swap16() : bytes, 50);
      assert.ok(tail.ok);
      assert.equal(tail.value.text, lines.slice(-50).join('\n'));
      assert.equal(tail.value.lineCount, 50);
    }
  });

  it('takes colours and titles off', async () => {
    assert.equal(await textOf('\u001b]0;title\u0007\u001b[31mError:\u001b[39m no key\n'), 'Error: no key');
  });

  it('keeps Latin-1 lines, with a mark for what cannot be read', async () => {
    assert.equal(await textOf(Buffer.from('caf\u00e9 is closed\n', 'latin1')), 'caf\ufffd is closed');
  });

  it('reads on after the hole that truncation under a writer leaves', async () => {
    assert.equal(await textOf(`${'\0'.repeat(5000)}first\nsecond\n`), 'first\nsecond');
  });

  it('refuses what holds no text', async () => {
    assert.equal(await failureOf(''), 'emptyFile');
    assert.equal(await failureOf('\n\n'), 'emptyFile');
    assert.equal(await failureOf(Buffer.from([0x7f, 0x45, 0x4c, 0x46, 0, 0, 1, 2, 0, 3])), 'binaryFile');
    assert.equal(await failureOf('\0'.repeat(400)), 'binaryFile');
    assert.equal(await failureOf(zstdCompressSync('text\n')), 'compressedFile');
  });

  it('refuses folders, pipes, devices and files that are not there', async () => {
    const pipe = join(folder, 'pipe');
    execFileSync('mkfifo', [pipe]);
    const kindOf = async (path: string): Promise<string> => {
      const tail = await readTail({ path, displayPath: path, lines: 5, signal });
      return tail.ok ? 'none' : tail.failure.kind;
    };
    assert.equal(await kindOf(folder), 'isFolder');
    assert.equal(await kindOf(pipe), 'notARegularFile');
    assert.equal(await kindOf('/dev/zero'), 'notARegularFile');
    assert.equal(await kindOf(join(folder, 'none.log')), 'fileMissing');
    assert.equal(await kindOf(join(folder, 'error.log', 'x.log')), 'fileMissing');
  });

  it('says that it has no permission', async function () {
    const path = join(folder, 'secret.log');
    await writeFile(path, 'x');
    await chmod(path, 0o000);
    // The superuser may read everything: ask the file as somebody else.
    const asRoot = process.getuid?.() === 0;
    if (asRoot) {
      await chmod(folder, 0o755);
      process.seteuid?.(65534);
    }
    try {
      const tail = await readTail({ path, displayPath: 'secret.log', lines: 5, signal });
      assert.deepEqual(tail, {
        ok: false,
        failure: { kind: 'unreadableFile', path: 'secret.log', code: 'EACCES' },
      });
    } finally {
      if (asRoot) process.seteuid?.(0);
    }
  });

  it('stops when it is cancelled', async () => {
    const path = join(folder, 'cancelled.log');
    await writeFile(path, 'line\n');
    const tail = await readTail({ path, displayPath: 'x', lines: 5, signal: AbortSignal.abort() });
    assert.deepEqual(tail, { ok: false, failure: { kind: 'cancelled' } });
  });

  it('gives whole lines of a file that grows and is truncated meanwhile', async () => {
    const path = join(folder, 'live.log');
    await writeFile(path, 'live line\n'.repeat(20_000));
    const stop = new AbortController();
    const writer = (async () => {
      while (!stop.signal.aborted) {
        await appendFile(path, 'live line\n'.repeat(500));
        await truncate(path, 2000);
        await appendFile(path, 'live line\n'.repeat(20_000));
      }
    })();
    for (let round = 0; round < 30; round += 1) {
      const tail = await readTail({ path, displayPath: 'live.log', lines: 50, signal });
      if (!tail.ok) {
        assert.equal(tail.failure.kind, 'unreadableFile');
        continue;
      }
      for (const line of tail.value.text.split('\n')) assert.ok('live line'.startsWith(line), line);
    }
    stop.abort();
    await writer;
  });

  it('gives the last lines of any text, whatever the bound', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.string({ unit: fc.constantFrom('a', 'é', '😀', ' ', '中') }), { minLength: 1, maxLength: 40 }),
        fc.integer({ min: 1, max: 20 }),
        async (lines, wanted) => {
          fc.pre(lines.slice(-wanted).join('').trim() !== '' && lines.at(-1) !== '');
          assert.equal(await textOf(lines.join('\n'), wanted), lines.slice(-wanted).join('\n'));
        },
      ),
      { numRuns: 60 },
    );
  });

  it('becomes evidence with the file, its lines and its place', async () => {
    const path = join(folder, 'error.log');
    await writeFile(path, `${numbered(60).join('\n')}\n`);
    const log = await collectLogTail({ path, displayPath: 'logs/error.log' }, signal);
    const stack = await collectStackTail({ path, displayPath: 'logs/error.log' }, signal);
    assert.ok(log.ok && stack.ok);
    assert.equal(log.value.kind, 'logTail');
    assert.equal(log.value.title, 'error.log, last 50 lines');
    assert.equal(log.value.source, 'logs/error.log');
    // Cited by its place in the item: a large log does not tell its own numbers.
    assert.equal(log.value.firstLine, undefined);
    assert.ok(log.value.uri?.startsWith('file:///'));
    assert.equal(stack.value.kind, 'stackTail');
    assert.equal(stack.value.firstLine, undefined);
  });
});
