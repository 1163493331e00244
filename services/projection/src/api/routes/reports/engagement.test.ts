import type { EventData } from '@bellwether/events';
import { formatDay } from '@bellwether/events';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type GivenCustomer, openWith, takeCustomers } from '../../../test-support/customers.ts';
import type { ProjectionUnderTest } from '../../../test-support/projection-under-test.ts';
import { TODAY } from '../../../test-support/records.ts';
import type { ExpandingReport, ExpansionPathReport } from '../../report-schemas/engagement-reports.ts';

type Agreement = EventData<'agreement.created'>;
const ago = (days: number) => formatDay(TODAY - days);
const signed = (agreementType: NonNullable<Agreement['agreementType']>, daysAgo: number): Agreement => ({
  agreementId: `${agreementType}-${daysAgo}`,
  agreementType,
  signedDate: ago(daysAgo),
});
const running = (agreementId: string, daysAgo: number, rest: Partial<Agreement> = {}): Agreement => ({
  agreementId,
  valueMinor: 10,
  startDate: ago(daysAgo),
  ...rest,
});

const PATHS: readonly GivenCustomer[] = [
  {
    customerId: 'p1',
    agreements: [signed('MSA', 700), signed('SOW', 600), signed('SOW', 500)],
    opportunities: [
      ['o1', 'won'],
      ['o2', 'won'],
      ['o3', 'lost'],
    ],
  },
  { customerId: 'p2', agreements: [signed('MSA', 500), signed('SOW', 470)] },
  {
    customerId: 'p3',
    agreements: [signed('MSA', 400), signed('SOW', 390), signed('service', 350)],
    opportunities: [['o1', 'lost']],
  },
  { customerId: 'p4', agreements: [signed('MSA', 300)], opportunities: [['o1', 'created']] },
  { customerId: 'p5', agreements: [signed('SOW', 300)] },
  { customerId: 'p6' },
];

/** Two that grow (one from 10 to 40), one that stays, one that shrinks, one that is new, one without agreements. */
const GROWTH: readonly GivenCustomer[] = [
  {
    customerId: 'grows',
    name: 'Grows',
    owner: 'Ada',
    valueMinor: 20,
    activeMinor: 20,
    agreements: [running('A', 700), running('B', 100)],
  },
  { customerId: 'grows-more', agreements: [running('A', 700), running('B', 100, { valueMinor: 30 })] },
  { customerId: 'stays', agreements: [running('A', 700)] },
  { customerId: 'shrinks', agreements: [running('A', 700), running('B', 700, { endDate: ago(100) })] },
  { customerId: 'new', agreements: [running('A', 150)] },
  { customerId: 'nothing' },
];

let projection: ProjectionUnderTest;
beforeAll(async () => {
  projection = await openWith(PATHS);
  await takeCustomers(projection, GROWTH, 'growth');
});
afterAll(() => projection.close());

describe('the way from a first MSA to an expanded relationship (S13, S21)', () => {
  it('is counted by path, with the median gaps and the sales that were won of those decided', async () => {
    const report = await projection.get<ExpansionPathReport>('/v1/tenants/acme/reports/expansion-paths');
    // To the first step after the MSA it took 100, 30 and 10 days.
    expect(report).toMatchObject({
      customers: 4,
      withoutMsa: 2,
      expanded: 3,
      expandedBasisPoints: 7_500,
      typicalPath: 'MSA > SOW',
      medianDaysToExpand: 30,
    });
    expect(report.paths).toEqual([
      {
        path: 'MSA > SOW',
        types: ['MSA', 'SOW'],
        customers: 2,
        shareBasisPoints: 5_000,
        medianGapsDays: [65],
        won: 2,
        lost: 1,
        wonBasisPoints: 6_667,
      },
      {
        path: 'MSA',
        types: ['MSA'],
        customers: 1,
        shareBasisPoints: 2_500,
        medianGapsDays: [],
        won: 0,
        lost: 0,
        wonBasisPoints: null,
      },
      {
        path: 'MSA > SOW > service',
        types: ['MSA', 'SOW', 'service'],
        customers: 1,
        shareBasisPoints: 2_500,
        medianGapsDays: [10, 40],
        won: 0,
        lost: 1,
        wonBasisPoints: 0,
      },
    ]);
  });

  it('comes as a file, a path a row', async () => {
    const { body } = await projection.app.inject('/v1/tenants/acme/reports/expansion-paths?format=csv');
    expect(body.split('\r\n').slice(0, 2)).toEqual([
      'path,types,customers,shareBasisPoints,medianGapsDays,won,lost,wonBasisPoints,asOf,currency',
      'MSA > SOW,MSA; SOW,2,5000,65,2,1,6667,2024-05-20,USD',
    ]);
  });
});

describe('customers whose engagement grows (S15)', () => {
  const reports = (path: string) =>
    projection.get<ExpandingReport>(`/v1/tenants/growth/reports/expanding${path}`);

  it('come by growth, with the number of agreements and their value, and say of how many use is not known', async () => {
    const { counts, usageUnknown, items } = await reports('');
    expect(counts).toEqual({ expanding: 2, steady: 1, shrinking: 1, unknown: 2 });
    expect(usageUnknown).toBe(6);
    // 13 points 30 days apart, the last four of them higher: 36 = 6 + 8 + 10 + 12 is the weight of those. The number
    // grows by 365 x 2 x 36 x 13 / (30 x 728 x 17); the value of the first has 3 x 36 over 9 + 4 x 4.
    expect(items.map(({ customerId, ...growth }) => [customerId, growth])).toMatchObject([
      ['grows-more', { valueGrowthBasisPoints: 18_771, agreementsGrowthBasisPoints: 9_202 }],
      ['grows', { valueGrowthBasisPoints: 9_202, agreementsGrowthBasisPoints: 9_202 }],
    ]);
    expect(items[1]).toEqual({
      customerId: 'grows',
      name: 'Grows',
      direction: 'expanding',
      valueGrowthBasisPoints: 9_202,
      agreementsGrowthBasisPoints: 9_202,
      usageGrowthBasisPoints: null,
      activeAgreements: 0,
      activeMinor: 20,
      valueMinor: 20,
      owner: 'Ada',
    });
  });

  it('stand beside those that stay, shrink, or are not known long enough', async () => {
    const told = async (direction: string) =>
      (await reports(`?direction=${direction}`)).items.map((row) => [
        row.customerId,
        row.valueGrowthBasisPoints,
      ]);
    expect(await told('steady')).toEqual([['stays', 0]]);
    // 9 points of 20 and 4 of 10: -365 x 2 x 36 x 13 / (30 x 728 x 22)
    expect(await told('shrinking')).toEqual([['shrinks', -7_110]]);
    expect(await told('unknown')).toEqual([
      ['new', null],
      ['nothing', null],
    ]);
  });

  it('come page by page', async () => {
    const first = await reports('?limit=1');
    const second = await reports(`?limit=1&cursor=${encodeURIComponent(first.next ?? '')}`);
    expect([first, second].map(({ items }) => items[0]?.customerId)).toEqual(['grows-more', 'grows']);
    expect(second.next).toBeNull();
  });
});
