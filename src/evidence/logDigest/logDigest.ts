import { stat } from 'node:fs/promises';
import { pathToFileURL } from 'node:url';
import type { CollectedEvidence } from '../../model/evidence.ts';
import { count } from '../../model/figures.ts';
import { fail, succeed, type Result } from '../../model/failure.ts';
import { errorRateOf } from '../errorRate/errorRate.ts';
import type { Commit } from '../gitHistory.ts';
import { readLogBytes, type LogBytesRead } from '../logBytes.ts';
import { readFailure } from '../openFile.ts';
import { isBinaryText, withoutHole } from '../textDecoding.ts';
import { Digester, type LogDigest } from './digester.ts';
import { describeDigest } from './words.ts';

/** How much of a log's end is digested unless it is said otherwise. */
const digestBytes = 64 * 1024 * 1024;
/** Most milliseconds to read a log. */
const timeLimit = 20_000;
const sampleBytes = 16 * 1024;

export interface DigestRequest {
  /** Absolute path of the log. */
  readonly path: string;
  /** What the user calls it. */
  readonly displayPath: string;
  readonly maxBytes?: number;
  readonly signal: AbortSignal;
}

/**
 * Digests the end of a log of any size, in any usual format. Memory stays within a few megabytes, whatever the log holds;
 * bytes that are appended meanwhile are not read. Fails for what is no log: binary files, archives, bombs.
 */
export async function digestLog(
  request: DigestRequest,
): Promise<Result<{ readonly digest: LogDigest; readonly read: LogBytesRead }>> {
  const { path, displayPath, maxBytes = digestBytes, signal } = request;
  let writtenAt: number;
  try {
    writtenAt = (await stat(path)).mtimeMs;
  } catch (error) {
    return fail(readFailure(error, displayPath));
  }
  const digester = new Digester({ writtenAt, localMinutesEast: -new Date(writtenAt).getTimezoneOffset() });
  let sample: Buffer = Buffer.alloc(0);
  const read = await readLogBytes({ path, displayPath, maxBytes, timeLimit, signal }, (chunk) => {
    digester.push(chunk);
    sample = Buffer.from(chunk.subarray(-sampleBytes));
  });
  if (!read.ok) return read;
  if (read.value.readBytes === 0) return fail({ kind: 'emptyFile', path: displayPath });
  if (isBinaryText(withoutHole(sample.toString('utf8')))) return fail({ kind: 'binaryFile', path: displayPath });
  return succeed({ digest: digester.end(), read: read.value });
}

/**
 * The digest of a log as evidence, with its error rate and the commits on its axis (the newest first, as git gives
 * them). Undefined where nothing in it is a warning or an error, or where a tail shows all of it.
 */
export async function collectLogDigest(
  request: DigestRequest,
  commits: readonly Commit[],
  tailLines: number,
): Promise<Result<CollectedEvidence | undefined>> {
  const digested = await digestLog(request);
  if (!digested.ok) return digested;
  const { digest, read } = digested.value;
  if (digest.errorCount + digest.warningCount === 0) return succeed(undefined);
  if (digest.lineCount <= tailLines && read.skippedBytes === 0) return succeed(undefined);
  const errorRate = errorRateOf(digest, commits);
  const { text, omitted } = describeDigest(digest, read, errorRate?.words);
  const name = request.displayPath.split(/[\\/]/).at(-1) ?? request.displayPath;
  return succeed({
    kind: 'logDigest',
    title: `${name}, digest: ${count(digest.errorCount, 'error')}, ${count(digest.warningCount, 'warning')}`,
    source: request.displayPath,
    uri: pathToFileURL(request.path).href,
    text,
    omitted,
    ...(errorRate === undefined ? {} : { errorRate }),
  });
}
