import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { incidents, makeIncident } from '../../../demo/make-incident.mjs';
import { makeDemoRepository, type DemoRepository } from '../../support/demo-repository.ts';

describe('making a demo incident', function () {
  // Git, node and a busy machine: real programs run here.
  this.timeout(60_000);
  let scratch: string;
  before(async () => {
    scratch = await mkdtemp(join(tmpdir(), 'demo-made-'));
  });
  after(() => rm(scratch, { recursive: true, force: true }));

  it('refuses a name it does not know and says which there are', async () => {
    await assert.rejects(makeIncident('no-such-incident', join(scratch, 'unknown')), /stripe-key/);
  });

  it('refuses a folder that holds something', async () => {
    await writeFile(join(scratch, 'keep.txt'), 'mine');
    await assert.rejects(makeIncident('stripe-key', scratch), /not empty/);
    assert.equal(await readFile(join(scratch, 'keep.txt'), 'utf8'), 'mine');
  });

  it('stops when it is told to', async () => {
    await assert.rejects(makeIncident('stripe-key', join(scratch, 'stopped'), { signal: AbortSignal.abort() }), {
      name: 'AbortError',
    });
  });

  for (const incident of incidents) {
    describe(incident.name, () => {
      let made: DemoRepository;
      before(async () => {
        made = await makeDemoRepository(incident.name);
      });
      after(() => made.remove());

      it('comes out the same each time, whatever the git settings of the user are', async () => {
        const { GIT_CONFIG_GLOBAL, GIT_AUTHOR_NAME, TZ } = process.env;
        const config = join(scratch, 'gitconfig');
        await writeFile(
          config,
          '[user]\nname = Someone\nemail = someone@example.com\n[core]\nautocrlf = true\n[commit]\ngpgsign = true\n',
        );
        Object.assign(process.env, { GIT_CONFIG_GLOBAL: config, GIT_AUTHOR_NAME: 'Someone', TZ: 'Asia/Tokyo' });
        try {
          const again = await makeIncident(incident.name, join(scratch, incident.name));
          assert.equal(again.head, await made.git('rev-parse', 'HEAD'));
          for (const log of ['error.log', 'stack.log']) {
            const path = join('var', 'log', 'app', log);
            assert.equal(
              await readFile(join(again.folder, path), 'utf8'),
              await readFile(join(made.folder, path), 'utf8'),
            );
          }
        } finally {
          restore({ GIT_CONFIG_GLOBAL, GIT_AUTHOR_NAME, TZ });
        }
      });

      it('has at least twenty commits over weeks, the last ones on one day, the culprit among the last five', async () => {
        const days = (await made.git('log', '--format=%as')).split('\n');
        assert.ok(days.length >= 20);
        assert.ok(Date.parse(days.at(0) ?? '') - Date.parse(days.at(-1) ?? '') > 14 * 86_400_000);
        assert.equal(new Set(days.slice(0, 4)).size, 1);
        const subjects = (await made.git('log', '-5', '--format=%s')).split('\n');
        assert.ok(subjects.includes(incident.culprit), subjects.join());
      });

      it('tags its releases and leaves a clean working tree', async () => {
        assert.deepEqual((await made.git('tag')).split('\n'), incident.releases);
        assert.equal(await made.git('rev-parse', incident.releases.at(-1) ?? ''), await made.git('rev-parse', 'HEAD'));
        assert.equal(await made.git('status', '--porcelain'), '');
      });

      it('carries the debugging protocol word for word', async () => {
        const text = await readFile(join(made.folder, 'CLAUDE.md'), 'utf8');
        assert.ok(text.includes(PROTOCOL));
      });

      it('writes a long error log in order of time and a stack log', async () => {
        const lines = (await readFile(join(made.folder, 'var/log/app/error.log'), 'utf8')).trimEnd().split('\n');
        assert.ok(lines.length >= 3_000 && lines.length <= 6_000, String(lines.length));
        const times = lines.map((line) => Date.parse(/\d{4}-\d\d-\d\dT[\d:.]+Z/.exec(line)?.[0] ?? ''));
        assert.ok(times.every((time, index) => time >= (times[index - 1] ?? 0)));
        const released = Date.parse(await made.git('log', '-1', '--format=%aI'));
        const failures = lines.flatMap((line, index) =>
          /payment\.js:47|"level":50/.test(line) ? [times[index] ?? 0] : [],
        );
        assert.ok((failures[0] ?? 0) > released, 'errors begin after the release');
        assert.ok((failures.at(-1) ?? 0) - (failures[0] ?? 0) > 18 * 60_000);
        const stacks = (await readFile(join(made.folder, 'var/log/app/stack.log'), 'utf8')).split('\n');
        assert.ok(stacks.length >= 60);
      });

      it('passes its own suite although the bug is there', async () => {
        const { code, output } = await made.node(['--test']);
        assert.equal(code, 0, output);
      });
    });
  }
});

function restore(variables: {
  GIT_CONFIG_GLOBAL: string | undefined;
  GIT_AUTHOR_NAME: string | undefined;
  TZ: string | undefined;
}) {
  for (const [name, value] of Object.entries(variables)) {
    if (value === undefined) Reflect.deleteProperty(process.env, name);
    else process.env[name] = value;
  }
}

const PROTOCOL = `## Production Debugging Protocol
- Always start with error context + 3 files max
- Always ask for explicit hypotheses before reading more code
- Always check environment variables first
- Always get the fix + test combo
- Always do blast radius check before deploying
- Logs are at: /var/log/app/
- Staging environment: staging.myapp.com
- Rollback command: ./scripts/rollback.sh [version]
`;
