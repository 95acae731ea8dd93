import assert from 'node:assert/strict';
import { setTimeout as delay } from 'node:timers/promises';
import { isOnTrial, isResting } from '../../../src/claude/endpointHealth.ts';
import { EndpointBook } from '../../../src/investigation/endpointBook.ts';
import { Probing } from '../../../src/investigation/probing.ts';
import { endpointId } from '../../../src/model/claude.ts';
import type { Endpoint } from '../../../src/model/claude.ts';
import { ClaudeServer, refused } from '../../support/claudeServer.ts';
import { named } from '../../support/failoverScene.ts';
import { until } from '../../support/until.ts';

describe('probing endpoints that rest', () => {
  let server: ClaudeServer;
  let book: EndpointBook;
  let probing: Probing;
  let endpoint: Endpoint;
  let now = 1_000_000;
  let heard = 0;
  const logged: string[] = [];
  beforeEach(async () => {
    server = await ClaudeServer.start();
    endpoint = named('A', server.url);
    // Penalties end in the book's own time, which a test moves; timers then are due at once.
    book = new EndpointBook(() => now);
    heard = 0;
    const targets = async () => [{ endpoint, key: 'own-key' }];
    probing = new Probing(
      book,
      targets,
      () => (heard += 1),
      (message) => logged.push(message),
    );
  });
  afterEach(async () => {
    probing.dispose();
    await server.stop();
  });
  const rest = (seconds: number): void => {
    const failure = { kind: 'rateLimited', endpoint: 'A', retryAfterSeconds: seconds } as const;
    book.note({ type: 'failed', endpoint: endpointId(endpoint), failure, at: now });
  };
  /** A rest of a second, of which all but a few milliseconds are over. */
  const restShortly = (): void => {
    now -= 960;
    rest(1);
    now += 960;
    book.note({ type: 'limits', endpoint: endpointId(endpoint), limits: [{ kind: 'requests', remaining: 1 }] });
    setTimeout(() => (now += 1_000), 20);
  };

  it('asks for the models once its rest is over, with its own key, and says that it may answer again', async () => {
    server.answers.push((response) => {
      response.writeHead(200, { 'content-type': 'application/json' }).end('{"data":[]}');
    });
    restShortly();
    await until('it was probed', async () => heard === 1, 2_000);
    assert.match(server.requests[0]?.path ?? '', /^\/v1\/models\?limit=1/);
    assert.equal(server.requests[0]?.headers.authorization, 'Bearer own-key');
    assert.equal(isOnTrial(book.state, endpointId(endpoint), now), true);
    await delay(100);
    assert.equal(server.requests.length, 1, 'once for each rest');
  });

  it('lets it rest on where it still fails', async () => {
    server.answers.push(refused(529, 'still', { 'retry-after': '60' }));
    restShortly();
    await until('it rests again', async () => heard === 1, 2_000);
    assert.equal(isResting(book.state, endpointId(endpoint), now), true);
    assert.equal(book.state[endpointId(endpoint)]?.penalty?.failures, 2);
    assert.match(logged.at(-1) ?? '', /overloaded/);
  });

  it('leaves alone what rests, and what is not there any more', async () => {
    rest(60);
    endpoint = named('B', server.url);
    restShortly();
    endpoint = named('C', server.url);
    await until('it looked', async () => heard === 1, 2_000);
    assert.deepEqual(server.requests, []);
  });

  it('is not put off by a clock that is set back: a rest that would end later than any is over', async () => {
    server.answers.push((response) => {
      response.writeHead(200, { 'content-type': 'application/json' }).end('{"data":[]}');
    });
    rest(3);
    now -= 5 * 3_600_000;
    book.note({ type: 'limits', endpoint: endpointId(endpoint), limits: [{ kind: 'requests', remaining: 1 }] });
    await until('it was probed', async () => heard === 1, 5_000);
    assert.equal(server.requests.length, 1);
    assert.equal(isResting(book.state, endpointId(endpoint), now), false);
  });

  it('ends with the window', async () => {
    restShortly();
    probing.dispose();
    await delay(150);
    assert.deepEqual([server.requests.length, heard], [0, 0]);
  });
});
