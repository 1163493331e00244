import { connect } from 'node:net';

/** How long an answer may take; a paused server takes the connection and says nothing. */
export const PATIENCE_MS = 2_000;

/** Where something listens. */
export interface Address {
  readonly host: string;
  readonly port: number;
}

/** Sends bytes and gives back the first bytes that come; undefined when nobody answers. */
export function exchange(address: Address, message: Buffer): Promise<Buffer | undefined> {
  return new Promise((resolve) => {
    const socket = connect(address);
    const end = (reply?: Buffer): void => {
      socket.destroy();
      resolve(reply);
    };
    socket.setTimeout(PATIENCE_MS, () => end());
    socket.once('error', () => end());
    socket.once('close', () => end());
    socket.once('data', (reply) => end(reply));
    socket.once('connect', () => socket.write(message));
  });
}
