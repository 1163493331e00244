import { EventEmitter } from 'node:events';
import { describe, expect, it } from 'vitest';
import { type DriverConnection, endWithConnection, type WriteCommand } from './driver-patches.ts';

class FakeConnection extends EventEmitter implements DriverConnection {
  closed = false;
  error: Error | null = null;

  /** As the driver does once the socket is closed. */
  cleanup(error: Error): void {
    this.error = error;
    this.closed = true;
    this.emit('close');
  }
}

const GONE = new Error('connection 7 closed');
/** A socket that was destroyed tells of no `drain`, and of no error after the first. */
const waitsForDrain: WriteCommand = () => new Promise(() => undefined);

describe('a command that is being written', () => {
  it('ends when its connection is closed', async () => {
    const connection = new FakeConnection();
    const writing = endWithConnection(waitsForDrain).call(connection, {}, {});
    connection.cleanup(GONE);
    await expect(writing).rejects.toBe(GONE);
    expect(connection.listenerCount('close')).toBe(0);
  });

  it('ends when its connection was closed already', async () => {
    const connection = new FakeConnection();
    connection.cleanup(GONE);
    await expect(endWithConnection(waitsForDrain).call(connection, {}, {})).rejects.toBe(GONE);
  });

  it('ends as it would have otherwise, and leaves nothing behind', async () => {
    const connection = new FakeConnection();
    await endWithConnection(async () => undefined).call(connection, {}, {});
    const failing = endWithConnection(async () => {
      throw new Error('write EPIPE');
    });
    await expect(failing.call(connection, {}, {})).rejects.toThrow('write EPIPE');
    expect(connection.listenerCount('close')).toBe(0);
  });
});
