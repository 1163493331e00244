import { EventEmitter } from 'node:events';
import { createRequire } from 'node:module';
import { Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { driversWriteCommand, patchedWriteCommand, type WriteCommand } from './driver-patches.ts';

/** Writes to a socket that is destroyed, as when a server was killed, before the driver was told of it. */
async function writeToDestroyed(writeCommand: WriteCommand): Promise<unknown> {
  const socket = new Socket();
  socket.destroy();
  const connection = Object.assign(new EventEmitter(), { socket, closed: false, error: null });
  const command = { toBin: async () => [Buffer.from('a command')] };
  const writing = writeCommand.call(connection, command, { agreedCompressor: 'none' });
  await sleep(50);
  connection.emit('close');
  return await Promise.race([
    writing.catch((error: unknown) => error),
    sleep(500).then(() => 'waits for ever'),
  ]);
}

describe('a command that is written to a socket that was destroyed a moment before (T5)', () => {
  it('is waited for for ever by the driver as it is: without that the patch can go', async () => {
    expect(await writeToDestroyed(driversWriteCommand)).toBe('waits for ever');
  });

  it('ends with an error', async () => {
    expect(await writeToDestroyed(patchedWriteCommand)).toMatchObject({
      message: 'the connection was closed',
    });
  });

  it('does so for every connection of the process', () => {
    const { Connection } = createRequire(import.meta.url)('mongodb/lib/cmap/connection.js');
    expect(Connection.prototype.writeCommand).toBe(patchedWriteCommand);
  });
});
