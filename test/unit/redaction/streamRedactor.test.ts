import assert from 'node:assert/strict';
import fc from 'fast-check';
import { createRedactor } from '../../../src/redaction/redactor.ts';
import { secrets } from '../../support/corpus.ts';
import { fill, randomFrom } from '../../support/samples.ts';

const create = () => createRedactor({ fingerprintKey: 'a test key' });

/** Some tens of kilobytes of a terminal's output, with a secret in every fifth line or so. */
function output(seed: number): string {
  const random = randomFrom(seed);
  const all = secrets(seed);
  const lines: string[] = [];
  while (lines.length < 220) {
    const secret = all[Math.floor(random() * all.length)];
    const whole =
      secret === undefined
        ? ''
        : `${secret.name === undefined ? '' : `${secret.name}=`}${secret.before}${secret.value}${secret.after}`;
    lines.push(fill('2026-05-01T12:00:{d2}Z INFO  [api] GET /v1/orders/{d5} 200 {d2}ms trace={x32}', random));
    if (random() < 0.2) lines.push(`\x1b[33mWARN\x1b[0m upstream said ${whole}`);
  }
  return lines.join('\n');
}

describe('redaction of a stream', () => {
  it('gives the redaction of the whole, whatever the pieces', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 5 }),
        fc.array(fc.integer({ min: 1, max: 9_000 }), { minLength: 1, maxLength: 12 }),
        async (seed, sizes) => {
          const text = output(seed);
          const whole = await create().redact(text);
          const stream = create().stream();
          let result = '';
          const counts = new Map<string, number>();
          const take = (part: Awaited<ReturnType<typeof stream.push>>): void => {
            assert.ok(part.ok, JSON.stringify(part));
            result += part.value.text;
            for (const { kind, count } of part.value.redactions) counts.set(kind, (counts.get(kind) ?? 0) + count);
          };
          for (let at = 0, turn = 0; at < text.length; turn += 1) {
            const size = sizes[turn % sizes.length] ?? 1;
            take(await stream.push(text.slice(at, at + Math.max(size, 200))));
            at += Math.max(size, 200);
          }
          take(await stream.end());
          assert.ok(whole.ok);
          assert.equal(result, whole.value.text);
          assert.deepEqual([...counts].sort(), whole.value.redactions.map(({ kind, count }) => [kind, count]).sort());
        },
      ),
      { numRuns: 12, seed: 3 },
    );
  }).timeout(30_000);

  it('finds a secret that comes character by character', async () => {
    const secret = fill('ghp_{A36}', randomFrom(1));
    const stream = create().stream();
    let result = '';
    for (const character of `token ${secret}\n`) {
      const part = await stream.push(character);
      assert.ok(part.ok);
      result += part.value.text;
    }
    const last = await stream.end();
    assert.ok(last.ok);
    assert.equal(result + last.value.text, 'token «github-token-1»\n');
  });

  it('holds a private key back until its end has come', async () => {
    const body = Array.from({ length: 60 }, (_, line) => fill('{b64}', randomFrom(line))).join('\n');
    const key = `${'-'.repeat(5)}BEGIN RSA PRIVATE KEY-----\n${body}\n-----END RSA PRIVATE KEY-----\n`;
    const stream = create().stream();
    let result = '';
    const text = `start\n${key}${'nothing here\n'.repeat(2_000)}`;
    for (let at = 0; at < text.length; at += 1_000) {
      const part = await stream.push(text.slice(at, at + 1_000));
      assert.ok(part.ok);
      result += part.value.text;
      assert.ok(!result.includes(body.slice(0, 30)));
    }
    // 62 lines of key: the lines after it keep their numbers.
    assert.ok(result.startsWith(`start\n«private-key-1»${'\n'.repeat(62)}nothing here\n`), result.slice(0, 200));
  });

  it('gives nothing more after a failure', async () => {
    const abort = new AbortController();
    const stream = create().stream({ signal: abort.signal, what: 'Terminal 1' });
    await stream.push('x'.repeat(100));
    abort.abort();
    assert.ok(!(await stream.push('y\n'.repeat(5_000))).ok);
    const last = await stream.end();
    assert.equal(!last.ok && last.failure.kind === 'redactionFailed' && last.failure.what, 'Terminal 1');
  });
});
