import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type CustomerEvent, DAY_MS, formatDay, parseDate } from '@bellwether/events';
import { MemoryLog, MemoryStore } from '@bellwether/testkit';
import { parse } from 'csv-parse/sync';
import { afterAll, describe, expect, it } from 'vitest';
import { exampleMap, examplePath, mapOf, NOW_MS, openIngest } from '../testing/ingest.fixture.ts';
import { importEvents } from './import-events.ts';
import { importFile } from './import-file.ts';
import type { ImportParts } from './import-history.ts';
import type { ImportProgress } from './progress.ts';

const folder = mkdtempSync(join(tmpdir(), 'bellwether-test-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const MAP = mapOf(`
version: 1
tenant: { currency: USD, timeZone: UTC }
format: { type: csv }
source: /shop
customerId: { column: customer }
time: { column: at }
events:
  - type: payment.paid
    data: { amountMinor: { column: amount, as: money }, units: { column: units, as: integer, optional: true } }
`);
const HEADER = 'customer,at,amount,units\n';
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

let files = 0;
function fileOf(content: string | Buffer): string {
  files += 1;
  const path = join(folder, `file-${files}.csv`);
  writeFileSync(path, content);
  return path;
}

function shop(content: string | Buffer, change: { until?: string; tenant?: string; clock?: 'live' } = {}) {
  return { path: fileOf(content), map: MAP, tenant: 'shop', clock: 'frozen', ...change } as const;
}

async function imported(request: Parameters<typeof importFile>[0], ingest = openIngest()) {
  const result = await importFile(request, ingest.parts);
  await ingest.drain();
  return { ...ingest, result };
}

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

describe('bad rows', () => {
  it('are quarantined with file, row, column, what was expected and what stood there; the others count', async () => {
    const bytes = Buffer.concat([
      Buffer.from(
        `${HEADER}c1,2024-05-01,12.50,1\nc$,2023-02-30,NaN,x\nc2,2024-05-02,1\nc3,2024-05-02,9e9,\ncaf`,
      ),
      Buffer.from([0xe9]),
      Buffer.from(
        ',2024-05-02,1,\nc4,2024-05-02,50000000000.00,\nc5,2031-01-01,1,\nc6,1899-12-31,1,\nc7,2024-05-02,"1,\n',
      ),
    ]);
    const { result, events, quarantine } = await imported(shop(bytes));
    expect(result).toMatchObject({ kind: 'done', summary: { rows: 9, events: 1, badRows: 8 } });
    expect(events()).toHaveLength(1);
    const found = quarantine().map(({ position, reason, faults }) => [
      position.row,
      reason,
      faults.map(({ path }) => path),
    ]);
    expect(found).toEqual([
      [3, 'row-invalid', ['customer', 'at', 'amount', 'units']],
      [4, 'row-unreadable', ['row']],
      [5, 'row-invalid', ['amount']],
      [6, 'not-utf8', ['row']],
      [7, 'invalid-data', ['amount (/data/amountMinor)']],
      [8, 'future-time', ['/time']],
      [9, 'row-invalid', ['at']],
      [10, 'row-unreadable', ['row']],
    ]);
    expect(quarantine()[0]?.faults[2]).toEqual({
      path: 'amount',
      expected: 'an amount in USD of at most 15 digits, 2 of them decimals, such as 1234.5',
      got: '"NaN"',
    });
    expect(quarantine()[3]).toMatchObject({
      encoding: 'base64',
      original: Buffer.from('636166e92c323032342d30352d30322c312c', 'hex').toString('base64'),
    });
    expect(result).toMatchObject({
      summary: { firstBadRow: expect.stringContaining('row 3, customer: expected an id') },
    });
  });

  it('of JSON lines are quarantined like any other, __proto__ is dropped', async () => {
    const map = mapOf('version: 1\ntenant: { currency: USD, timeZone: UTC }\nformat: { type: jsonl }\n');
    const good = {
      specversion: '1.0',
      id: 'a',
      source: '/s',
      type: 'payment.paid',
      subject: 'c1',
      time: '2024-05-01T00:00:00Z',
      data: { amountMinor: 1 },
    };
    const lines = [
      JSON.stringify(good),
      '{"specversion":',
      JSON.stringify({ ...good, type: 'payment.payed' }),
      JSON.stringify({ ...good, data: { amountMinor: 1, currency: 'EUR' } }),
      JSON.stringify({ ...good, id: 'b' }).replace('"amountMinor"', '"__proto__":{"x":1},"amountMinor"'),
      `${'['.repeat(99_999)}`,
    ];
    const { result, quarantine, events } = await imported({ ...shop(lines.join('\n')), map });
    expect(result).toMatchObject({ summary: { events: 2, badRows: 4 } });
    expect(quarantine().map(({ position, reason }) => [position.row, reason])).toEqual([
      [2, 'not-json'],
      [3, 'unknown-type'],
      [4, 'currency-not-convertible'],
      [6, 'not-json'],
    ]);
    expect(events()[1]?.data).toEqual({ amountMinor: 1 });
  });

  it('of JSON lines are read through a map by paths', async () => {
    const map = mapOf(`
version: 1
tenant: { currency: USD, timeZone: UTC }
format: { type: jsonl }
source: /shop
id: [order.id]
customerId: { column: buyer }
time: { column: order.at }
events:
  - type: payment.paid
    data: { amountMinor: { column: order.total, as: money } }
`);
    const line = { buyer: 'c1', order: { id: 7, at: '2024-05-01T10:00:00Z', total: 12.5 } };
    const { events } = await imported({ ...shop(`${JSON.stringify(line)}\n{"buyer":"c2"}\n`), map });
    expect(events()).toMatchObject([{ customerId: 'c1', id: '7', data: { amountMinor: 1_250 } }]);
  });
});

describe('an import is refused in one sentence and changes nothing', () => {
  const GOOD = `${HEADER}c1,2024-05-01,1,\n`;
  async function refused(request: Parameters<typeof importFile>[0], ingest = openIngest()) {
    const length = ingest.history().length;
    const result = await importFile(request, ingest.parts);
    expect(ingest.history()).toHaveLength(length);
    expect(result.kind).toBe('refused');
    return result.kind === 'refused' ? `${result.code}: ${result.message}` : '';
  }

  it('where columns are missing, naming all of them', async () => {
    expect(await refused(shop('customer,when,price\nc1,2024-05-01,1\n'))).toMatch(
      /^missing-columns: file-\d+\.csv lacks the columns at, amount, units that the map reads; it has customer, when, price\.$/,
    );
    expect(await refused(shop(''))).toContain('it has no header row');
    expect(await refused(shop('customer,at,amount,amount,units\n'))).toContain(
      'more than one column called amount',
    );
  });

  it.each([
    [{ tenant: 'a$b' }, 'bad-tenant: "a$b" is no name for a tenant'],
    [{ until: '2023-02-30' }, 'bad-until: --until needs an existing date, YYYY-MM-DD, not "2023-02-30".'],
    [{ until: '2020-01-01' }, 'has no good row up to 2020-01-01'],
  ])('where an option is wrong: %j', async (change, message) => {
    expect(await refused(shop(GOOD, change))).toContain(message);
  });

  it('where the file cannot be read, is UTF-16, has no rows or no good one', async () => {
    expect(await refused({ ...shop(GOOD), path: '/nowhere/x.csv' })).toBe(
      'file-unreadable: /nowhere/x.csv: there is no such file.',
    );
    expect(await refused({ ...shop(GOOD), path: folder })).toContain('it is a folder');
    expect(await refused(shop(Buffer.from(`\ufeff${GOOD}`, 'utf16le')))).toContain('is UTF-16');
    expect(await refused(shop(HEADER))).toContain('has no rows');
    expect(await refused(shop(`${HEADER}c 1,2024-05-01,1,\n`))).toContain('All 1 rows');
  });

  it('where the tenant is live, imports something else, or counts in another currency', async () => {
    const ingest = openIngest();
    const settings = { currency: 'EUR', timeZone: 'UTC', synthetic: false, clock: 'live' } as const;
    await ingest.tenants.create('shop', settings, NOW_MS);
    expect(await refused(shop(GOOD), ingest)).toContain('tenant-live: Tenant shop is live');
    const view = { day: 1, feeds: {}, statuses: {}, revision: 5 };
    ingest.tenants.remember('shop', { ...view, settings: { ...settings, clock: 'importing' } });
    expect(await refused(shop(GOOD), ingest)).toContain('tenant-importing');
    ingest.tenants.remember('shop', { ...view, settings: { ...settings, clock: 'frozen' } });
    expect(await refused(shop(GOOD), ingest)).toContain('counts in EUR and UTC, this import in USD and UTC');
  });

  it('where the same content was imported before, whatever its name or map is now', async () => {
    const ingest = openIngest();
    const first = shop(GOOD);
    await imported(first, ingest);
    expect(await refused({ ...shop(GOOD), map: { ...MAP, version: '2-x' } }, ingest)).toMatch(
      /^already-imported: The content of file-\d+\.csv was already imported for tenant shop as file-\d+\.csv; nothing was changed\.$/,
    );
    const before = ingest.customerEvents().length;
    await ingest.drain();
    expect(ingest.customerEvents()).toHaveLength(before);
    expect((await imported({ ...first, tenant: 'other' }, ingest)).result.kind).toBe('done');
  });
});

describe('an import that was interrupted', () => {
  const rows = Array.from(
    { length: 3_000 },
    (_, index) => `c${index % 7},2024-0${1 + (index % 9)}-03,${index}.25,`,
  );
  const content = `${HEADER}${rows.join('\n')}\nbad row\n`;

  it.each([0, 1, 500, 501, 1_500, 3_000])(
    'after %i records is continued without a gap or a repeat, at any later time',
    async (kept) => {
      const request = shop(content);
      const whole = await imported(request);
      const log = new MemoryLog();
      const ingest = openIngest(log);
      const limited: ImportParts['log'] = {
        read: (from, options) => log.read(from, options),
        endOffset: (topic, partition) => log.endOffset(topic, partition),
        append: async (records) => {
          await log.append(records.slice(0, Math.max(0, kept - log.topic('source-import').length)));
          if (log.topic('source-import').length >= kept) throw new Error('power cut');
        },
      };
      await expect(importFile(request, { ...ingest.parts, log: limited })).rejects.toThrow('power cut');
      if (kept % 2 === 0) await ingest.drain();
      const later = openIngest(log, ingest.store);
      const result = await importFile(request, {
        ...later.parts,
        now: () => NOW_MS + (kept === 0 ? 0 : DAY_MS),
      });
      await later.drain();
      expect(result).toMatchObject({ kind: 'done', summary: { continuedAfter: kept } });
      expect(later.history()).toEqual(whole.history());
      expect(later.customerEvents()).toEqual(whole.customerEvents());
      expect((await importFile(request, later.parts)).kind).toBe('refused');
    },
  );

  it('is continued only with the same map and options', async () => {
    const ingest = openIngest(new MemoryLog(), new MemoryStore());
    const stop = new AbortController();
    const request = shop(content);
    const onProgress = (progress: ImportProgress) => void (progress.phase === 'appending' && stop.abort());
    const stopped = await importFile(request, { ...ingest.parts, onProgress, signal: stop.signal });
    expect(stopped).toMatchObject({ kind: 'stopped', appended: 500 });
    const other = await importFile({ ...request, until: '2024-06-01' }, ingest.parts);
    expect(other).toMatchObject({ kind: 'refused', code: 'begun-otherwise' });
    expect(
      await importFile({ ...request, path: fileOf(`${HEADER}c1,2024-05-01,1,\n`) }, ingest.parts),
    ).toMatchObject({
      code: 'tenant-importing',
    });
    expect(await importFile(request, ingest.parts)).toMatchObject({
      kind: 'done',
      summary: { continuedAfter: 500 },
    });
  });

  it('tells how far it is', async () => {
    const ingest = openIngest();
    const told: ImportProgress[] = [];
    let now = NOW_MS;
    const tick = () => (now += 60);
    await importFile(shop(content), {
      ...ingest.parts,
      now: tick,
      onProgress: (progress) => told.push(progress),
    });
    expect(told.at(-1)).toMatchObject({
      phase: 'appending',
      rowsRead: 3_001,
      badRows: 1,
      eventsSorted: 3_000,
      percent: 100,
      leftS: 0,
    });
    const percents = told.map(({ percent }) => percent ?? 0);
    expect(percents).toEqual([...percents].sort((one, other) => one - other));
  });
});

describe('a second file for a frozen tenant', () => {
  it('adds to it: its clock goes on, earlier rows are late corrections', async () => {
    const ingest = openIngest();
    await imported(shop(`${HEADER}c1,2024-05-01,1,\nc1,2024-05-03,2,\n`), ingest);
    const second = shop(`${HEADER}c2,2024-05-02,3,\nc2,2024-05-05,4,\n`, { clock: 'live' });
    const { result, customerEvents, tenants } = await imported(second, ingest);
    expect(result.kind).toBe('done');
    const days = customerEvents().flatMap((record) => (record.kind === 'day' ? [formatDay(record.day)] : []));
    expect(days).toEqual(['2024-05-01', '2024-05-02', '2024-05-03', '2024-05-04', '2024-05-05']);
    const versions = customerEvents().flatMap((record) =>
      record.kind === 'context' ? [record.version] : [],
    );
    expect(new Set(versions).size).toBe(versions.length);
    expect(await tenants.get('shop')).toMatchObject({
      settings: { clock: 'live' },
      day: parseDate('2024-05-05'),
      revision: 4,
    });
  });
});

describe('events that are ready', () => {
  const identity = {
    name: 'simulation 7',
    contentHash: 'seed-7',
    mapVersion: 'simulator-1',
    currency: 'USD',
    timeZone: 'UTC',
  };
  async function* simulated() {
    for (const [index, day] of ['03', '01', '02'].entries()) {
      yield {
        specversion: '1.0',
        id: `e${index}`,
        source: '/simulator',
        type: 'activity.login',
        subject: 'c1',
        time: `2025-12-${day}T08:00:00Z`,
        data: {},
      };
    }
    yield { nonsense: true };
  }

  it('are imported like a file, sorted by time, labelled as generated', async () => {
    const ingest = openIngest();
    const request = { identity, tenant: 'simulated', clock: 'live', synthetic: true } as const;
    const result = await importEvents({ ...request, events: simulated() }, ingest.parts);
    await ingest.drain();
    expect(result).toMatchObject({ kind: 'done', summary: { events: 3, badRows: 1 } });
    expect(ingest.events().map(({ id }: CustomerEvent) => id)).toEqual(['e1', 'e2', 'e0']);
    expect(await ingest.tenants.get('simulated')).toMatchObject({
      settings: { synthetic: true, clock: 'live' },
    });
    expect(await importEvents({ ...request, events: simulated() }, ingest.parts)).toMatchObject({
      code: 'already-imported',
    });
  });
});
