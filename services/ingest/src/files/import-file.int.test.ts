import { afterAll, describe, expect, it } from 'vitest';
import { mapOf, NOW_MS, openIngest } from '../testing/ingest.fixture.ts';
import { folder, HEADER, imported, MAP, removeFiles, shop } from '../testing/shop-file.fixture.ts';
import { importFile } from './import-file.ts';

afterAll(removeFiles);

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
