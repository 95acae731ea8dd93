import { pathToFileURL } from 'node:url';
import type { FileHandle } from 'node:fs/promises';
import type { CollectedEvidence } from '../model/evidence.ts';
import { fail, succeed, type Result } from '../model/failure.ts';
import { stripControlSequences } from './controlSequences.ts';
import { openRegularFile, readAt, readFailure } from './openFile.ts';
import { readLogBytes } from './logBytes.ts';
import { formatBytes } from './size.ts';
import {
  decode,
  detectEncoding,
  headBytes,
  isBinaryText,
  isCompressed,
  isGzip,
  normalizeLineBreaks,
  withoutHole,
  type TextEncoding,
} from './textDecoding.ts';

export interface TailRequest {
  /** Absolute path of the file. */
  readonly path: string;
  /** What the user calls it; used in titles and failures. */
  readonly displayPath: string;
  readonly lines: number;
  /** Most bytes taken from the file's end; `maxTailBytes` when left out. */
  readonly maxBytes?: number;
  readonly signal: AbortSignal;
}

export interface Tail {
  /** The last lines, joined with `\n`, without a final line break. */
  readonly text: string;
  readonly lineCount: number;
  /** Number in the file (from 1) of the first line of `text`; known only when the whole file was read. */
  readonly firstLine?: number;
  /** What was left out, in words. */
  readonly omitted?: string;
}

/** Default bound on a tail: fifty lines of two and a half kilobytes each. */
const maxTailBytes = 128 * 1024;

const blockBytes = 64 * 1024;
/** A log that is rotated by truncation becomes shorter under the reader; read again this often. */
const maxAttempts = 3;

/**
 * Reads the last lines of a text file of any size. Only its end is read, block by block backwards, until there are
 * enough lines or `maxBytes`: memory stays below about four times `maxBytes` plus two blocks of 64 KB, whatever the
 * file's size. Bytes that are appended meanwhile are not read. A gzip file is unpacked whole, in the same memory.
 */
export async function readTail(request: TailRequest): Promise<Result<Tail>> {
  const { path, displayPath, signal } = request;
  const opened = await openRegularFile(path, displayPath);
  if (!opened.ok) return opened;
  const { handle } = opened.value;
  try {
    let { bytes } = opened.value;
    for (let attempt = 1; ; attempt += 1) {
      if (bytes === 0) return fail({ kind: 'emptyFile', path: displayPath });
      // Both at once: each read is a way to another thread and back, which is most of what a tail takes.
      const lastBlock = Math.min(blockBytes, bytes);
      const [head, last] = await Promise.all([
        readAt(handle, 0, Math.min(headBytes, bytes)),
        readAt(handle, bytes - lastBlock, lastBlock),
      ]);
      if (isGzip(head)) return await readPackedTail(request);
      if (isCompressed(head)) return fail({ kind: 'compressedFile', path: displayPath });
      const end = await readEnd(handle, bytes, detectEncoding(head), request, last);
      if (signal.aborted) return fail({ kind: 'cancelled' });
      if (end !== undefined) return toTail(end, bytes, request);
      if (attempt === maxAttempts) return fail({ kind: 'unreadableFile', path: displayPath, code: 'keeps shrinking' });
      bytes = (await handle.stat()).size;
    }
  } catch (error) {
    return fail(readFailure(error, displayPath));
  } finally {
    await handle.close();
  }
}

/** Most milliseconds to unpack a log for its end. */
const unpackTimeLimit = 20_000;

async function readPackedTail(request: TailRequest): Promise<Result<Tail>> {
  const { maxBytes = maxTailBytes } = request;
  let end: Buffer = Buffer.alloc(0);
  const read = await readLogBytes({ ...request, maxBytes, timeLimit: unpackTimeLimit }, (chunk) => {
    end = Buffer.concat([end, chunk]).subarray(-maxBytes);
  });
  if (!read.ok) return read;
  const { readBytes, outOfTime } = read.value;
  if (outOfTime)
    return fail({ kind: 'unreadableFile', path: request.displayPath, code: 'unpacking it takes too long' });
  if (readBytes === 0) return fail({ kind: 'emptyFile', path: request.displayPath });
  const whole = readBytes <= maxBytes;
  const encoding = detectEncoding(whole ? end : Buffer.alloc(0));
  return toTail({ bytes: end.subarray(encoding.markBytes), encoding, whole }, readBytes, request);
}

interface FileEnd {
  readonly bytes: Buffer;
  readonly encoding: TextEncoding;
  /** Whether `bytes` is the file from its first character on. */
  readonly whole: boolean;
}

/** The file's end with at least the wanted lines, or as much as the bound allows; undefined when it became shorter. */
async function readEnd(
  handle: FileHandle,
  size: number,
  encoding: TextEncoding,
  { lines, maxBytes = maxTailBytes, signal }: TailRequest,
  last: Buffer,
): Promise<FileEnd | undefined> {
  const start = encoding.markBytes;
  // A writer may have been stopped inside a UTF-16 code unit.
  const end = size - ((size - start) % encoding.unitBytes);
  const bound = Math.max(encoding.unitBytes, maxBytes - (maxBytes % encoding.unitBytes));
  const lowest = Math.max(start, end - bound);
  const blocks: Buffer[] = [];
  let position = end;
  let lineBreaks = 0;
  // A file within the bound is read whole, so that its lines can be numbered.
  while (position > lowest && (lineBreaks <= lines || lowest === start) && !signal.aborted) {
    const length = Math.min(blockBytes, position - lowest);
    position -= length;
    const isLast = position + length === size && length === last.length;
    const block = isLast ? last : await readAt(handle, position, length);
    if (block.length < length) return undefined;
    blocks.unshift(block);
    lineBreaks += countLineBreaks(block, encoding);
  }
  const bytes = blocks.length === 1 ? (blocks[0] ?? last) : Buffer.concat(blocks);
  const whole = position <= start;
  return { bytes: whole ? bytes : lastLinesOf(bytes, lines, encoding), encoding, whole };
}

/**
 * The end of a block that holds the wanted lines and two more, so that it is still seen that others come before them: only
 * that is worth being decoded. All of it where it has no more lines, and in UTF-16, where a byte alone is no line break.
 */
function lastLinesOf(bytes: Buffer, lines: number, { unitBytes }: TextEncoding): Buffer {
  if (unitBytes !== 1) return bytes;
  let at = bytes.length;
  for (let count = 0; count < lines + 3; count += 1) {
    at = at === 0 ? -1 : bytes.lastIndexOf(0x0a, at - 1);
    if (at === -1) return bytes;
  }
  return bytes.subarray(at + 1);
}

function countLineBreaks(block: Buffer, { label, unitBytes }: TextEncoding): number {
  let count = 0;
  for (let at = block.indexOf(0x0a); at !== -1; at = block.indexOf(0x0a, at + 1)) {
    const isUnit =
      unitBytes === 1 ||
      (label === 'utf-16le' ? at % 2 === 0 && block[at + 1] === 0 : at % 2 === 1 && block[at - 1] === 0);
    if (isUnit) count += 1;
  }
  return count;
}

function toTail(
  end: FileEnd,
  size: number,
  { displayPath, lines, maxBytes = maxTailBytes }: TailRequest,
): Result<Tail> {
  const bytes = end.whole ? end.bytes : fromCharacterStart(end.bytes, end.encoding);
  const decoded = withoutHole(decode(bytes, end.encoding));
  if (isBinaryText(decoded)) return fail({ kind: 'binaryFile', path: displayPath });
  const all = normalizeLineBreaks(stripControlSequences(decoded)).split('\n');
  if (all.at(-1) === '') all.pop();
  const kept = all.slice(-lines);
  const text = kept.join('\n');
  if (text.trim() === '') return fail({ kind: 'emptyFile', path: displayPath });
  const startsInsideLine = !end.whole && kept.length === all.length;
  const firstLine = end.whole ? all.length - kept.length + 1 : undefined;
  const omitted = describeOmitted();
  return succeed({
    text,
    lineCount: kept.length,
    ...(firstLine === undefined ? {} : { firstLine }),
    ...(omitted === undefined ? {} : { omitted }),
  });

  function describeOmitted(): string | undefined {
    if (startsInsideLine)
      return `only the last ${formatBytes(maxBytes)} of ${formatBytes(size)} read; the first line is cut at its start`;
    if (!end.whole) return `earlier lines of ${formatBytes(size)} not read`;
    const earlier = all.length - kept.length;
    if (earlier === 0) return undefined;
    return earlier === 1 ? '1 earlier line' : `${earlier} earlier lines`;
  }
}

/** Drops the rest of a character whose start lies before a block's edge. */
function fromCharacterStart(bytes: Buffer, { label }: TextEncoding): Buffer {
  let at = 0;
  if (label === 'utf-8') {
    while (at < 3 && ((bytes[at] ?? 0) & 0xc0) === 0x80) at += 1;
  } else {
    const high = bytes[label === 'utf-16le' ? 1 : 0] ?? 0;
    if (high >= 0xdc && high <= 0xdf) at = 2;
  }
  return bytes.subarray(at);
}

/** A log file as the user and the settings name it. */
export interface LogFile {
  readonly path: string;
  readonly displayPath: string;
}

/** The article's numbers: `tail -50` of the error log, `tail -30` of the stack log. */
export const logTailLines = 50;
export const stackTailLines = 30;

/** The last fifty lines of an error log as evidence. Its lines count from 1, since a large log's own numbers are unknown. */
export function collectLogTail(file: LogFile, signal: AbortSignal): Promise<Result<CollectedEvidence>> {
  return collect('logTail', file, logTailLines, signal);
}

/** The last thirty lines of a stack log as evidence. */
export function collectStackTail(file: LogFile, signal: AbortSignal): Promise<Result<CollectedEvidence>> {
  return collect('stackTail', file, stackTailLines, signal);
}

async function collect(
  kind: 'logTail' | 'stackTail',
  { path, displayPath }: LogFile,
  lines: number,
  signal: AbortSignal,
): Promise<Result<CollectedEvidence>> {
  const tail = await readTail({ path, displayPath, lines, signal });
  if (!tail.ok) return tail;
  const { text, lineCount, omitted } = tail.value;
  const name = displayPath.split(/[\\/]/).at(-1) ?? displayPath;
  return succeed({
    kind,
    title: `${name}, ${lineCount < lines ? (lineCount === 1 ? '1 line' : `${lineCount} lines`) : `last ${lines} lines`}`,
    source: displayPath,
    uri: pathToFileURL(path).href,
    text,
    ...(omitted === undefined ? {} : { omitted }),
  });
}
