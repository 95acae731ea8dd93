import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Scratch } from './scratch.ts';

/** The folders of programs that packages bring along (`node_modules/.bin`), the nearest first, as npm itself has them. */
export function programFolders(scratch: Scratch, folder: string): readonly string[] {
  return upwards(scratch, folder)
    .flatMap((each) => [join(each, 'node_modules', '.bin'), join(each, 'vendor', 'bin')])
    .filter((each) => existsSync(each));
}

/** Where Python finds the copy's own modules, the `src` layout included, before those of an editable install. */
export function pythonFolders(scratch: Scratch, folder: string): readonly string[] {
  return upwards(scratch, folder)
    .filter((each) =>
      ['pyproject.toml', 'setup.py', 'setup.cfg', 'requirements.txt', 'tox.ini'].some((name) =>
        existsSync(join(each, name)),
      ),
    )
    .flatMap((each) => (existsSync(join(each, 'src')) ? [join(each, 'src'), each] : [each]));
}

function upwards(scratch: Scratch, folder: string): readonly string[] {
  const all: string[] = [];
  for (let at = scratch.inFolder(folder); ; at = dirname(at)) {
    all.push(at);
    if (at === scratch.root || at === dirname(at)) return all;
  }
}
