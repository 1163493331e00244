import { alerting } from '@bellwether/alerting';
import { type CustomerState, currentOf, type TenantContext } from '@bellwether/domain';
import {
  type AlertRecord,
  type ClockRecord,
  type CustomerChange,
  type CustomerChangesRecord,
  type CustomerEvent,
  type CustomerPicture,
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
import { decisionContext } from '../../../packages/domain/src/context/decision-context.ts';
import { decideCustomer } from '../../../packages/domain/src/customer/decide-customer.ts';
import { inputForDay } from '../../../packages/domain/src/customer/decide-input.ts';

export const TENANT = 'acme';
const clock = { nowMs: () => 0, sleep: () => Promise.resolve(), rest: () => Promise.resolve() };

/** All services on a log in memory, with one tenant that lives day by day. */
export class World {
  readonly log = new MemoryLog();
  readonly #store = new MemoryStore();
  readonly #runners;

  constructor() {
    const parts = { log: this.log, store: this.#store, clock };
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

  /** The tenant begins, with nothing known of any customer. */
  async begin(day: number): Promise<void> {
    const settings = { currency: 'USD', timeZone: 'UTC', synthetic: false, clock: 'live' } as const;
    const value: ClockRecord = {
      kind: 'tenant',
      tenant: TENANT,
      settings,
      day: null,
      feeds: {},
      at: day * DAY_MS,
    };
    await this.log.append([{ topic: 'clock', key: 'clock', value }]);
    await drain(this.#runners);
  }

  /** The day begins, and brings these events. */
  async live(day: number, events: readonly CustomerEvent[]): Promise<void> {
    const tick: ClockRecord = { kind: 'tick', at: day * DAY_MS };
    await this.log.append([{ topic: 'clock', key: 'clock', value: tick }]);
    await drain(this.#runners);
    await this.log.append(
      events.map((event) => ({
        topic: 'source-http',
        key: `${event.tenant}|${event.customerId}`,
        value: { kind: 'received', event },
      })),
    );
    await drain(this.#runners);
  }

  changes(): readonly CustomerChange[] {
    return this.log
      .topic('customer-changes')
      .map(({ value }) => value as CustomerChangesRecord)
      .flatMap((record) => (record.kind === 'change' ? [record] : []));
  }

  alerts(): readonly AlertRecord[] {
    return this.log.topic('alerts').map(({ value }) => value as AlertRecord);
  }

  /** What the tenant's last census found. */
  findings(): TenantContext['findings'] {
    return this.#context().findings;
  }

  /**
   * What would be told of each customer today if nothing had been told before: no memory of what was. Ranked among the
   * customers of the census given: what is counted moves in steps, as it is published in steps.
   */
  decidedAnew(
    findings: TenantContext['findings'] = this.findings(),
  ): ReadonlyMap<string, CustomerPicture['scores']> {
    const context = decisionContext({ ...this.#context(), findings }, 0);
    const record = { receivedAt: context.startsAt, historical: false };
    return new Map(
      this.#store.documents('scoring-customers').map(({ state }) => {
        const customer = state as CustomerState;
        const decided = decideCustomer(undefined, customer, inputForDay(context, record, customer));
        return [customer.customerId, currentOf(decided.state)?.current.scores ?? {}];
      }),
    );
  }

  #context(): TenantContext {
    const heads = this.#store.documents('scoring-customers-heads');
    const head = heads.find(({ id }) => id.endsWith(`/${TENANT}`));
    if (head === undefined) throw new Error('nothing is known of the tenant');
    return head.state as TenantContext;
  }
}
