import type { PortfolioFindings } from '@bellwether/domain';
import {
  type CensusRecord,
  type CustomerChange,
  type CustomerEventsRecord,
  customerKey,
  DAY_MS,
} from '@bellwether/events';
import { createRunner, drain } from '@bellwether/stream';
import { MemoryLog, MemoryStore } from '@bellwether/testkit';
import { describe, expect, it } from 'vitest';
import { portfolioTopology } from './portfolio.ts';
import { scoringTopology } from './scoring.ts';

const clock = { nowMs: () => 0, sleep: () => Promise.resolve(), rest: () => Promise.resolve() };
const TENANT = 'acme';
const DAY = 20_000;

/** A tenant on several partitions of `customer-events`; control records are put into each of them as ingest does. */
class Tenant {
  readonly partitions: number;
  readonly log: MemoryLog;
  readonly store = new MemoryStore();
  #count = 0;

  constructor(partitions: number) {
    this.partitions = partitions;
    this.log = new MemoryLog(partitions);
  }

  pay(customerId: string, day: number, amountMinor: number): Promise<void> {
    return this.tell(customerId, day, { type: 'payment.paid', data: { amountMinor } });
  }

  async tell(
    customerId: string,
    day: number,
    told: { readonly type: string; readonly data: object },
  ): Promise<void> {
    this.#count += 1;
    const at = day * DAY_MS + this.#count;
    const value = {
      kind: 'event',
      tenant: TENANT,
      customerId,
      id: `e-${this.#count}`,
      source: 'shop',
      type: told.type,
      time: at,
      day,
      receivedAt: at,
      historical: false,
      data: told.data,
    };
    await this.log.append([{ topic: 'customer-events', key: customerKey(TENANT, customerId), value }]);
  }

  async begin(day: number, partitions: readonly number[]): Promise<void> {
    const value: CustomerEventsRecord = {
      kind: 'day',
      tenant: TENANT,
      day,
      startsAt: day * DAY_MS,
      slotFrom: 0,
      slotTo: 1023,
      receivedAt: day * DAY_MS,
      historical: false,
      isCounted: true,
    };
    await this.#append(value, partitions);
  }

  /** As ingest does with what a census of a live tenant came to. */
  async put(census: CensusRecord): Promise<void> {
    const value: CustomerEventsRecord = {
      kind: 'context',
      tenant: TENANT,
      item: 'census',
      version: census.census.day,
      receivedAt: census.receivedAt,
      value: census.census,
    };
    await this.#append(value, [...Array(this.partitions).keys()]);
  }

  async #append(value: CustomerEventsRecord, partitions: readonly number[]): Promise<void> {
    await this.log.append(
      partitions.map((partition) => ({ topic: 'customer-events', key: TENANT, partition, value })),
    );
  }

  async work(): Promise<void> {
    const parts = { log: this.log, store: this.store, clock };
    const { partitions } = this;
    await drain([
      createRunner({ ...parts, topology: scoringTopology({ partitions }) }),
      createRunner({ ...parts, topology: portfolioTopology(partitions) }),
    ]);
  }

  censuses(): CensusRecord[] {
    return this.log.topic('portfolio-findings').map(({ value }) => value as CensusRecord);
  }

  /** Composite and segment of every change of RFM. */
  rfm(customerId: string) {
    return this.log
      .topic('customer-changes')
      .filter(({ key }) => key === customerKey(TENANT, customerId))
      .map(({ value }) => value as CustomerChange)
      .flatMap(({ cause, changes }) =>
        changes.flatMap((change) =>
          change.type === 'score.rfm.changed' ? [{ cause, value: change.value, band: change.band }] : [],
        ),
      );
  }
}

function findingsOf(census: CensusRecord | undefined): PortfolioFindings {
  return JSON.parse(census?.census.findings ?? 'null') as PortfolioFindings;
}

describe('a census (D6, N10)', () => {
  it('is taken once every partition has come to the day, of everything before it', async () => {
    const tenant = new Tenant(3);
    for (let n = 1; n <= 6; n += 1) await tenant.pay(`c${n}`, DAY, n * 100);
    await tenant.begin(DAY + 1, [0, 1]);
    await tenant.work();
    expect(tenant.censuses()).toEqual([]);
    await tenant.begin(DAY + 1, [2]);
    await tenant.work();
    const [census, ...more] = tenant.censuses();
    expect(more).toEqual([]);
    expect(census).toMatchObject({ tenant: TENANT, historical: false, census: { day: DAY + 1 } });
    const { breakpoints } = findingsOf(census);
    expect(breakpoints).toMatchObject({ day: DAY + 1, customers: 6, portfolioMinor: '2100' });
    expect(breakpoints.monetary365Minor.edges).toEqual([200, 300, 400, 500]);
  });

  it('is not taken again when a mark is told again, and is on the next day', async () => {
    const tenant = new Tenant(1);
    for (let n = 1; n <= 5; n += 1) await tenant.pay(`c${n}`, DAY, n * 100);
    await tenant.begin(DAY + 1, [0, 0]);
    await tenant.work();
    await tenant.begin(DAY + 2, [0]);
    await tenant.work();
    expect(tenant.censuses().map(({ census }) => census.day)).toEqual([DAY + 1, DAY + 2]);
  });

  it('holds for a customer from its place in the log on, and moves nobody before', async () => {
    const tenant = new Tenant(2);
    for (let n = 1; n <= 5; n += 1) await tenant.pay(`c${n}`, DAY, n * 100);
    await tenant.begin(DAY + 1, [0, 1]);
    await tenant.work();
    expect(tenant.rfm('c5').map(({ value, band }) => [value, band])).toEqual([[null, 'not-scorable']]);
    const [census] = tenant.censuses();
    if (census) await tenant.put(census);
    await tenant.begin(DAY + 2, [0, 1]);
    await tenant.work();
    expect(tenant.rfm('c5').at(-1)).toEqual({ cause: 'reference-change', value: 500, band: 'excellent' });
    expect(tenant.rfm('c1').at(-1)).toMatchObject({ band: 'good', value: 367 });
    // Another's great purchase moves nobody else before the next census.
    const before = tenant.rfm('c5').length;
    await tenant.pay('c1', DAY + 2, 1_000_000);
    await tenant.work();
    expect(tenant.rfm('c5')).toHaveLength(before);
    expect(tenant.rfm('c1').at(-1)).toMatchObject({ cause: 'new-data' });
  });

  it('counts how the opportunities of all customers ended, as a month begins (D24)', async () => {
    const tenant = new Tenant(2);
    for (let n = 1; n <= 30; n += 1) {
      const type = n <= 12 ? 'opportunity.won' : 'opportunity.lost';
      await tenant.tell(`c${n % 4}`, DAY, { type, data: { opportunityId: `o${n}` } });
    }
    await tenant.begin(DAY + 1, [0, 1]);
    await tenant.work();
    const { revenue, churn } = findingsOf(tenant.censuses()[0]);
    expect(revenue).toMatchObject({
      decided: { unknown: { won: 12, lost: 18 } },
      winRates: { overallBasisPoints: 4_000 },
      backtest: null,
    });
    expect(churn).toBeUndefined();
  });
});
