import type { Broker } from '../kafkajs-internals.ts';

/** Opens and closes sockets to brokers. */
export interface BrokerSource {
  open(nodeId: number): Promise<Broker>;
  close(broker: Broker): void;
}

/** One broker for each node, over sockets that belong to one owner, opened when it is first needed. */
export class OwnBrokers {
  readonly #source: BrokerSource;
  readonly #brokers = new Map<number, Promise<Broker>>();
  #isClosed = false;

  constructor(source: BrokerSource) {
    this.#source = source;
  }

  /** The broker of a node; opened again when its connection was lost. */
  async of(nodeId: number): Promise<Broker> {
    const current = this.#brokers.get(nodeId);
    // What could not be opened then was told to whoever asked for it then.
    const known = await current?.catch(() => undefined);
    if (known?.isConnected()) return known;
    // Somebody else may have opened it again meanwhile.
    const newer = this.#brokers.get(nodeId);
    if (newer !== undefined && newer !== current) return await newer;
    if (known) this.#source.close(known);
    if (this.#isClosed) throw new Error('the connection was closed');
    const opening = this.#source.open(nodeId);
    this.#brokers.set(nodeId, opening);
    const broker = await opening;
    if (this.#isClosed) this.#source.close(broker);
    return broker;
  }

  /** Closes all sockets at once. */
  close(): void {
    this.#isClosed = true;
    for (const opening of this.#brokers.values()) {
      // What could not be opened needs no closing.
      opening.then((broker) => this.#source.close(broker)).catch(() => undefined);
    }
    this.#brokers.clear();
  }
}
