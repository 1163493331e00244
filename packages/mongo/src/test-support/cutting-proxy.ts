import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

/** Which way the bytes go that are counted. */
export type Direction = 'request' | 'reply';

/** A TCP proxy before a server that ends connections in the middle of a message. */
export interface CuttingProxy {
  readonly port: number;
  /** Lets so many more bytes through in this direction, and then ends the connection that carries the next one. */
  cutAfter(direction: Direction, bytes: number): void;
  /** Takes the order back. True when it was carried out. */
  wasCut(): boolean;
  /** Bytes let through in this direction so far. */
  passed(direction: Direction): number;
  close(): Promise<void>;
}

/** Listens on a port of 127.0.0.1. */
export async function cuttingProxy(server: {
  readonly host: string;
  readonly port: number;
}): Promise<CuttingProxy> {
  const sockets = new Set<Socket>();
  let order: { readonly direction: Direction; bytes: number } | undefined;
  let cut = false;
  const passed = { request: 0, reply: 0 };
  const relay = (from: Socket, to: Socket, direction: Direction): void => {
    from.on('data', (data) => {
      if (order?.direction !== direction || data.length <= order.bytes) {
        if (order?.direction === direction) order.bytes -= data.length;
        passed[direction] += data.length;
        to.write(data);
        return;
      }
      const part = data.subarray(0, order.bytes);
      order = undefined;
      cut = true;
      from.pause();
      // What was let through arrives; then both ends see the connection end.
      to.end(part, () => {
        from.destroy();
        to.destroy();
      });
    });
    from.on('close', () => to.destroy());
    // Both ends may be reset at any time: that is what this is for.
    from.on('error', () => to.destroy());
  };
  const listener = createServer((client) => {
    const upstream = connect(server);
    for (const socket of [client, upstream]) {
      sockets.add(socket);
      socket.setNoDelay(true);
      socket.once('close', () => sockets.delete(socket));
    }
    relay(client, upstream, 'request');
    relay(upstream, client, 'reply');
  });
  listener.listen(0, '127.0.0.1');
  await once(listener, 'listening');
  return {
    port: (listener.address() as AddressInfo).port,
    cutAfter: (direction, bytes) => {
      order = { direction, bytes };
      cut = false;
    },
    wasCut: () => {
      order = undefined;
      return cut;
    },
    passed: (direction) => passed[direction],
    close: async () => {
      for (const socket of sockets) socket.destroy();
      listener.close();
      await once(listener, 'close');
    },
  };
}
