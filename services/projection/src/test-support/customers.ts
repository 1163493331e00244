import type { EventData, ScoreChange, ScoreValue, SituationChange } from '@bellwether/events';
import type { OutputRecord } from '@bellwether/stream';
import { openProjection, type ProjectionUnderTest, recordOf } from './projection-under-test.ts';
import {
  changeOf,
  dayOf,
  eventOf,
  healthOf,
  ltvOf,
  scoreOf,
  settingsOf,
  situationOf,
  TENANT,
  TODAY,
} from './records.ts';

type Agreement = EventData<'agreement.created'>;

/** A customer of whom only what is given was ever told or published. */
export interface GivenCustomer extends Omit<EventData<'customer.profile'>, 'tier'> {
  readonly customerId: string;
  readonly valueMinor?: number;
  readonly activeMinor?: number;
  readonly health?: number;
  readonly complexity?: number;
  readonly churn?: readonly [basisPoints: number | null, band: string];
  readonly rfm?: readonly [hundredths: number | null, segment: string | null, parts?: ScoreValue['parts']];
  readonly tier?: NonNullable<ScoreValue['labels']>;
  readonly revenue?: ScoreValue['parts'];
  readonly accountSinceDay?: number;
  readonly nps?: readonly { readonly score: number; readonly day: number }[];
  readonly agreements?: readonly Agreement[];
  readonly opportunities?: readonly (readonly [opportunityId: string, step: 'created' | 'won' | 'lost'])[];
  readonly situations?: readonly SituationChange[];
}

/** Projection with one tenant and these customers. */
export async function openWith(
  customers: readonly GivenCustomer[],
  tenant = TENANT,
): Promise<ProjectionUnderTest> {
  const projection = await openProjection();
  await takeCustomers(projection, customers, tenant);
  return projection;
}

/** Customers whose records are taken at once. */
const PIECE = 1_000;

/** Adds a tenant with these customers. */
export async function takeCustomers(
  { take }: ProjectionUnderTest,
  customers: readonly GivenCustomer[],
  tenant: string,
): Promise<void> {
  await take(
    recordOf('customer-events', settingsOf({ tenant })),
    recordOf('customer-events', dayOf(TODAY, { tenant })),
  );
  for (let from = 0; from < customers.length; from += PIECE) {
    await take(...customers.slice(from, from + PIECE).flatMap((customer) => recordsOf(customer, tenant)));
  }
}

/** The records that tell all of it: events, and one change with every score. */
function recordsOf(given: GivenCustomer, tenant: string): readonly OutputRecord[] {
  const { customerId, nps = [], agreements = [], opportunities = [], situations = [] } = given;
  const { valueMinor: _value, activeMinor: _active, health: _health, ...rest } = given;
  const { complexity: _complexity, churn: _churn, rfm: _rfm, tier: _tier, revenue: _revenue, ...more } = rest;
  const { customerId: _id, accountSinceDay: _since, nps: _nps, agreements: _agreements, ...told } = more;
  const { opportunities: _opportunities, situations: _situations, ...profile } = told;
  const of = { tenant, customerId };
  const events = [
    eventOf('customer.profile', profile, of),
    ...agreements.map((data) => eventOf('agreement.created', data, { ...of, day: TODAY - 100 })),
    ...opportunities.map(([opportunityId, step]) => eventOf(`opportunity.${step}`, { opportunityId }, of)),
    ...nps.map(({ score, day }) =>
      eventOf('feedback.nps', { score, scaleMin: 0, scaleMax: 10 }, { ...of, day }),
    ),
  ];
  const changes = [...scoresOf(given), ...situations];
  return [
    ...events.map((event) => recordOf('customer-events', event)),
    ...(changes.length === 0 ? [] : [recordOf('customer-changes', changeOf(1, changes, of))]),
  ];
}

function scoresOf(given: GivenCustomer): readonly ScoreChange[] {
  const { valueMinor, activeMinor = 0, health, complexity, churn, rfm, tier, revenue } = given;
  const { accountSinceDay } = given;
  return [
    ...(valueMinor === undefined ? [] : [ltvOf(valueMinor, { activeMinor })]),
    ...(health === undefined ? [] : [healthOf(health)]),
    ...(complexity === undefined ? [] : [scoreOf('complexity', { value: complexity, band: 'low' })]),
    ...(churn ? [scoreOf('churn', { unit: 'basis-points', value: churn[0], band: churn[1] })] : []),
    ...(rfm ? [scoreOf('rfm', { value: rfm[0], labels: { segment: rfm[1] }, parts: rfm[2] ?? {} })] : []),
    ...(tier ? [scoreOf('tier', { unit: 'count', labels: tier })] : []),
    ...(revenue ? [scoreOf('revenue', { unit: 'minor', parts: revenue })] : []),
    ...(accountSinceDay === undefined ? [] : [scoreOf('relationship', { parts: { accountSinceDay } })]),
  ];
}

/**
 * Five customers to count by hand: worth 50, 30, 15 and 5 (and one of whom nothing is known), the second a child of the
 * first and at high risk.
 */
export const FIVE: readonly GivenCustomer[] = [
  {
    customerId: 'a',
    name: 'Alpha',
    owner: 'Ada',
    industry: 'IT, Services',
    valueMinor: 50,
    activeMinor: 27,
    health: 9_000,
    complexity: 1_000,
    churn: [500, 'low'],
    rfm: [480, 'champions'],
    tier: { valueTier: 'platinum', segment: 'enterprise', sizeBand: 'large', engagementModel: 'executive' },
    revenue: { mrrMinor: 10, mrrMonthStartMinor: 9, velocityMinor: 6 },
    accountSinceDay: TODAY - 900,
    nps: [
      { score: 2, day: TODAY - 60 },
      { score: 10, day: TODAY - 10 },
    ],
    agreements: [
      {
        agreementId: 'A1',
        agreementType: 'MSA',
        valueMinor: 20,
        startDate: '2023-06-30',
        endDate: '2024-06-30',
        noticeDays: 30,
        autoRenew: true,
      },
      { agreementId: 'A2', agreementType: 'SOW', valueMinor: 7, endDate: '2024-07-30' },
    ],
    situations: [situationOf('opportunity.upsell.raised', { code: 'high-seat-use', valueMinor: 50 })],
  },
  {
    customerId: 'b',
    name: 'Beta',
    parentCustomerId: 'a',
    industry: 'IT, Services',
    valueMinor: 30,
    activeMinor: 9,
    health: 4_000,
    complexity: 5_000,
    churn: [7_000, 'high'],
    tier: { valueTier: 'gold', segment: 'enterprise', sizeBand: 'large', engagementModel: 'standard' },
    accountSinceDay: TODAY - 200,
    nps: [{ score: 6, day: TODAY - 49 }],
    agreements: [
      { agreementId: 'B1', valueMinor: 9, endDate: '2024-06-10', noticeDays: 60, autoRenew: false },
    ],
  },
  {
    customerId: 'c',
    name: 'Gamma',
    owner: 'Bo',
    industry: 'Mining',
    valueMinor: 15,
    health: 6_000,
    complexity: 0,
    churn: [null, 'not-scorable'],
    rfm: [150, 'lost'],
    tier: { valueTier: 'basic', segment: 'smb', sizeBand: 'small', engagementModel: 'automated' },
    accountSinceDay: TODAY - 365,
    agreements: [
      { agreementId: 'C1', perpetual: true },
      { agreementId: 'C2', valueMinor: 3, endDate: '2024-06-15' },
    ],
  },
  {
    customerId: 'd',
    name: 'Delta',
    valueMinor: 5,
    complexity: 0,
    tier: { valueTier: 'basic', segment: 'smb' },
    revenue: { mrrMinor: 2 },
    agreements: [{ agreementId: 'D1', valueMinor: 40, endDate: '2024-01-31' }],
  },
  { customerId: 'e', name: 'Epsilon' },
];
