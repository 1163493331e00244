import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FIVE, openWith } from '../../test-support/customers.ts';
import type { ProjectionUnderTest } from '../../test-support/projection-under-test.ts';
import { faultsOf } from '../../test-support/strict-schema.ts';
import { page } from '../schema-parts.ts';
import { CustomerRow } from '../schemas.ts';

let projection: ProjectionUnderTest;
beforeAll(async () => {
  projection = await openWith(FIVE);
});
afterAll(() => projection.close());
const ids = async (query: string) =>
  (await projection.get<{ items: CustomerRow[] }>(`/v1/tenants/acme/customers?${query}`)).items.map(
    ({ customerId }) => customerId,
  );

describe('customers with their classes', () => {
  it('show them, and nothing that is not known (D20)', async () => {
    const list = await projection.get<{ items: CustomerRow[] }>('/v1/tenants/acme/customers');
    expect(faultsOf(page(CustomerRow), list)).toEqual([]);
    const classes = list.items.map((row) => [
      row.customerId,
      row.segment,
      row.valueTier,
      row.churnBasisPoints,
      row.churnBand,
      row.rfmHundredths,
      row.rfmSegment,
    ]);
    expect(classes).toEqual([
      ['a', 'enterprise', 'platinum', 500, 'low', 480, 'champions'],
      ['b', 'enterprise', 'gold', 7_000, 'high', null, null],
      ['c', 'smb', 'basic', null, 'not-scorable', 150, 'lost'],
      ['d', 'smb', 'basic', null, null, null, null],
      ['e', null, null, null, null, null, null],
    ]);
  });

  it.each([
    ['segment=enterprise', ['a', 'b']],
    ['segment=unknown', ['e']],
    ['valueTier=gold', ['b']],
    ['valueTier=silver', []],
    ['churnBand=high', ['b']],
    ['churnBand=unknown', ['d', 'e']],
    ['rfmSegment=lost', ['c']],
    ['segment=smb&rfmSegment=unknown', ['d']],
    ['sort=churn', ['b', 'a', 'c', 'd', 'e']],
    ['sort=churn&order=asc', ['a', 'b', 'c', 'd', 'e']],
    ['sort=rfm', ['a', 'c', 'b', 'd', 'e']],
    ['sort=rfm&order=asc', ['c', 'a', 'b', 'd', 'e']],
  ])('are found by %s, unknown ones last', async (query, expected) => {
    expect(await ids(query)).toEqual(expected);
  });

  it.each([
    ['segment=big', '?segment: expected one of enterprise, smb, unknown, got "big"'],
    ['valueTier=tin', '?valueTier: expected one of basic, silver, gold, platinum, unknown'],
    ['churnBand=certain', '?churnBand: expected one of high, medium, low, not-scorable, ended, unknown'],
    ['rfmSegment=best', '?rfmSegment: expected one of champions'],
    ['sort=luck', '?sort: expected one of value, health, name, notice, complexity, alerts, churn, rfm'],
  ])('are not looked for by %s', async (query, detail) => {
    const response = await projection.app.inject(`/v1/tenants/acme/customers?${query}`);
    expect([response.statusCode, response.json().detail]).toEqual([400, expect.stringContaining(detail)]);
  });
});
