import assert from 'node:assert/strict';
import { once } from 'node:events';
import http, { createServer } from 'node:http';
import type { RequestListener, Server } from 'node:http';
import { syncBuiltinESMExports } from 'node:module';
import { createServer as createTcpServer } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import { send } from '../../../src/claude/transport.ts';
import type { SentRequest } from '../../../src/claude/transport.ts';
import { causesOf } from '../../../src/claude/transportErrors.ts';
import { until } from '../../support/until.ts';

const secret = 'key-of-this-test';

describe('transport', () => {
  const servers: Server[] = [];
  const sockets = new Set<Socket>();
  afterEach(() => {
    for (const socket of sockets) socket.destroy();
    sockets.clear();
    for (const server of servers.splice(0)) server.close();
  });

  async function serve(listener: RequestListener): Promise<URL> {
    const server = createServer(listener);
    servers.push(server);
    server.on('connection', (socket) => {
      sockets.add(socket);
      socket.on('close', () => sockets.delete(socket));
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}/v1/messages?beta=true`);
  }

  const request = (more: Partial<SentRequest> = {}): SentRequest => ({
    method: 'POST',
    headers: new Headers({ authorization: `Bearer ${secret}` }),
    body: '{"é":1}',
    onActivity: () => undefined,
    ...more,
  });

  it('sends method, path, headers and body, and gives status, headers and body', async () => {
    let seen: unknown;
    const url = await serve((incoming, response) => {
      incoming.setEncoding('utf8').on('data', (body: string) => {
        const { method, url: path, headers } = incoming;
        seen = [method, path, headers.authorization, headers['content-length'], body];
        response.writeHead(418, { 'request-id': 'req_1', 'x-words': 'two' }).end('short and stout');
      });
    });
    const response = await send(url, request());
    assert.deepEqual(seen, ['POST', '/v1/messages?beta=true', `Bearer ${secret}`, '8', '{"é":1}']);
    assert.deepEqual(
      [response.status, response.headers.get('request-id'), await response.text()],
      [418, 'req_1', 'short and stout'],
    );
  });

  for (const [encoding, bytes] of Object.entries({
    gzip: gzipSync('€ zipped'),
    deflate: deflateSync('€ zipped'),
    br: brotliCompressSync('€ zipped'),
    'gzip, br': brotliCompressSync(gzipSync('€ zipped')),
    identity: Buffer.from('€ zipped'),
  })) {
    it(`reads what a server packs unasked: ${encoding}`, async () => {
      const url = await serve((incoming, response) => {
        assert.equal(incoming.headers['accept-encoding'], 'identity');
        response.writeHead(200, { 'content-encoding': encoding, 'content-length': bytes.length }).end(bytes);
      });
      assert.equal(await (await send(url, request())).text(), '€ zipped');
    });
  }

  it('fails in the body, not silently, where what is packed is damaged or cut', async () => {
    for (const bytes of [Buffer.from('no gzip at all'), gzipSync('€ zipped'.repeat(99)).fill(7, 12, 30)]) {
      const url = await serve((_, response) => response.writeHead(200, { 'content-encoding': 'gzip' }).end(bytes));
      const response = await send(url, request());
      await assert.rejects(response.text());
    }
  });

  it('tells of life with every chunk', async () => {
    const url = await serve((_, response) => {
      response.write('one');
      setTimeout(() => response.write('two'), 20);
      setTimeout(() => response.end('three'), 40);
    });
    let heard = 0;
    await (await send(url, request({ onActivity: () => (heard += 1) }))).text();
    assert.ok(heard >= 4, `${heard} signs of life for a head and three chunks`);
  });

  it('follows no redirect, and names no more of it than its origin', async () => {
    const paths: (string | undefined)[] = [];
    const url = await serve((incoming, response) => {
      paths.push(incoming.url);
      response
        .writeHead(307, { location: 'https://elsewhere.example/login?token=s3cret', 'x-request-id': 'gw-1' })
        .end();
    });
    await assert.rejects(send(url, request()), {
      message: '307, a redirect to https://elsewhere.example',
      requestId: 'gw-1',
    });
    assert.equal(paths.length, 1);
  });

  it('says of a status that HTTP does not know that it is none', async () => {
    const url = await serve((_, response) => response.writeHead(799).end('?'));
    await assert.rejects(send(url, request()), /799/);
  });

  it('gives an empty response for 204', async () => {
    const url = await serve((_, response) => response.writeHead(204).end());
    assert.deepEqual([(await send(url, request())).body], [null]);
  });

  it('refuses headers without end', async () => {
    const url = await serve((_, response) => response.writeHead(200, { 'x-long': 'x'.repeat(100_000) }).end());
    await assert.rejects(send(url, request()), { code: 'HPE_HEADER_OVERFLOW' });
  });

  it('gives up a connection that does not come to stand, and says so', async () => {
    // It takes the connection, and says nothing to the greeting of TLS.
    const silent = createTcpServer((socket) => sockets.add(socket));
    silent.listen(0, '127.0.0.1');
    await once(silent, 'listening');
    const { port } = silent.address() as AddressInfo;
    try {
      await assert.rejects(send(new URL(`https://127.0.0.1:${port}/`), request(), 50), {
        code: 'ETIMEDOUT',
        message: `no connection to 127.0.0.1:${port} within 0 s`,
      });
    } finally {
      silent.close();
    }
  });

  it('ends the connection when it is stopped: before the head, and in the body', async () => {
    for (const answer of ['nothing', 'head'] as const) {
      const url = await serve((_, response) => {
        if (answer === 'head') response.writeHead(200).write('so far');
      });
      const controller = new AbortController();
      const sending = send(url, request({ signal: controller.signal }));
      if (answer === 'head') {
        const response = await sending;
        const reading = response.text();
        controller.abort();
        await assert.rejects(reading);
      } else {
        await until('the server was asked', async () => sockets.size > 0);
        controller.abort();
        await assert.rejects(sending, { name: 'AbortError' });
      }
      await until('no connection is open', async () => sockets.size === 0);
    }
    const stopped = request({ signal: AbortSignal.abort() });
    await assert.rejects(send(new URL('http://127.0.0.1:1/'), stopped), { name: 'AbortError' });
  });

  it('keeps what is not encrypted on this machine, whatever the editor does with such requests', async () => {
    const url = await serve((_, response) => response.end('here'));
    const patched = http.request;
    let asked = 0;
    // As the editor puts a function in its place that goes to a proxy.
    Object.assign(http, {
      request: () => {
        asked += 1;
        throw new Error('to the proxy');
      },
    });
    syncBuiltinESMExports();
    try {
      assert.equal(await (await send(url, request())).text(), 'here');
    } finally {
      Object.assign(http, { request: patched });
      syncBuiltinESMExports();
    }
    assert.equal(asked, 0);
  });
});

describe('causes of an error', () => {
  it('are given with their codes, without the credentials of a proxy, and end', () => {
    const refused = Object.assign(new Error('connect ECONNREFUSED 10.0.0.7:3128'), { code: 'ECONNREFUSED' });
    const both = new AggregateError([refused, new Error('another')], '');
    const outer = new Error('Connection error.', {
      cause: new Error('Failed: PROXY joe:s3cret@10.0.0.7:3128 or http://joe:s3cret@proxy/', { cause: both }),
    });
    const causes = causesOf(outer);
    assert.deepEqual(causes, ['Failed: PROXY …@10.0.0.7:3128 or http://…@proxy/', '', refused.message]);
    refused.cause = refused;
    assert.ok(causesOf(refused).length < 10);
    assert.deepEqual(causesOf('no error'), []);
  });
});
