import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { makeDemoRepository, startService, type DemoRepository } from '../../support/demo-repository.ts';

describe('the stripe-key incident', function () {
  // Git, node and a busy machine: real programs run here.
  this.timeout(60_000);
  let made: DemoRepository;
  let gateway: Server;
  before(async () => {
    made = await makeDemoRepository('stripe-key');
    gateway = createServer((_request, response) => response.end('{"id":"ch_1"}'));
    await new Promise<void>((resolve) => gateway.listen(0, '127.0.0.1', resolve));
  });
  after(async () => {
    gateway.close();
    gateway.closeAllConnections();
    await made.remove();
  });

  /** Runs the service as production does and buys a mug. */
  async function checkout(): Promise<{ status: number; output: string }> {
    const { port } = gateway.address() as AddressInfo;
    const production = {
      STRIPE_KEY: 'test_key',
      GATEWAY_URL: `http://127.0.0.1:${port}`,
      RECEIPTS_FROM: 'orders@example.com',
    };
    const service = await startService(made.folder, production);
    try {
      const body = JSON.stringify({ items: [{ sku: 'mug', quantity: 1 }], source: 'tok_visa' });
      const { status } = await fetch(`${service.url}/checkout`, { method: 'POST', body });
      return { status, output: service.output() };
    } finally {
      await service.stop();
    }
  }

  it('throws at payment.js:47, where the key is read', async () => {
    const lines = (await readFile(join(made.folder, 'src/services/payment.js'), 'utf8')).split('\n');
    assert.match(lines[46] ?? '', /config\.payments\.stripe_key/);
  });

  it('fails a real checkout at HEAD with the frames of the stack log', async () => {
    const { status, output } = await checkout();
    assert.equal(status, 500);
    assert.match(output, /msg="Cannot read properties of undefined \(reading stripe_key\)".* at=payment\.js:47/);
    const real = [...output.matchAll(/repository[/\\](src[^)]+)\)/g)].map(([, frame]) => frame?.replaceAll('\\', '/'));
    const log = await readFile(join(made.folder, 'var/log/app/stack.log'), 'utf8');
    const last = log.slice(log.lastIndexOf('TypeError'));
    assert.deepEqual(
      [...last.matchAll(/\/app\/([^)]+)\)/g)].map(([, frame]) => frame),
      real,
    );
    assert.ok(real.includes('src/services/payment.js:47:31'));
  });

  it('served the same checkout, and passed its suite, before the culprit', async () => {
    const culprit = await made.git('log', '--format=%H', '--grep=^Tidy configuration loading$');
    await made.git('checkout', '--quiet', `${culprit}~1`);
    try {
      assert.equal((await checkout()).status, 201);
      const suite = await made.node(['--test']);
      assert.equal(suite.code, 0, suite.output);
      await made.git('checkout', '--quiet', culprit);
      assert.equal((await checkout()).status, 500);
    } finally {
      await made.git('checkout', '--quiet', 'main');
    }
  });

  it('logs something that must not leave the machine among the last fifty lines', async () => {
    const lines = (await readFile(join(made.folder, 'var/log/app/error.log'), 'utf8')).trimEnd().split('\n');
    assert.ok(lines.slice(-50).some((line) => /Bearer eyJ[\w-]+\.[\w-]+\.[\w-]{20,}/.test(line)));
  });
});
