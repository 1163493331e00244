import {
  type CustomerChange,
  type CustomerEventsRecord,
  customerKey,
  DAY_MS,
  type FeedStatuses,
  type QuarantineRecord,
} from '@bellwether/events';
import { createRunner, drain } from '@bellwether/stream';
import { MemoryLog, MemoryStore } from '@bellwether/testkit';
import { describe, expect, it } from 'vitest';
import { portfolio } from './portfolio.ts';
import { scoring, scoringTopology } from './scoring.ts';

const clock = { nowMs: () => 0, sleep: () => Promise.resolve(), rest: () => Promise.resolve() };
const TENANT = 'acme';

/** A tenant's life on `customer-events`, scored by the real topologies. */
class Life {
  readonly log = new MemoryLog();
  readonly store = new MemoryStore();
  #id = 0;

  async tell(...records: CustomerEventsRecord[]): Promise<void> {
    await this.log.append(records.map((value) => ({ topic: 'customer-events', key: TENANT, value })));
    const parts = { log: this.log, store: this.store, clock };
    await drain([
      createRunner({ ...parts, topology: scoring }),
      createRunner({ ...parts, topology: portfolio }),
    ]);
  }

  event(
    customerId: string,
    day: number,
    what: { type: string; data: unknown; id?: string },
  ): CustomerEventsRecord {
    this.#id += 1;
    return {
      kind: 'event',
      tenant: TENANT,
      customerId,
      id: what.id ?? `e-${this.#id}`,
      source: 'test',
      time: day * DAY_MS + this.#id,
      day,
      receivedAt: day * DAY_MS + this.#id,
      historical: false,
      ...what,
    } as CustomerEventsRecord;
  }

  day(day: number): CustomerEventsRecord {
    const range = { slotFrom: 0, slotTo: 1023 };
    return {
      kind: 'day',
      tenant: TENANT,
      day,
      startsAt: day * DAY_MS,
      ...range,
      receivedAt: day * DAY_MS,
      historical: false,
    };
  }

  feeds(version: number, value: FeedStatuses): CustomerEventsRecord {
    return { kind: 'context', tenant: TENANT, item: 'feeds', version, receivedAt: 0, value };
  }

  changes(customerId: string): CustomerChange[] {
    return this.log
      .topic('customer-changes')
      .filter(({ key }) => key === customerKey(TENANT, customerId))
      .map(({ value }) => value as CustomerChange);
  }
}

const msa = (agreementId: string, valueMinor: number, endDate?: string) => ({
  type: 'agreement.created',
  data: { agreementId, agreementType: 'MSA', valueMinor, currency: 'USD', ...(endDate ? { endDate } : {}) },
});

describe('an event of a customer', () => {
  it('tells all its consequences in one numbered change with reasons that add up (S2, S4, N1)', async () => {
    const life = new Life();
    await life.tell(
      life.day(100),
      life.event('c-1', 100, msa('m-1', 5_000)),
      life.event('c-1', 100, msa('m-2', 700)),
    );
    const changes = life.changes('c-1');
    expect(changes.map(({ sequence }) => sequence)).toEqual([1, 2]);
    expect(changes[0]?.changes.map(({ type }) => type)).toContain('opportunity.cross-sell.raised');
    const ltv = changes[1]?.changes.find(({ type }) => type === 'score.ltv.changed');
    expect(ltv).toMatchObject({ value: 5_700, previous: 5_000, delta: 700 });
    expect(ltv?.reasons.map(({ contribution }) => contribution)).toEqual([700]);
  });

  it('counts once, however often it comes (guarantee 7)', async () => {
    const life = new Life();
    const login = life.event('c-1', 100, { type: 'activity.login', data: {}, id: 'same' });
    await life.tell(life.day(100), login, login, login);
    const [tally] = life.log.topic('scoring-accounting').slice(-1);
    expect(tally?.value).toMatchObject({ tally: { ok: 1, duplicate: 2, quarantined: 0 } });
  });

  it('that contradicts what is known is quarantined with its bytes, and nothing else waits', async () => {
    const life = new Life();
    const most = 4_000_000_000_000;
    await life.tell(
      life.event('c-1', 100, msa('m-1', most)),
      life.event('c-1', 100, { type: 'agreement.amended', data: { agreementId: 'm-1', deltaMinor: most } }),
      life.event('c-1', 100, msa('m-2', 1)),
    );
    const [wrong] = life.log.topic('scoring-quarantine').map(({ value }) => value as QuarantineRecord);
    expect(wrong).toMatchObject({ reason: 'amount-out-of-range', customerId: 'c-1', stage: 'scoring' });
    expect(JSON.parse(wrong?.original ?? '')).toMatchObject({ type: 'agreement.amended' });
    expect(life.changes('c-1').at(-1)?.changes[0]).toMatchObject({ value: most + 1 });
  });
});

describe('a day that passes', () => {
  it('fires an expiry notice with no event, and says so (S11, D3, N3)', async () => {
    const life = new Life();
    await life.tell(life.day(0), life.event('c-1', 0, msa('m-1', 900, '1970-04-11')));
    for (let day = 1; day <= 10; day++) await life.tell(life.day(day));
    const due = life.changes('c-1').find(({ changes }) => changes.some(({ type }) => type === 'renewal.due'));
    expect(due).toMatchObject({ cause: 'new-data', asOf: expect.any(Number) });
    const settled = life.changes('c-1').length;
    for (let day = 11; day <= 41; day++) await life.tell(life.day(day));
    const later = life.changes('c-1').slice(settled);
    expect(later.map(({ cause, causedBy }) => ({ cause, causedBy }))).toEqual([
      { cause: 'time-decay', causedBy: [] },
    ]);
    expect(later[0]?.changes).toMatchObject([{ type: 'renewal.due', daysBefore: 60, dueDay: 100 }]);
  });

  it('is told on to customer-changes once, after everything before it', async () => {
    const life = new Life();
    await life.tell(life.event('c-1', 5, msa('m-1', 900)), life.day(5), life.day(5), life.day(4));
    const kinds = life.log.topic('customer-changes').map(({ value }) => (value as { kind: string }).kind);
    expect(kinds.filter((kind) => kind === 'day').length).toBeGreaterThanOrEqual(1);
    expect(kinds[0]).toBe('change');
    const days = life.log.topic('customer-changes').flatMap(({ value }) => {
      const record = value as { kind: string; day: number };
      return record.kind === 'day' ? [record.day] : [];
    });
    expect(days).not.toContain(4);
  });
});

describe('a newer context', () => {
  it('is a change of its own before the next event, with its own cause (N13)', async () => {
    const life = new Life();
    const use = (day: number) => life.event('c-1', day, { type: 'activity.login', data: { userId: 'u' } });
    await life.tell(life.day(100), life.feeds(1, { activity: { status: 'fresh', lastDay: 100 } }), use(100));
    await life.tell(life.feeds(2, { activity: { status: 'stale', lastDay: 100 } }), use(100));
    const causes = life.changes('c-1').map(({ cause }) => cause);
    expect(causes[0]).toBe('new-data');
    expect(causes[1]).toBe('reference-change');
    expect(causes.slice(2).every((cause) => cause === 'new-data')).toBe(true);
  });

  it('that is older or equal is ignored', async () => {
    const life = new Life();
    await life.tell(
      life.feeds(2, {}),
      life.feeds(2, { activity: { status: 'fresh', lastDay: 1 } }),
      life.feeds(1, {}),
    );
    const [head] = life.store
      .documents('scoring-customers-heads')
      .filter(({ id }) => id.endsWith(`/${TENANT}`));
    expect(head?.state).toMatchObject({ feeds: {}, feedsVersion: 2, contextVersion: 1 });
  });
});

describe('what scoring has no rule for', () => {
  it('passes through in order, without a sequence', async () => {
    const life = new Life();
    const data = { alertId: 'cross-sell:c-1:portfolio:1', actor: 'kim' };
    await life.tell(
      life.event('c-1', 1, { type: 'alert.acknowledged', data }),
      life.event('c-1', 1, msa('m-1', 1)),
    );
    const told = life.log.topic('customer-changes').map(({ value }) => value);
    expect(told[0]).toMatchObject({ kind: 'action', type: 'alert.acknowledged', data });
    expect(told[0]).not.toHaveProperty('sequence');
    expect(told[1]).toMatchObject({ kind: 'change', customerId: 'c-1', sequence: 1 });
  });
});

describe('the portfolio', () => {
  it('follows every customer: sums, shares and index (S5, D2)', async () => {
    const life = new Life();
    const values = [30, 30, 20, 20];
    await life.tell(...values.map((value, index) => life.event(`c-${index}`, 1, msa('m', value))));
    const last = life.changes('@portfolio').at(-1);
    expect(last?.changes[0]).toMatchObject({
      type: 'score.concentration.changed',
      value: 26_000,
      band: 'high',
      parts: { customers: 4, top5BasisPoints: 10_000, totalMinor: 100 },
    });
    const sequences = life.changes('@portfolio').map(({ sequence }) => sequence);
    expect(sequences).toEqual([...new Set(sequences)].toSorted((one, other) => one - other));
  });
});

describe('a source that has fallen silent (N2)', () => {
  const stale = { activity: { status: 'stale', lastDay: 92 } } as const;
  const fresh = { activity: { status: 'fresh', lastDay: 101 } } as const;
  const silence = ({ changes }: CustomerChange) =>
    changes.flatMap((change) => ('cause' in change && change.cause === 'activity' ? [change.type] : []));

  it('is told of the tenant once, and once when it is back, whatever is told twice', async () => {
    const life = new Life();
    await life.tell(life.day(99), life.event('c-1', 99, msa('m-1', 5_000)));
    await life.tell(life.feeds(5, stale), life.day(100), life.feeds(5, stale), life.feeds(4, fresh));
    expect(life.changes('@portfolio').flatMap(silence)).toEqual(['data-quality.source-silent.raised']);
    await life.tell(life.day(101), life.feeds(6, fresh));
    const told = life.changes('@portfolio').filter((change) => silence(change).length > 0);
    expect(told.flatMap(silence)).toEqual([
      'data-quality.source-silent.raised',
      'data-quality.source-silent.cleared',
    ]);
    expect(told[0]).toMatchObject({ asOf: 99 * DAY_MS + 1, historical: false });
    expect(life.changes('c-1').flatMap(silence)).toEqual([]);
  });

  it('is two changes where both are told at once', async () => {
    const life = new Life();
    await life.tell(life.feeds(5, stale), life.feeds(6, fresh));
    expect(life.changes('@portfolio').flatMap(silence)).toHaveLength(2);
  });

  it('is told as history while a tenant imports: nothing of it is delivered', async () => {
    const life = new Life();
    const value = { currency: 'EUR', timeZone: 'UTC', synthetic: false, clock: 'importing' } as const;
    await life.tell(
      { kind: 'context', tenant: TENANT, item: 'settings', version: 1, receivedAt: 0, value },
      life.day(99),
      life.feeds(5, stale),
    );
    const [told] = life.changes('@portfolio');
    expect(told).toMatchObject({ historical: true, changes: [{ cause: 'activity', currency: 'EUR' }] });
  });

  it('is told by the first partition alone', async () => {
    const topology = scoringTopology({ partitions: 3 });
    const log = new MemoryLog(3);
    const value = new Life().feeds(5, stale);
    const everywhere = [0, 1, 2].map((partition) => ({
      topic: 'customer-events',
      key: TENANT,
      partition,
      value,
    }));
    await log.append(everywhere);
    await drain([createRunner({ topology, log, store: new MemoryStore(), clock })]);
    expect(log.topic('portfolio-contributions')).toHaveLength(1);
  });
});
