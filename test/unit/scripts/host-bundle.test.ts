import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { compileFunction } from 'node:vm';
import { build } from 'esbuild';
import type { BuildOptions } from 'esbuild';
import { hostBundle, withEmptyParts, withoutUnusedSdkParts, withoutWords } from '../../../scripts/host-bundle.mjs';
import { createRedactor } from '../../../src/redaction/redactor.ts';
import { structures } from '../../../src/redaction/rules/structures.ts';
import { contextRules, tokenRules } from '../../../src/redaction/rules/table.ts';
import { fill, randomFrom } from '../../support/samples.ts';
import { root } from '../../support/sources.ts';

const client = `import Anthropic, { APIError } from '@anthropic-ai/sdk';
  const made = new Anthropic({ apiKey: 'k', baseURL: 'http://127.0.0.1:1', maxRetries: 0 });
  const error = APIError.generate(429, { type: 'error', error: { type: 'rate_limit_error', message: 'm' } }, 'm', new Headers());
  export const facts = [typeof made.messages.create, typeof made.models.list, error.status, error instanceof APIError, error.constructor.name];`;

async function bundled(plugins: NonNullable<BuildOptions['plugins']>): Promise<{ bytes: number; facts: unknown }> {
  const { bytes, exports } = await built({ stdin: { contents: client, resolveDir: root, loader: 'ts' }, plugins });
  return { bytes, facts: exports['facts'] };
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

  it('sends messages, lists models and tells errors apart as the whole SDK does, in less than half of its size', async () => {
    const [whole, cut] = [await bundled([]), await bundled([withoutUnusedSdkParts])];
    assert.deepEqual(cut.facts, whole.facts);
    assert.deepEqual(cut.facts, ['function', 'function', 429, true, 'RateLimitError']);
    assert.ok(cut.bytes < whole.bytes / 2, `${cut.bytes} of ${whole.bytes} bytes`);
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
