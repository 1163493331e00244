import type { ServerKind } from '../server.ts';
import { exchange, PATIENCE_MS } from './exchange.ts';
import { mongoCommand, readAddress, readMongoAddress, readString } from './mongo-message.ts';

/** Kafka's ApiVersions request, version 0: the one that every broker answers, from when it takes requests at all. */
const API_VERSIONS = Buffer.from([0, 0, 0, 10, 0, 18, 0, 0, 0, 0, 0, 1, 0xff, 0xff]);

/** Whether a server answers at its `url`, in its own protocol. Never rejects. */
export async function answers(kind: ServerKind, url: string): Promise<boolean> {
  if (kind === 'registry') return (await getText(`${url}/subjects`)) !== undefined;
  if (kind === 'kafka') {
    const reply = await exchange(readAddress(url, 9_092), API_VERSIONS);
    // Length, correlation id, error code.
    return (
      reply !== undefined && reply.length >= 10 && reply.readInt32BE(4) === 1 && reply.readInt16BE(8) === 0
    );
  }
  const address = readMongoAddress(url);
  // Where only a driver finds the way, the first that connects finds out.
  return address === undefined || (await exchange(address, mongoCommand('hello'))) !== undefined;
}

/** The version that a server tells; undefined when it tells none, as Kafka. */
export async function askVersion(kind: ServerKind, url: string): Promise<string | undefined> {
  if (kind === 'kafka') return undefined;
  if (kind === 'registry') {
    const info = await getText(
      `${url.replace(/\/apis\/ccompat\/v\d+\/?$/, '')}/apis/registry/v2/system/info`,
    );
    return /"version":"([^"]+)"/.exec(info ?? '')?.[1];
  }
  const address = readMongoAddress(url);
  const reply = address && (await exchange(address, mongoCommand('buildInfo')));
  return reply && readString(reply, 'version');
}

async function getText(url: string): Promise<string | undefined> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(PATIENCE_MS) });
    const text = await response.text();
    return response.ok ? text : undefined;
  } catch {
    return undefined;
  }
}
