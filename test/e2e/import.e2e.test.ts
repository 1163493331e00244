import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { getAll, getJson } from './support/api.ts';
import {
  finishBellwether,
  PROJECT_FOLDER,
  type RunningBellwether,
  startBellwether,
} from './support/start-bellwether.ts';
import { temporaryFolder } from './support/temporary-folder.ts';
import type { Accounting, CustomerRow } from './support/tenant-numbers.ts';

const FOLDER = 'examples/cdnow';
const UNTIL = '1997-09-30';
const data = temporaryFolder('import');
const parameters = [
  ...['import', `${FOLDER}/CDNOW_sample.txt`, '--map', `${FOLDER}/map.yaml`],
  ...['--tenant', 'cdnow-1997', '--until', UNTIL, '--data', data],
];

interface Rfm {
  readonly frequency: number;
  readonly recencyDays: number;
  readonly ageDays: number;
}

/** The published summary of the data set (ID, frequency, recency, T): in weeks, to the end of September 1997. */
function publishedSummary(): ReadonlyMap<string, Rfm> {
  const text = readFileSync(join(PROJECT_FOLDER, FOLDER, 'cdnow_customers_summary.csv'), 'utf8');
  const [head, ...lines] = text.trim().split(/\r?\n/);
  expect(head).toBe('ID,frequency,recency,T');
  return new Map(
    lines.map((line) => {
      const [id = '', frequency, recencyWeeks, ageWeeks] = line.split(',');
      const days = (weeks: string | undefined): number => Math.round(Number(weeks) * 7);
      return [id, { frequency: Number(frequency), recencyDays: days(recencyWeeks), ageDays: days(ageWeeks) }];
    }),
  );
}

describe('the import of the README, up to a date', () => {
  let bellwether: RunningBellwether;
  beforeAll(async () => {
    const { code, output } = await finishBellwether(parameters);
    expect([code, output]).toEqual([0, expect.stringContaining('of 2357 customers')]);
    bellwether = await startBellwether({ data, parameters: ['--empty'] });
  });
  afterAll(async () => {
    await bellwether?.stop('SIGKILL');
  });

  it('gives every customer the frequency, recency and age that were published for the data (S27)', async () => {
    const base = `${bellwether.url}/v1/tenants/cdnow-1997`;
    const customers = await getAll<CustomerRow>(`${base}/customers`);
    const published = publishedSummary();
    expect(published.size).toBe(2_357);
    const found = new Map<string, Rfm>();
    for (const { customerId } of customers) {
      const { rfm } = await getJson<{ rfm: Rfm }>(`${base}/customers/${customerId}`);
      const { frequency, recencyDays, ageDays } = rfm;
      found.set(customerId, { frequency, recencyDays, ageDays });
    }
    expect(found).toEqual(published);
  });

  it('changes nothing when it is repeated', async () => {
    const url = (path: string) => `${bellwether.url}/v1/tenants/cdnow-1997/${path}`;
    const read = async () => ({
      customers: await getAll<CustomerRow>(url('customers')),
      accounting: await getJson<Accounting>(url('accounting')),
    });
    const before = await read();
    await bellwether.stop();
    const again = await finishBellwether(parameters);
    expect(again).toMatchObject({ code: 0, output: expect.stringContaining('already loaded') });
    bellwether = await startBellwether({ data, parameters: ['--empty'] });
    expect(await read()).toEqual(before);
  });
});
