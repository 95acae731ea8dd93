/** What a stream of terminal output consists of, in its order. */
export type TerminalToken =
  | { readonly kind: 'text'; readonly text: string }
  /** One of the C0 controls that move the cursor: line feed, carriage return, backspace, tab, form feed … */
  | { readonly kind: 'control'; readonly code: number }
  /** `ESC [ parameters final`: cursor movement, erasing, colours. `prefix` is `?`, `>`, `<`, `=` or empty. */
  | { readonly kind: 'csi'; readonly prefix: string; readonly parameters: readonly number[]; readonly final: string }
  /** `ESC ] data BEL`: titles, links, shell integration marks. */
  | { readonly kind: 'osc'; readonly data: string }
  /** `ESC c` and other two-character sequences. */
  | { readonly kind: 'escape'; readonly final: string };

type State = 'text' | 'escape' | 'escapeIntermediate' | 'csi' | 'osc' | 'string';

/** Longest OSC data and CSI parameters that are kept; what is beyond (an inline picture, noise) is skipped. */
const maxOscLength = 16 * 1024;
const maxCsiLength = 256;

/**
 * Splits terminal output (ECMA-48, as xterm reads it) into text and control sequences. Push-based: chunks may be cut
 * anywhere, also inside a sequence, and give the same tokens as the whole. Linear in the input, bounded in memory. A
 * line break ends an unfinished OSC or other string, so that a cut sequence in a log never swallows the rest of it.
 */
export class ControlSequenceParser {
  #state: State = 'text';
  #collected = '';
  #escapeInString = false;
  readonly #emit: (token: TerminalToken) => void;

  constructor(emit: (token: TerminalToken) => void) {
    this.#emit = emit;
  }

  feed(chunk: string): void {
    let textStart = 0;
    for (let at = 0; at < chunk.length; at += 1) {
      const code = chunk.charCodeAt(at);
      if (this.#state === 'text') {
        if (!isControl(code)) continue;
        if (at > textStart) this.#emit({ kind: 'text', text: chunk.slice(textStart, at) });
        this.#control(code);
      } else {
        this.#inSequence(code);
      }
      textStart = at + 1;
    }
    if (this.#state === 'text' && textStart < chunk.length) this.#emit({ kind: 'text', text: chunk.slice(textStart) });
  }

  #control(code: number): void {
    if (code === 0x1b) this.#enter('escape');
    else if (code === 0x9b) this.#enter('csi');
    else if (code === 0x9d) this.#enter('osc');
    else if (code === 0x90 || code === 0x98 || code === 0x9e || code === 0x9f) this.#enter('string');
    else this.#emit({ kind: 'control', code });
  }

  #enter(state: State): void {
    this.#state = state;
    this.#collected = '';
    this.#escapeInString = false;
  }

  #inSequence(code: number): void {
    switch (this.#state) {
      case 'osc':
      case 'string':
        this.#inString(code);
        break;
      case 'escape':
        this.#afterEscape(code);
        break;
      case 'escapeIntermediate':
        // A character-set choice such as `ESC ( B`: one or more intermediates, then a final character.
        if (code < 0x20 || code > 0x2f) this.#state = 'text';
        if (code < 0x20) this.#control(code);
        break;
      default:
        this.#inCsi(code);
    }
  }

  #afterEscape(code: number): void {
    this.#state = 'text';
    if (code === 0x5b) this.#enter('csi');
    else if (code === 0x5d) this.#enter('osc');
    else if (code === 0x50 || code === 0x58 || code === 0x5e || code === 0x5f) this.#enter('string');
    else if (code >= 0x20 && code <= 0x2f) this.#enter('escapeIntermediate');
    else if (isControl(code)) this.#control(code);
    else if (code < 0x7f) this.#emit({ kind: 'escape', final: String.fromCharCode(code) });
    else this.#emit({ kind: 'text', text: String.fromCharCode(code) });
  }

  #inCsi(code: number): void {
    if (code >= 0x40 && code <= 0x7e) {
      this.#state = 'text';
      this.#emit(csi(this.#collected, String.fromCharCode(code)));
    } else if (code >= 0x20 && code <= 0x3f) {
      if (this.#collected.length < maxCsiLength) this.#collected += String.fromCharCode(code);
    } else if (code === 0x18 || code === 0x1a) {
      this.#state = 'text';
    } else if (code === 0x1b) {
      this.#enter('escape');
    } else if (code < 0x20) {
      // xterm executes a control inside a sequence and goes on with the sequence.
      if (code === 0x0a) this.#state = 'text';
      this.#emit({ kind: 'control', code });
    } else {
      this.#state = 'text';
      this.#emit({ kind: 'text', text: String.fromCharCode(code) });
    }
  }

  #inString(code: number): void {
    if (this.#escapeInString) {
      this.#endString();
      // `ESC \` is the terminator; any other character after ESC begins a sequence of its own.
      if (code !== 0x5c) this.#afterEscape(code);
    } else if (code === 0x1b) {
      this.#escapeInString = true;
    } else if (code === 0x07 || code === 0x9c) {
      this.#endString();
    } else if (code === 0x18 || code === 0x1a) {
      this.#state = 'text';
    } else if (code === 0x0a) {
      this.#state = 'text';
      this.#emit({ kind: 'control', code });
    } else if (this.#state === 'osc' && this.#collected.length < maxOscLength) {
      this.#collected += String.fromCharCode(code);
    }
  }

  #endString(): void {
    if (this.#state === 'osc') this.#emit({ kind: 'osc', data: this.#collected });
    this.#state = 'text';
    this.#escapeInString = false;
  }
}

/** The text of a log line or file without colours, titles, links and other control sequences; line breaks stay. */
export function stripControlSequences(text: string): string {
  if (!hasControl.test(text)) return text;
  const parts: string[] = [];
  const parser = new ControlSequenceParser((token) => {
    if (token.kind === 'text') parts.push(token.text);
    else if (token.kind === 'control' && keptControls.has(token.code)) parts.push(String.fromCharCode(token.code));
  });
  parser.feed(text);
  return parts.join('');
}

// eslint-disable-next-line no-control-regex -- control characters are what is looked for
const hasControl = /[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]/;
const keptControls: ReadonlySet<number> = new Set([0x09, 0x0a, 0x0d]);

function isControl(code: number): boolean {
  return code < 0x20 || (code >= 0x7f && code <= 0x9f);
}

function csi(collected: string, final: string): TerminalToken {
  const prefix = /^[<=>?]/.exec(collected)?.[0] ?? '';
  const parameters = collected
    .slice(prefix.length)
    .split(/[;:]/)
    .map((parameter) => Number.parseInt(parameter, 10))
    .map((parameter) => (Number.isNaN(parameter) ? 0 : parameter));
  return { kind: 'csi', prefix, parameters, final };
}
