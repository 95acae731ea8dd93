import { property } from '../model/property.ts';
import type { Frame } from './editorFindings.ts';

/**
 * What debug adapters say, in the Debug Adapter Protocol (version 1.68): messages of any program, taken apart without
 * trust. What does not have the protocol's form counts as absent.
 */
export interface ExceptionStop {
  readonly threadId: number;
}

/** A `stopped` event whose reason is an exception. */
export function exceptionStop(message: unknown): ExceptionStop | undefined {
  if (property(message, 'type') !== 'event' || property(message, 'event') !== 'stopped') return undefined;
  const body = property(message, 'body');
  const threadId = property(body, 'threadId');
  return property(body, 'reason') === 'exception' && typeof threadId === 'number' ? { threadId } : undefined;
}

/** What the program being debugged has printed for people: an `output` event, but not the adapter's own statistics. */
export function debugOutput(message: unknown): { readonly text: string; readonly isError: boolean } | undefined {
  if (property(message, 'type') !== 'event' || property(message, 'event') !== 'output') return undefined;
  const body = property(message, 'body');
  const category = property(body, 'category');
  const text = property(body, 'output');
  return typeof text !== 'string' || category === 'telemetry' ? undefined : { text, isError: category === 'stderr' };
}

export interface ExceptionInfo {
  readonly type?: string;
  readonly message?: string;
  readonly stackTrace?: string;
}

/** The answer to `exceptionInfo`. */
export function exceptionInfo(answer: unknown): ExceptionInfo {
  const details = property(answer, 'details');
  const type = text(details, 'typeName') ?? text(details, 'fullTypeName') ?? text(answer, 'exceptionId');
  const message = text(details, 'message') ?? text(answer, 'description');
  const stackTrace = text(details, 'stackTrace');
  return {
    ...(type === undefined ? {} : { type }),
    ...(message === undefined ? {} : { message }),
    ...(stackTrace === undefined ? {} : { stackTrace }),
  };
}

/** The answer to `stackTrace`; `pathOf` says how people call a file. */
export function stackFrames(answer: unknown, pathOf: (path: string) => string): readonly Frame[] {
  const frames = property(answer, 'stackFrames');
  if (!Array.isArray(frames)) return [];
  return frames.flatMap((frame: unknown): Frame[] => {
    const name = text(frame, 'name');
    if (name === undefined || property(frame, 'presentationHint') === 'label') return [];
    const source = property(frame, 'source');
    const path = text(source, 'path') ?? text(source, 'name');
    const line = property(frame, 'line');
    const column = property(frame, 'column');
    if (path === undefined || typeof line !== 'number') return [{ name }];
    return [{ name, place: { path: pathOf(path), line, ...(typeof column === 'number' ? { column } : {}) } }];
  });
}

function text(value: unknown, name: string): string | undefined {
  const found = property(value, name);
  return typeof found === 'string' && found !== '' ? found : undefined;
}
