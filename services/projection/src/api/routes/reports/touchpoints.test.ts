import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openWith } from '../../../test-support/customers.ts';
import { type ProjectionUnderTest, recordOf } from '../../../test-support/projection-under-test.ts';
import { changeOf, scoreOf } from '../../../test-support/records.ts';
import type { TouchpointReport } from '../../report-schemas/touchpoints.ts';

let projection: ProjectionUnderTest;
beforeAll(async () => {
  projection = await openWith([{ customerId: 'ann' }, { customerId: 'bob' }, { customerId: 'cem' }]);
  const at = (
    customerId: string,
    stages: readonly [string, string],
    parts: readonly [number, number, number],
  ) => {
    const [journeyStage, valueStage] = stages;
    const [mrrMonthStartMinor, mrrMinor, features] = parts;
    const revenue = { mrrMonthStartMinor, mrrMinor, timeToValueFromFirstUseDays: 10 * features };
    const changes = [
      scoreOf('lifecycle', { labels: { journeyStage, valueStage } }),
      scoreOf('revenue', { unit: 'minor', parts: revenue }),
      scoreOf('relationship', { parts: { 'features.raw': features } }),
    ];
    return recordOf('customer-changes', changeOf(1, changes, { customerId }));
  };
  await projection.take(
    at('ann', ['retention', 'growth'], [100, 150, 4]),
    at('bob', ['onboarding', 'growth'], [100, 80, 1]),
  );
});
afterAll(() => projection.close());

describe('the touchpoints of the journey and their measures (S90)', () => {
  it('say who is there, who owns them, and how they do over all customers', async () => {
    const report = await projection.get<TouchpointReport>('/v1/tenants/acme/reports/touchpoints');
    expect(report.stageUnknown).toBe(1);
    // 200 became 230: 50 more, 20 less.
    expect(report.touchpoints.map(({ touchpoint: _touchpoint, ...row }) => Object.values(row))).toEqual([
      ['pre-sales', 'sales', 0, 'demo-to-trial', 'basis-points', null, 0, 'no-such-event'],
      ['onboarding', 'customer success manager', 1, 'time-to-value', 'days', 25, 2, null],
      ['adoption', 'success', 0, 'feature-adoption', 'basis-points', 6_250, 2, null],
      ['retention', 'account manager', 0, 'nrr', 'basis-points', 11_500, 2, null],
      ['retention', 'account manager', 0, 'grr', 'basis-points', 9_000, 2, null],
      ['growth', 'sales', 1, 'expansion-revenue', 'minor', 50, 2, null],
    ]);
  });

  it('come as a file', async () => {
    const { body } = await projection.app.inject('/v1/tenants/acme/reports/touchpoints?format=csv');
    expect(body.split('\r\n').slice(0, 2)).toEqual([
      'stage,touchpoint,owner,customers,metric,unit,value,known,reason,asOf,currency',
      'pre-sales,product demo,sales,0,demo-to-trial,basis-points,,0,no-such-event,2024-05-20,USD',
    ]);
  });
});
