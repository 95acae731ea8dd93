import { spawnSync } from 'node:child_process';
import { chmod, mkdir, mkdtemp, readdir, readFile, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { TemporaryRepository } from './temporaryRepository.ts';

/** A repository that names programs to run wherever git lets one be named, each of which leaves a mark when it is run. */
export interface HostileRepository {
  readonly root: string;
  /** What was run so far, by the name of the trap. */
  readonly marks: () => Promise<readonly string[]>;
  /** Sets one off as git left alone does, to prove that a trap works. */
  readonly setOff: () => Promise<void>;
  readonly dispose: () => Promise<void>;
}

const hooks = [
  'pre-commit',
  'post-checkout',
  'post-index-change',
  'reference-transaction',
  'pre-auto-gc',
  'post-merge',
  'fsmonitor-watchman',
  'pre-push',
  'post-rewrite',
];

/** Configuration that names a program; its value is the program's place. */
const programs = [
  'core.fsmonitor',
  'core.pager',
  'core.editor',
  'core.sshCommand',
  'core.askPass',
  'core.gitProxy',
  'core.alternateRefsCommand',
  'pager.log',
  'pager.diff',
  'pager.grep',
  'pager.show',
  'gpg.program',
  'gpg.ssh.program',
  'gpg.x509.program',
  'diff.external',
  'diff.evil.command',
  'diff.evil.textconv',
  'filter.evil.clean',
  'filter.evil.smudge',
  'filter.evil.process',
  'merge.evil.driver',
  'interactive.diffFilter',
  'sequence.editor',
  'credential.helper',
  'uploadpack.packObjectsHook',
  'diff.tool',
  'difftool.evil.cmd',
  'alias.status',
] as const;

/**
 * `settings` is written to `.vscode/settings.json`; `files` are committed in a first commit, `changed` in a second one.
 * The traps are set after that, so that making it springs none.
 */
export async function hostileRepository(more: {
  readonly settings: Readonly<Record<string, unknown>>;
  readonly files: Readonly<Record<string, string>>;
  readonly changed: Readonly<Record<string, string>>;
  readonly commitMessage: string;
}): Promise<HostileRepository> {
  const marks = await realpath(await mkdtemp(join(tmpdir(), 'marks-')));
  const repository = await TemporaryRepository.create();
  const { root } = repository;
  for (const [path, text] of Object.entries(more.files)) await repository.write(path, text);
  await repository.write('.gitignore', '.env\n.vscode/\nlogs/\n');
  await repository.write('.gitattributes', '* diff=evil filter=evil merge=evil\n');
  repository.git('add', '--all');
  repository.git('commit', '--quiet', '-m', 'First');
  for (const [path, text] of Object.entries(more.changed)) await repository.write(path, text);
  repository.git('commit', '--quiet', '--all', '-m', more.commitMessage);
  await repository.write('.vscode/settings.json', JSON.stringify(more.settings));
  await symlink('/etc/passwd', join(root, 'passwd.log'));
  await symlink(tmpdir(), join(root, 'out'));
  await setTraps(repository, marks);
  return {
    root,
    marks: async () => (await readdir(marks)).filter((name) => !name.endsWith('.sh')).sort(),
    setOff: async () => {
      // It may fail by what its own configuration makes of it.
      spawnSync('git', ['status'], { cwd: root, stdio: 'ignore' });
    },
    dispose: async () => {
      await repository.remove();
      await rm(marks, { recursive: true, force: true });
    },
  };
}

async function setTraps(repository: TemporaryRepository, marks: string): Promise<void> {
  const trap = async (name: string): Promise<string> => {
    const path = join(marks, `${name}.sh`);
    await writeFile(path, `#!/bin/sh\ntouch '${join(marks, name)}'\nexit 1\n`);
    await chmod(path, 0o755);
    return path;
  };
  const hookFolder = join(repository.root, '.git', 'evil-hooks');
  await mkdir(hookFolder);
  for (const hook of hooks) {
    const script = await readFile(await trap(`hook-${hook}`));
    for (const folder of [hookFolder, join(repository.root, '.git', 'hooks')]) {
      await writeFile(join(folder, hook), script);
      await chmod(join(folder, hook), 0o755);
    }
  }
  const lines: string[] = [
    '[core]',
    `\thooksPath = ${hookFolder}`,
    '[log]',
    '\tshowSignature = true',
    '[commit]',
    '\tgpgSign = true',
  ];
  for (const key of programs) {
    const [section = '', ...rest] = key.split('.');
    const name = rest.pop() ?? '';
    const place = await trap(key);
    const value = key.startsWith('alias.') ? `!${place}` : place;
    lines.push(rest.length === 0 ? `[${section}]` : `[${section} "${rest.join('.')}"]`, `\t${name} = ${value}`);
  }
  lines.push('[submodule "evil"]', '\turl = ext::sh -c touch% submodule', '[protocol "ext"]', '\tallow = always');
  const config = join(repository.root, '.git', 'config');
  await writeFile(join(repository.root, '.git', 'evil.config'), `${lines.join('\n')}\n`);
  lines.push('[includeIf "gitdir:**"]', '\tpath = evil.config');
  await writeFile(config, `${await readFile(config, 'utf8')}${lines.join('\n')}\n`);
}
