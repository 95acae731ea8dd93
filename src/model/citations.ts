import type { EvidenceId } from './evidence.ts';

/** What one citation of a reply points to, as it is written. Whether that exists is told by `src/model/grounding.ts`. */
export type Citation =
  /** A line, a range of lines, or all of a piece of evidence. */
  | { readonly kind: 'evidence'; readonly id: EvidenceId; readonly line?: number; readonly endLine?: number }
  | { readonly kind: 'file'; readonly path: string; readonly line?: number; readonly endLine?: number }
  /** At least seven hexadecimal digits, in lower case. */
  | { readonly kind: 'commit'; readonly hash: string }
  /** An environment variable. */
  | { readonly kind: 'variable'; readonly name: string }
  /** Words that point to nothing that can be looked up. */
  | { readonly kind: 'text'; readonly text: string };

/** A citation with the words it was read from. */
export interface ReadCitation {
  readonly cited: string;
  readonly citation: Citation;
}

/** More of a text than this is not read, in UTF-16 units: the tools' schema allows 200. */
const maxRead = 1_000;

const lines = String.raw`L?(\d{1,7})(?:\s?[-–—]\s?L?(\d{1,7}))?`;
const evidence = new RegExp(`^E([1-9]\\d{0,5})(?::${lines})?$`);
/** `a.js:47`, `a.js:47-52`, `a.js:47:12` (the last is a column), `a.js#L47`. A drive letter has a colon of its own. */
const fileAtLine = new RegExp(`^((?:[A-Za-z]:)?[^\\s:]+)(?::|#(?=L))${lines}(?::\\d{1,7})?$`);
/** The same with spaces in the path, which only a folder in front tells from words. */
const spacedFileAtLine = new RegExp(`^((?:[A-Za-z]:)?[^\\s:,;]*[/\\\\][^:,;]*\\.\\w{1,10}):${lines}(?::\\d{1,7})?$`);
const file = /^(?!E\d)(?:[A-Za-z]:)?[^\s:]*(?:[^\s:/\\]\.[A-Za-z]\w{0,9}|[/\\]\w[^\s:/\\]*)$/;
const commit = /^(?:commit\s+)?([0-9a-f]{7,64})$/i;
const variable = /^(?:\$\{?|process\.env\.)([A-Za-z_]\w*)\}?$|^((?!E\d+$)[A-Z][A-Z0-9_]+)$/;

/** Reads one citation: `E1:38`, `E1:38-45`, `E3`, `[E1:38]`, `src/payment.js:47`, `a41c9e0`, `STRIPE_KEY`. */
export function parseCitation(cited: string): Citation {
  const written = cited.slice(0, maxRead).trim();
  const text = bare(written);
  const ofEvidence = evidence.exec(text);
  if (ofEvidence !== null) {
    return { kind: 'evidence', id: `E${Number(ofEvidence[1])}`, ...lineRange(ofEvidence[2], ofEvidence[3]) };
  }
  const atLine = fileAtLine.exec(text) ?? spacedFileAtLine.exec(text);
  if (atLine?.[1] !== undefined) return { kind: 'file', path: atLine[1], ...lineRange(atLine[2], atLine[3]) };
  const hash = commit.exec(text)?.[1];
  if (hash !== undefined) return { kind: 'commit', hash: hash.toLowerCase() };
  const ofVariable = variable.exec(text);
  const name = ofVariable?.[1] ?? ofVariable?.[2];
  if (name !== undefined) return { kind: 'variable', name };
  if (file.test(text)) return { kind: 'file', path: text };
  return { kind: 'text', text: written };
}

/**
 * Reads every citation in a text: `E1:38, E1:42`, `E1:38,45`, `E2 (the trace)`, `E1, line 38`. At least one: a text that
 * cites nothing is itself one of kind `text`.
 */
export function parseCitations(text: string): readonly ReadCitation[] {
  const cited = text.slice(0, maxRead).trim();
  const whole = parseCitation(cited);
  if (whole.kind !== 'text') return [{ cited, citation: whole }];
  const found: ReadCitation[] = [];
  for (const word of withLinesInPlace(cited).split(/[\s,;]+/)) {
    const token = bare(word);
    const previous = found.at(-1)?.citation;
    const further = new RegExp(`^${lines}$`).exec(token);
    if (further !== null && previous?.kind === 'evidence' && previous.line !== undefined) {
      const id = previous.id;
      found.push({ cited: `${id}:${token}`, citation: { kind: 'evidence', id, ...lineRange(further[1], further[2]) } });
    } else {
      const citation = parseCitation(token);
      if (isCitationAmongWords(citation, token)) found.push({ cited: token, citation });
    }
  }
  return found.length > 0 ? found : [{ cited, citation: whole }];
}

/** `E1, line 38` and `payment.js line 47` as `E1:38` and `payment.js:47`; `E1/E2` as `E1 E2`. */
function withLinesInPlace(text: string): string {
  return text
    .replace(/(?<=\d)[/&|](?=E\d)/g, ' ')
    .replace(/(?<=[\w\])])[,:]?\s{1,3}(?:on\s)?\(?(?:lines?\s{1,3}|L)(?=\d)/g, ':');
}

/** Among words, only what nobody writes by chance counts: `POST` is no variable there, nor `defaced` a commit. */
function isCitationAmongWords(citation: Citation, token: string): boolean {
  switch (citation.kind) {
    case 'evidence':
      return true;
    case 'file':
      // Without a line, `e.g` and `config.stripe` are no files.
      return citation.line === undefined
        ? /[/\\]/.test(citation.path) && /\.\w+$/.test(citation.path)
        : /[/\\]|\.[A-Za-z]/.test(citation.path);
    case 'commit':
      return /\d/.test(citation.hash) && /[a-f]/.test(citation.hash);
    case 'variable':
      return citation.name.includes('_') || token.startsWith('$') || token.startsWith('process.');
    case 'text':
      return false;
  }
}

/** Without the brackets, quotes and full stops around it. A bracket within a path (`app/[id]/page.js`) is part of it. */
function bare(text: string): string {
  let rest = text;
  for (;;) {
    const next = rest
      .replace(/^(?:["'`“”‘’(<«*]|\[(?=E\d|[^[\]]*\]$))/, '')
      .replace(/(?:["'`“”‘’>».!?:*–—-]|(?<!\([^()]*)\)|(?<!\[[^[\]]*)\])$/, '')
      .trim();
    if (next === rest) return rest;
    rest = next;
  }
}

/** Numbers of lines count from 1; a range is given in its order, whichever way it was written. */
function lineRange(first: string | undefined, last: string | undefined): { line?: number; endLine?: number } {
  if (first === undefined) return {};
  const from = Number(first);
  if (last === undefined) return { line: from };
  const to = Number(last);
  return to === from ? { line: from } : { line: Math.min(from, to), endLine: Math.max(from, to) };
}
