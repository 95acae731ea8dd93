import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createRequire } from 'node:module';
import { compileFunction } from 'node:vm';
import { build } from 'esbuild';
import type { BuildOptions, Plugin } from 'esbuild';
import {
  hostBundle,
  withEmptyParts,
  withoutFunctions,
  withoutUnusedSdkParts,
  withoutWords,
} from '../../../scripts/host-bundle.mjs';
import { toolDefinitions } from '../../../src/prompt/toolDefinitions.ts';
import { createRedactor } from '../../../src/redaction/redactor.ts';
import { structures } from '../../../src/redaction/rules/structures.ts';
import { contextRules, tokenRules } from '../../../src/redaction/rules/table.ts';
import { fill, randomFrom } from '../../support/samples.ts';
import { root } from '../../support/sources.ts';

const client = `import Anthropic, { APIError } from '@anthropic-ai/sdk';
  export async function facts(baseURL) {
    const client = new Anthropic({ apiKey: 'k', baseURL, maxRetries: 0, logLevel: 'off', openTelemetry: false });
    const ask = (model) => client.messages.create({ model, max_tokens: 9, stream: true, messages: [{ role: 'user', content: 'é' }] });
    const { data, response } = await ask('m').withResponse();
    const events = [];
    for await (const event of data) events.push(event);
    const { data: listed } = await client.models.list({ limit: 2, before_id: 'a b' });
    const failures = [];
    for (const model of ['429', '529', 'nonsense', 'closed', 'torn']) {
      try {
        for await (const event of await ask(model)) events.push(event);
      } catch (error) {
        failures.push([error.constructor.name, error instanceof APIError, error.status, error.type, error.message]);
      }
    }
    return { events, header: response.headers.get('request-id'), listed, failures };
  }`;

/** What the client gives and what it asks for, at a server that streams, lists, refuses and breaks off. */
async function bundled(plugins: NonNullable<BuildOptions['plugins']>): Promise<{ bytes: number; facts: unknown }> {
  const { bytes, exports } = await built({
    stdin: { contents: client, resolveDir: root, loader: 'ts' },
    plugins,
    logLevel: 'silent',
  });
  const asked: unknown[] = [];
  const server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      const body = Buffer.concat(parts).toString();
      asked.push([request.method, request.url, body, request.headers]);
      const model = /"model":"([^"]+)"/.exec(body)?.[1];
      if (model === 'closed') return request.socket.destroy();
      if (model === undefined)
        return response.setHeader('content-type', 'application/json').end('{"data":[{"id":"one"}]}');
      const status = /^\d+$/.test(model) ? Number(model) : 200;
      const type = status === 200 ? 'text/event-stream' : 'application/json';
      response.writeHead(status, { 'content-type': type, 'request-id': 'r1' });
      if (status !== 200)
        return response.end(`{"type":"error","error":{"type":"rate_limit_error","message":"no ${model}"}}`);
      if (model === 'nonsense') return response.end('event: message_start\ndata: {nonsense\n\n');
      response.write(
        'event: message_start\ndata: {"type":"message_start","message":{"id":"x"}}\n\nevent: ping\ndata: {"type":"ping"}\n\n',
      );
      if (model === 'torn') return setImmediate(() => response.destroy());
      return response.end('event: message_stop\ndata: {"type":"message_stop"}\n\n');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  try {
    const { port } = server.address() as AddressInfo;
    const facts = exports['facts'] as (baseUrl: string) => Promise<object>;
    const given = await facts(`http://127.0.0.1:${port}`);
    // Each server has a port of its own.
    return {
      bytes,
      facts: JSON.parse(JSON.stringify({ ...given, asked }).replaceAll(String(port), 'PORT')) as unknown,
    };
  } finally {
    server.closeAllConnections();
    server.close();
  }
}

/** Builds one script as it is shipped, and gives what it exports when it is run. */
async function built(options: BuildOptions): Promise<{ bytes: number; exports: Record<string, unknown> }> {
  const { outputFiles } = await build({
    absWorkingDir: root,
    bundle: true,
    minify: true,
    keepNames: true,
    platform: 'node',
    format: 'cjs',
    ...options,
    write: false,
  });
  const [script] = outputFiles;
  assert.ok(script !== undefined);
  const module = { exports: {} as Record<string, unknown> };
  // What was just built is run, as the editor would run it.
  compileFunction(script.text, ['module', 'exports', 'require']).call(
    undefined,
    module,
    module.exports,
    createRequire(import.meta.url),
  );
  return { bytes: script.contents.length, exports: module.exports };
}

describe('the Claude SDK in the bundle', function () {
  this.timeout(30_000);

  it('has empty parts for what is never called, and keeps errors and functions', () => {
    const source = `import { a } from './a.mjs';
export var Beta = /* @__PURE__ */ (() => { return class Beta { x = a; }; })();
export var GoneError = /* @__PURE__ */ (() => class GoneError extends Error {})();
export function kept() { return 1; }
var inner = 2;`;
    const result = withEmptyParts(source);
    assert.match(result, /export class Beta \{\}\nexport var GoneError = .*extends Error/);
    assert.match(result, /export function kept\(\) \{ return 1; \}\nvar inner = 2;$/);
    assert.doesNotMatch(result, /x = a/);
  });

  it('has functions that say that they were left out, or give nothing where that is what is wanted', () => {
    const source = `import { a } from './a.mjs';
export const LIMIT = 3;
export const check = () => a();
export async function read() { return a(); }
export { other } from './other.mjs';
function inner() {}
export function kept() { return inner(); }
export var Cache = /* @__PURE__ */ (() => { return class Cache { x = a; }; })();`;
    const result = withoutFunctions(source, ['kept'], false);
    assert.match(result, /export const LIMIT = 3;\nexport function check\(\) \{ throw new Error\('check is left out/);
    assert.match(result, /export function read\(\) \{ throw.*\nexport function other\(\) \{ throw/);
    assert.match(result, /export function kept\(\) \{ return inner\(\); \}\nexport class Cache \{\}$/);
    assert.match(withoutFunctions(source, [], true), /export function check\(\) \{\}/);
  });

  it('streams, lists models, asks and tells errors apart as the whole SDK does, in less than a quarter of its size', async () => {
    const [whole, cut] = [await bundled([]), await bundled([withoutUnusedSdkParts])];
    assert.deepEqual(cut.facts, whole.facts);
    const { events, listed, failures, asked } = cut.facts as Record<
      'events' | 'listed' | 'failures' | 'asked',
      unknown[]
    >;
    assert.deepEqual([events.length > 2, listed, asked.length], [true, [{ id: 'one' }], 7]);
    const names = failures.map((failure) => (failure as readonly unknown[])[0]);
    assert.deepEqual(names.slice(0, 2), ['RateLimitError', 'OverloadedError']);
    assert.equal(failures.length, 5, JSON.stringify(failures));
    assert.ok(cut.bytes < whole.bytes / 4, `${cut.bytes} of ${whole.bytes} bytes`);
  });

  it('is not built where a part that is to be left out is no longer where it was', async () => {
    const moved: Plugin = {
      name: 'moved',
      setup: (esbuild) => {
        const contents = 'export function defaultCredentials() {} export function resolveCredentialsFromConfig() {}';
        esbuild.onResolve({ filter: /credential-chain\.mjs$/ }, ({ path }) => ({ path, namespace: 'moved' }));
        esbuild.onLoad({ filter: /.*/, namespace: 'moved' }, () => ({ contents }));
      },
    };
    await assert.rejects(
      bundled([moved, withoutUnusedSdkParts]),
      /no such modules any more: lib\/credentials\/credential-chain\.mjs\./,
    );
  });
});

describe('the tools in the bundle', () => {
  it('are those that the sources make of their schemas, without what makes them', async () => {
    const { bytes, exports } = await built({
      ...hostBundle,
      entryPoints: ['src/prompt/toolDefinitions.ts'],
      outdir: 'dist',
    });
    const { toolDefinitions: shipped } = exports as { toolDefinitions: typeof toolDefinitions };
    assert.deepEqual(shipped(), toolDefinitions());
    assert.ok(bytes < 15_000, `${bytes} bytes`);
  });
});

describe('the redactor in the bundle', function () {
  this.timeout(60_000);

  it('has rules without what they say of themselves, and leaves other objects as they are', () => {
    const source = `const rule = { id: 'x', name: 'X', anchors: ['x'], pattern: /x/y, examples: { hidden: [], kept: [] } };
const place = { name: bare, source: text };`;
    const result = withoutWords(source);
    assert.match(result, /\{ id: 'x',\s+anchors: \['x'\], pattern: \/x\/y,\s+\}/);
    assert.match(result, /\{ name: bare, source: text \};$/);
  });

  it('hides all that the sources hide: the examples of every rule, in one text', async () => {
    const random = randomFrom(3);
    const examples = [...tokenRules, ...contextRules, ...structures].flatMap((rule) => [
      ...rule.examples.hidden,
      ...rule.examples.kept,
    ]);
    const text = examples.map((template) => fill(template.replaceAll(/\[\[|\]\]/g, ''), random)).join('\n\n');
    const { redaction } = hostBundle.entryPoints;
    const { exports } = await built({ ...hostBundle, entryPoints: { redaction }, outdir: 'dist' });
    const shipped = exports as unknown as { createRedactor: typeof createRedactor };
    const [ours, theirs] = await Promise.all(
      [createRedactor, shipped.createRedactor].map((create) => create({ fingerprintKey: 'k' }).redact(text)),
    );
    assert.ok(ours?.ok === true && ours.value.redactions.length > 50);
    assert.deepEqual(theirs, ours);
  });
});
