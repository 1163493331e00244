import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';

/** Requests of Kafka by their numbers. */
export const API = {
  produce: 0,
  fetch: 1,
  metadata: 3,
  heartbeat: 12,
  initProducerId: 22,
  endTxn: 26,
} as const;

/** What the proxy does with a request or an answer; it is passed on when this resolves. */
export type Gate = (apiKey: number, direction: 'request' | 'answer') => Promise<'pass' | 'cut'> | undefined;

/** Stands between clients and one broker. */
export interface KafkaProxy {
  /** `host:port` for the clients. */
  readonly address: string;
  /** Decides about what comes by from now on; undefined passes everything. */
  gate: Gate | undefined;
  /** Requests since the beginning, by their numbers. */
  readonly counts: Map<number, number>;
  /** Cuts all connections. */
  cut(): void;
  close(): Promise<void>;
}

/** Starts a proxy. Answers that name the broker name the proxy instead, so that clients stay with it. */
export async function startKafkaProxy(broker: string): Promise<KafkaProxy> {
  const [host = '127.0.0.1', port = ''] = broker.split(':');
  const sockets = new Set<Socket>();
  const server = createServer((client) => {
    const upstream = connect(Number(port), host);
    const apiKeys = new Map<number, number>();
    for (const socket of [client, upstream]) {
      sockets.add(socket);
      socket.setNoDelay(true);
      const end = (): void => {
        client.destroy();
        upstream.destroy();
        sockets.delete(socket);
      };
      socket.on('error', end).on('close', end);
    }
    passFrames(client, upstream, (frame) => {
      const apiKey = frame.readInt16BE(4);
      apiKeys.set(frame.readInt32BE(8), apiKey);
      proxy.counts.set(apiKey, (proxy.counts.get(apiKey) ?? 0) + 1);
      return proxy.gate?.(apiKey, 'request');
    });
    passFrames(upstream, client, (frame) => {
      const apiKey = apiKeys.get(frame.readInt32BE(4)) ?? -1;
      if (apiKey === API.metadata) rewrite(frame, Number(port), listening);
      return proxy.gate?.(apiKey, 'answer');
    });
  });
  server.listen(0, host);
  await once(server, 'listening');
  const listening = (server.address() as { port: number }).port;
  const proxy: KafkaProxy = {
    address: `${host}:${listening}`,
    gate: undefined,
    counts: new Map(),
    cut: () => {
      for (const socket of sockets) socket.destroy();
    },
    close: async () => {
      server.close();
      proxy.cut();
    },
  };
  return proxy;
}

/** Passes frame after frame on, in order, each when it may. */
function passFrames(
  from: Socket,
  to: Socket,
  look: (frame: Buffer) => Promise<'pass' | 'cut'> | undefined,
): void {
  let buffered = Buffer.alloc(0);
  let before = Promise.resolve();
  from.on('data', (data) => {
    buffered = Buffer.concat([buffered, data]);
    while (buffered.length >= 4 && buffered.length >= 4 + buffered.readInt32BE(0)) {
      const length = 4 + buffered.readInt32BE(0);
      const frame = Buffer.from(buffered.subarray(0, length));
      buffered = buffered.subarray(length);
      const decision = look(frame);
      before = before.then(async () => {
        if ((await decision) === 'cut') from.destroy();
        else if (to.writable) to.write(frame);
      });
    }
  });
}

/** Puts the proxy's port where an answer has the broker's (an unlikely number for anything else). */
function rewrite(frame: Buffer, port: number, listening: number): void {
  for (let at = 8; at + 4 <= frame.length; at += 1) {
    if (frame.readInt32BE(at) === port) frame.writeInt32BE(listening, at);
  }
}
