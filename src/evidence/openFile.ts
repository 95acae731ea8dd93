import { constants } from 'node:fs';
import { open, stat, type FileHandle } from 'node:fs/promises';
import { errorCode, fail, succeed, type Failure, type Result } from '../model/failure.ts';

export interface OpenedFile {
  readonly handle: FileHandle;
  /** Its size in bytes when it was opened; a log may have grown since. */
  readonly bytes: number;
}

/**
 * Opens a regular file for reading; the caller closes the handle. Folders, pipes, sockets and devices are refused, and
 * never waited for: a pipe without a writer would block for ever, so it is looked at before and opened without waiting.
 */
export async function openRegularFile(path: string, displayPath: string): Promise<Result<OpenedFile>> {
  let handle: FileHandle | undefined;
  try {
    const before = await stat(path);
    if (before.isDirectory()) return fail({ kind: 'isFolder', path: displayPath });
    if (!before.isFile()) return fail({ kind: 'notARegularFile', path: displayPath });
    // Windows has no O_NONBLOCK, and no such pipes among its files: undefined counts as 0 here.
    handle = await open(path, constants.O_RDONLY | constants.O_NONBLOCK);
    const opened = await handle.stat();
    if (!opened.isFile()) {
      await handle.close();
      return fail({ kind: 'notARegularFile', path: displayPath });
    }
    return succeed({ handle, bytes: opened.size });
  } catch (error) {
    await handle?.close();
    return fail(readFailure(error, displayPath));
  }
}

/** The failure that a system error while reading a file means. */
export function readFailure(error: unknown, displayPath: string): Failure {
  const code = errorCode(error);
  if (code === 'ENOENT' || code === 'ENOTDIR') return { kind: 'fileMissing', path: displayPath };
  if (code === 'EISDIR') return { kind: 'isFolder', path: displayPath };
  return { kind: 'unreadableFile', path: displayPath, code };
}

/** Reads `length` bytes from `position`; fewer where the file has become shorter. */
export async function readAt(handle: FileHandle, position: number, length: number): Promise<Buffer> {
  const buffer = Buffer.allocUnsafe(length);
  let filled = 0;
  while (filled < length) {
    const { bytesRead } = await handle.read(buffer, filled, length - filled, position + filled);
    if (bytesRead === 0) break;
    filled += bytesRead;
  }
  return buffer.subarray(0, filled);
}

/**
 * The first `limit` bytes of a file, or all of it where it has fewer.
 * @throws the system's error, where it cannot be read
 */
export async function readStart(path: string, limit: number): Promise<Buffer> {
  const handle = await open(path, 'r');
  try {
    return await readAt(handle, 0, limit);
  } finally {
    await handle.close();
  }
}
