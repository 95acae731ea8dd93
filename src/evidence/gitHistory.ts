import { basename } from 'node:path';
import type { Baseline } from '../model/baseline.ts';
import type { CollectedEvidence } from '../model/evidence.ts';
import { fail, succeed, type Result } from '../model/failure.ts';
import { isHash, runGit, type RepositoryState } from './git.ts';

export interface Commit {
  readonly hash: string;
  readonly shortHash: string;
  readonly author: string;
  /** When it was made and when it came into this history (a rebase or a cherry-pick moves it), ms since 1970. */
  readonly authoredAt: number;
  readonly committedAt: number;
  readonly subject: string;
  readonly isMerge: boolean;
  readonly tags: readonly string[];
}

/** The article's number: `git log --oneline -20`. */
const recentCommitCount = 20;

const fields = ['%H', '%h', '%an', '%at', '%ct', '%P', '%D', '%s'];

/** The newest commits that HEAD reaches, newest first; fewer where there are no more. */
export async function recentCommits(
  { root, config }: RepositoryState,
  signal: AbortSignal,
  count = recentCommitCount,
): Promise<Result<readonly Commit[]>> {
  const args = ['log', '-z', `--max-count=${count}`, '--no-show-signature', '--decorate-refs=refs/tags'];
  const output = await runGit({
    folder: root,
    config,
    signal,
    args: [...args, `--format=${fields.join('%x00')}`, 'HEAD', '--'],
  });
  return output.ok ? succeed(parseCommits(output.value.text)) : output;
}

/** A NUL can stand in no field of a commit, and with `-z` one ends each commit too. */
function parseCommits(text: string): Commit[] {
  const values = text.split('\0');
  const commits: Commit[] = [];
  for (let at = 0; at + fields.length <= values.length; at += fields.length) {
    const [
      hash = '',
      shortHash = '',
      author = '',
      authored = '',
      committed = '',
      parents = '',
      refs = '',
      subject = '',
    ] = values.slice(at, at + fields.length);
    if (!isHash(hash)) break;
    commits.push({
      hash,
      shortHash,
      author,
      authoredAt: Number(authored) * 1000,
      committedAt: Number(committed) * 1000,
      subject,
      isMerge: parents.includes(' '),
      tags: refs.split(', ').flatMap((ref) => (ref.startsWith('tag: ') ? [ref.slice('tag: '.length)] : [])),
    });
  }
  return commits;
}

export interface ResolvedBaseline {
  /** A commit, or the empty tree where the asked commits are the whole history. */
  readonly hash: string;
  /** For titles: `HEAD~5`, `v1.2`, `all 3 commits`. */
  readonly label: string;
  /** What is not as it was asked for, in words. */
  readonly note?: string;
}

/** The commit that a baseline means in this repository; `unknownBaseline` where there is none. */
export async function resolveBaseline(
  repository: RepositoryState,
  baseline: Baseline,
  signal: AbortSignal,
): Promise<Result<ResolvedBaseline>> {
  switch (baseline.kind) {
    case 'commitsBack':
      return commitsBack(repository, baseline.count, signal);
    case 'tag':
      return named(repository, `refs/tags/${baseline.name}`, baseline.name, signal);
    case 'commit':
      return /^[0-9a-f]{4,64}$/.test(baseline.hash)
        ? named(repository, baseline.hash, baseline.hash.slice(0, 10), signal)
        : fail({ kind: 'unknownBaseline', baseline: baseline.hash });
    case 'before': {
      const time = isoSeconds(baseline.time);
      if (time === 'unknown time') return fail({ kind: 'unknownBaseline', baseline: time });
      const args = ['rev-list', '--max-count=1', '--first-parent', `--before=${time}`, repository.head, '--'];
      const found = await runGit({ folder: repository.root, config: repository.config, args, signal });
      if (!found.ok) return found;
      const hash = found.value.text.trim();
      return isHash(hash)
        ? succeed({ hash, label: `the last commit before ${time}` })
        : fail({ kind: 'unknownBaseline', baseline: `before ${time}` });
    }
  }
}

/** The tree without files has the same hash in every repository, by its object format (SHA-1, SHA-256). */
const emptyTrees: Readonly<Record<number, string>> = {
  40: '4b825dc642cb6eb9a060e54bf8d69288fbee4904',
  64: '6ef19b41225c5369f1c104d45d8d85efa9b057b53b14b4b9b939dd74decc5321',
};

async function commitsBack(
  { root, config, head, shallow }: RepositoryState,
  count: number,
  signal: AbortSignal,
): Promise<Result<ResolvedBaseline>> {
  // Asking would take a process, before the diff can begin.
  if (count === 0) return succeed({ hash: head, label: 'HEAD' });
  const args = ['rev-list', '--first-parent', `--max-count=${count + 1}`, head, '--'];
  const listed = await runGit({ folder: root, config, args, signal });
  if (!listed.ok) return listed;
  const hashes = listed.value.text.split('\n').filter(isHash);
  const last = hashes.at(-1) ?? head;
  if (hashes.length > count) return succeed({ hash: last, label: `HEAD~${count}` });
  if (shallow) {
    const note = `only ${hashes.length} of the last ${count + 1} commits were cloned`;
    return succeed({ hash: last, label: `HEAD~${hashes.length - 1}`, note });
  }
  const all = hashes.length === 1 ? 'the only commit' : `all ${hashes.length} commits`;
  return succeed({ hash: emptyTrees[head.length] ?? last, label: all, note: `the history has only ${hashes.length}` });
}

async function named(
  { root, config }: RepositoryState,
  revision: string,
  label: string,
  signal: AbortSignal,
): Promise<Result<ResolvedBaseline>> {
  const args = ['rev-parse', '--verify', '--quiet', '--end-of-options', `${revision}^{commit}`];
  const found = await runGit({ folder: root, config, args, signal });
  // An ambiguous short hash is an error with words, an unknown one is silence: both name no commit.
  if (!found.ok && found.failure.kind !== 'gitFailed') return found;
  const hash = found.ok ? (found.value.text.trim().split('\n').at(-1) ?? '') : '';
  return isHash(hash) ? succeed({ hash, label }) : fail({ kind: 'unknownBaseline', baseline: label });
}

/** A baseline that can be chosen from a list. */
export interface BaselineChoice {
  readonly baseline: Baseline;
  readonly hash: string;
  /** What it is called: a short hash and subject, a tag's name. */
  readonly label: string;
  /** When it was committed, ms since 1970. */
  readonly committedAt: number;
}

/** What the diff may start from: the recent commits and the newest tags that HEAD contains, newest first. */
export async function baselines(
  repository: RepositoryState,
  signal: AbortSignal,
): Promise<Result<readonly BaselineChoice[]>> {
  const commits = await recentCommits(repository, signal);
  if (!commits.ok) return commits;
  const tags = await recentTags(repository, signal);
  if (!tags.ok) return tags;
  const earlier = commits.value.slice(1).map(({ hash, shortHash, subject, committedAt }): BaselineChoice => ({
    baseline: { kind: 'commit', hash },
    hash,
    label: `${shortHash} ${subject}`,
    committedAt,
  }));
  return succeed([...tags.value, ...earlier].sort((a, b) => b.committedAt - a.committedAt));
}

async function recentTags(
  { root, config }: RepositoryState,
  signal: AbortSignal,
): Promise<Result<readonly BaselineChoice[]>> {
  // Of an annotated tag the commit is what it points at; a lightweight one is the commit.
  const format = '%(refname:strip=2)%00%(objectname)%00%(*objectname)%00%(committerdate:unix)%00%(*committerdate:unix)';
  const args = ['for-each-ref', '--merged=HEAD', '--sort=-creatordate', `--count=${recentCommitCount}`];
  const listed = await runGit({ folder: root, config, signal, args: [...args, `--format=${format}`, 'refs/tags'] });
  if (!listed.ok) return listed;
  return succeed(
    listed.value.text.split('\n').flatMap((line) => {
      const [name = '', object = '', target = '', date = '', targetDate = ''] = line.split('\0');
      const hash = target === '' ? object : target;
      if (!isHash(hash)) return [];
      return [{ baseline: { kind: 'tag', name }, hash, label: name, committedAt: Number(targetDate || date) * 1000 }];
    }),
  );
}

/** The recent commits as evidence, as `git log --oneline` prints them, with their times (UTC) and authors. */
export async function collectCommits(
  repository: RepositoryState,
  signal: AbortSignal,
): Promise<Result<CollectedEvidence>> {
  const commits = await recentCommits(repository, signal);
  if (!commits.ok) return commits;
  const count = commits.value.length;
  const where = repository.branch === undefined ? 'no branch' : `branch ${repository.branch}`;
  return succeed({
    kind: 'commits',
    title: count === 1 ? 'The only commit' : `Last ${count} commits`,
    source: `Git history of ${basename(repository.root)}, ${where}`,
    text: commits.value.map(describeCommit).join('\n'),
    ...(repository.shallow ? { omitted: 'older commits, which were not cloned' } : {}),
    step: 'regression',
  });
}

function describeCommit({ shortHash, committedAt, author, subject, isMerge, tags }: Commit): string {
  const marks = [...tags.map((tag) => `tag ${tag}`), ...(isMerge ? ['merge'] : [])];
  return `${shortHash} ${isoSeconds(committedAt)} ${author}: ${subject}${marks.length === 0 ? '' : ` (${marks.join(', ')})`}`;
}

/** A commit's time to the second, in UTC. It may claim any time; one that no calendar has is not worth an error. */
export function isoSeconds(time: number): string {
  if (Number.isNaN(new Date(time).getTime())) return 'unknown time';
  return new Date(time).toISOString().replace(/\.\d{3}Z$/, 'Z');
}
