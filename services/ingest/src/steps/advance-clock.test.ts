import type { ClockRecord, CustomerEvent, CustomerEventsRecord, Feed } from '@bellwether/events';
import { describe, expect, it } from 'vitest';
import { createCalendar } from '../tenants/calendar.ts';
import { advanceClock, type ClockState, NO_TENANTS } from './advance-clock.ts';

const PARTS = { calendar: createCalendar(), partitions: 2 };
const DAY_MS = 86_400_000;
const DAY = 20_000;
const NOON = DAY * DAY_MS + DAY_MS / 2;
const LIVE = { currency: 'USD', timeZone: 'UTC', synthetic: false, clock: 'live' } as const;

function tenant(change: Partial<Extract<ClockRecord, { kind: 'tenant' }>> = {}): ClockRecord {
  return { kind: 'tenant', tenant: 'acme', settings: LIVE, day: null, feeds: {}, at: NOON, ...change };
}
function tick(at: number): ClockRecord {
  return { kind: 'tick', at };
}
function notice(type: 'gap-detected' | 'resynced', feeds: readonly Feed[], change: object = {}): ClockRecord {
  const data = type === 'gap-detected' ? { cause: 'overflow-marker' } : {};
  const event = {
    kind: 'event',
    tenant: 'acme',
    customerId: '@portfolio',
    id: 'n',
    source: '/crm',
    type: `source.${type}`,
    time: NOON,
    day: DAY,
    receivedAt: NOON,
    historical: false,
    data,
    ...change,
  } as CustomerEvent;
  return { kind: 'source-notice', tenant: 'acme', event, feeds, at: NOON + 5 };
}
function seen(feed: 'activity' | 'payment', day: number): ClockRecord {
  return { kind: 'feed-seen', tenant: 'acme', feed, day, at: NOON };
}

/** Applies records; the outputs of the last one, one line for each record of partition 0. */
function play(...records: readonly ClockRecord[]): { state: ClockState; told: string[]; outputs: number } {
  let state = NO_TENANTS;
  let outputs: ReturnType<typeof advanceClock>['outputs'] = [];
  for (const record of records) ({ state, outputs } = advanceClock(state, record, PARTS));
  const told = outputs
    .filter(({ partition }) => partition === 0)
    .map(({ value }) => line(value as CustomerEventsRecord));
  return { state, told, outputs: outputs.length };
}

function line(record: CustomerEventsRecord): string {
  if (record.kind === 'day') return `day ${record.day - DAY}`;
  if (record.kind !== 'context') return record.kind;
  if (record.item === 'settings') return `settings ${record.value.clock} v${record.version}`;
  return Object.entries(record.value)
    .map(
      ([feed, { status, missingSince }]) =>
        `${feed} ${status}${missingSince === undefined ? '' : ', incomplete'}`,
    )
    .join('; ');
}

describe('the clock of a tenant that begins live', () => {
  it('tells its settings and its first day to every partition', () => {
    const { told, outputs } = play(tenant());
    expect(told).toEqual(['settings live v1', 'day 0']);
    expect(outputs).toBe(4);
  });

  it('tells no day twice, missed days in order, and never goes back', () => {
    expect(play(tenant(), tick(NOON + 1_000)).told).toEqual([]);
    expect(play(tenant(), tick(NOON + 3 * DAY_MS)).told).toEqual(['day 1', 'day 2', 'day 3']);
    expect(play(tenant(), tick(NOON + 2 * DAY_MS), tick(NOON)).told).toEqual([]);
  });

  it('begins its days at local midnight', () => {
    const local = tenant({ settings: { ...LIVE, timeZone: 'America/New_York' }, at: DAY * DAY_MS });
    expect(play(local).told).toEqual(['settings live v1', 'day -1']);
    const { outputs } = advanceClock(play(local).state, tick(NOON), PARTS);
    expect(outputs[0]?.value).toMatchObject({
      day: DAY,
      startsAt: DAY * DAY_MS + 4 * 3_600_000,
      slotFrom: 0,
      slotTo: 1023,
    });
  });
});

describe('the feeds of a live tenant (S76)', () => {
  it('are told when their status changes, before the day that changes it', () => {
    const begun = [tenant(), seen('activity', DAY)];
    expect(play(...begun, tick(NOON + 1)).told).toEqual(['activity fresh']);
    expect(play(...begun, tick(NOON + 1), tick(NOON + 2)).told).toEqual([]);
    const silent = play(...begun, tick(NOON + 1), tick(NOON + 9 * DAY_MS)).told;
    expect(silent.indexOf('activity stale')).toBe(silent.indexOf('day 8') - 1);
    const back = [...begun, tick(NOON + 1), tick(NOON + 9 * DAY_MS), seen('activity', DAY + 9)];
    expect(play(...back, tick(NOON + 9 * DAY_MS + 1)).told).toEqual(['activity fresh', 'review']);
  });

  it('have versions that only grow', () => {
    const first = play(tenant(), seen('activity', DAY), tick(NOON)).state.tenants.acme?.feedsVersion ?? 0;
    const second = play(tenant(), seen('activity', DAY), tick(NOON), seen('payment', DAY), tick(NOON)).state;
    expect(second.tenants.acme?.feedsVersion).toBeGreaterThan(first);
  });

  it('keep their newest day; of an unknown tenant they are ignored', () => {
    expect(
      play(tenant(), seen('activity', DAY), seen('activity', DAY - 3)).state.tenants.acme?.feeds,
    ).toEqual({ activity: DAY });
    expect(play(seen('activity', DAY)).state).toBe(NO_TENANTS);
  });
});

describe('feeds of which a source has lost something for a whole tenant (N14)', () => {
  const begun = [tenant(), seen('activity', DAY), seen('payment', DAY), tick(NOON + 1)];

  it('are told at once, to every partition, with the next status too', () => {
    expect(play(...begun, notice('gap-detected', ['payment'])).told).toEqual([
      'activity fresh; payment fresh, incomplete',
    ]);
    const later = play(...begun, notice('gap-detected', ['payment']), tick(NOON + 9 * DAY_MS)).told;
    expect(later.filter((told) => !told.startsWith('day'))).toEqual([
      'activity stale; payment fresh, incomplete',
    ]);
    expect(play(...begun, notice('gap-detected', [])).told).toEqual([
      'activity fresh, incomplete; payment fresh, incomplete',
    ]);
  });

  it('are told to be complete when the source was read again, and every customer is looked at', () => {
    const gap = notice('gap-detected', ['payment']);
    expect(play(...begun, gap, notice('resynced', [])).told).toEqual([
      'activity fresh; payment fresh',
      'review',
    ]);
    expect(play(...begun, gap, notice('resynced', [], { time: NOON - 1 })).told).toEqual([]);
    expect(play(...begun, gap, notice('resynced', [], { source: '/other' })).told).toEqual([]);
  });

  it('are told once', () => {
    const gap = notice('gap-detected', ['payment']);
    expect(play(...begun, gap, gap).told).toEqual([]);
  });

  it('wait for the first day of their tenant, and for its feeds', () => {
    expect(play(notice('gap-detected', [])).state).toBe(NO_TENANTS);
    const early = [tenant(), notice('gap-detected', ['payment'])];
    expect(play(...early).told).toEqual([]);
    expect(play(...early, seen('payment', DAY), tick(NOON + 1)).told).toEqual(['payment fresh, incomplete']);
  });

  it('of a tenant that is not live are remembered until it is', () => {
    const importing = tenant({ settings: { ...LIVE, clock: 'importing' } });
    const feeds = { payment: { status: 'fresh', lastDay: DAY } } as const;
    const live = tenant({ day: DAY, feeds });
    expect(play(importing, notice('gap-detected', ['payment'])).told).toEqual([]);
    expect(play(importing, notice('gap-detected', ['payment']), live, tick(NOON)).told).toEqual([
      'payment fresh, incomplete',
    ]);
  });
});

describe('a tenant that imports', () => {
  const importing = tenant({ settings: { ...LIVE, clock: 'importing' } });
  const feeds = { payment: { status: 'fresh', lastDay: DAY - 10 } } as const;

  it('is told by its import alone: the clock stands still for it', () => {
    expect(play(importing).told).toEqual([]);
    expect(play(importing, tick(NOON + DAY_MS)).told).toEqual([]);
  });

  it('stays where its history ends when it is frozen', () => {
    const frozen = tenant({ settings: { ...LIVE, clock: 'frozen' }, day: DAY - 10, feeds });
    const { state, told } = play(importing, frozen, tick(NOON));
    expect(told).toEqual([]);
    expect(state.tenants.acme).toMatchObject({
      lastDay: DAY - 10,
      feeds: { payment: DAY - 10 },
      revision: 2,
    });
  });

  it('goes on from there when it goes live', () => {
    const live = tenant({ day: DAY - 2, feeds });
    expect(play(importing, live).told).toEqual([]);
    expect(play(importing, live, tick(NOON)).told).toEqual(['day -1', 'day 0']);
  });
});
