import { execFile, spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { makeIncident } from '../../demo/make-incident.mjs';

const run = promisify(execFile);

/** A demo incident in a temporary folder, with what tests do in it. */
export interface DemoRepository {
  readonly folder: string;
  git(...args: readonly string[]): Promise<string>;
  /** Runs a program of the service with `node`; resolves whatever its exit code is. */
  node(args: readonly string[], env?: Readonly<Record<string, string>>): Promise<{ code: number; output: string }>;
  write(path: string, text: string): Promise<void>;
  remove(): Promise<void>;
}

export async function makeDemoRepository(name: string): Promise<DemoRepository> {
  const parent = await mkdtemp(join(tmpdir(), `demo-${name}-`));
  const { folder } = await makeIncident(name, join(parent, 'repository'));
  return {
    folder,
    git: async (...args) => (await run('git', [...args], { cwd: folder })).stdout.trimEnd(),
    node: (args, env) => runNode(folder, args, env),
    write: (path, text) => writeFile(join(folder, path), text),
    remove: () => rm(dirname(folder), { recursive: true, force: true }),
  };
}

function runNode(cwd: string, args: readonly string[], env: Readonly<Record<string, string>> = {}) {
  return new Promise<{ code: number; output: string }>((resolve, reject) => {
    // A test run inside a test run reports to its parent unless it is told that it has none.
    const inherited = { ...process.env };
    delete inherited.NODE_TEST_CONTEXT;
    const child = spawn(process.execPath, args, { cwd, env: { ...inherited, ...env } });
    let output = '';
    child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()));
    child.on('error', reject);
    child.on('close', (code) => resolve({ code: code ?? 1, output }));
  });
}

/** A service of a demo incident, running. */
export interface RunningService {
  readonly url: string;
  /** What it has written to both its streams so far. */
  output(): string;
  stop(): Promise<void>;
}

/**
 * Starts a service with an environment of its own (nothing of ours but the PATH) and waits until it says which port it
 * listens on.
 */
export function startService(folder: string, env: Readonly<Record<string, string>>): Promise<RunningService> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, ['src/server.js'], {
      cwd: folder,
      env: { PATH: process.env.PATH ?? '', PORT: '0', ...env },
    });
    let output = '';
    const closed = new Promise<void>((done) => child.on('close', () => done()));
    const stop = async () => {
      child.kill('SIGKILL');
      await closed;
    };
    const read = (chunk: Buffer) => {
      output += chunk.toString();
      const port = /port[="]+:?(\d+)/.exec(output)?.[1];
      if (port !== undefined) resolve({ url: `http://127.0.0.1:${port}`, output: () => output, stop });
    };
    child.stdout.on('data', read);
    child.stderr.on('data', read);
    child.on('error', reject);
    child.on('close', (code) => reject(new Error(`The service ended with ${code ?? 'a signal'}: ${output}`)));
  });
}
