import { ControlSequenceParser, type TerminalToken } from './controlSequences.ts';

/** Lines from the bottom that output may still change by moving the cursor; what scrolled higher stays as it is. */
const viewportRows = 50;
/** The right edge that cursor movement stops at: the width of the real terminal is not known here. */
const rightEdge = 1000;
const tabWidth = 8;
/** Characters inserted into or deleted from one line at once; longer lines are left as they are. */
const maxEditedLine = 400;

const blankLine: readonly string[] = Array.from({ length: maxEditedLine }, () => ' ');

export interface ScreenText {
  readonly text: string;
  /** Whether earlier output was dropped to stay within the bound. */
  readonly cut: boolean;
}

/**
 * Output of a command as a person saw it: carriage returns overwrite (a progress bar is its last state), the cursor
 * moves, erasing erases, full-screen programs leave nothing. Fed in chunks that may be cut anywhere. The width of the
 * terminal is not known, so long lines are not wrapped. Holds about twice `maxCharacters`, the newest.
 */
export class TerminalScreen {
  readonly #maxCharacters: number;
  readonly #onMark: (data: string) => void;
  readonly #parser = new ControlSequenceParser((token) => this.#apply(token));
  /** Lines that scrolled out of the viewport. */
  #history: string[] = [];
  #historyLength = 0;
  /** Lines of the viewport, one array of characters each (code points, a high surrogate waiting for its other half). */
  #rows: string[][] = [[]];
  #row = 0;
  #column = 0;
  #saved = { row: 0, column: 0 };
  #inAlternateScreen = false;
  #cut = false;

  /** `onMark` hears the data of shell integration marks (`633;…` and `133;…`) at their place in the output. */
  constructor(maxCharacters: number, onMark: (data: string) => void = () => undefined) {
    this.#maxCharacters = maxCharacters;
    this.#onMark = onMark;
  }

  feed(chunk: string): void {
    this.#parser.feed(chunk);
  }

  /** Forgets what was printed so far; an unfinished control sequence goes on. */
  clear(): void {
    this.#history = [];
    this.#historyLength = 0;
    this.#rows = [[]];
    this.#row = 0;
    this.#column = 0;
    this.#cut = false;
  }

  /** The text without blank lines at its end and spaces at the ends of lines. */
  read(): ScreenText {
    const all = [...this.#history, ...this.#rows.map(joinRow)].join('\n').trimEnd();
    if (all.length <= this.#maxCharacters) return { text: all, cut: this.#cut };
    // Cut at a line's start where there is one, so that the first line shown is whole.
    const start = all.length - this.#maxCharacters;
    const lineStart = all.indexOf('\n', start - 1) + 1;
    return { text: lineStart > 0 ? all.slice(lineStart) : all.slice(start), cut: true };
  }

  #apply(token: TerminalToken): void {
    if (token.kind === 'osc') {
      if (/^[61]33;/.test(token.data)) this.#onMark(token.data);
    } else if (token.kind === 'csi' && token.prefix === '?' && (token.final === 'h' || token.final === 'l')) {
      if (token.parameters.some((mode) => mode === 1049 || mode === 1047 || mode === 47))
        this.#inAlternateScreen = token.final === 'h';
    } else if (!this.#inAlternateScreen) {
      if (token.kind === 'text') this.#write(token.text);
      else if (token.kind === 'control') this.#control(token.code);
      else if (token.kind === 'csi' && token.prefix === '') this.#csi(token.parameters, token.final);
      else if (token.kind === 'escape') this.#escape(token.final);
    }
  }

  #write(text: string): void {
    const row = this.#currentRow();
    for (const character of text) {
      const before = row[this.#column - 1];
      if (isLowSurrogate(character) && before !== undefined && isHighSurrogate(before)) {
        row[this.#column - 1] = before + character;
        continue;
      }
      while (row.length < this.#column) row.push(' ');
      row[this.#column] = character;
      this.#column += 1;
    }
    if (row.length > 2 * this.#maxCharacters) {
      const dropped = row.length - this.#maxCharacters;
      row.splice(0, dropped);
      this.#column = Math.max(0, this.#column - dropped);
      this.#cut = true;
    }
  }

  #control(code: number): void {
    if (code === 0x0d) this.#column = 0;
    else if (code === 0x08) this.#column = Math.max(0, this.#column - 1);
    else if (code === 0x09) this.#column += tabWidth - (this.#column % tabWidth);
    else if (code >= 0x0a && code <= 0x0c) this.#lineFeed();
  }

  /** A line feed alone goes to the first column too: programs print `\n`, and the terminal driver adds the `\r`. */
  #lineFeed(): void {
    this.#column = 0;
    this.#row += 1;
    if (this.#row < this.#rows.length) return;
    this.#rows.push([]);
    if (this.#rows.length > viewportRows) this.#scroll();
  }

  #scroll(): void {
    const line = joinRow(this.#rows.shift() ?? []);
    this.#row -= 1;
    this.#history.push(line);
    this.#historyLength += line.length + 1;
    if (this.#historyLength <= 2 * this.#maxCharacters) return;
    let drop = 0;
    while (this.#historyLength > this.#maxCharacters) {
      this.#historyLength -= (this.#history[drop]?.length ?? 0) + 1;
      drop += 1;
    }
    this.#history.splice(0, drop);
    this.#cut = true;
  }

  #csi(parameters: readonly number[], final: string): void {
    const first = parameters[0] ?? 0;
    const count = Math.max(1, first);
    switch (final) {
      case 'A':
        this.#moveTo(this.#row - count, this.#column);
        break;
      case 'B':
      case 'e':
        this.#moveTo(this.#row + count, this.#column);
        break;
      case 'C':
      case 'a':
        this.#moveTo(this.#row, this.#column + count);
        break;
      case 'D':
        this.#moveTo(this.#row, this.#column - count);
        break;
      case 'E':
        this.#moveTo(this.#row + count, 0);
        break;
      case 'F':
        this.#moveTo(this.#row - count, 0);
        break;
      case 'G':
      case '`':
        this.#moveTo(this.#row, count - 1);
        break;
      case 'd':
        this.#moveTo(count - 1, this.#column);
        break;
      case 'H':
      case 'f':
        this.#moveTo(count - 1, Math.max(1, parameters[1] ?? 1) - 1);
        break;
      case 'J':
        this.#eraseDisplay(first);
        break;
      case 'K':
        this.#eraseLine(first);
        break;
      case 'X':
        this.#eraseCharacters(count);
        break;
      case 'P':
        this.#editLine((row) => row.splice(this.#column, count));
        break;
      case '@':
        this.#editLine((row) => row.splice(this.#column, 0, ...blankLine.slice(0, count)));
        break;
      case 's':
        this.#saved = { row: this.#row, column: this.#column };
        break;
      case 'u':
        this.#moveTo(this.#saved.row, this.#saved.column);
        break;
    }
  }

  #escape(final: string): void {
    if (final === '7') this.#saved = { row: this.#row, column: this.#column };
    else if (final === '8') this.#moveTo(this.#saved.row, this.#saved.column);
    else if (final === 'M') this.#moveTo(this.#row - 1, this.#column);
    else if (final === 'D') this.#lineFeed();
    else if (final === 'c') this.#eraseDisplay(2);
  }

  #moveTo(row: number, column: number): void {
    this.#row = clamp(row, 0, viewportRows - 1);
    while (this.#rows.length <= this.#row) this.#rows.push([]);
    // A line may already be longer than any terminal is wide: moving inside it is allowed.
    this.#column = clamp(column, 0, Math.max(rightEdge, this.#currentRow().length));
  }

  /** 0 erases from the cursor on, 1 up to it, 2 and 3 the screen. What scrolled out of sight stays in every case. */
  #eraseDisplay(mode: number): void {
    if (mode === 0) {
      this.#rows.length = this.#row + 1;
      this.#eraseLine(0);
    } else if (mode === 1) {
      for (let row = 0; row < this.#row; row += 1) this.#rows[row] = [];
      this.#eraseLine(1);
    } else {
      this.#rows = Array.from({ length: this.#row + 1 }, () => []);
    }
  }

  #eraseLine(mode: number): void {
    const row = this.#currentRow();
    if (mode === 2) row.length = 0;
    else if (mode === 1) this.#blank(0, Math.min(this.#column + 1, row.length));
    else if (row.length > this.#column) row.length = this.#column;
  }

  #eraseCharacters(count: number): void {
    this.#blank(this.#column, Math.min(this.#column + count, this.#currentRow().length));
  }

  #blank(from: number, to: number): void {
    if (to > from) this.#currentRow().fill(' ', from, to);
  }

  #editLine(edit: (row: string[]) => unknown): void {
    const row = this.#currentRow();
    if (row.length > maxEditedLine || this.#column >= row.length) return;
    edit(row);
    if (row.length > maxEditedLine) row.length = maxEditedLine;
  }

  #currentRow(): string[] {
    let row = this.#rows[this.#row];
    if (row === undefined) {
      row = [];
      this.#rows[this.#row] = row;
    }
    return row;
  }
}

function joinRow(row: readonly string[]): string {
  return row.join('').trimEnd();
}

function clamp(value: number, lowest: number, highest: number): number {
  return Math.min(highest, Math.max(lowest, value));
}

function isHighSurrogate(character: string): boolean {
  return character.length === 1 && character >= '\ud800' && character <= '\udbff';
}

function isLowSurrogate(character: string): boolean {
  return character.length === 1 && character >= '\udc00' && character <= '\udfff';
}
