#!/usr/bin/env node
import { execFile } from 'node:child_process';
import { mkdir, readdir, realpath, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { incidents } from './catalogue.mjs';

export { incidents };

const run = promisify(execFile);

/**
 * Makes a demo incident: a git repository of a small service with a real bug in it, and its production logs under
 * `var/log/app` (which the repository ignores). The same commit ids and the same logs come out each time.
 *
 * Needs `git` 2.20 or later on the PATH; takes about a second.
 *
 * @param {string} name one of `incidents`
 * @param {string} targetFolder made if missing; must be empty
 * @param {{ signal?: AbortSignal }} [options]
 * @returns {Promise<{ folder: string, head: string }>} the absolute folder and the id of the last commit
 * @throws {Error} when the name is unknown, the folder is not empty, or git fails (its own words are in the message)
 */
export async function makeIncident(name, targetFolder, { signal } = {}) {
  const incident = incidents.find((each) => each.name === name);
  if (incident === undefined) {
    throw new Error(`No demo incident is called ${name}. There are: ${incidents.map((each) => each.name).join(', ')}.`);
  }
  const folder = resolve(targetFolder);
  await mkdir(folder, { recursive: true });
  if ((await readdir(folder)).length > 0) throw new Error(`The folder ${folder} is not empty.`);

  const git = gitIn(folder, signal);
  await git('init', '--quiet', '--template=');
  // Whatever the default branch of this git is called, ours is main.
  await git('symbolic-ref', 'HEAD', 'refs/heads/main');
  await git('am', '--quiet', '--committer-date-is-author-date', ...(await patches(incident.name)));
  await tagReleases(git, incident.releases);
  const head = (await git('rev-parse', 'HEAD')).trim();

  const logs = incident.logs(folder);
  const logFolder = join(folder, 'var', 'log', 'app');
  await mkdir(logFolder, { recursive: true });
  await writeFile(join(logFolder, 'error.log'), logs.error);
  await writeFile(join(logFolder, 'stack.log'), logs.stack);
  return { folder, head };
}

/** The history of an incident as `git format-patch` writes it, in order. @param {string} name */
async function patches(name) {
  const folder = fileURLToPath(new URL(`incidents/${name}/history/`, import.meta.url));
  const names = (await readdir(folder)).filter((each) => each.endsWith('.patch')).sort();
  return names.map((each) => join(folder, each));
}

/**
 * @param {ReturnType<typeof gitIn>} git
 * @param {string[]} releases
 */
async function tagReleases(git, releases) {
  const subjects = (await git('log', '--format=%H %s')).split('\n');
  for (const release of releases) {
    const line = subjects.find((each) => each.endsWith(` Release ${release.slice(1)}`));
    if (line === undefined) throw new Error(`No commit releases ${release}.`);
    await git('update-ref', `refs/tags/${release}`, line.slice(0, line.indexOf(' ')));
  }
}

/**
 * Git that sees nothing of the user: no configuration, hooks, templates or surrounding repository, so that the commits
 * come out the same everywhere.
 *
 * @param {string} folder
 * @param {AbortSignal | undefined} signal
 */
function gitIn(folder, signal) {
  const inherited = Object.entries(process.env).filter(([variable]) => !variable.startsWith('GIT_'));
  const env = {
    ...Object.fromEntries(inherited),
    GIT_CONFIG_GLOBAL: '/dev/null',
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_CEILING_DIRECTORIES: folder,
    GIT_COMMITTER_NAME: 'Merge Queue',
    GIT_COMMITTER_EMAIL: 'merge-queue@example.com',
    TZ: 'UTC',
    LC_ALL: 'C',
  };
  const settings = ['commit.gpgsign=false', 'core.autocrlf=false', 'core.hooksPath=/dev/null', 'gc.auto=0'];
  const flags = settings.flatMap((setting) => ['-c', setting]);
  return async (/** @type {string[]} */ ...args) => {
    const { stdout } = await run('git', [...flags, ...args], { cwd: folder, env, ...(signal && { signal }) });
    return stdout;
  };
}

/** The command line: `make-incident.mjs NAME FOLDER`. @param {string[]} args */
async function main([name, folder]) {
  if (name === undefined || folder === undefined) {
    console.error('Usage: node demo/make-incident.mjs NAME FOLDER\n');
    for (const incident of incidents) console.error(`  ${incident.name.padEnd(14)}${incident.title}`);
    return 2;
  }
  try {
    const made = await makeIncident(name, folder);
    console.log(`Made ${name} in ${made.folder} (HEAD ${made.head.slice(0, 7)}).`);
    return 0;
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    return 1;
  }
}

const started = process.argv[1];
if (started !== undefined && (await realpath(started).catch(() => '')) === fileURLToPath(import.meta.url)) {
  process.exitCode = await main(process.argv.slice(2));
}
