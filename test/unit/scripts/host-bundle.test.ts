import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { compileFunction } from 'node:vm';
import { build } from 'esbuild';
import type { BuildOptions } from 'esbuild';
import { withEmptyParts, withoutUnusedSdkParts } from '../../../scripts/host-bundle.mjs';
import { root } from '../../support/sources.ts';

const client = `import Anthropic, { APIError } from '@anthropic-ai/sdk';
  const made = new Anthropic({ apiKey: 'k', baseURL: 'http://127.0.0.1:1', maxRetries: 0 });
  const error = APIError.generate(429, { type: 'error', error: { type: 'rate_limit_error', message: 'm' } }, 'm', new Headers());
  export const facts = [typeof made.messages.create, typeof made.models.list, error.status, error instanceof APIError, error.constructor.name];`;

async function bundled(plugins: NonNullable<BuildOptions['plugins']>): Promise<{ bytes: number; facts: unknown }> {
  const { outputFiles } = await build({
    stdin: { contents: client, resolveDir: root, loader: 'ts' },
    bundle: true,
    minify: true,
    keepNames: true,
    platform: 'node',
    format: 'cjs',
    write: false,
    plugins,
  });
  const [script] = outputFiles;
  assert.ok(script !== undefined);
  const module = { exports: {} as { facts?: unknown } };
  // What was just built is run, as the editor would run it.
  compileFunction(script.text, ['module', 'exports', 'require']).call(
    undefined,
    module,
    module.exports,
    createRequire(import.meta.url),
  );
  return { bytes: script.contents.length, facts: module.exports.facts };
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

  it('sends messages, lists models and tells errors apart as the whole SDK does, in less than half of its size', async () => {
    const [whole, cut] = [await bundled([]), await bundled([withoutUnusedSdkParts])];
    assert.deepEqual(cut.facts, whole.facts);
    assert.deepEqual(cut.facts, ['function', 'function', 429, true, 'RateLimitError']);
    assert.ok(cut.bytes < whole.bytes / 2, `${cut.bytes} of ${whole.bytes} bytes`);
  });
});
