import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { BSON, type Document } from 'mongodb';

const OP_REPLY = 1;
const OP_QUERY = 2004;
const OP_MSG = 2013;

/** What comes back for a command: a reply, or `cut` for a connection that ends, or `silence`. */
export type Answer = Document | 'cut' | 'silence';

/** A server that speaks MongoDB's protocol, knows nothing, and notes what it was told. */
export interface ScriptedServer {
  readonly uri: string;
  /** Commands in the order of their coming, without the driver's own; statements are in `documents` or `updates`. */
  readonly commands: readonly Document[];
  close(): Promise<void>;
}

/** How a server answers. */
export interface Script {
  /** Added to what it says of itself. */
  readonly hello?: Document;
  /** By the name of a command; anything else gets `{ ok: 1 }`. */
  readonly answers?: Readonly<Record<string, (command: Document) => Answer | Promise<Answer>>>;
}

const HELLO = {
  ok: 1,
  helloOk: true,
  isWritablePrimary: true,
  ismaster: true,
  minWireVersion: 0,
  maxWireVersion: 21,
  maxBsonObjectSize: 16_777_216,
  maxMessageSizeBytes: 48_000_000,
  maxWriteBatchSize: 100_000,
  logicalSessionTimeoutMinutes: 30,
};

/** Listens on a port of 127.0.0.1. */
export async function scriptedServer(script: Script): Promise<ScriptedServer> {
  const commands: Document[] = [];
  const sockets = new Set<Socket>();
  const answer = async (command: Document): Promise<Answer> => {
    const [name = ''] = Object.keys(command);
    if (/^(?:hello|ismaster)$/i.test(name)) return { ...HELLO, ...script.hello };
    if (name !== 'endSessions') commands.push(command);
    return (await script.answers?.[name]?.(command)) ?? { ok: 1 };
  };
  const listener = createServer((socket) => {
    sockets.add(socket);
    let rest = Buffer.alloc(0);
    socket.on('error', () => socket.destroy());
    socket.once('close', () => sockets.delete(socket));
    socket.on('data', (data) => {
      rest = Buffer.concat([rest, data]);
      while (rest.length >= 4 && rest.length >= rest.readInt32LE(0)) {
        const message = rest.subarray(0, rest.readInt32LE(0));
        rest = rest.subarray(message.length);
        void answer(commandOf(message)).then((reply) => send(socket, message, reply));
      }
    });
  });
  listener.listen(0, '127.0.0.1');
  await once(listener, 'listening');
  const { port } = listener.address() as AddressInfo;
  return {
    uri: `mongodb://127.0.0.1:${port}/?directConnection=true`,
    commands,
    close: async () => {
      for (const socket of sockets) socket.destroy();
      listener.close();
      await once(listener, 'close');
    },
  };
}

function commandOf(message: Buffer): Document {
  if (message.readInt32LE(12) === OP_QUERY) return { hello: 1 };
  let command: Document = {};
  for (let at = 20; at < message.length; ) {
    const kind = message[at];
    const size = message.readInt32LE(at + 1);
    const section = message.subarray(at + 1, at + 1 + size);
    at += 1 + size;
    if (kind === 0) {
      command = { ...BSON.deserialize(section), ...command };
      continue;
    }
    const end = section.indexOf(0, 4);
    command[section.toString('utf8', 4, end)] = documentsOf(section.subarray(end + 1));
  }
  return command;
}

function documentsOf(bytes: Buffer): Document[] {
  const documents: Document[] = [];
  for (let at = 0; at < bytes.length; at += bytes.readInt32LE(at)) {
    documents.push(BSON.deserialize(bytes.subarray(at, at + bytes.readInt32LE(at))));
  }
  return documents;
}

function send(socket: Socket, request: Buffer, reply: Answer): void {
  if (reply === 'silence') return;
  if (reply === 'cut') {
    socket.destroy();
    return;
  }
  const body = BSON.serialize(reply);
  const isQuery = request.readInt32LE(12) === OP_QUERY;
  const header = Buffer.alloc(isQuery ? 36 : 21);
  header.writeInt32LE(header.length + body.length, 0);
  header.writeInt32LE(request.readInt32LE(4), 8);
  header.writeInt32LE(isQuery ? OP_REPLY : OP_MSG, 12);
  if (isQuery) header.writeInt32LE(1, 32);
  socket.write(Buffer.concat([header, body]));
}
