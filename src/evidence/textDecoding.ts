/** How a text file's bytes are to be read, as its first bytes say. Without a mark it is UTF-8. */
export interface TextEncoding {
  readonly label: 'utf-8' | 'utf-16le' | 'utf-16be';
  /** Bytes of the byte order mark at the file's start. */
  readonly markBytes: number;
  /** Bytes of one code unit: a place in the middle of the file must be a multiple of it. */
  readonly unitBytes: 1 | 2;
}

/** How many of a file's first bytes `detectEncoding` and `isCompressed` want. */
export const headBytes = 8;

export function detectEncoding(head: Uint8Array): TextEncoding {
  if (startsWith(head, [0xef, 0xbb, 0xbf])) return { label: 'utf-8', markBytes: 3, unitBytes: 1 };
  if (startsWith(head, [0xff, 0xfe])) return { label: 'utf-16le', markBytes: 2, unitBytes: 2 };
  if (startsWith(head, [0xfe, 0xff])) return { label: 'utf-16be', markBytes: 2, unitBytes: 2 };
  return { label: 'utf-8', markBytes: 0, unitBytes: 1 };
}

/** Whether a file begins as gzip (RFC 1952), zstd (RFC 8878), bzip2, xz or zip do: what rotated logs are kept as. */
export function isCompressed(head: Uint8Array): boolean {
  return compressedMarks.some((mark) => startsWith(head, mark));
}

/** Whether a file begins as gzip does, which is read as a stream where it is a log. */
export function isGzip(head: Uint8Array): boolean {
  return startsWith(head, [0x1f, 0x8b]);
}

const compressedMarks: readonly (readonly number[])[] = [
  [0x1f, 0x8b],
  [0x28, 0xb5, 0x2f, 0xfd],
  [0x42, 0x5a, 0x68],
  [0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00],
  [0x50, 0x4b, 0x03, 0x04],
];

/** Decodes bytes that begin and end at a code unit. Invalid sequences become U+FFFD, none is an error. */
export function decode(bytes: Uint8Array, encoding: TextEncoding): string {
  // The mark was taken off by offset, so that a U+FEFF in the middle of a file stays what it is.
  return new TextDecoder(encoding.label, { ignoreBOM: true }).decode(bytes);
}

/**
 * Whether decoded text is really something else. A NUL never is in text, with one exception: a log that was truncated
 * while its writer kept its place has a hole of NULs, which `withoutHole` takes off.
 */
export function isBinaryText(text: string): boolean {
  if (text.includes('\0')) return true;
  const sample = text.length > sampleLength ? text.slice(-sampleLength) : text;
  let unusual = 0;
  for (let at = 0; at < sample.length; at += 1) {
    const code = sample.charCodeAt(at);
    if ((code < 0x20 && !usualControls.has(code)) || code === 0xfffd) unusual += 1;
  }
  // Single invalid bytes are normal in logs (Latin-1 names); a third of them is not.
  return unusual * 3 > sample.length;
}

const sampleLength = 64 * 1024;
/** Bell, backspace, tab, line feed, form feed, carriage return, escape. */
const usualControls: ReadonlySet<number> = new Set([0x07, 0x08, 0x09, 0x0a, 0x0c, 0x0d, 0x1b]);

/** The text without the NULs that stand at its start or the start of a line, before other text. */
export function withoutHole(text: string): string {
  return text.includes('\0') ? text.replace(/(^|\n)\0+(?=[^\0])/g, '$1') : text;
}

/** Line breaks as `\n`. A carriage return inside a line (a progress bar) becomes a space, so that lines stay lines. */
export function normalizeLineBreaks(text: string): string {
  return text.includes('\r') ? text.replaceAll('\r\n', '\n').replaceAll('\r', ' ') : text;
}

function startsWith(bytes: Uint8Array, mark: readonly number[]): boolean {
  return mark.length <= bytes.length && mark.every((byte, at) => bytes[at] === byte);
}
