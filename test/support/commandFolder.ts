import { access, chmod, constants, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';

/** A folder to be a PATH of its own: it holds just the commands that a test puts there. */
export interface CommandFolder {
  readonly path: string;
  /** Makes a command of this process's PATH available under its name. */
  readonly link: (...names: readonly string[]) => Promise<void>;
  /** Makes a shell script a command. */
  readonly add: (name: string, script: string) => Promise<void>;
  readonly dispose: () => Promise<void>;
}

/** Makes one, with what an editor and its terminal need: shells and the tools that look at processes. */
export async function makeCommandFolder(): Promise<CommandFolder> {
  const path = await mkdtemp(join(tmpdir(), 'commands-'));
  const add = async (name: string, script: string): Promise<void> => {
    await writeFile(join(path, name), script);
    await chmod(join(path, name), 0o755);
  };
  const link = async (...names: readonly string[]): Promise<void> => {
    for (const name of names) await symlink(await placeOf(name), join(path, name));
  };
  await link('sh', 'ps', 'cat', 'uname');
  // The editor asks the user's shell for its environment, and the profile of the machine would bring back the usual PATH.
  await add('bash', `#!/bin/sh\nexec ${await placeOf('bash')} --noprofile --norc "$@"\n`);
  return { path, link, add, dispose: () => rm(path, { recursive: true, force: true }) };
}

/** Where a command is on this process's PATH. */
export async function placeOf(name: string): Promise<string> {
  for (const folder of (process.env.PATH ?? '').split(delimiter)) {
    const place = join(folder, name);
    const there = await access(place, constants.X_OK).then(
      () => true,
      () => false,
    );
    if (there) return place;
  }
  throw new Error(`${name} is not on the PATH.`);
}
