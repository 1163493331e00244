import type { Connections } from '../client/connections.ts';
import type { Broker, ProtocolRequest } from '../kafkajs-internals.ts';

/** A connection to one broker that has one request on its way at most. */
export class Lane {
  readonly #connections: Connections;
  readonly #nodeId: number;
  #broker: Broker | undefined;
  isBusy = false;
  isClosed = false;

  constructor(connections: Connections, nodeId: number) {
    this.#connections = connections;
    this.#nodeId = nodeId;
  }

  /** Sends a request and waits for its answer. After an error the lane is closed. */
  async ask<Answer>(request: ProtocolRequest<Answer>): Promise<Answer> {
    this.isBusy = true;
    try {
      this.#broker ??= await this.#connections.open(this.#nodeId);
      if (this.isClosed) throw new Error('the connection was closed');
      return await this.#broker.connectionPool.send(request);
    } catch (error) {
      this.close();
      throw error;
    } finally {
      this.isBusy = false;
    }
  }

  close(): void {
    this.isClosed = true;
    if (this.#broker) this.#connections.close(this.#broker);
  }
}
