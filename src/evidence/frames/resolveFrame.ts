import { isPackageFolder } from '../stackTrace/ownCode.ts';
import type { StackFrame, TraceLanguage } from '../stackTrace/model.ts';
import { findWorkspacePath, parseWrittenPath } from '../workspacePath.ts';
import type { WorkspaceFile } from '../workspacePath.ts';
import type { PlaceDoubt } from '../../model/traceReport.ts';
import type { WorkspaceIndex } from './workspaceIndex.ts';

/** What a frame's file means in the open folders. */
export type FrameMatch =
  | { readonly kind: 'found'; readonly file: WorkspaceFile; readonly doubt?: PlaceDoubt }
  | { readonly kind: 'ambiguous'; readonly candidates: readonly WorkspaceFile[]; readonly isCompiled: boolean }
  | { readonly kind: 'unknown' };

/** Folders that only a build or a machine puts into a path: what is below them may be anywhere in the sources. */
const deploymentFolders: ReadonlySet<string> = new Set(
  `app apps application dist build out output lib libs bin srv opt usr var www html code workspace workspaces work
  home root src source sources site sites task function functions server client public static assets bundle chunks
  release releases current deploy production esm cjs es compiled generated js s a _ _work wwwroot htdocs project`.split(
    /\s+/,
  ),
);

/** Names that hundreds of projects have: alone they say nothing. */
const commonName =
  /^(index|main|app|server|client|utils?|helpers?|common|config|constants|types|mod|lib|init|__init__|__main__|base|core|model|models|views?|program|startup|test|setup|handler|run|errors?)\.\w+$/i;

/** Sources that a compiled file may come from, by its ending. */
const sourceEndings: readonly (readonly [RegExp, readonly string[]])[] = [
  [/\.js$/i, ['.ts', '.tsx', '.jsx', '.mts', '.cts', '.vue', '.svelte', '.coffee']],
  [/\.jsx$/i, ['.tsx']],
  [/\.mjs$/i, ['.mts', '.ts', '.js', '.tsx']],
  [/\.cjs$/i, ['.cts', '.ts', '.js', '.tsx']],
  [/\.py[co]$/i, ['.py']],
];

/**
 * Finds the file that a frame names, although its path is another machine's: by the longest suffix of whole folders that
 * it shares with a file of the index. A compiled file that is not there stands for the source of the same name.
 */
export function resolveFrameFile(
  written: string,
  language: TraceLanguage,
  index: WorkspaceIndex,
  position: { readonly line?: number; readonly column?: number } = {},
): FrameMatch {
  for (const form of forms(written, language)) {
    const match = lookUp(form, index, false);
    if (match.kind !== 'unknown') return match;
  }
  if (isBundle(written, position)) return { kind: 'unknown' };
  for (const [ending, sources] of sourceEndings) {
    if (!ending.test(bareFile(written))) continue;
    for (const source of sources) {
      const match = lookUp(bareFile(written).replace(ending, source), index, true);
      if (match.kind !== 'unknown') return match;
    }
  }
  return { kind: 'unknown' };
}

/** Where an interpreter keeps what was installed: the service's own package may be among it. */
const installed = /(?:^|\/)(?:site|dist)-packages\/(.+\/[^/]+)$/;
/** Go's own packages and the module's have the same form where the build trimmed the paths. */
const trimmed = /^([a-z][\w-]*\/.{0,500}\.go)$/;

/**
 * The source in the workspace of a frame whose path looks like a library's: the service's own package that was
 * installed, or a path that is a file's whole path here. Undefined where none or several fit.
 */
export function installedSource(written: string, index: WorkspaceIndex): WorkspaceFile | undefined {
  const path = written.replaceAll('\\', '/');
  const rest = installed.exec(path)?.[1] ?? trimmed.exec(path)?.[1];
  if (rest === undefined) return undefined;
  const fitting = index
    .named(rest.split('/').at(-1) ?? '')
    .filter((file) => !isPackageFolder(file.path) && (file.path === rest || isSourceOf(file.path, rest)));
  return fitting.length === 1 ? fitting[0] : undefined;
}

/** Python's packages may lie in a folder of sources: `src/shop/cart.py` is installed as `shop/cart.py`. */
function isSourceOf(path: string, rest: string): boolean {
  return (
    rest.endsWith('.py') && /(?:^|\/)(?:src|lib|python)\/$/.test(path.slice(0, -rest.length)) && path.endsWith(rest)
  );
}

/** The path as a language writes it, and as the files lie. */
function forms(written: string, language: TraceLanguage): readonly string[] {
  const dartPackage = language === 'dart' ? /^package:([^/]+)\/(.+)$/.exec(written) : null;
  if (dartPackage !== null) {
    const [, name = '', rest = ''] = dartPackage;
    return [`${name}/lib/${rest}`, `lib/${rest}`];
  }
  return [bareFile(written)];
}

/** A bundle holds many sources: the one of its name is as likely as any other. A page's script is one, and so are long lines. */
function isBundle(written: string, { line = 1, column = 1 }: { line?: number; column?: number }): boolean {
  return /^https?:/.test(written) || (line <= 10 && column > 300);
}

/** Without what a bundler or a browser adds: a query, a hash. */
function bareFile(written: string): string {
  return written.replace(/[?#].*$/, '') || written;
}

function lookUp(written: string, index: WorkspaceIndex, isCompiled: boolean): FrameMatch {
  const { segments } = parseWrittenPath(written);
  const name = segments.at(-1);
  if (name === undefined) return { kind: 'unknown' };
  const meant = findWorkspacePath(written, index.named(name), index.roots);
  if (meant.kind === 'unknown') return meant;
  if (meant.kind === 'ambiguous') {
    const candidates = meant.candidates.filter((file) => isCredible(segments, file));
    const [only] = candidates;
    if (only === undefined) return { kind: 'unknown' };
    return candidates.length === 1 ? found(only, segments, isCompiled) : { kind: 'ambiguous', candidates, isCompiled };
  }
  return isCredible(segments, meant.file) ? found(meant.file, segments, isCompiled) : { kind: 'unknown' };
}

function found(file: WorkspaceFile, segments: readonly string[], isCompiled: boolean): FrameMatch {
  const doubt: PlaceDoubt | undefined = isCompiled
    ? 'compiled'
    : isWhole(segments, file) || sharedFolders(segments, file) > 0 || segments.length === 1
      ? undefined
      : 'nameOnly';
  return { kind: 'found', file, ...(doubt === undefined ? {} : { doubt }) };
}

/** A common name in a folder of another name is another file. */
function isCredible(segments: readonly string[], file: WorkspaceFile): boolean {
  if (isPackageFolder(file.path)) return false;
  if (segments.length === 1 || isWhole(segments, file) || sharedFolders(segments, file) > 0) return true;
  const parent = segments.at(-2)?.toLowerCase() ?? '';
  return deploymentFolders.has(parent) || !commonName.test(segments.at(-1) ?? '');
}

/** Whether the file's whole path from its folder stands at the end of the written one. */
function isWhole(segments: readonly string[], { path }: WorkspaceFile): boolean {
  const parts = path.toLowerCase().split('/');
  return (
    parts.length <= segments.length && parts.every((part, at) => part === segments.at(at - parts.length)?.toLowerCase())
  );
}

/** Folders directly above the name that both paths have. */
function sharedFolders(segments: readonly string[], { path }: WorkspaceFile): number {
  const parts = path.toLowerCase().split('/');
  let shared = 0;
  while (shared + 1 < parts.length && parts.at(-2 - shared) === segments.at(-2 - shared)?.toLowerCase()) shared += 1;
  return shared;
}

/** Where a deployment's folder lies in the workspace, learnt from a frame that only one file fits. */
export interface DeploymentRoot {
  readonly written: string;
  readonly root: string;
  readonly path: string;
}

/** What one sure frame tells of the others: `/app` in the trace is `services/shop` here. */
export function deploymentRoot(written: string, file: WorkspaceFile): DeploymentRoot | undefined {
  const segments = parseWrittenPath(written).segments;
  const parts = file.path.split('/');
  let shared = 0;
  while (shared < parts.length && shared < segments.length && parts.at(-1 - shared) === segments.at(-1 - shared))
    shared += 1;
  if (shared === 0) return undefined;
  return {
    written: segments.slice(0, segments.length - shared).join('/'),
    root: file.root,
    path: parts.slice(0, parts.length - shared).join('/'),
  };
}

/** Of several files that a frame may mean, the one below a folder that the trace's sure frames come from. */
export function preferDeployment(
  written: string,
  candidates: readonly WorkspaceFile[],
  known: readonly DeploymentRoot[],
): WorkspaceFile | undefined {
  const fitting = candidates.filter((file) => {
    const own = deploymentRoot(written, file);
    return own !== undefined && known.some((one) => isSame(one, own));
  });
  return fitting.length === 1 ? fitting[0] : undefined;
}

function isSame(one: DeploymentRoot, other: DeploymentRoot): boolean {
  return one.written === other.written && one.root === other.root && one.path === other.path;
}

/** Rust names the crate and .NET and the JVM the namespace in the function: a folder of that name tells files apart. */
export function preferNamespace(
  frame: Pick<StackFrame, 'function'>,
  candidates: readonly WorkspaceFile[],
): WorkspaceFile | undefined {
  const words = (frame.function ?? '')
    .split(/::|[./]/)
    .map((word) =>
      word
        .replace(/^<|[^\w-].*$/g, '')
        .toLowerCase()
        .replaceAll('_', '-'),
    )
    .filter((word) => word.length > 1);
  const scores = candidates.map((file) => {
    const folders = file.path.toLowerCase().replaceAll('_', '-').split('/').slice(0, -1);
    return words.filter((word) => folders.includes(word)).length;
  });
  const best = Math.max(0, ...scores);
  const winners = candidates.filter((_, at) => scores[at] === best);
  return best > 0 && winners.length === 1 ? winners[0] : undefined;
}
