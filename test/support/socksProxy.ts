import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';

/** A SOCKS5 proxy on this machine that knows one host by its name (RFC 1928, without a password). */
export interface SocksProxy {
  /** As `http.proxy` has it. */
  readonly url: string;
  /** Hosts and ports that were wished for, oldest first. */
  readonly wishes: () => readonly string[];
  readonly stop: () => Promise<void>;
}

/** Starts one that leads `host` to a port of this machine, and nobody anywhere else. */
export async function startSocksProxy(host: string, port: number): Promise<SocksProxy> {
  const wishes: string[] = [];
  const sockets = new Set<Socket>();
  const server = createServer((client) => {
    sockets.add(client);
    client.on('error', () => undefined);
    client.on('close', () => sockets.delete(client));
    void serve(client).catch(() => client.destroy());
  });

  async function serve(client: Socket): Promise<void> {
    const read = reader(client);
    const [, methods = 0] = await read(2);
    await read(methods);
    client.write(Buffer.from([5, 0]));
    const [, , , kind, length = 0] = await read(5);
    // By name: an address would mean that the name was looked up on this side of the proxy.
    if (kind !== 3) throw new Error('no name');
    const wish = await read(length + 2);
    const asked = `${wish.subarray(0, length).toString('latin1')}:${wish.readUInt16BE(length)}`;
    wishes.push(asked);
    const answer = (code: number): boolean => client.write(Buffer.from([5, code, 0, 1, 0, 0, 0, 0, 0, 0]));
    if (asked !== `${host}:443`) {
      answer(2);
      client.end();
      return;
    }
    const way = connect(port, '127.0.0.1');
    way.on('error', () => client.destroy());
    way.on('close', () => client.destroy());
    client.on('close', () => way.destroy());
    await once(way, 'connect');
    answer(0);
    client.pipe(way);
    way.pipe(client);
  }

  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `socks5://127.0.0.1:${(server.address() as AddressInfo).port}`,
    wishes: () => wishes,
    stop: async () => {
      const closed = once(server, 'close');
      server.close();
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
}

/** Gives so many bytes of a connection as they come; what is left over stays in the connection. */
function reader(socket: Socket): (count: number) => Promise<Buffer> {
  return async (count) => {
    for (;;) {
      const bytes = count === 0 ? Buffer.alloc(0) : (socket.read(count) as Buffer | null);
      if (bytes !== null) return bytes;
      if (socket.readableEnded) throw new Error('the connection ended');
      await once(socket, 'readable');
    }
  };
}
