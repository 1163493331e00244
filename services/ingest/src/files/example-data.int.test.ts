import { readFileSync } from 'node:fs';
import { formatDay, parseDate } from '@bellwether/events';
import { parse } from 'csv-parse/sync';
import { afterAll, describe, expect, it } from 'vitest';
import { exampleMap, examplePath } from '../testing/ingest.fixture.ts';
import { imported, removeFiles } from '../testing/shop-file.fixture.ts';

afterAll(removeFiles);

const CDNOW = {
  path: examplePath('cdnow/CDNOW_sample.txt'),
  map: exampleMap('cdnow'),
  tenant: 'cdnow',
  clock: 'frozen',
} as const;
const USASPENDING = {
  path: examplePath('usaspending/treasury_contracts.csv'),
  map: exampleMap('usaspending'),
  tenant: 'usaspending',
  clock: 'frozen',
} as const;

describe('CDNOW', () => {
  const rows = readFileSync(CDNOW.path, 'utf8')
    .trim()
    .split('\n')
    .map((line) => line.trim().split(/\s+/));

  it('comes in as 6,919 payments of 2,357 customers, to the cent, 21 identical rows among them', async () => {
    const { result, events } = await imported(CDNOW);
    expect(result).toMatchObject({
      kind: 'done',
      summary: { rows: 6_919, events: 6_919, badRows: 0, customers: 2_357 },
    });
    const cents = (text = '') => Number(text.replace('.', ''));
    const total = events().reduce((sum, { data }) => sum + (data as { amountMinor: number }).amountMinor, 0);
    expect(total).toBe(rows.reduce((sum, row) => sum + cents(row[4]), 0));
    const spent = new Map<string, number>();
    for (const row of rows) {
      const customer = String(Number(row[1]));
      spent.set(customer, (spent.get(customer) ?? 0) + cents(row[4]));
    }
    for (const { customerId, data } of events()) {
      spent.set(
        customerId,
        (spent.get(customerId) ?? Number.NaN) - (data as { amountMinor: number }).amountMinor,
      );
    }
    expect([...spent.values()].every((left) => left === 0)).toBe(true);
    expect(rows.length - new Set(rows.map(String)).size).toBe(21);
    expect(new Set(events().map(({ id }) => id)).size).toBe(6_919);
  });

  it('names customers as the summary file does, and dates as the file does', async () => {
    const { events } = await imported(CDNOW);
    const summary = readFileSync(examplePath('cdnow/cdnow_customers_summary.csv'), 'utf8');
    const ids = (parse(summary, { columns: true }) as { ID: string }[]).map(({ ID }) => ID);
    expect(new Set(events().map(({ customerId }) => customerId))).toEqual(new Set(ids));
    const days = (texts: readonly string[]) => [...texts].sort();
    expect(days(events().map(({ day }) => formatDay(day).replaceAll('-', '')))).toEqual(
      days(rows.map((row) => row[2] ?? '')),
    );
  });

  it('has every day from 1997-01-01 to 1998-06-30 marked once in each of three ranges, in order with its events', async () => {
    const { customerEvents } = await imported(CDNOW);
    const marks: number[] = [];
    let day = 0;
    for (const record of customerEvents()) {
      if (record.kind === 'day') {
        day = record.day;
        marks.push(day);
      } else if (record.kind === 'event') expect(record.day).toBe(day);
    }
    const first = parseDate('1997-01-01') ?? 0;
    expect(marks).toEqual(Array.from({ length: 546 * 3 }, (_, index) => first + Math.floor(index / 3)));
  });

  it('until 1997-09-30 leaves later rows out and ends its clock on that day', async () => {
    const { result, events, customerEvents, tenants } = await imported({ ...CDNOW, until: '1997-09-30' });
    const before = rows.filter((row) => (row[2] ?? '') <= '19970930').length;
    expect(result).toMatchObject({
      summary: { events: before, leftOut: 6_919 - before, badRows: 0, lastDay: '1997-09-30' },
    });
    expect(events()).toHaveLength(before);
    const marks = customerEvents().flatMap((record) =>
      record.kind === 'day' ? [formatDay(record.day)] : [],
    );
    expect(marks.at(-1)).toBe('1997-09-30');
    expect(await tenants.get('cdnow')).toMatchObject({
      settings: { clock: 'frozen' },
      day: parseDate('1997-09-30'),
    });
  });
});

describe('USAspending', () => {
  const rows = parse(readFileSync(USASPENDING.path), { columns: true }) as Record<string, string>[];
  const sum = (amounts: readonly (string | undefined)[]) =>
    amounts.reduce((total, text = '0') => total + BigInt(text.replace('.', '').slice(0, -2)), 0n);

  async function agreements() {
    const { events, result } = await imported(USASPENDING);
    const found = events().filter(({ type }) => type.startsWith('agreement.'));
    return {
      events: events(),
      found,
      result,
      data: found.map((event) => event.data as Record<string, string & number>),
    };
  }

  it('comes in as 126 facts about 125 agreements of 102 customers, and their profiles', async () => {
    const { result, found, data, events } = await agreements();
    expect(result).toMatchObject({
      kind: 'done',
      summary: { rows: 126, events: 252, badRows: 0, customers: 102 },
    });
    expect(found).toHaveLength(126);
    expect(new Set(data.map(({ agreementId }) => agreementId)).size).toBe(125);
    expect(events.filter(({ type }) => type === 'customer.profile')).toHaveLength(126);
    const perCustomer = new Map<string, Set<string>>();
    for (const { customerId, data: facts } of found) {
      const { agreementId } = facts as { agreementId: string };
      perCustomer.set(customerId, (perCustomer.get(customerId) ?? new Set()).add(agreementId));
    }
    expect([...perCustomer.values()].filter((ids) => ids.size > 1)).toHaveLength(13);
  });

  it('tells 63 first actions with their value and 63 changes, whose sum is the sum of the file', async () => {
    const { found, data } = await agreements();
    const types = Map.groupBy(found, ({ type }) => type);
    expect([...types].map(([type, all]) => [type, all.length]).sort()).toEqual([
      ['agreement.amended', 57],
      ['agreement.created', 63],
      ['agreement.expired', 5],
      ['agreement.terminated', 1],
    ]);
    const minor = data.reduce(
      (total, facts) => total + BigInt(facts.valueMinor ?? facts.deltaMinor ?? 0),
      0n,
    );
    expect(minor).toBe(sum(rows.map((row) => row.dollarsobligated)));
    for (const { valueMinor, deltaMinor } of data) expect([valueMinor, deltaMinor]).toContain(undefined);
  });

  it('hangs orders under their vehicles, and 7 customers hold nothing but vehicles', async () => {
    const { found, data } = await agreements();
    const counts = Map.groupBy(data, ({ agreementType }) => agreementType);
    expect([...counts].map(([type, all]) => [type, all.length]).sort()).toEqual([
      ['MSA', 10],
      ['SOW', 70],
      ['service', 46],
    ]);
    const call = data.find(({ agreementId }) => agreementId === 'TPDCFPBPA130006:0006');
    expect(call).toMatchObject({ agreementType: 'SOW', parentAgreementId: 'TPDCFPBPA130006' });
    expect(data.some(({ agreementId }) => agreementId === 'TPDCFPBPA130006')).toBe(true);
    const types = new Map<string, Set<string>>();
    for (const { customerId, data: facts } of found) {
      const { agreementType } = facts as { agreementType: string };
      types.set(customerId, (types.get(customerId) ?? new Set()).add(agreementType));
    }
    expect([...types.values()].filter((all) => all.size === 1 && all.has('MSA'))).toHaveLength(7);
  });

  it('dates vehicles by their last order and contracts by what has been bought; starts come from first actions', async () => {
    const { data } = await agreements();
    const byId = (id: string) => data.find(({ agreementId }) => agreementId === id);
    expect(byId('TMHQ12C0043')).toMatchObject({ endDate: '2016-11-30', effectiveDate: '2016-08-29' });
    expect(byId('TEPD161782:TEPW1621624')).toMatchObject({ endDate: '2016-10-31', startDate: '2016-09-08' });
    for (const { amendmentNumber, startDate } of data)
      expect(startDate === undefined).toBe(amendmentNumber !== '0');
    for (const { endDate } of data) expect(endDate).toMatch(/^\d{4}-\d{2}-\d{2}$/);
  });

  it('orders the two facts of TIRSE13C00003 by number and effective date', async () => {
    const { found } = await agreements();
    const two = found.filter(({ data }) => (data as { agreementId: string }).agreementId === 'TIRSE13C00003');
    const facts = two.map(({ sequence, data }) => [sequence, data]);
    expect(facts).toMatchObject([
      [
        79,
        {
          deltaMinor: 0,
          effectiveDate: '2016-10-01',
          endDate: '2017-09-30',
          reason: 'G: EXERCISE AN OPTION',
        },
      ],
      [78, { deltaMinor: 7_911_702, effectiveDate: '2016-09-06', endDate: '2016-09-30' }],
    ]);
  });

  it('tells who a customer is, and its parent where that is another one', async () => {
    const { events } = await agreements();
    const profile = (id: string) =>
      events.find(({ customerId, type }) => customerId === id && type === 'customer.profile')?.data;
    expect(profile('004496600')).toEqual({
      name: 'REXAM CONSUMER PLASTICS INC.',
      industry: 'NAICS 325211',
      employees: 25_000,
      annualRevenueMinor: 700_000_000_000,
      parentCustomerId: '400250292',
    });
    expect(profile('005050346')).not.toHaveProperty('parentCustomerId');
  });
});
