import { createReadStream } from 'node:fs';
import type { FileHandle } from 'node:fs/promises';
import { createGunzip } from 'node:zlib';
import { fail, succeed, type Result } from '../model/failure.ts';
import { openRegularFile, readAt, readFailure } from './openFile.ts';
import { detectEncoding, headBytes, isCompressed, isGzip, type TextEncoding } from './textDecoding.ts';

export interface LogBytesRequest {
  /** Absolute path of the file. */
  readonly path: string;
  /** What the user calls it; used in failures. */
  readonly displayPath: string;
  /** Most bytes taken from the end of a file that is not compressed. */
  readonly maxBytes: number;
  /** Most milliseconds to read; what is left then is not read. */
  readonly timeLimit: number;
  readonly signal: AbortSignal;
}

/** What was read of a log, when it has been read. */
export interface LogBytesRead {
  /** The file's size when it was opened. */
  readonly fileBytes: number;
  /** Bytes that went to the listener, unpacked where the file was packed. */
  readonly readBytes: number;
  /** Bytes before the first one that was read; 0 for a packed file, which is read from its beginning. */
  readonly skippedBytes: number;
  /** It became shorter while it was read, as a rotated log does: what was there until then was read. */
  readonly shrank: boolean;
  readonly packed: boolean;
  /** The time limit was reached before the end. */
  readonly outOfTime: boolean;
}

/** Most bytes that a packed log may unpack to. */
const maxUnpackedBytes = 1024 * 1024 * 1024;
/** Text packs a tenth to a fiftieth; what unpacks to so many times its size, past a few megabytes, is no log. */
const maxRatio = 300;
const ratioFrom = 32 * 1024 * 1024;
const blockBytes = 1024 * 1024;

/**
 * Hands over the end of a log of any size as UTF-8, block by block, beginning with a line where it does not begin with the
 * file: plain or gzip (which is unpacked from its beginning, as it cannot be read from the end), UTF-8 or UTF-16. Reads up
 * to the size that the file had when it was opened. Holds a few blocks of a megabyte, and lets other work run in between.
 */
export async function readLogBytes(
  request: LogBytesRequest,
  listener: (chunk: Uint8Array) => void,
): Promise<Result<LogBytesRead>> {
  const { path, displayPath, signal } = request;
  const opened = await openRegularFile(path, displayPath);
  if (!opened.ok) return opened;
  const { handle, bytes } = opened.value;
  try {
    if (bytes === 0) return fail({ kind: 'emptyFile', path: displayPath });
    const head = await readAt(handle, 0, Math.min(headBytes, bytes));
    if (isCompressed(head) && !isGzip(head)) return fail({ kind: 'compressedFile', path: displayPath });
    const read = isGzip(head)
      ? await unpack(request, listener)
      : succeed(await readEnd(handle, bytes, detectEncoding(head), request, listener));
    if (signal.aborted) return fail({ kind: 'cancelled' });
    return read.ok ? succeed({ fileBytes: bytes, ...read.value }) : read;
  } catch (error) {
    return fail(signal.aborted ? { kind: 'cancelled' } : readFailure(error, displayPath));
  } finally {
    await handle.close();
  }
}

type Read = Omit<LogBytesRead, 'fileBytes'>;

async function readEnd(
  handle: FileHandle,
  size: number,
  encoding: TextEncoding,
  { maxBytes, timeLimit, signal }: LogBytesRequest,
  listener: (chunk: Uint8Array) => void,
): Promise<Read> {
  const deadline = performance.now() + timeLimit;
  const { markBytes, unitBytes } = encoding;
  const wanted = Math.max(markBytes, size - maxBytes);
  const start = wanted - ((wanted - markBytes) % unitBytes);
  const toLine = start > markBytes ? new FromFirstLine(listener) : { push: listener };
  const decoder = unitBytes === 1 ? undefined : new TextDecoder(encoding.label, { ignoreBOM: true });
  const facts = { skippedBytes: start, packed: false };
  for (let position = start; position < size && !signal.aborted;) {
    if (performance.now() > deadline) return { ...facts, readBytes: position - start, shrank: false, outOfTime: true };
    const block = await readAt(handle, position, Math.min(blockBytes, size - position));
    position += block.length;
    if (block.length === 0) return { ...facts, readBytes: position - start, shrank: true, outOfTime: false };
    toLine.push(decoder === undefined ? block : Buffer.from(decoder.decode(block, { stream: true })));
    await new Promise((resolve) => setImmediate(resolve));
  }
  return { ...facts, readBytes: size - start, shrank: false, outOfTime: false };
}

/** Drops the rest of the line in whose middle the reading began. A single line of any length is kept from there on. */
class FromFirstLine {
  readonly #listener: (chunk: Uint8Array) => void;
  #begun = false;

  constructor(listener: (chunk: Uint8Array) => void) {
    this.#listener = listener;
  }

  push(chunk: Uint8Array): void {
    const from = this.#begun ? 0 : chunk.indexOf(0x0a) + 1;
    this.#begun = true;
    this.#listener(from === 0 ? chunk : chunk.subarray(from));
  }
}

/** Unpacks a gzip file from its beginning; one that is cut off or damaged gives what could be unpacked of it. */
async function unpack(
  { path, displayPath, timeLimit, signal }: LogBytesRequest,
  listener: (chunk: Uint8Array) => void,
): Promise<Result<Read>> {
  const deadline = performance.now() + timeLimit;
  const packed = createReadStream(path, { signal });
  const gunzip = createGunzip();
  packed.on('error', (error) => gunzip.destroy(error));
  packed.pipe(gunzip);
  let unpacked = 0;
  const read = (outOfTime = false): Result<Read> =>
    succeed({ readBytes: unpacked, skippedBytes: 0, shrank: false, packed: true, outOfTime });
  try {
    for await (const chunk of gunzip) {
      const bytes: unknown = chunk;
      if (!(bytes instanceof Uint8Array)) continue;
      unpacked += bytes.length;
      const isBomb = unpacked > ratioFrom && unpacked > maxRatio * Math.max(1, packed.bytesRead);
      if (unpacked > maxUnpackedBytes || isBomb)
        return fail({ kind: 'unpacksTooLarge', path: displayPath, limit: maxUnpackedBytes });
      listener(bytes);
      if (performance.now() > deadline) return read(true);
    }
    return read();
  } catch (error) {
    // A log that is being packed, or was copied in part, ends early.
    return unpacked > 0 ? read() : fail(readFailure(error, displayPath));
  } finally {
    packed.destroy();
    gunzip.destroy();
  }
}
