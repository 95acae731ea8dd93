/**
 * Cuts a text that arrives in pieces into lines, the way CommonMark sees lines: `\r\n`, `\r` and `\n` end one, NUL
 * becomes U+FFFD. A piece may end anywhere, also between `\r` and `\n` or inside a surrogate pair.
 */
export class LineReader {
  /** The unfinished last line, without half a surrogate pair at its end. */
  partial = '';
  #sawCarriageReturn = false;
  #highSurrogate = '';

  /** Takes the next piece; returns the lines that it completes, without their line ends. */
  push(piece: string): string[] {
    let text = this.#highSurrogate + piece;
    this.#highSurrogate = '';
    if (text === '') return [];
    if (this.#sawCarriageReturn && text.startsWith('\n')) text = text.slice(1);
    this.#sawCarriageReturn = piece === '' ? this.#sawCarriageReturn : piece.endsWith('\r');
    const last = text.charCodeAt(text.length - 1);
    if (last >= 0xd800 && last <= 0xdbff) {
      this.#highSurrogate = text.slice(-1);
      text = text.slice(0, -1);
    }
    const lines = text.replace(/\r\n?/gu, '\n').replaceAll('\0', '\uFFFD').split('\n');
    const tail = lines.pop() ?? '';
    if (lines.length > 0) {
      lines[0] = this.partial + (lines[0] ?? '');
      this.partial = tail;
    } else {
      this.partial += tail;
    }
    return lines;
  }

  /** The text is over: a high surrogate that waited for its other half is kept as it is. */
  end(): void {
    this.partial += this.#highSurrogate;
    this.#highSurrogate = '';
  }
}
