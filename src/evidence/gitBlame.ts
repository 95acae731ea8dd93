import { fail, succeed, type Result } from '../model/failure.ts';
import { isHash, runGit, type RepositoryState } from './git.ts';
import { toRepositoryPath } from './gitDiff.ts';

/** Who last changed a line, in the working tree's numbering. */
export interface BlamedLine {
  readonly line: number;
  readonly text: string;
  /** Absent while the line is not committed. */
  readonly commit?: BlamedCommit;
}

export interface BlamedCommit {
  readonly hash: string;
  readonly author: string;
  /** Ms since 1970. */
  readonly committedAt: number;
  readonly subject: string;
  /** The path that the file had in that commit. */
  readonly path: string;
  /** Whether history ends here (a shallow clone, the first commit): the change may be older. */
  readonly isBoundary: boolean;
}

/** Most lines blamed at once. */
const maxBlamedLines = 200;

/** Blames lines `first` to `last` (from 1, both included) of a file, given by its absolute path. Renames are followed. */
export async function blameLines(
  { root, config }: RepositoryState,
  path: string,
  { first, last }: { readonly first: number; readonly last: number },
  signal: AbortSignal,
): Promise<Result<readonly BlamedLine[]>> {
  const inRepository = await toRepositoryPath(root, path);
  if (inRepository === undefined) return fail({ kind: 'outsideWorkspace', path });
  const from = Math.max(1, Math.trunc(first));
  const to = Math.min(Math.max(from, Math.trunc(last)), from + maxBlamedLines - 1);
  const args = ['blame', '--no-textconv', '--line-porcelain', `-L${from},${to}`, '--', inRepository];
  const output = await runGit({ folder: root, config, signal, args });
  return output.ok ? succeed(parseBlame(output.value.text)) : output;
}

function parseBlame(text: string): BlamedLine[] {
  const lines: BlamedLine[] = [];
  let header = new Map<string, string>();
  let hash = '';
  let line = 0;
  for (const row of text.split('\n')) {
    const start = /^([0-9a-f]{40,64}) \d+ (\d+)/.exec(row);
    if (row.startsWith('\t')) {
      lines.push({ line, text: row.slice(1), ...commitOf(hash, header) });
    } else if (start !== null && isHash(start[1] ?? '')) {
      hash = start[1] ?? '';
      line = Number(start[2]);
      header = new Map();
    } else {
      const space = row.indexOf(' ');
      if (space === -1) header.set(row, '');
      else header.set(row.slice(0, space), row.slice(space + 1));
    }
  }
  return lines;
}

function commitOf(hash: string, header: ReadonlyMap<string, string>): { commit?: BlamedCommit } {
  // Lines that are not committed carry a hash of zeros.
  if (/^0+$/.test(hash)) return {};
  return {
    commit: {
      hash,
      author: header.get('author') ?? '',
      committedAt: Number(header.get('committer-time') ?? 0) * 1000,
      subject: header.get('summary') ?? '',
      path: header.get('filename') ?? '',
      isBoundary: header.has('boundary'),
    },
  };
}
