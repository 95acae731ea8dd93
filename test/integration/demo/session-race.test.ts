import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { repliesTo } from '../../../demo/replies/choose.mjs';
import { applyEdits, type DemoFix } from '../../support/demo-fix.ts';
import { makeDemoRepository, startService, type DemoRepository } from '../../support/demo-repository.ts';

describe('the session-race incident', function () {
  // Git, node and a busy machine: real programs run here.
  this.timeout(60_000);
  let made: DemoRepository;
  before(async () => {
    made = await makeDemoRepository('session-race');
  });
  after(() => made.remove());

  /** Runs the service's own load script; percent of requests that failed. */
  async function failedPercent(users: number, rounds: number): Promise<number> {
    const { code, output } = await made.node(['scripts/load.js', '--users', String(users), '--rounds', String(rounds)]);
    assert.equal(code, 0, output);
    const outcome = JSON.parse(output) as { requests: number; failedPercent: number };
    assert.ok(outcome.requests > users * rounds * 2);
    return outcome.failedPercent;
  }

  it('has the same pattern at auth.js:89', async () => {
    const lines = (await readFile(join(made.folder, 'src/auth.js'), 'utf8')).split('\n');
    assert.match(lines[88] ?? '', /= await this\.#accounts\.read\(/);
    assert.match(lines.slice(89, 93).join(), /await this\.#accounts\.write\(/);
  });

  it('fails about one request in a hundred with 80 users and none with 10', async () => {
    const crowded = await failedPercent(80, 6);
    assert.ok(crowded >= 0.2 && crowded <= 5, String(crowded));
    assert.equal(await failedPercent(10, 12), 0);
  });

  it('fails none with 80 users before the culprit, nor with the fix', async () => {
    const culprit = await made.git('log', '--format=%H', '--grep=^Keep at most fifty sessions in memory$');
    await made.git('checkout', '--quiet', `${culprit}~1`);
    try {
      assert.equal(await failedPercent(80, 3), 0);
      const suite = await made.node(['--test']);
      assert.equal(suite.code, 0, suite.output);
    } finally {
      await made.git('checkout', '--quiet', 'main');
    }
    const fix = repliesTo('session-race').byKey.get('step-6')?.tool?.input as DemoFix;
    await applyEdits(made, fix.edits);
    try {
      assert.equal(await failedPercent(80, 6), 0);
    } finally {
      await made.git('checkout', '--quiet', '.');
      await made.git('clean', '--quiet', '--force', 'src');
    }
  });

  it('throws with the frames of the stack log', async () => {
    const service = await startService(made.folder, { DATA_DIR: join(made.folder, 'var/data') });
    try {
      const post = (path: string, body: object, cookie = '') =>
        fetch(service.url + path, { method: 'POST', body: JSON.stringify(body), headers: { cookie } });
      const account = { name: 'ada', password: 'correct horse' };
      await post('/accounts', account);
      const cookie = (await post('/login', account)).headers.get('set-cookie')?.split(';')[0] ?? '';
      // The session has lost the token: what the race does to it, without the luck that it needs.
      const { status } = await post('/cart/items', { sku: 'mug', token: 'lost' }, cookie);
      assert.equal(status, 500);
    } finally {
      await service.stop();
    }
    const real = framesOf(service.output());
    const log = await readFile(join(made.folder, 'var/log/app/stack.log'), 'utf8');
    assert.deepEqual(framesOf(log.slice(log.lastIndexOf('TypeError'))), real);
    assert.ok(real.includes('src/routes/cart.js:24:27'), real.join());
  });

  it('logs errors with more than fifty users only, and fifty or more users without errors before the release', async () => {
    const lines = (await readFile(join(made.folder, 'var/log/app/error.log'), 'utf8')).trimEnd().split('\n');
    const entries = lines.map((line) => JSON.parse(line) as { level: number; time: string; users?: number });
    const failures = entries.filter(({ level }) => level === 50);
    assert.ok(failures.length > 30);
    assert.ok(failures.every(({ users }) => (users ?? 0) > 50));
    assert.ok(entries.some(({ time, users }) => (users ?? 0) > 60 && time < (failures[0]?.time ?? '')));
    assert.ok(lines.slice(-50).some((line) => /Bearer eyJ[\w-]+\.[\w-]+\.[\w-]{20,}/.test(line)));
  });
});

/** The service's own frames in a stack, as path:line:column. */
function framesOf(text: string): string[] {
  return [...text.matchAll(/(?:\/app|repository)\/(src\/[^)\s]+)/g)].map(([, frame]) => frame ?? '');
}
