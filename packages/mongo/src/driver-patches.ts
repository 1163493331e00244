import type { EventEmitter } from 'node:events';
import { createRequire } from 'node:module';

/** What the patch needs of a connection of the driver (mongodb 7.9.0, which is pinned). */
export interface DriverConnection extends EventEmitter {
  readonly closed: boolean;
  /** Why it was closed. */
  readonly error: Error | null;
}
/** Writes a command to the socket; ends when the socket has taken it. */
export type WriteCommand = (this: DriverConnection, command: unknown, options: unknown) => Promise<void>;

/**
 * In place of the driver's `writeCommand`, which waits for the socket's `drain` and nothing else: where the socket is
 * closed meanwhile, or was destroyed a moment before, it waits for ever, and with it whoever asked.
 */
export function endWithConnection(original: WriteCommand): WriteCommand {
  return async function writeCommand(command, options) {
    const closed = Promise.withResolvers<never>();
    const onClose = (): void => closed.reject(this.error ?? new Error('the connection was closed'));
    this.once('close', onClose);
    try {
      const written = original.call(this, command, options);
      if (this.closed) onClose();
      await Promise.race([written, closed.promise]);
    } finally {
      this.off('close', onClose);
    }
  };
}

const { Connection }: { readonly Connection: { prototype: { writeCommand: WriteCommand } } } = createRequire(
  import.meta.url,
)('mongodb/lib/cmap/connection.js');

/** As the driver has it. */
export const driversWriteCommand: WriteCommand = Connection.prototype.writeCommand;
/** As every connection of this process has it once this is loaded. */
export const patchedWriteCommand: WriteCommand = endWithConnection(driversWriteCommand);
Connection.prototype.writeCommand = patchedWriteCommand;
