import {
  FlattenMap,
  GREATEST_LOWER_BOUND,
  LEAST_UPPER_BOUND,
  originalPositionFor,
  isIgnored,
} from '@jridgewell/trace-mapping';
import type { TraceMap } from '@jridgewell/trace-mapping';
import { errorMessage } from '../../model/failure.ts';

/** Largest source map that is read, in bytes. */
export const maxMapBytes = 48 * 1024 * 1024;

/** A position in a source, as a source map tells it. */
export interface OriginalPosition {
  /** The source's address: `file:///…` where it is relative to the map, otherwise as the bundler wrote it (`webpack://…`). */
  readonly source: string;
  /** From 1. */
  readonly line: number;
  /** From 1. */
  readonly column: number;
  /** Whether the map itself says that the source is a library's. */
  readonly isIgnored: boolean;
}

export type ParsedMap =
  { readonly kind: 'map'; readonly map: TraceMap } | { readonly kind: 'broken'; readonly detail: string };

/**
 * Parses a source map, version 3, also an indexed one (with `sections`). `address` is where it lies, as a URL: relative
 * sources are relative to it. Never throws; what cannot be a map is told as broken.
 */
export function parseSourceMap(text: string, address: string): ParsedMap {
  try {
    // Servers put this line before JSON so that it cannot be run.
    const value: unknown = JSON.parse(text.replace(/^\)\]\}'[^\n]*\n/, ''));
    if (!isSourceMap(value)) return { kind: 'broken', detail: 'it is JSON, but no source map of version 3' };
    const map = new FlattenMap(value, address);
    // Mappings are decoded when they are first asked for: a broken one is found here, not later.
    originalPositionFor(map, { line: 1, column: 0 });
    return { kind: 'map', map };
  } catch (error) {
    return { kind: 'broken', detail: errorMessage(error).slice(0, 200) };
  }
}

/** The source position of a generated one (line and column from 1); undefined where the map says nothing of it. */
export function originalPosition(
  map: TraceMap,
  line: number,
  column: number | undefined,
): OriginalPosition | undefined {
  const needle = { line: Math.max(1, line), column: Math.max(0, (column ?? 1) - 1) };
  // Without a column, the first position of the line is the best that can be had.
  const bias = column === undefined ? LEAST_UPPER_BOUND : GREATEST_LOWER_BOUND;
  const found = originalPositionFor(map, { ...needle, bias });
  if (found.source === null) return undefined;
  const at = map.sources.findIndex(
    (source, index) => source === found.source || map.resolvedSources[index] === found.source,
  );
  const source = map.resolvedSources[at] ?? found.source;
  return { source, line: found.line, column: found.column + 1, isIgnored: isIgnored(map, found.source) };
}

interface MapShape {
  readonly version: 3;
  readonly sources: (string | null)[];
  readonly names: string[];
  readonly mappings: string;
}

interface IndexedShape {
  readonly version: 3;
  readonly sections: { readonly offset: { readonly line: number; readonly column: number }; readonly map: MapShape }[];
}

function isSourceMap(value: unknown): value is MapShape & IndexedShape {
  if (!isObject(value) || (value.version !== 3 && value.version !== '3')) return false;
  if (Array.isArray(value.sections)) {
    return value.sections.every(
      (section: unknown) =>
        isObject(section) &&
        isObject(section.offset) &&
        Number.isInteger(section.offset.line) &&
        Number.isInteger(section.offset.column) &&
        isSourceMap(section.map),
    );
  }
  return (
    typeof value.mappings === 'string' &&
    Array.isArray(value.sources) &&
    value.sources.every((source: unknown) => source === null || typeof source === 'string') &&
    (value.names === undefined || Array.isArray(value.names))
  );
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
