import { alerting } from '@bellwether/alerting';
import { type CustomerState, partnerOf } from '@bellwether/domain';
import {
  type AlertRecord,
  type CustomerChange,
  type CustomerEvent,
  type CustomerEventsRecord,
  customerKey,
  DAY_MS,
  type EventData,
  type EventType,
  type FeedStatuses,
  type QuarantineRecord,
  type TransferRecord,
} from '@bellwether/events';
import { ingestTransfersTopology } from '@bellwether/ingest';
import { projectionChanges, projectionEvents } from '@bellwether/projection';
import { portfolioTopology, scoringTopology } from '@bellwether/scoring';
import { createRunner, drain } from '@bellwether/stream';
import { MemoryLog, MemoryStore } from '@bellwether/testkit';

export const TENANT = 'acme';
const SCORED = 'scoring-customers';
const clock = { nowMs: () => 0, sleep: () => Promise.resolve(), rest: () => Promise.resolve() };

/** Everything that merged customers pass through, on a log in memory. */
export class MergingWorld {
  readonly log: MemoryLog;
  readonly store = new MemoryStore();
  readonly #partitions: number;
  #count = 0;

  constructor(partitions: number) {
    this.#partitions = partitions;
    this.log = new MemoryLog(partitions);
  }

  /** Puts records on `customer-events` as ingest does; nothing is worked on yet. */
  async put(...records: readonly CustomerEventsRecord[]): Promise<void> {
    for (const value of records) {
      const isOne = value.kind === 'event' || value.kind === 'transfer';
      const key = isOne ? customerKey(TENANT, value.customerId) : TENANT;
      const places = isOne ? [undefined] : [...Array(this.#partitions).keys()];
      await this.log.append(
        places.map((partition) => ({
          topic: 'customer-events',
          key,
          value,
          ...(partition === undefined ? {} : { partition }),
        })),
      );
    }
  }

  /** Works until nothing is left to do. */
  async work(): Promise<void> {
    const parts = { log: this.log, store: this.store, clock };
    const partitions = this.#partitions;
    await drain([
      createRunner({ ...parts, topology: scoringTopology({ partitions }) }),
      createRunner({ ...parts, topology: ingestTransfersTopology }),
      createRunner({ ...parts, topology: portfolioTopology(partitions) }),
      createRunner({ ...parts, topology: alerting }),
      createRunner({ ...parts, topology: projectionEvents }),
      createRunner({ ...parts, topology: projectionChanges }),
    ]);
  }

  async tell(...records: readonly CustomerEventsRecord[]): Promise<void> {
    await this.put(...records);
    await this.work();
  }

  event<T extends EventType>(
    customerId: string,
    day: number,
    what: { readonly type: T; readonly data: EventData<T>; readonly id?: string },
  ): CustomerEvent {
    this.#count += 1;
    const at = day * DAY_MS + this.#count;
    const stamps = { time: at, day, receivedAt: at, historical: false };
    return {
      kind: 'event',
      tenant: TENANT,
      customerId,
      id: `e-${this.#count}`,
      source: 'crm',
      ...stamps,
      ...what,
    } as unknown as CustomerEvent;
  }

  merge(customerId: string, into: string, day = 100): CustomerEvent {
    return this.event(customerId, day, { type: 'customer.merged', data: { into } });
  }

  split(customerId: string, day = 100): CustomerEvent {
    return this.event(customerId, day, { type: 'customer.split', data: {} });
  }

  day(day: number): CustomerEventsRecord {
    const range = { slotFrom: 0, slotTo: 1023 };
    const at = day * DAY_MS;
    return { kind: 'day', tenant: TENANT, day, startsAt: at, ...range, receivedAt: at, historical: false };
  }

  feeds(version: number, value: FeedStatuses): CustomerEventsRecord {
    return { kind: 'context', tenant: TENANT, item: 'feeds', version, receivedAt: 0, value };
  }

  /** What scoring keeps of a customer. */
  state(customerId: string): CustomerState | undefined {
    return this.states().find((state) => state.customerId === customerId);
  }

  states(): readonly CustomerState[] {
    return this.store.documents(SCORED).map(({ state }) => state as CustomerState);
  }

  /** Customers that count for themselves and of whom something is published. */
  counting(): readonly string[] {
    const present = this.states().filter((state) => state.published.contribution !== null);
    return present.filter((state) => partnerOf(state) === null).map(({ customerId }) => customerId);
  }

  changes(customerId?: string): readonly CustomerChange[] {
    const all = this.values<CustomerChange>('customer-changes').filter(({ kind }) => kind === 'change');
    return customerId === undefined ? all : all.filter((change) => change.customerId === customerId);
  }

  quarantine(): readonly QuarantineRecord[] {
    return this.values('scoring-quarantine');
  }

  transfers(): readonly TransferRecord[] {
    return this.values('customer-transfers');
  }

  alerts(): readonly AlertRecord[] {
    return this.values('alerts');
  }

  values<Value>(topic: string): readonly Value[] {
    return this.log.topic(topic).map(({ value }) => value as Value);
  }
}
