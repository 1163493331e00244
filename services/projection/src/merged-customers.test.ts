import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CustomerDetail, CustomerRow, History } from './api/schemas.ts';
import { openProjection, type ProjectionUnderTest, recordOf } from './test-support/projection-under-test.ts';
import { changeOf, dayOf, eventOf, healthOf, ltvOf, settingsOf, TENANT } from './test-support/records.ts';

const base = `/v1/tenants/${TENANT}`;
const event = (...told: Parameters<typeof eventOf>) => recordOf('customer-events', eventOf(...told));
const change = (...told: Parameters<typeof changeOf>) => recordOf('customer-changes', changeOf(...told));
const agreement = (customerId: string, agreementId: string, valueMinor: number) =>
  event('agreement.created', { agreementId, agreementType: 'MSA', valueMinor }, { customerId });

describe('a customer that was merged into another one, for readers (N23)', () => {
  let projection: ProjectionUnderTest;
  beforeAll(async () => {
    projection = await openProjection();
    await projection.take(
      recordOf('customer-events', settingsOf()),
      recordOf('customer-events', dayOf()),
      agreement('c1', 'A', 300),
      agreement('c2', 'B', 500),
      event('customer.profile', { owner: 'Kim' }, { customerId: 'c1' }),
      change(1, [healthOf(4_000), ltvOf(300)], { customerId: 'c1' }),
      change(1, [ltvOf(500)], { customerId: 'c2' }),
    );
    expect(await listed()).toEqual([
      ['c2', 500],
      ['c1', 300],
    ]);
    await projection.take(
      event('customer.merged', { into: 'c2' }, { customerId: 'c1' }),
      change(2, [healthOf(null, { band: 'withdrawn', previous: 4_000 })], {
        customerId: 'c1',
        cause: 'merge',
        mergedInto: 'c2',
      }),
      change(2, [ltvOf(800)], { customerId: 'c2', cause: 'merge' }),
    );
  });
  afterAll(() => projection.close());

  async function listed(): Promise<readonly (readonly [string, number])[]> {
    const { items } = await projection.get<{ items: CustomerRow[] }>(`${base}/customers?sort=value`);
    return items.map(({ customerId, valueMinor }) => [customerId, valueMinor]);
  }

  it('is in no list, and the other one counts for both', async () => {
    expect(await listed()).toEqual([['c2', 800]]);
    const detail = await projection.get<CustomerDetail>(`${base}/customers/c2`);
    expect(detail.agreementTree.map(({ agreementId }) => agreementId)).toEqual(['A', 'B']);
    expect(detail.owner).toBe('Kim');
  });

  it('is answered with the customer to ask for, and its history can still be read', async () => {
    const answer = await projection.app.inject(`${base}/customers/c1`);
    expect(answer.statusCode).toBe(404);
    expect(answer.json()).toMatchObject({
      type: 'urn:bellwether:problem:merged-customer',
      mergedInto: 'c2',
      detail: 'Customer c1 was merged into c2.',
    });
    const { points } = await projection.get<History>(`${base}/customers/c1/history`);
    expect(points.map(({ value }) => value)).toEqual([4_000, null]);
    const timeline = await projection.get<{ items: unknown[] }>(`${base}/customers/c1/timeline`);
    expect(timeline.items.length).toBeGreaterThan(2);
  });

  it.each([
    ['GET', 'c1/scores?asOf=2024-06-01', 404],
    ['GET', 'c2/scores?asOf=2024-06-01', 409],
    ['POST', 'c2/what-if', 409],
  ] as const)(
    'is not looked back at by its own events alone: %s %s (N4, N6)',
    async (method, path, status) => {
      const payload = method === 'POST' ? { without: ['e1'] } : undefined;
      const answer = await projection.app.inject({
        method,
        url: `${base}/customers/${path}`,
        ...(payload && { payload }),
      });
      expect([answer.statusCode, answer.json().type]).toEqual([
        status,
        'urn:bellwether:problem:merged-customer',
      ]);
    },
  );

  it('takes what is still told under its id to the other one', async () => {
    await projection.take(agreement('c1', 'A2', 7));
    const detail = await projection.get<CustomerDetail>(`${base}/customers/c2`);
    expect(detail.agreementTree.map(({ agreementId }) => agreementId)).toEqual(['A', 'A2', 'B']);
    expect(await listed()).toEqual([['c2', 800]]);
  });

  it('is there again after a split', async () => {
    await projection.take(
      event('customer.split', {}, { customerId: 'c1' }),
      change(3, [ltvOf(500)], { customerId: 'c2', cause: 'merge' }),
      change(3, [ltvOf(307)], { customerId: 'c1', cause: 'merge' }),
    );
    expect(await listed()).toEqual([
      ['c2', 500],
      ['c1', 307],
    ]);
    const detail = await projection.get<CustomerDetail>(`${base}/customers/c2`);
    expect(detail.agreementTree.map(({ agreementId }) => agreementId)).toEqual(['B']);
    expect((await projection.get<CustomerDetail>(`${base}/customers/c1`)).valueMinor).toBe(307);
  });
});
