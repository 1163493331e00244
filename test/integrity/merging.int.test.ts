import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DAY_MS } from '@bellwether/events';
import { importFile, readMap } from '@bellwether/ingest';
import { afterEach, describe, expect, it } from 'vitest';
import { beginEmbeddedTenant } from './support/live-tenant.ts';
import { importPartsAt, openPipeline, type Pipeline } from './support/open-pipeline.ts';

const TODAY = 19_800;
const NOW = TODAY * DAY_MS + DAY_MS / 2;
const TENANT = 'acme';
const folder = mkdtempSync(join(tmpdir(), 'bellwether-merging-'));
const open: Pipeline[] = [];

async function pipelineWith(partitions: number): Promise<Pipeline> {
  const pipeline = await openPipeline({ partitions, now: NOW, batchRecords: 50 });
  open.push(pipeline);
  return pipeline;
}
afterEach(async () => {
  for (const pipeline of open.splice(0)) await pipeline.close();
  rmSync(folder, { recursive: true, force: true });
});

let serial = 0;
function event(subject: string, type: string, data: object) {
  serial += 1;
  const time = new Date(NOW - 60_000 + serial).toISOString();
  return { specversion: '1.0', id: `e-${serial}`, source: '/crm', type, subject, time, data } as const;
}
const agreement = (subject: string, agreementId: string, valueMinor: number) =>
  event(subject, 'agreement.created', { agreementId, agreementType: 'MSA', valueMinor, currency: 'USD' });

/** Customers by value, and the accounts, of which every input is in one. */
async function pictureOf(pipeline: Pipeline, tenant: string) {
  const { items } = await pipeline.get<{ items: { customerId: string; valueMinor: number }[] }>(
    `/v1/tenants/${tenant}/customers?sort=value`,
  );
  const { accepted, scored, duplicate, quarantined, inFlight } = await pipeline.get<Record<string, number>>(
    `/v1/tenants/${tenant}/accounting`,
  );
  return {
    customers: items.map(({ customerId, valueMinor }) => [customerId, valueMinor]),
    accounts: { accepted, scored, duplicate, quarantined, inFlight },
  };
}

describe('a merge that comes in (N23)', () => {
  it.each([1, 3])(
    'over HTTP, counts once in the accounts and the lists, on %i partitions',
    async (partitions) => {
      const pipeline = await pipelineWith(partitions);
      const merge = event('a', 'customer.merged', { into: 'b' });
      const self = event('b', 'customer.merged', { into: 'b' });
      const sent = [agreement('a', 'A', 300), agreement('b', 'B', 500), merge, agreement('a', 'A2', 7), self];
      expect((await pipeline.post(TENANT, sent)).body).toMatchObject({ accepted: 5, rejected: 0 });
      await pipeline.settle();
      // Given again: recognised where it was told first.
      await pipeline.post(TENANT, [merge, sent[3]]);
      await pipeline.settle();
      expect(await pictureOf(pipeline, TENANT)).toEqual({
        customers: [['b', 807]],
        accounts: { accepted: 7, scored: 4, duplicate: 2, quarantined: 1, inFlight: 0 },
      });
      await pipeline.post(TENANT, [event('a', 'customer.split', {})]);
      await pipeline.settle();
      expect(await pictureOf(pipeline, TENANT)).toEqual({
        customers: [
          ['b', 500],
          ['a', 307],
        ],
        accounts: { accepted: 8, scored: 5, duplicate: 2, quarantined: 1, inFlight: 0 },
      });
    },
  );

  it('from a CRM of its own, on its topic', async () => {
    const pipeline = await pipelineWith(3);
    const live = await beginEmbeddedTenant(pipeline, { tenant: TENANT, beginsAt: NOW - DAY_MS });
    const sent = [
      agreement('a', 'A', 300),
      agreement('b', 'B', 500),
      event('a', 'customer.merged', { into: 'b' }),
    ];
    await live.send(sent.map((one) => ({ event: one as never })));
    await pipeline.settle();
    const { customers } = await pictureOf(pipeline, TENANT);
    expect(customers).toEqual([['b', 800]]);
  });

  it('in a file of history', async () => {
    const map = readMap(`
version: 1
tenant: { currency: USD, timeZone: UTC }
format: { type: csv }
source: /crm
customerId: { column: customer }
time: { column: day, format: yyyy-MM-dd }
events:
  - type: payment.paid
    when: [{ column: into, empty: true }]
    data:
      amountMinor: { column: amount, as: money }
  - type: customer.merged
    when: [{ column: into, empty: false }]
    data:
      into: { column: into }
`);
    if (!map.ok) throw new Error(JSON.stringify(map.faults));
    const pipeline = await pipelineWith(3);
    const path = join(mkdtempSync(join(tmpdir(), 'bellwether-rows-')), 'history.csv');
    const rows = ['a,2024-01-02,3.00,', 'b,2024-01-03,5.00,', 'a,2024-01-05,,b', 'a,2024-02-01,0.07,'];
    writeFileSync(path, ['customer,day,amount,into', ...rows, ''].join('\n'));
    const result = await importFile({ path, map, tenant: 'shop', clock: 'frozen' }, importPartsAt(pipeline));
    rmSync(path);
    expect(result.kind).toBe('done');
    await pipeline.settle();
    expect(await pictureOf(pipeline, 'shop')).toMatchObject({
      customers: [['b', 807]],
      accounts: { accepted: 4, scored: 4, inFlight: 0 },
    });
  });
});
