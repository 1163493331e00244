import { StreamError } from '@bellwether/stream';
import type { Connections } from '../client/connections.ts';
import { OwnBrokers } from '../client/own-brokers.ts';
import { patiently } from '../client/pause.ts';
import { unavailable } from '../kafka-errors.ts';
import type { PartitionRecords } from './prepared-records.ts';
import { Producer } from './producer.ts';

interface Appending {
  readonly prepared: Promise<readonly PartitionRecords[]>;
  readonly resolve: () => void;
  readonly reject: (reason: unknown) => void;
}

const TRANSACTION_TIMEOUT_MS = 60_000;
const PATIENCE_MS = 10_000;

/**
 * Appends for the edges. What is given while one group is on its way goes with the next, so that many requests share
 * one answer of the broker; one group is on its way at a time.
 */
export class GroupCommit {
  readonly #connections: Connections;
  #waiting: Appending[] = [];
  #flushing: Promise<void> | undefined;
  #current: { readonly producer: Producer; readonly brokers: OwnBrokers } | undefined;
  #isClosed = false;

  constructor(connections: Connections) {
    this.#connections = connections;
  }

  /** Resolves when the records are in the log. Calls keep their order, however long each takes to prepare. */
  add(prepared: Promise<readonly PartitionRecords[]>): Promise<void> {
    const added = new Promise<void>((resolve, reject) => {
      this.#waiting.push({ prepared, resolve, reject });
    });
    // Told to the caller through `added` when its turn comes.
    prepared.catch(() => undefined);
    this.#flushing ??= this.#flushAll();
    return added;
  }

  /** Appends what is waiting, then closes the connections. */
  async close(): Promise<void> {
    await this.#flushing;
    this.#isClosed = true;
    this.#current?.brokers.close();
  }

  async #flushAll(): Promise<void> {
    while (this.#waiting.length > 0) {
      const group = this.#waiting;
      this.#waiting = [];
      await this.#flush(group);
    }
    this.#flushing = undefined;
  }

  async #flush(group: readonly Appending[]): Promise<void> {
    const accepted: Appending[] = [];
    const byPlace = new Map<string, PartitionRecords>();
    for (const appending of group) {
      try {
        mergeInto(byPlace, await appending.prepared);
        accepted.push(appending);
      } catch (error) {
        appending.reject(error);
      }
    }
    try {
      if (byPlace.size > 0) await (await this.#producer()).send([...byPlace.values()]);
      for (const appending of accepted) appending.resolve();
    } catch (cause) {
      this.#current?.brokers.close();
      this.#current = undefined;
      const error = unavailable('Appending to Kafka failed', cause);
      for (const appending of accepted) appending.reject(error);
    }
  }

  async #producer(): Promise<Producer> {
    if (this.#isClosed) throw new StreamError('unavailable', 'The connection to Kafka was closed.');
    if (this.#current) return this.#current.producer;
    const brokers = new OwnBrokers(this.#connections);
    const identity = await patiently(
      async () => {
        const broker = await this.#connections.controller();
        return await broker.initProducerId({ transactionTimeout: TRANSACTION_TIMEOUT_MS });
      },
      {
        forMs: PATIENCE_MS,
        isWorthwhile: (error) => (error as { retriable?: boolean }).retriable === true,
        firstPauseMs: 50,
        onFailure: () => this.#connections.refreshIfPossible(),
      },
    );
    const producer = new Producer(this.#connections, identity, (nodeId) => brokers.of(nodeId));
    this.#current = { producer, brokers };
    return producer;
  }
}

function mergeInto(byPlace: Map<string, PartitionRecords>, groups: readonly PartitionRecords[]): void {
  for (const { topic, partition, records } of groups) {
    const place = `${topic}/${partition}`;
    const known = byPlace.get(place);
    if (known) for (const record of records) known.records.push(record);
    else byPlace.set(place, { topic, partition, records });
  }
}
