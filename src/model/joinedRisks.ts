import type { KnownCaller } from './caller.ts';
import { isCitedAs } from './citedFile.ts';
import { presentEvidence } from './incident.ts';
import type { Incident } from './incident.ts';
import type { BlastRadius } from './records.ts';

type Risk = BlastRadius['risks'][number];

/** A file, with a line where one is named. */
export interface NamedPlace {
  readonly path: string;
  readonly line?: number;
}

/** A risk with the callers that it speaks of. */
export interface JoinedRisk {
  readonly what: string;
  readonly why: string;
  /** Callers found here that the risk names, by their place, their file, a folder of theirs, or their function. */
  readonly callers: readonly KnownCaller[];
  /** Places that the risk gives and that are none of the callers found. */
  readonly elsewhere: readonly NamedPlace[];
}

export interface JoinedRisks {
  readonly risks: readonly JoinedRisk[];
  /** Callers found here of which no risk speaks: what nobody has thought through yet. */
  readonly notMentioned: readonly KnownCaller[];
}

const none: readonly KnownCaller[] = [];

/** The callers of the fix that were found last and not taken out; empty where none were looked for. */
export function knownCallers(incident: Incident): readonly KnownCaller[] {
  return presentEvidence(incident).findLast(({ kind }) => kind === 'callers')?.callers ?? none;
}

/**
 * Joins each risk with the callers that its words or its places name. A caller may belong to several risks. Words are
 * read narrowly: a function called `checkout` is meant by `` `checkout` `` and `checkout()`, not by “the checkout is slow”.
 */
export function joinRisks(risks: readonly Risk[], callers: readonly KnownCaller[]): JoinedRisks {
  const joined = risks.map((risk) => joinRisk(risk, callers));
  const mentioned = new Set(joined.flatMap((risk) => risk.callers));
  return { risks: joined, notMentioned: callers.filter((caller) => !mentioned.has(caller)) };
}

function joinRisk({ what, why, places = [] }: Risk, callers: readonly KnownCaller[]): JoinedRisk {
  const given = places.map(readPlace);
  const words = `${what}\n${why}\n${places.join('\n')}`;
  const named = new Set([...given, ...placesIn(words)].flatMap((place) => callersAt(place, callers)));
  for (const caller of callers) if (caller.in !== undefined && namesFunction(words, caller.in)) named.add(caller);
  return {
    what,
    why,
    callers: callers.filter((caller) => named.has(caller)),
    elsewhere: given.filter((place) => looksLikeFile(place.path) && callersAt(place, callers).length === 0),
  };
}

/** `src/web.js:7`, `src/web.js:7:3`, `src/web.js#L7`, `src/web.js line 7`, `src/web.js (line 7)`. */
function readPlace(text: string): NamedPlace {
  const match = /^(.{1,1000}?)(?::|#L|,? \(?line )(\d{1,7})(?:\D|$)/.exec(text.trim());
  const [, path, line] = match ?? [];
  return path === undefined ? { path: text.trim() } : { path, line: Number(line) };
}

/** The words of a text that may be paths, each with the line that follows it. */
function placesIn(text: string): readonly NamedPlace[] {
  const found: NamedPlace[] = [];
  for (const { 0: token, index } of text.matchAll(/[^\s"'`()<>[\]{},;]{3,1000}/g)) {
    const path = token.replace(/(?::\d.*|#L\d.*|[.:!?]+)$/, '');
    if (!/[./\\]/.test(path)) continue;
    const after = text.slice(index, index + token.length + 20);
    found.push(after.length > token.length ? { ...readPlace(after), path } : readPlace(token.replace(/[.!?]+$/, '')));
  }
  return found;
}

/** Those at the very line, or where none is there, all of the file; of a folder, all in it. */
function callersAt({ path, line }: NamedPlace, callers: readonly KnownCaller[]): readonly KnownCaller[] {
  const inFile = callers.filter((caller) => isCitedAs(caller.path, path));
  const atLine = inFile.filter((caller) => caller.line === line);
  if (inFile.length > 0) return atLine.length > 0 ? atLine : inFile;
  const folder = path.replaceAll('\\', '/').replace(/^(?:\.\/)+/, '');
  // One word with a slash at its end may be anything; `and/or` is a folder only where there is one.
  if (!/[^/]\/[^/]|^\w[^/]*\/$/.test(folder)) return [];
  const prefix = folder.endsWith('/') ? folder : `${folder}/`;
  return callers.filter((caller) => caller.path.startsWith(prefix) || caller.path.includes(`/${prefix}`));
}

/** Whether a text names a function: as a whole word where only code is written so, otherwise in quotes or as a call. */
function namesFunction(text: string, name: string): boolean {
  // A language server may add parameters: `charge(Order) : void`.
  const own = /[\p{L}_$#][\p{L}\p{N}_$]*[?!]?/u.exec(
    name
      .split('(')[0]
      ?.split(/[.:#]/)
      .findLast((part) => part !== '') ?? '',
  )?.[0];
  if (own === undefined || own.length < 2) return false;
  const literal = own.replace(/[$?!#]/g, '\\$&');
  const word = `(?<![\\p{L}\\p{N}_$])${literal}(?![\\p{L}\\p{N}_$])`;
  if (!/^\p{Lu}?[\p{Ll}?!]+$/u.test(own)) return new RegExp(word, 'u').test(text);
  // A path in backticks holds words that are no functions.
  const notInPath = `(?<![/\\\\-])${word}(?![/\\\\-]|\\.\\w)`;
  const inCode = `\`[^\`\\n]{0,200}${notInPath}[^\`\\n]{0,200}\``;
  const inQuotes = `['"“‘]${literal}(?:\\(\\))?['"”’]`;
  return new RegExp(`${inCode}|${inQuotes}|${word}\\(`, 'u').test(text);
}

function looksLikeFile(path: string): boolean {
  return /^[^\s`"'<>|*?]{1,1000}$/.test(path) && /[^./\\][./\\][^./\\]/.test(path);
}
