import type { Address } from './exchange.ts';

/** `{ <name>: 1, $db: 'admin' }` as an OP_MSG: enough to ask whether somebody is there and who. */
export function mongoCommand(name: string): Buffer {
  const command = Buffer.concat([Buffer.from(`\x10${name}\0`), int32(1)]);
  const database = Buffer.concat([Buffer.from('\x02$db\0'), int32(6), Buffer.from('admin\0')]);
  const document = Buffer.concat([
    int32(4 + command.length + database.length + 1),
    command,
    database,
    Buffer.of(0),
  ]);
  const body = Buffer.concat([int32(0), Buffer.of(0), document]);
  const header = [16 + body.length, 1, 0, 2013].map(int32);
  return Buffer.concat([...header, body]);
}

/** The first field of this name that is a text, wherever it stands in an answer. */
export function readString(reply: Buffer, name: string): string | undefined {
  const label = Buffer.from(`\x02${name}\0`);
  const at = reply.indexOf(label);
  if (at < 0) return undefined;
  const start = at + label.length + 4;
  return reply.toString('utf8', start, reply.indexOf(0, start));
}

/** First host of a connection string; undefined where only a driver finds the way (seed list, encryption). */
export function readMongoAddress(url: string): Address | undefined {
  const [, hosts, options = ''] = /^mongodb:\/\/(?:[^@/]*@)?([^/?]+)(.*)$/.exec(url) ?? [];
  if (hosts === undefined || /[?&](?:tls|ssl)=true/.test(options)) return undefined;
  return readAddress(hosts, 27_017);
}

/** The first of `host:port,host:port`; the port may be missing. */
export function readAddress(list: string, defaultPort: number): Address {
  const [, host = '', port] = /^(.*?)(?::(\d+))?$/.exec(list.split(',')[0] ?? '') ?? [];
  return { host, port: port === undefined ? defaultPort : Number(port) };
}

function int32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeInt32LE(value);
  return bytes;
}
