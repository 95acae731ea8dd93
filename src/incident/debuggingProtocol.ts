import { placeOf, splitLocations, withoutTicks } from './protocolPlace.ts';
import type { PlaceKind } from './protocolPlace.ts';

/** Something that the protocol says, with the line of CLAUDE.md that says it (from 1), so that it can be shown. */
export interface ProtocolItem {
  readonly text: string;
  readonly line: number;
}

/** The section *Production Debugging Protocol* of a CLAUDE.md. */
export interface DebuggingProtocol {
  /** Where logs are, one item a place: paths, globs, URLs, as they are written. */
  readonly logLocations: readonly ProtocolItem[];
  readonly stagingEnvironment?: ProtocolItem;
  readonly rollbackCommand?: ProtocolItem;
  /** Every other item: house rules, in their order. */
  readonly rules: readonly ProtocolItem[];
  /** The heading's line and the last line of the section. */
  readonly firstLine: number;
  readonly lastLine: number;
}

/** The article's section, as it is added to a CLAUDE.md without one. Its three places are examples to be edited. */
const articleSection: readonly string[] = [
  '## Production Debugging Protocol',
  '- Always start with error context + 3 files max',
  '- Always ask for explicit hypotheses before reading more code',
  '- Always check environment variables first',
  '- Always get the fix + test combo',
  '- Always do blast radius check before deploying',
  '- Logs are at: /var/log/app/',
  '- Staging environment: staging.myapp.com',
  '- Rollback command: ./scripts/rollback.sh [version]',
];

/** Longest item that is taken; what is beyond is no rule but a text. */
const maxItemLength = 2000;

/**
 * Reads the protocol from a CLAUDE.md: the first section of that name, at any level and in any case, up to the next
 * heading of its level or above. Headings inside code fences and comments are none. Undefined where there is no such
 * section.
 */
export function parseDebuggingProtocol(text: string): DebuggingProtocol | undefined {
  const lines = scan(text).lines;
  const start = lines.findIndex(({ heading }) => heading !== undefined && isProtocolTitle(heading.title));
  const head = lines[start]?.heading;
  if (head === undefined) return undefined;
  const next = lines.findIndex(({ heading }, at) => at > start && heading !== undefined && heading.level <= head.level);
  const end = next === -1 ? lines.length : next;
  const section = new SectionReader();
  for (let at = start + 1; at < end; at += 1) {
    const line = lines[at];
    if (line !== undefined && !line.hidden && line.heading === undefined) section.read(line.text, at + 1);
  }
  let last = end;
  while (last > start + 1 && lines[last - 1]?.text.trim() === '') last -= 1;
  return { ...section.result(), firstLine: start + 1, lastLine: last };
}

/**
 * The text with the article's section at its end; the very same text where it has a protocol already. What was there is
 * kept byte for byte. A code fence or comment that was never closed is closed first: the section would be part of it.
 */
export function addProtocolSection(text: string): string {
  if (parseDebuggingProtocol(text) !== undefined) return text;
  const lineBreak = text.includes('\r\n') ? '\r\n' : '\n';
  const { open } = scan(text);
  const isBlank = text.replace(/^\ufeff/, '') === '';
  const separator = isBlank ? '' : text.endsWith('\n') ? lineBreak : lineBreak + lineBreak;
  const closing = open === undefined ? '' : `${text.endsWith('\n') ? '' : lineBreak}${open}${lineBreak}`;
  const section = `${articleSection.join(lineBreak)}${lineBreak}`;
  return `${text}${closing}${closing === '' ? separator : lineBreak}${section}`;
}

interface MarkdownLine {
  readonly text: string;
  /** Inside a code fence or a comment. */
  readonly hidden: boolean;
  readonly heading?: { readonly level: number; readonly title: string };
}

/** Lines with their headings; `open` is what would close a fence or comment that the text leaves open. */
function scan(text: string): { lines: MarkdownLine[]; open?: string } {
  const raw = text.replace(/^\ufeff/, '').split(/\r?\n/);
  const lines: MarkdownLine[] = [];
  let fence: string | undefined;
  let inComment = false;
  for (const [at, line] of raw.entries()) {
    const mark = /^ {0,3}(`{3,}|~{3,})(.*)$/.exec(line);
    const isHidden: boolean = fence !== undefined || inComment;
    if (fence !== undefined) {
      const closes = mark !== null && mark[1]?.startsWith(fence) === true && (mark[2] ?? '').trim() === '';
      if (closes) fence = undefined;
    } else if (inComment) {
      inComment = !line.includes('-->');
    } else if (mark !== null && !(mark[1]?.startsWith('`') === true && mark[2]?.includes('`') === true)) {
      fence = mark[1];
    } else {
      const comment = line.lastIndexOf('<!--');
      inComment = /^ {0,3}<!--/.test(line) && !line.includes('-->', comment);
    }
    const heading = isHidden || fence !== undefined || inComment ? undefined : headingOf(line, raw[at + 1]);
    lines.push({
      text: line,
      hidden: isHidden || fence !== undefined || inComment,
      ...(heading === undefined ? {} : { heading }),
    });
  }
  const open = fence ?? (inComment ? '-->' : undefined);
  return { lines, ...(open === undefined ? {} : { open }) };
}

function headingOf(line: string, next: string | undefined): { level: number; title: string } | undefined {
  const atx = /^ {0,3}(#{1,6})(?:[ \t]+(.*))?$/.exec(line);
  if (atx !== null) return { level: atx[1]?.length ?? 1, title: (atx[2] ?? '').replace(/[ \t]#+[ \t]*$/, '') };
  const underline = /^ {0,3}(=+|-{2,})[ \t]*$/.exec(next ?? '')?.[1];
  if (underline === undefined || line.trim() === '' || /^\s*(?:[-*+>|]|\d+[.)])/.test(line)) return undefined;
  return { level: underline.startsWith('=') ? 1 : 2, title: line };
}

function isProtocolTitle(title: string): boolean {
  // A number before it and what stands in brackets behind it are no part of a title: `4. … (v2)`.
  const words = title
    .replace(/^\s*[\d.]+[.)]?\s|\s*\([^()]*\)\s*$/g, ' ')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
    .toLowerCase();
  return words === 'production debugging protocol';
}

class SectionReader {
  readonly #logLocations: ProtocolItem[] = [];
  readonly #rules: ProtocolItem[] = [];
  readonly #single = new Map<PlaceKind, ProtocolItem>();
  /** A label without a value: its values are the items indented under it. */
  #pending: { kind: PlaceKind; indent: number } | undefined;

  read(line: string, number: number): void {
    const match = /^([ \t]*)(?:[-*+]|\d{1,9}[.)])[ \t]+(?:\[[ xX]\][ \t]+)?(.*)$/.exec(line);
    const indent = line.length - line.trimStart().length;
    const content = (match?.[2] ?? line).trim().slice(0, maxItemLength);
    if (content === '') return;
    if (this.#pending !== undefined && indent > this.#pending.indent) {
      this.#add(this.#pending.kind, content, number);
      return;
    }
    this.#pending = undefined;
    // Emphasis around a label is no part of it: `**Logs are at:** /var/log`.
    const plain = content.replace(/\*\*|__(?=\w[^_]*__)|(?<=\w:?)__/g, '');
    const labelled = placeOf(plain);
    if (labelled !== undefined) {
      if (labelled.value === '') this.#pending = { kind: labelled.kind, indent };
      else this.#add(labelled.kind, labelled.value, number);
      return;
    }
    // A paragraph between the items explains them; only items are rules.
    if (match !== null) this.#rules.push({ text: content, line: number });
  }

  result(): Omit<DebuggingProtocol, 'firstLine' | 'lastLine'> {
    const staging = this.#single.get('staging');
    const rollback = this.#single.get('rollback');
    return {
      logLocations: this.#logLocations,
      ...(staging === undefined ? {} : { stagingEnvironment: staging }),
      ...(rollback === undefined ? {} : { rollbackCommand: rollback }),
      rules: this.#rules,
    };
  }

  #add(kind: PlaceKind, value: string, line: number): void {
    if (kind === 'logs') {
      for (const text of splitLocations(value)) this.#logLocations.push({ text, line });
    } else if (!this.#single.has(kind)) {
      this.#single.set(kind, { text: withoutTicks(value), line });
    }
  }
}
