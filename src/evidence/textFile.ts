import type { FileHandle } from 'node:fs/promises';
import { countLines } from '../model/evidence.ts';
import { fail, succeed, type Result } from '../model/failure.ts';
import { isEnvironmentValuesFile, maxSuspectBytes } from '../model/suspect.ts';
import { realPathInside } from './confinement.ts';
import { openRegularFile, readAt, readFailure } from './openFile.ts';
import { decode, detectEncoding, headBytes, isBinaryText, isCompressed, normalizeLineBreaks } from './textDecoding.ts';

export interface TextFileRequest {
  /** Absolute path of the file. */
  readonly path: string;
  /** What the user calls it; used in failures. */
  readonly displayPath: string;
  /** The workspace folders; the file's real place must be in one of them. */
  readonly roots: readonly string[];
  readonly signal: AbortSignal;
}

/** A text file as an editor shows it: line breaks as `\n`, no byte order mark. Its first line is line 1. */
export interface TextFile {
  readonly text: string;
  readonly lineCount: number;
  /** Size on disk. */
  readonly bytes: number;
}

/**
 * Reads a suspect: a text file of at most `maxSuspectBytes` inside the workspace. A link that leads out of it is
 * refused, and so is a file of environment values, also when a link of another name leads to it.
 */
export function readTextFile(request: TextFileRequest): Promise<Result<TextFile>> {
  return withConfinedFile(request, async (handle) => {
    // One byte more than allowed, so that a file which grew since is refused rather than cut.
    const content = await readAt(handle, 0, maxSuspectBytes + 1);
    if (content.length > maxSuspectBytes) return fail(tooLarge(request.displayPath, content.length));
    return toText(content, request.displayPath);
  });
}

/** What a suspect that may be added is known by. */
export interface SuspectFile {
  readonly bytes: number;
}

/** How much of a file is looked at to tell text from data; Git looks at as much. */
const sampleBytes = 8000;

/** Whether a file may be offered as a suspect, without reading more of it than its beginning. */
export function checkSuspect(request: TextFileRequest): Promise<Result<SuspectFile>> {
  return withConfinedFile(request, async (handle, bytes) => {
    const sample = toText(await readAt(handle, 0, Math.min(bytes, sampleBytes)), request.displayPath);
    return sample.ok ? succeed({ bytes }) : sample;
  });
}

/** Opens a file that may be a suspect by its place and its size, for as long as it is used. */
async function withConfinedFile<T>(
  request: TextFileRequest,
  use: (handle: FileHandle, bytes: number) => Promise<Result<T>>,
): Promise<Result<T>> {
  const { displayPath, signal } = request;
  const place = await confinedPlace(request);
  if (!place.ok) return place;
  const opened = await openRegularFile(place.value, displayPath);
  if (!opened.ok) return opened;
  const { handle, bytes } = opened.value;
  try {
    if (bytes === 0) return fail({ kind: 'emptyFile', path: displayPath });
    if (bytes > maxSuspectBytes) return fail(tooLarge(displayPath, bytes));
    const used = await use(handle, bytes);
    return signal.aborted ? fail({ kind: 'cancelled' }) : used;
  } catch (error) {
    return fail(readFailure(error, displayPath));
  } finally {
    await handle.close();
  }
}

async function confinedPlace({ path, displayPath, roots }: TextFileRequest): Promise<Result<string>> {
  if (isEnvironmentValuesFile(path)) return fail({ kind: 'environmentValues', path: displayPath });
  try {
    const real = await realPathInside(path, roots);
    if (real === undefined) return fail({ kind: 'outsideWorkspace', path: displayPath });
    if (isEnvironmentValuesFile(real)) return fail({ kind: 'environmentValues', path: displayPath });
    return succeed(real);
  } catch (error) {
    return fail(readFailure(error, displayPath));
  }
}

function toText(content: Buffer, displayPath: string): Result<TextFile> {
  if (isCompressed(content)) return fail({ kind: 'compressedFile', path: displayPath });
  const encoding = detectEncoding(content.subarray(0, headBytes));
  const decoded = decode(content.subarray(encoding.markBytes), encoding);
  if (isBinaryText(decoded)) return fail({ kind: 'binaryFile', path: displayPath });
  const text = normalizeLineBreaks(decoded);
  if (text.trim() === '') return fail({ kind: 'emptyFile', path: displayPath });
  return succeed({ text, lineCount: countLines(text), bytes: content.length });
}

function tooLarge(path: string, bytes: number): { kind: 'fileTooLarge'; path: string; bytes: number; limit: number } {
  return { kind: 'fileTooLarge', path, bytes, limit: maxSuspectBytes };
}
