import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { incidents } from '../../../demo/catalogue.mjs';
import { repliesTo } from '../../../demo/replies/choose.mjs';
import { applyEdits, type DemoFix } from '../../support/demo-fix.ts';
import { makeDemoRepository, type DemoRepository } from '../../support/demo-repository.ts';

/** The three suspects that evidence E4, E5 and E6 are, in the order the panel adds them. */
const SUSPECTS: Record<string, readonly string[]> = {
  'stripe-key': ['src/services/payment.js', 'src/routes/checkout.js', 'config/production.env.example'],
  'session-race': ['src/routes/cart.js', 'src/session-store.js', 'config/production.env.example'],
};

const STEP_TOOLS = ['orientation', 'bug', 'hypotheses', 'environment', 'culprits', 'fix', 'blast_radius'];

for (const { name } of incidents) {
  describe(`the demo replies to ${name}`, function () {
    // Git, node and a busy machine: real programs run here.
    this.timeout(60_000);
    const { byKey } = repliesTo(name);
    const steps = STEP_TOOLS.map((_, index) => byKey.get(`step-${index + 1}`));
    const everything = JSON.stringify([...byKey.values()]);
    let made: DemoRepository;
    before(async () => {
      made = await makeDemoRepository(name);
    });
    after(() => made.remove());

    const linesOf = async (path: string) => (await readFile(join(made.folder, path), 'utf8')).trimEnd().split('\n');

    it('call the tool of each step', () => {
      assert.deepEqual(
        steps.map((reply) => reply?.tool?.name),
        STEP_TOOLS.map((tool) => `record_${tool}`),
      );
    });

    it('cite lines that exist, and errors where they speak of errors', async () => {
      const evidence = [
        (await linesOf('var/log/app/error.log')).slice(-50),
        // E2 is the digest of that log, which no reply cites.
        [],
        (await linesOf('var/log/app/stack.log')).slice(-30),
        ...(await Promise.all((SUSPECTS[name] ?? []).map(linesOf))),
      ];
      const citations = [...everything.matchAll(/\bE(\d):(\d+)/g)].map(
        ([, id, line]) => [Number(id), Number(line)] as const,
      );
      assert.ok(citations.length > 20);
      for (const [id, line] of citations) {
        const cited = evidence[id - 1]?.[line - 1];
        assert.ok(cited !== undefined && cited.trim() !== '', `E${id}:${line}`);
        if (id === 1) assert.match(cited, /level=error|level=warn|"level":50/, `E1:${line}`);
      }
    });

    it('name lines of files that exist at HEAD', async () => {
      const places = [...everything.matchAll(/\b((?:src|config|test)\/[\w./-]+\.(?:js|example)):(\d+)/g)];
      assert.ok(places.length > 8);
      for (const [text, path, line] of places) {
        const place = (await linesOf(path ?? ''))[Number(line) - 1];
        assert.ok(place !== undefined && place.trim() !== '', text);
      }
    });

    it('blame a real commit for what its subject says', async () => {
      const { commits } = steps[4]?.tool?.input as { commits: { commit: string }[] };
      const culprit = incidents.find((each) => each.name === name)?.culprit;
      assert.equal(await made.git('log', '-1', '--format=%s', commits[0]?.commit ?? ''), culprit);
      for (const [id] of everything.matchAll(/\b(?=[0-9a-f]*\d)(?=\d*[a-f])[0-9a-f]{7}\b/g)) {
        assert.equal(await made.git('cat-file', '-t', id), 'commit', id);
      }
    });

    it('ask three ranked hypotheses and seven kinds of proof that show no value', () => {
      const { hypotheses } = steps[2]?.tool?.input as { hypotheses: { likelihood: string }[] };
      assert.deepEqual(
        hypotheses.map((each) => each.likelihood),
        ['high', 'medium', 'low'],
      );
      const { variables } = steps[3]?.tool?.input as { variables: { name: string; verifyCommand: string }[] };
      assert.ok(variables.length > 2);
      for (const each of variables) assert.match(each.verifyCommand, /^printenv \w+ >\/dev\/null && /);
    });

    it('propose a fix whose test is red without it and green with it, and keeps the suite green', async () => {
      const fix = steps[5]?.tool?.input as DemoFix;
      const [program, ...args] = fix.test.command.split(' ');
      assert.equal(program, 'node');
      await applyEdits(made, fix.test.edits);
      const red = await made.node(args);
      assert.notEqual(red.code, 0, red.output);
      await applyEdits(made, fix.edits);
      const green = await made.node(args);
      assert.equal(green.code, 0, green.output);
      const suite = await made.node(['--test']);
      assert.equal(suite.code, 0, suite.output);
    });

    it('point at similar patterns that are there', async () => {
      const { similarPatterns } = steps[5]?.tool?.input as DemoFix;
      assert.ok(similarPatterns.length > 0);
      await made.git('checkout', '--quiet', '.');
      for (const { path, line } of similarPatterns) {
        assert.match(
          (await linesOf(path))[line - 1] ?? '',
          /config\.payments\.stripe_key|await .*\.read\(/,
          `${path}:${line}`,
        );
      }
    });
  });
}
