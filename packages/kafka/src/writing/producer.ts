import { StreamError } from '@bellwether/stream';
import type { Connections } from '../client/connections.ts';
import { patiently } from '../client/pause.ts';
import { CODE, codeOf, isPassing } from '../kafka-errors.ts';
import { type Broker, errorOfCode } from '../kafkajs-internals.ts';
import { type EncodedRecord, encodeBatch, recordBytes } from '../protocol/encode-batch.ts';
import { type BatchFor, produceRequest } from '../protocol/produce.ts';
import type { PartitionRecords } from './prepared-records.ts';

/** Who appends: the id and epoch that the broker gave, and under which transactional id. */
export interface ProducerIdentity {
  readonly producerId: string;
  readonly producerEpoch: number;
  readonly transactionalId?: string;
}

/** The broker of a node over sockets that belong to the producer's owner. */
export type BrokerOf = (nodeId: number) => Promise<Broker>;

/** Bytes of records in one batch, unless a single record has more. */
const BATCH_BYTES = 1_000_000;
/** For so long a batch is sent again that a broker did not take or did not answer for. */
const PATIENCE_MS = 10_000;

/**
 * Appends records under one producer id with sequence numbers, so that a batch that is sent again is not appended
 * twice. One `send` at a time. After an error the sequence is unknown: a new producer must be made.
 */
export class Producer {
  readonly #connections: Connections;
  readonly #identity: ProducerIdentity;
  readonly #brokerOf: BrokerOf;
  readonly #sequences = new Map<string, number>();

  constructor(connections: Connections, identity: ProducerIdentity, brokerOf: BrokerOf) {
    this.#connections = connections;
    this.#identity = identity;
    this.#brokerOf = brokerOf;
  }

  /** Resolves when all replicas in sync have the records. Those of one partition keep their order. */
  async send(groups: readonly PartitionRecords[]): Promise<void> {
    let rest = groups.map(({ topic, partition, records }) => ({ topic, partition, records, from: 0 }));
    while (rest.length > 0) {
      const round = rest.map((group) => {
        const end = endOfBatch(group.records, group.from);
        const batch = this.#batch(group, group.records.slice(group.from, end));
        group.from = end;
        return batch;
      });
      await this.#produce(round);
      rest = rest.filter(({ from, records }) => from < records.length);
    }
  }

  #batch(place: { topic: string; partition: number }, records: readonly EncodedRecord[]): BatchFor {
    const { topic, partition } = place;
    const { producerId, producerEpoch, transactionalId } = this.#identity;
    const sequence = this.#sequences.get(`${topic}/${partition}`) ?? 0;
    this.#sequences.set(`${topic}/${partition}`, (sequence + records.length) % 2 ** 31);
    const producer = { producerId: BigInt(producerId), producerEpoch, sequence };
    const bytes = encodeBatch(
      records,
      { ...producer, isTransactional: transactionalId !== undefined },
      Date.now(),
    );
    return { topic, partition, bytes };
  }

  async #produce(batches: readonly BatchFor[]): Promise<void> {
    let pending = batches;
    const attempt = async (): Promise<void> => {
      const byLeader = Map.groupBy(pending, (batch) => this.#leaderOf(batch));
      const outcomes = await Promise.allSettled(
        Array.from(byLeader, ([leader, ofLeader]) => this.#sendTo(leader, ofLeader)),
      );
      const failed = outcomes.flatMap((outcome) => (outcome.status === 'fulfilled' ? outcome.value : []));
      const lost = [...byLeader.values()].filter((_, index) => outcomes[index]?.status === 'rejected').flat();
      pending = [...failed.map(({ batch }) => batch), ...lost];
      const fatal = failed.find(({ error }) => !isPassing(error)) ?? failed[0];
      if (fatal) throw fatal.error;
      const rejected = outcomes.find((outcome) => outcome.status === 'rejected');
      if (rejected) throw rejected.reason;
    };
    await patiently(attempt, {
      forMs: PATIENCE_MS,
      // An error without a code is one of the connection. The broker knows the batch by its sequence if it has it.
      isWorthwhile: (error) =>
        !this.#connections.isClosed && (codeOf(error) === undefined || isPassing(error)),
      onFailure: () => this.#connections.refreshIfPossible(),
    });
  }

  /** Sends to one broker; what it did not take, with its reason. */
  async #sendTo(
    leader: number,
    batches: readonly BatchFor[],
  ): Promise<readonly { readonly batch: BatchFor; readonly error: Error }[]> {
    const broker = await this.#brokerOf(leader);
    const answer = await broker.connectionPool.send(produceRequest(batches, this.#identity.transactionalId));
    const codes = new Map(
      answer.partitions.map(({ topic, partition, errorCode }) => [`${topic}/${partition}`, errorCode]),
    );
    return batches.flatMap((batch) => {
      const code = codes.get(`${batch.topic}/${batch.partition}`) ?? -1;
      return code === 0 || code === CODE.DUPLICATE_SEQUENCE ? [] : [{ batch, error: errorOfCode(code) }];
    });
  }

  #leaderOf({ topic, partition }: BatchFor): number {
    const leader = this.#connections.leaderOf(topic, partition);
    if (leader === undefined) {
      throw new StreamError('unavailable', `Nobody leads the partition ${topic}/${partition} at present.`);
    }
    return leader;
  }
}

function endOfBatch(records: readonly EncodedRecord[], from: number): number {
  let bytes = 0;
  let end = from;
  for (; end < records.length; end += 1) {
    bytes += recordBytes(records[end] as EncodedRecord);
    if (bytes > BATCH_BYTES && end > from) break;
  }
  return end;
}
