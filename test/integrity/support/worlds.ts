import { alerting } from '@bellwether/alerting';
import {
  type AlertRecord,
  type ClockRecord,
  type CustomerChange,
  type CustomerChangesRecord,
  type CustomerCurrent,
  type CustomerEvent,
  DAY_MS,
} from '@bellwether/events';
import {
  createCalendar,
  ingestClockTopology,
  ingestEventsTopology,
  ingestFindingsTopology,
} from '@bellwether/ingest';
import { portfolio, scoring } from '@bellwether/scoring';
import { createRunner, drain } from '@bellwether/stream';
import { MemoryLog, MemoryStore } from '@bellwether/testkit';

const clock = { nowMs: () => 0, sleep: () => Promise.resolve(), rest: () => Promise.resolve() };

/** All services on one log in memory, whose tenants live through the same days. */
export class Worlds {
  readonly log = new MemoryLog();
  readonly #runners;

  constructor() {
    const parts = { log: this.log, store: new MemoryStore(), clock };
    const calendar = createCalendar();
    this.#runners = [
      createRunner({ ...parts, topology: ingestEventsTopology('ingest-http', () => undefined) }),
      createRunner({ ...parts, topology: ingestClockTopology({ calendar, partitions: 1 }) }),
      createRunner({ ...parts, topology: ingestFindingsTopology(1) }),
      createRunner({ ...parts, topology: scoring }),
      createRunner({ ...parts, topology: portfolio }),
      createRunner({ ...parts, topology: alerting }),
    ];
  }

  async begin(tenants: readonly string[], day: number): Promise<void> {
    const settings = { currency: 'USD', timeZone: 'UTC', synthetic: false, clock: 'live' } as const;
    const records = tenants.map((tenant): ClockRecord => {
      return { kind: 'tenant', tenant, settings, day: null, feeds: {}, at: day * DAY_MS };
    });
    await this.#tell(records);
  }

  /** The day begins for all tenants, and brings these events. */
  async live(day: number, events: readonly CustomerEvent[]): Promise<void> {
    await this.#tell([{ kind: 'tick', at: day * DAY_MS }]);
    const accepted = events.map((event) => ({
      topic: 'source-http',
      key: `${event.tenant}|${event.customerId}`,
      value: { kind: 'received', event },
    }));
    await this.log.append(accepted);
    await drain(this.#runners);
    await this.#tell([{ kind: 'tick', at: day * DAY_MS + DAY_MS - 1 }]);
  }

  changes(tenant: string): readonly CustomerChange[] {
    return this.log
      .topic('customer-changes')
      .map(({ value }) => value as CustomerChangesRecord)
      .flatMap((record) => (record.kind === 'change' && record.tenant === tenant ? [record] : []));
  }

  alerts(tenant: string): readonly AlertRecord[] {
    return this.log
      .topic('alerts')
      .map(({ value }) => value as AlertRecord)
      .filter((alert) => alert.tenant === tenant);
  }

  /** What stands of each customer at the end. */
  currents(tenant: string): ReadonlyMap<string, CustomerCurrent> {
    const all = this.log
      .topic('customer-current')
      .map(({ value }) => value as CustomerCurrent)
      .filter((current) => current.tenant === tenant);
    return new Map(all.map((current) => [current.customerId, current]));
  }

  async #tell(records: readonly ClockRecord[]): Promise<void> {
    await this.log.append(records.map((value) => ({ topic: 'clock', key: 'clock', value })));
    await drain(this.#runners);
  }
}
