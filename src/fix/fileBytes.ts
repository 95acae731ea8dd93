/** How the bytes of a text file are kept: its encoding and whether it begins with a byte order mark. */
export interface ByteForm {
  readonly encoding: 'utf-8' | 'utf-16le' | 'utf-16be';
  readonly mark: boolean;
}

export type DecodedFile =
  | { readonly kind: 'text'; readonly text: string; readonly form: ByteForm }
  | { readonly kind: 'binary' }
  /** Neither UTF-8 nor marked UTF-16: written back, its bytes would not be the same. */
  | { readonly kind: 'undecodable' };

const utf8Mark = [0xef, 0xbb, 0xbf];

/**
 * Decodes a file so that `encodeText` gives the very same bytes back: line ends, a byte order mark and a missing final
 * line break stay. UTF-16 is known by its mark alone, as editors know it.
 */
export function decodeFile(bytes: Uint8Array): DecodedFile {
  const form = formOf(bytes);
  const content = form.mark ? bytes.subarray(form.encoding === 'utf-8' ? 3 : 2) : bytes;
  try {
    const text = new TextDecoder(form.encoding, { fatal: true, ignoreBOM: true }).decode(content);
    return text.includes('\0') ? { kind: 'binary' } : { kind: 'text', text, form };
  } catch {
    return content.includes(0) && form.encoding === 'utf-8' ? { kind: 'binary' } : { kind: 'undecodable' };
  }
}

/** A text as bytes in a file's own form. Halves of characters cannot be written: the caller refuses them before. */
export function encodeText(text: string, { encoding, mark }: ByteForm): Uint8Array {
  if (encoding === 'utf-8') {
    const content = Buffer.from(text, 'utf8');
    return mark ? Buffer.concat([Buffer.from(utf8Mark), content]) : content;
  }
  const content = Buffer.from(mark ? `\ufeff${text}` : text, 'utf16le');
  return encoding === 'utf-16le' ? content : content.swap16();
}

function formOf(bytes: Uint8Array): ByteForm {
  if (utf8Mark.every((byte, at) => bytes[at] === byte)) return { encoding: 'utf-8', mark: true };
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return { encoding: 'utf-16le', mark: true };
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return { encoding: 'utf-16be', mark: true };
  return { encoding: 'utf-8', mark: false };
}
