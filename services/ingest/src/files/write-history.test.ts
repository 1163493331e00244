import type { CustomerEvent, Feed, ImportRecord } from '@bellwether/events';
import { describe, expect, it } from 'vitest';
import { createCalendar } from '../tenants/calendar.ts';
import type { BadRow } from './source-row.ts';
import { FLUSH, type HistoryBase, type HistoryPlan, historyRecords, slotRanges } from './write-history.ts';

const DAY = 20_000;
const SETTINGS = {
  currency: 'USD',
  timeZone: 'America/New_York',
  synthetic: false,
  clock: 'importing',
} as const;
const NEW: HistoryBase = { day: null, feeds: {}, statuses: {}, revision: 0 };

function event(day: number, id: string, type = 'payment.paid'): CustomerEvent {
  return { kind: 'event', id, day: DAY + day, type } as CustomerEvent;
}

async function write(
  events: readonly CustomerEvent[],
  change: Partial<HistoryPlan> = {},
  bad: readonly BadRow[] = [],
) {
  const days = new Map<number, Set<Feed>>();
  for (const { day, type } of events) {
    days.set(day, (days.get(day) ?? new Set()).add(type.slice(0, type.indexOf('.')) as Feed));
  }
  const plan: HistoryPlan = {
    tenant: 'acme',
    importId: 'acme:1',
    fileName: 'f.csv',
    contentHash: 'abc',
    mapVersion: '1',
    until: null,
    settings: SETTINGS,
    finalSettings: { ...SETTINGS, clock: 'frozen' },
    base: NEW,
    lastDay: Math.max(...days.keys()),
    customers: 10,
    startedAt: 5,
    ...change,
  };
  const sorter = { events: () => events, badRows: () => bad, days };
  const records: ImportRecord[] = [];
  for await (const record of historyRecords(plan, { sorter, calendar: createCalendar() })) {
    if (record !== FLUSH) records.push(record);
  }
  return records;
}

async function lines(...given: Parameters<typeof write>): Promise<string[]> {
  return (await write(...given)).map(line);
}

function line(record: ImportRecord): string {
  if (record.kind === 'import-row') return `event ${record.event.id}`;
  if (record.kind !== 'import-control') return record.kind;
  const { control } = record;
  if (control.kind === 'day') return `day ${control.day - DAY}`;
  if (control.kind === 'review') return 'review';
  if (control.item === 'census') return `census ${control.value.day - DAY}`;
  if (control.item === 'settings') return `settings ${control.value.clock} v${control.version}`;
  return Object.entries(control.value)
    .map(([feed, { status }]) => `${feed} ${status}`)
    .join(', ');
}

describe('the history of a tenant', () => {
  it('marks every day before its events, empty days among them, and tells a feed before the day that it begins on', async () => {
    expect(
      await lines([event(0, 'a'), event(0, 'b'), event(2, 'c', 'activity.login'), event(2, 'd')]),
    ).toEqual([
      'import-begin',
      'settings importing v1',
      'payment fresh',
      'day 0',
      'event a',
      'event b',
      'day 1',
      'activity fresh, payment fresh',
      'day 2',
      'event c',
      'event d',
      'settings frozen v2',
      'import-end',
    ]);
  });

  it('is numbered from 1 without a gap', async () => {
    const ordinals = (await write([event(0, 'a'), event(9, 'b')])).map(({ ordinal }) => ordinal);
    expect(ordinals).toEqual(ordinals.map((_, index) => index + 1));
  });

  it('puts bad rows first, with their place in the file', async () => {
    const bad: BadRow = { kind: 'bad', row: 7, reason: 'row-invalid', faults: [], original: 'x' };
    const records = await write([event(0, 'a')], {}, [bad]);
    expect(records[2]).toMatchObject({
      kind: 'import-bad-row',
      position: { file: 'f.csv', row: 7 },
      original: 'x',
    });
  });

  it('goes on to the day that was asked for, so that ages count to it', async () => {
    const records = await write([event(0, 'a', 'activity.login')], { until: DAY + 9, lastDay: DAY + 9 });
    const lines = records.map(line);
    expect(lines.filter((text) => text.startsWith('day')).at(-1)).toBe('day 9');
    expect(lines[lines.indexOf('day 8') - 1]).toBe('activity stale');
    expect(records.at(-1)).toMatchObject({
      day: DAY + 9,
      feeds: { activity: { status: 'stale', lastDay: DAY } },
      settings: { clock: 'frozen' },
    });
  });

  it('begins days at local midnight, in ranges of slots of about a thousand customers', async () => {
    const controls = (await write([event(0, 'a')], { customers: 2_357 })).flatMap((record) =>
      record.kind === 'import-control' && record.control.kind === 'day' ? [record.control] : [],
    );
    expect(controls.map(({ slotFrom, slotTo }) => [slotFrom, slotTo])).toEqual([
      [0, 340],
      [341, 681],
      [682, 1023],
    ]);
    expect(controls[0]).toMatchObject({ startsAt: DAY * 86_400_000 + 4 * 3_600_000, historical: true });
    for (const customers of [0, 1, 1_000, 1_001, 50_000, 10_000_000]) {
      const ranges = slotRanges(customers);
      expect(ranges[0]?.slotFrom).toBe(0);
      expect(ranges.at(-1)?.slotTo).toBe(1023);
      for (const [index, { slotFrom }] of ranges.slice(1).entries())
        expect(slotFrom).toBe((ranges[index]?.slotTo ?? 0) + 1);
    }
  });
});

describe('a second import into a tenant', async () => {
  const base: HistoryBase = {
    day: DAY,
    feeds: { payment: DAY },
    statuses: { payment: { status: 'fresh', lastDay: DAY } },
    revision: 2,
  };

  it('takes earlier rows as late ones: days are marked only from where the tenant stands', async () => {
    const events = [event(-5, 'late', 'activity.login'), event(0, 'same'), event(2, 'new')];
    expect(await lines(events, { base })).toEqual([
      'import-begin',
      'settings importing v3',
      'activity fresh, payment fresh',
      'event late',
      'event same',
      'day 1',
      'day 2',
      'event new',
      'settings frozen v4',
      'import-end',
    ]);
  });

  it('never moves the clock back', async () => {
    const records = await write([event(-5, 'late')], { base, lastDay: DAY });
    expect(records.at(-1)).toMatchObject({ day: DAY, feeds: { payment: { lastDay: DAY } } });
  });
});
