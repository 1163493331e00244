import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type GivenCustomer, openWith } from '../../../test-support/customers.ts';
import type { ProjectionUnderTest } from '../../../test-support/projection-under-test.ts';
import type { TransactionReport } from '../../report-schemas/transactions.ts';

/** What is published of how a customer bought: number, sum, greatest, Gini coefficient. */
function buying([transactions, paidMinor, greatest, gini]: readonly [number, number, number, number]) {
  return {
    frequency365: transactions,
    monetary365Minor: paidMinor,
    mean365Minor: Math.round(paidMinor / transactions),
    greatest365Minor: greatest,
    gini365BasisPoints: gini,
  };
}
const CUSTOMERS: readonly GivenCustomer[] = [
  { customerId: 'ann', tier: { segment: 'enterprise' }, rfm: [450, null, buying([2, 1_000, 900, 4_000])] },
  { customerId: 'bob', tier: { segment: 'smb' }, rfm: [200, null, buying([7, 70, 10, 0])] },
  { customerId: 'cem', tier: { segment: 'smb' }, rfm: [200, null, buying([2, 30, 20, 1_667])] },
  { customerId: 'dot', tier: { segment: 'smb' } },
];

let projection: ProjectionUnderTest;
beforeAll(async () => {
  projection = await openWith(CUSTOMERS);
});
afterAll(() => projection.close());

describe('few great transactions or many small ones (S32)', () => {
  it('are told of each class: how many, how great, how unlike', async () => {
    const report = await projection.get<TransactionReport>('/v1/tenants/acme/reports/transactions');
    expect(report).toMatchObject({ by: 'segment', days: 365 });
    expect(report.groups).toEqual([
      {
        group: 'enterprise',
        customers: 1,
        buyers: 1,
        transactions: 2,
        paidMinor: 1_000,
        transactionsHundredths: 200,
        meanMinor: 500,
        greatestMinor: 900,
        giniBasisPoints: 4_000,
      },
      {
        group: 'smb',
        customers: 3,
        buyers: 2,
        transactions: 9,
        paidMinor: 100,
        transactionsHundredths: 450,
        meanMinor: 11,
        greatestMinor: 20,
        giniBasisPoints: 834,
      },
    ]);
  });

  it('are told of any other class, and as a file', async () => {
    const { body } = await projection.app.inject('/v1/tenants/acme/reports/transactions?by=owner&format=csv');
    expect(body.trimEnd().split('\r\n')).toEqual([
      'group,customers,buyers,transactions,paidMinor,transactionsHundredths,meanMinor,greatestMinor,giniBasisPoints,' +
        'asOf,currency',
      'unknown,4,3,11,1100,367,100,900,1889,2024-05-20,USD',
    ]);
  });

  it('are told of a customer', async () => {
    const { rfm } = await projection.get<{ rfm: object }>('/v1/tenants/acme/customers/bob');
    expect(rfm).toMatchObject({ mean365Minor: 10, greatest365Minor: 10, gini365BasisPoints: 0 });
    const { rfm: none } = await projection.get<{ rfm: object }>('/v1/tenants/acme/customers/dot');
    expect(none).toMatchObject({ mean365Minor: null, greatest365Minor: null, gini365BasisPoints: null });
  });
});
