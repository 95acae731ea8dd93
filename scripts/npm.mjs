import { spawn } from 'node:child_process';
import { delimiter, dirname } from 'node:path';
import { performance } from 'node:perf_hooks';
import { clearInterval, setInterval } from 'node:timers';

/**
 * Runs npm quietly: one line when it starts, one when it ends with the time taken, one each half minute in between; what
 * npm printed is shown only when it failed.
 *
 * @param {string} what what this run is for, as a sentence without its full stop ("Installing …")
 * @param {readonly string[]} args npm's arguments
 * @param {{ cwd: string, node?: string, env?: Record<string, string>, signal?: AbortSignal }} options `cwd`: the folder
 *   whose package.json is meant; `node`: the Node that runs npm and every install script (default: this one)
 * @returns {Promise<void>} rejects when npm could not be started or ended with another code than 0
 */
export async function runNpm(what, args, { cwd, node = process.execPath, env = {}, signal }) {
  const started = performance.now();
  const seconds = () => ((performance.now() - started) / 1000).toFixed(1);
  console.log(`${what} …`);
  const beat = setInterval(() => console.log(`  still at it after ${seconds()} s`), 30_000);
  try {
    const { code, output } = await spawnNpm(args, { cwd, env: { ...npmEnvironment(node), ...env }, node, signal });
    if (code !== 0) throw new Error(`npm ${args.join(' ')} ended with ${code} in ${cwd}:\n${output.trim()}`);
    console.log(`  done in ${seconds()} s`);
  } finally {
    clearInterval(beat);
  }
}

/**
 * @param {readonly string[]} args
 * @param {{ cwd: string, env: NodeJS.ProcessEnv, node: string, signal: AbortSignal | undefined }} options
 * @returns {Promise<{ code: number | string, output: string }>}
 */
function spawnNpm(args, { cwd, env, node, signal }) {
  return new Promise((resolve, reject) => {
    const windows = process.platform === 'win32';
    const cli = npmCli();
    const [file, all] = cli === undefined ? [windows ? 'npm.cmd' : 'npm', args] : [node, [cli, ...args]];
    // npm.cmd can be started only through a shell; its arguments here are ours and hold no blanks or quotes.
    const shell = cli === undefined && windows;
    const child = spawn(file, all, { cwd, env, shell, signal, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    /** @param {Buffer} chunk */
    const keep = (chunk) => (output = (output + chunk.toString()).slice(-20_000));
    child.stdout?.on('data', keep);
    child.stderr?.on('data', keep);
    child.on('error', (error) => reject(new Error(`npm could not be started (${error.message}): is it installed?`)));
    child.on('close', (code, ended) => resolve({ code: code ?? ended ?? 'an unknown signal', output }));
  });
}

/** npm's own script when npm started us; another package manager's is of no use here. */
function npmCli() {
  const path = process.env.npm_execpath;
  return path !== undefined && /npm-cli\.c?js$/.test(path) ? path : undefined;
}

/**
 * The environment without what an outer `npm run` put there about its own package: an inner npm would take the outer
 * package's folder and settings for its own.
 *
 * @param {string} node
 * @returns {NodeJS.ProcessEnv}
 */
function npmEnvironment(node) {
  /** @type {NodeJS.ProcessEnv} */
  const env = {};
  for (const [name, value] of Object.entries(process.env)) {
    if (/^npm_(package|lifecycle|command|config_(local_)?prefix)/.test(name) || name === 'NODE_OPTIONS') continue;
    env[name] = value;
  }
  const pathName = Object.keys(env).find((name) => name.toUpperCase() === 'PATH') ?? 'PATH';
  env[pathName] = [dirname(node), env[pathName]].filter(Boolean).join(delimiter);
  return env;
}
