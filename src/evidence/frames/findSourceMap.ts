import { open, realpath } from 'node:fs/promises';
import { basename, dirname, isAbsolute, join, resolve, sep } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { errorMessage } from '../../model/failure.ts';
import type { FrameMapping } from '../../model/traceReport.ts';
import { isInside } from '../confinement.ts';
import { openRegularFile } from '../openFile.ts';
import { parseWrittenPath } from '../workspacePath.ts';
import { maxMapBytes, originalPosition, parseSourceMap } from './sourceMap.ts';
import type { OriginalPosition, ParsedMap } from './sourceMap.ts';

/** Most bytes of a compiled file that are searched for its link to a map; with an inline map that is all of it. */
const maxGeneratedBytes = maxMapBytes;
/** Compiled files that are looked for in one run; a trace has hardly more. */
const maxLookUps = 200;
/** Maps that are kept at once: each may take much memory. */
const maxKeptMaps = 32;
/** Suffixes of a path that are tried, the longest of them first. */
const maxSuffixes = 24;

/** Where a compiled position comes from, or why that is not known. Undefined where there is no compiled file and no map. */
export type MappedPosition =
  | { readonly mapping: Extract<FrameMapping, { kind: 'mapped' }>; readonly original: OriginalPosition }
  | { readonly mapping: Exclude<FrameMapping, { kind: 'mapped' }>; readonly original?: undefined };

/**
 * Maps positions of compiled files back through their source maps: beside the file, inline in it, or in a folder that the
 * user points at, which may be outside the workspace. Each file is read once. A map that is missing, broken or too
 * large is told; nothing throws.
 */
export class SourceMapFinder {
  readonly #roots: readonly string[];
  readonly #mapFolders: readonly string[];
  readonly #signal: AbortSignal;
  readonly #known = new Map<string, Promise<FoundMap | undefined>>();
  #lookUps = 0;

  constructor(roots: readonly string[], mapFolders: readonly string[], signal: AbortSignal) {
    this.#roots = roots;
    this.#mapFolders = mapFolders;
    this.#signal = signal;
  }

  async position(written: string, line: number, column: number | undefined): Promise<MappedPosition | undefined> {
    if (!/\.(?:[cm]?jsx?|bundle|jsbundle)$/i.test(written.replace(/[?#].*$/, ''))) return undefined;
    const found = await this.#mapOf(written);
    if (found === undefined) return undefined;
    if (found.kind === 'unused') return { mapping: found.mapping };
    const { name, parsed } = found;
    if (parsed.kind === 'broken') return { mapping: { kind: 'broken', map: name, detail: parsed.detail } };
    const original = originalPosition(parsed.map, line, column);
    if (original === undefined) return { mapping: { kind: 'unmapped', map: name } };
    return { mapping: { kind: 'mapped', map: name }, original };
  }

  #mapOf(written: string): Promise<FoundMap | undefined> {
    const known = this.#known.get(written);
    if (known !== undefined) return known;
    if (this.#lookUps >= maxLookUps || this.#signal.aborted) return Promise.resolve(undefined);
    this.#lookUps += 1;
    const kept = [...this.#known.keys()];
    if (kept.length >= maxKeptMaps) this.#known.delete(kept[0] ?? '');
    const looked = this.#look(written).catch((error: unknown): FoundMap => ({
      kind: 'unused',
      mapping: { kind: 'broken', map: `${basename(written)}.map`, detail: errorMessage(error).slice(0, 200) },
    }));
    this.#known.set(written, looked);
    return looked;
  }

  async #look(written: string): Promise<FoundMap | undefined> {
    const { segments } = parseWrittenPath(written.replace(/[?#].*$/, ''));
    const name = segments.at(-1);
    if (name === undefined) return undefined;
    for (const root of this.#roots) {
      const generated = await this.#existing(root, segments, this.#roots);
      if (generated === undefined) continue;
      return (await this.#besideOrInline(generated, this.#roots)) ?? (await this.#inMapFolders(segments)) ?? noMap;
    }
    return this.#inMapFolders(segments);
  }

  /** The longest suffix of the written path that is a file below a folder, its name included. */
  async #existing(
    folder: string,
    segments: readonly string[],
    allowed: readonly string[],
  ): Promise<string | undefined> {
    const whole = `${sep}${segments.join(sep)}`;
    const candidates = [
      ...(isInside(folder, whole) ? [whole] : []),
      ...[...segments.keys()].slice(-maxSuffixes).map((start) => join(folder, ...segments.slice(start))),
    ];
    for (const candidate of candidates) {
      if (this.#signal.aborted) return undefined;
      const real = await confined(candidate, allowed);
      if (real !== undefined) return candidate;
    }
    return undefined;
  }

  async #besideOrInline(generated: string, allowed: readonly string[]): Promise<FoundMap | undefined> {
    const link = await readLink(generated);
    if (link?.startsWith('data:') === true) return inlineMap(link, generated);
    const linked =
      link === undefined || /^[a-z][\w+.-]+:/i.test(link) ? undefined : resolve(dirname(generated), decoded(link));
    for (const path of [linked, `${generated}.map`]) {
      if (path === undefined) continue;
      const found = await readMap(path, allowed);
      if (found !== undefined) return found;
    }
    return undefined;
  }

  async #inMapFolders(segments: readonly string[]): Promise<FoundMap | undefined> {
    const name = segments.at(-1) ?? '';
    for (const folder of this.#mapFolders) {
      if (!isAbsolute(folder)) continue;
      const map = await this.#existing(folder, [...segments.slice(0, -1), `${name}.map`], [folder]);
      if (map !== undefined) return readMap(map, [folder]);
      const generated = await this.#existing(folder, segments, [folder]);
      const found = generated === undefined ? undefined : await this.#besideOrInline(generated, [folder]);
      if (found !== undefined) return found;
    }
    return undefined;
  }
}

type FoundMap =
  | { readonly kind: 'parsed'; readonly name: string; readonly parsed: ParsedMap }
  | { readonly kind: 'unused'; readonly mapping: Exclude<FrameMapping, { kind: 'mapped' }> };

const noMap: FoundMap = { kind: 'unused', mapping: { kind: 'noMap' } };

/** Undefined where there is no such file, or it is not below one of the folders. */
async function confined(path: string, folders: readonly string[]): Promise<string | undefined> {
  try {
    const real = await realpath(path);
    for (const folder of folders) if (isInside(await realpath(folder), real)) return real;
  } catch {
    // It is not there: the next place is tried.
  }
  return undefined;
}

async function readMap(path: string, allowed: readonly string[]): Promise<FoundMap | undefined> {
  const real = await confined(path, allowed);
  if (real === undefined) return undefined;
  const name = basename(path);
  const opened = await openRegularFile(real, name);
  if (!opened.ok) return { kind: 'unused', mapping: { kind: 'broken', map: name, detail: opened.failure.kind } };
  const { handle, bytes } = opened.value;
  try {
    if (bytes > maxMapBytes) return { kind: 'unused', mapping: { kind: 'tooLarge', map: name, bytes } };
    const text = await handle.readFile('utf8');
    return { kind: 'parsed', name, parsed: parseSourceMap(text, pathToFileURL(path).href) };
  } finally {
    await handle.close();
  }
}

/** What the last `sourceMappingURL` comment of a compiled file says. */
async function readLink(path: string): Promise<string | undefined> {
  const handle = await open(path, 'r').catch(() => undefined);
  if (handle === undefined) return undefined;
  try {
    const { size } = await handle.stat();
    if (size > maxGeneratedBytes) return undefined;
    const text = await handle.readFile('utf8');
    const sign = Math.max(text.lastIndexOf('//# sourceMappingURL='), text.lastIndexOf('//@ sourceMappingURL='));
    if (sign === -1) return undefined;
    return /^\S+/.exec(text.slice(sign + '//# sourceMappingURL='.length))?.[0];
  } finally {
    await handle.close();
  }
}

function inlineMap(link: string, generated: string): FoundMap {
  const name = `inline in ${basename(generated)}`;
  const comma = link.indexOf(',');
  const isBase64 = /;base64$/i.test(link.slice(0, comma));
  const text = isBase64
    ? Buffer.from(link.slice(comma + 1), 'base64').toString('utf8')
    : decoded(link.slice(comma + 1));
  return { kind: 'parsed', name, parsed: parseSourceMap(text, pathToFileURL(generated).href) };
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** The path of a `file:` address; undefined for any other one. */
export function pathOfSource(source: string): string | undefined {
  if (!source.startsWith('file:')) return undefined;
  try {
    return fileURLToPath(source);
  } catch {
    return undefined;
  }
}
