import assert from 'node:assert/strict';
import { listModels, probe } from '../../../src/claude/models.ts';
import { ClaudeServer, hangUp, refused, silence } from '../../support/claudeServer.ts';
import type { Answer } from '../../support/claudeServer.ts';
import { named } from '../../support/failoverScene.ts';

const json =
  (body: unknown, type = 'application/json'): Answer =>
  (response) => {
    response.writeHead(200, { 'content-type': type });
    response.end(typeof body === 'string' ? body : JSON.stringify(body));
  };

describe('the models of an endpoint', () => {
  let server: ClaudeServer;
  beforeEach(async () => {
    server = await ClaudeServer.start();
  });
  afterEach(() => server.stop());
  const { signal } = new AbortController();
  const list = () => listModels(named('A', server.url), 'own-key', signal);

  it('are those of its own list, asked for with its own key', async () => {
    server.answers.push(json({ data: [{ id: 'claude-new' }, { id: 'claude-old' }], has_more: false }));
    assert.deepEqual(await list(), { kind: 'models', ids: ['claude-new', 'claude-old'] });
    assert.match(server.requests[0]?.path ?? '', /^\/v1\/models\?/);
    assert.equal(server.requests[0]?.headers.authorization, 'Bearer own-key');
  });

  it('are none where it has no such list, whatever it answers instead', async () => {
    for (const answer of [
      refused(404, 'no'),
      refused(405, 'no'),
      json({ data: [] }),
      json({ data: [{ name: 'x' }, 7, null] }),
      json({ data: 'x' }),
      json({}),
      json('[]'),
      json('<h1>Hello</h1>', 'text/html'),
    ]) {
      server.answers.push(answer);
      assert.deepEqual(await list(), { kind: 'none' }, String(answer));
    }
  });

  it('are a bounded list, also of a server that goes on for ever', async () => {
    server.answers.push(json({ data: Array.from({ length: 5_000 }, (_, id) => ({ id: `m${id}` })), has_more: true }));
    const models = await list();
    assert.equal(models.kind === 'models' && models.ids.length, 200);
    assert.equal(server.requests.length, 1);
  });

  it('cannot be had with a wrong key or without a network, which is told', async () => {
    server.answers.push(refused(401, 'no'), hangUp);
    for (const kind of ['keyRefused', 'unreachable']) {
      const models = await list();
      assert.equal(models.kind === 'failed' && models.failure.kind, kind);
    }
  });

  it('are not waited for when nobody wants them any more', async () => {
    server.answers.push(silence);
    const models = await listModels(named('A', server.url), 'k', AbortSignal.timeout(60));
    assert.deepEqual(models, { kind: 'failed', failure: { kind: 'cancelled' } });
  });

  it('tell whether an endpoint that failed answers again', async () => {
    const endpoint = named('A', server.url);
    server.answers.push(json({ data: [{ id: 'm' }] }), refused(404, 'no list'), refused(529, 'still'));
    assert.equal(await probe(endpoint, 'k', signal), undefined);
    assert.equal(await probe(endpoint, 'k', signal), undefined, 'it answers, without a list');
    assert.equal((await probe(endpoint, 'k', signal))?.kind, 'overloaded');
  });
});
