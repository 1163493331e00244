import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FIVE, openWith } from '../../../test-support/customers.ts';
import type { ProjectionUnderTest } from '../../../test-support/projection-under-test.ts';
import type {
  CoTerminusReport,
  ExpiringReport,
  RenewalWallReport,
} from '../../report-schemas/renewal-reports.ts';

let projection: ProjectionUnderTest;
beforeAll(async () => {
  projection = await openWith(FIVE);
});
afterAll(() => projection.close());
const reports = <T>(path: string) => projection.get<T>(`/v1/tenants/acme/reports/${path}`);

describe('the renewal wall (S22, N9)', () => {
  it('has each agreement in force once by its notice deadline and once by its end', async () => {
    const { byNotice, byEnd } = await reports<RenewalWallReport>('renewal-wall?months=2');
    // Notice: A1 on 31 May; B1 was to be given by 11 April; A2, C1 and C2 have no notice period.
    expect(byNotice.months.map(({ month, valueMinor }) => [month, valueMinor])).toEqual([
      ['2024-05', 20],
      ['2024-06', 0],
    ]);
    expect(byNotice.passed).toMatchObject({ agreements: 1, valueMinor: 9, atRiskMinor: 9 });
    expect(byNotice.undated).toMatchObject({ agreements: 3, customers: 2, valueMinor: 10, unvalued: 1 });
    // End: A1 on 30 June, B1 on the 10th, C2 on the 15th; A2 in July; C1 never. D1 is over.
    expect(byEnd.months).toMatchObject([
      { month: '2024-05', agreements: 0, valueMinor: 0 },
      {
        month: '2024-06',
        agreements: 3,
        customers: 3,
        valueMinor: 32,
        autoRenewMinor: 20,
        toRenewMinor: 12,
        atRiskAgreements: 1,
        atRiskMinor: 9,
      },
    ]);
    expect(byEnd.later).toMatchObject({ agreements: 1, valueMinor: 7 });
    expect(byEnd.passed).toMatchObject({ agreements: 0, valueMinor: 0 });
    expect(byEnd.undated).toMatchObject({ agreements: 1, valueMinor: null, unvalued: 1 });
  });

  it('looks a year ahead if not said otherwise, and is a file with a row a month and place', async () => {
    const { byEnd } = await reports<RenewalWallReport>('renewal-wall');
    expect([byEnd.months.length, byEnd.months.at(-1)?.month]).toEqual([12, '2025-04']);
    const { body } = await projection.app.inject('/v1/tenants/acme/reports/renewal-wall?months=1&format=csv');
    expect(body.trimEnd().split('\r\n')).toEqual([
      'by,due,agreements,customers,valueMinor,autoRenewMinor,toRenewMinor,atRiskAgreements,atRiskMinor,unvalued,asOf,currency',
      'notice,2024-05,1,1,20,20,0,0,0,0,2024-05-20,USD',
      'notice,later,0,0,0,0,0,0,0,0,2024-05-20,USD',
      'notice,passed,1,1,9,0,9,1,9,0,2024-05-20,USD',
      'notice,undated,3,2,10,0,10,0,0,1,2024-05-20,USD',
      'end,2024-05,0,0,0,0,0,0,0,0,2024-05-20,USD',
      'end,later,4,3,39,20,19,1,9,0,2024-05-20,USD',
      'end,passed,0,0,0,0,0,0,0,0,2024-05-20,USD',
      'end,undated,1,1,,0,,0,0,1,2024-05-20,USD',
    ]);
  });
});

describe('agreements that end together (N8)', () => {
  it('are those of one customer within 30 days of the first', async () => {
    const { items, next } = await reports<CoTerminusReport>('co-terminus');
    expect([items, next]).toEqual([
      [
        {
          customerId: 'a',
          name: 'Alpha',
          agreementIds: ['A1', 'A2'],
          firstEndDate: '2024-06-30',
          lastEndDate: '2024-07-30',
          nextNoticeDate: '2024-05-31',
          valueMinor: 27,
        },
      ],
      null,
    ]);
  });
});

describe('what expires soon (S11, S117)', () => {
  const due = (report: ExpiringReport) =>
    report.items.map(({ agreementId, dueDate, due: what, highValue }) => [
      agreementId,
      dueDate,
      what,
      highValue,
    ]);

  it('is due at the notice deadline, and at the end where no notice can be given any more', async () => {
    const report = await reports<ExpiringReport>('expiring?days=30');
    expect(due(report)).toEqual([
      ['A1', '2024-05-31', 'notice', true],
      ['B1', '2024-06-10', 'end', true],
      ['C2', '2024-06-15', 'end', false],
    ]);
    expect(report).toMatchObject({ days: 30, highValueFromMinor: 50, next: null });
    expect(report.items[1]).toEqual({
      customerId: 'b',
      name: 'Beta',
      agreementId: 'B1',
      dueDate: '2024-06-10',
      due: 'end',
      endDate: '2024-06-10',
      noticeDate: '2024-04-11',
      autoRenew: false,
      agreementMinor: 9,
      valueMinor: 30,
      highValue: true,
      // Below the upper quarter, which begins at 50.
      highValueReasons: ['gold'],
      healthHundredths: 4_000,
      risk: 'high',
      owner: null,
    });
    expect(report.items[0]?.highValueReasons).toEqual(['upper-quarter', 'platinum']);
  });

  it('is looked for 90 days ahead if not said otherwise, by high value or the others', async () => {
    const ids = async (query: string) => due(await reports(`expiring?${query}`)).map(([id]) => id);
    expect(await ids('')).toEqual(['A1', 'B1', 'C2', 'A2']);
    expect(await ids('days=11')).toEqual(['A1']);
    expect(await ids('days=10')).toEqual([]);
    expect(await ids('highValue=true')).toEqual(['A1', 'B1', 'A2']);
    expect(await ids('highValue=false')).toEqual(['C2']);
  });

  it('is neither of high value nor not, where neither value nor tier is known (D20)', async () => {
    const agreements = [{ agreementId: 'X', endDate: '2024-06-01' }];
    const other = await openWith([{ customerId: 'x', agreements }]);
    const ask = (query: string) => other.get<ExpiringReport>(`/v1/tenants/acme/reports/expiring?${query}`);
    expect((await ask('')).items).toMatchObject([
      { agreementId: 'X', agreementMinor: null, valueMinor: null, highValue: null, highValueReasons: [] },
    ]);
    expect((await ask('')).highValueFromMinor).toBeNull();
    expect([(await ask('highValue=true')).items, (await ask('highValue=false')).items]).toEqual([[], []]);
    await other.close();
  });

  it('comes page by page by due date', async () => {
    const first = await reports<ExpiringReport>('expiring?limit=2');
    const second = await reports<ExpiringReport>(`expiring?limit=2&cursor=${first.next}`);
    expect([...due(first), ...due(second)].map(([id]) => id)).toEqual(['A1', 'B1', 'C2', 'A2']);
    expect(second.next).toBeNull();
  });
});
