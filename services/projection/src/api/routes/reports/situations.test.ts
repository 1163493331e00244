import { formatDay } from '@bellwether/events';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type GivenCustomer, openWith, takeCustomers } from '../../../test-support/customers.ts';
import { type ProjectionUnderTest, recordOf } from '../../../test-support/projection-under-test.ts';
import { changeOf, situationOf, TODAY } from '../../../test-support/records.ts';
import type { SituationReport } from '../../report-schemas/engagement-reports.ts';

const seats = (valueMinor: number | null) =>
  situationOf('opportunity.upsell.raised', {
    cause: 'upsell',
    code: 'high-seat-use',
    text: 'Offer more',
    valueMinor,
  });

const CUSTOMERS: readonly GivenCustomer[] = [
  { customerId: 'small', situations: [seats(10)] },
  {
    customerId: 'great',
    name: 'Great',
    owner: 'Ada',
    health: 8_500,
    situations: [
      seats(70),
      situationOf('risk.at-risk.raised', { cause: 'health' }),
      situationOf('renewal.due', { cause: 'A1' }),
      situationOf('risk.early-warning.raised', { cause: 'silence', valueMinor: 70 }),
    ],
  },
  { customerId: 'unvalued', situations: [seats(null)] },
  {
    customerId: 'gone',
    situations: [situationOf('opportunity.win-back.raised', { cause: 'win-back', valueMinor: 5 })],
  },
  {
    customerId: 'strategic',
    situations: [
      situationOf('review.qbr-due.raised', { cause: 'qbr', dueDay: TODAY + 11, valueMinor: 90 }),
      situationOf('program.first-year.raised', { cause: 'first-year', valueMinor: 90 }),
      situationOf('opportunity.advocacy.raised', { cause: 'advocacy', valueMinor: 90 }),
    ],
  },
  { customerId: 'quiet' },
];

let projection: ProjectionUnderTest;
beforeAll(async () => {
  projection = await openWith(CUSTOMERS);
});
afterAll(() => projection.close());
const reports = (path: string, tenant = 'acme') =>
  projection.get<SituationReport>(`/v1/tenants/${tenant}/reports/${path}`);
const idsOf = ({ items }: SituationReport) => items.map(({ customerId }) => customerId);

describe('customers to offer more to (S16, S18)', () => {
  it('come by value, those of unknown value last, with what speaks for it and since when', async () => {
    const report = await reports('upsell');
    expect([report.total, idsOf(report)]).toEqual([3, ['great', 'small', 'unvalued']]);
    expect(report.items[0]).toEqual({
      customerId: 'great',
      name: 'Great',
      rule: 'upsell',
      cause: 'upsell',
      code: 'high-seat-use',
      text: 'Offer more',
      since: '2024-05-20T00:00:00.000Z',
      dueDate: null,
      valueMinor: 70,
      healthHundredths: 8_500,
      owner: 'Ada',
    });
    expect(report.items).toEqual((await reports('situations?rule=upsell')).items);
  });

  it('come page by page, the total being that of all pages', async () => {
    const first = await reports('upsell?limit=2');
    const second = await reports(`upsell?limit=2&cursor=${encodeURIComponent(first.next ?? '')}`);
    expect([first, second].map(idsOf)).toEqual([['great', 'small'], ['unvalued']]);
    expect([first.total, second.total, second.next]).toEqual([3, 3, null]);
  });

  it('are no candidates any more once the situation has ended', async () => {
    await takeCustomers(projection, [{ customerId: 'c', situations: [seats(1)] }], 'ending');
    expect((await reports('upsell', 'ending')).total).toBe(1);
    const ended = situationOf('opportunity.upsell.withdrawn', { cause: 'upsell' });
    const change = changeOf(2, [ended], { tenant: 'ending', customerId: 'c' });
    await projection.take(recordOf('customer-changes', change));
    expect((await reports('upsell', 'ending')).items).toEqual([]);
  });
});

describe('a situation that is told again, graver', () => {
  it('has stood since it began (N18)', async () => {
    const sign = { cause: 'usage-decline' };
    await takeCustomers(
      projection,
      [{ customerId: 'c', situations: [situationOf('risk.early-warning.raised', sign)] }],
      'nearer',
    );
    const [before] = (await reports('situations?rule=early-warning', 'nearer')).items;
    const nearer = situationOf('risk.early-warning.raised', { ...sign, dueDay: TODAY + 90, daysBefore: 90 });
    const change = changeOf(2, [nearer], { tenant: 'nearer', customerId: 'c' });
    await projection.take(recordOf('customer-changes', change));
    const [after] = (await reports('situations?rule=early-warning', 'nearer')).items;
    expect([before?.dueDate, after?.dueDate]).toEqual([null, formatDay(TODAY + 90)]);
    expect(after?.since).toBe(before?.since);
  });
});

describe('what stands and calls for somebody', () => {
  it.each([
    ['win-back', ['gone']],
    ['advocacy', ['strategic']],
    ['early-warning', ['great']],
    ['first-year', ['strategic']],
    ['qbr-due', ['strategic']],
  ])('is found by its rule: %s', async (rule, customerIds) => {
    const report = await reports(`situations?rule=${rule}`);
    expect([report.total, idsOf(report)]).toEqual([customerIds.length, customerIds]);
    expect(report.items.every((item) => item.rule === rule)).toBe(true);
  });

  it('is all of them without a rule, but for risk and renewals, which have reports of their own', async () => {
    const { total, items } = await reports('situations');
    expect(total).toBe(8);
    expect(items.slice(0, 3).map(({ customerId, rule, dueDate }) => [customerId, rule, dueDate])).toEqual([
      ['strategic', 'advocacy', null],
      ['strategic', 'first-year', null],
      ['strategic', 'qbr-due', '2024-05-31'],
    ]);
  });
});
