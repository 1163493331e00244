import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openWith, takeCustomers } from '../../../test-support/customers.ts';
import { censusOf } from '../../../test-support/judged-models.ts';
import { type ProjectionUnderTest, recordOf } from '../../../test-support/projection-under-test.ts';
import type {
  ChurnModelReport,
  LeadTimeReport,
  RevenuePredictionReport,
} from '../../report-schemas/model-reports.ts';

let projection: ProjectionUnderTest;
beforeAll(async () => {
  projection = await openWith([]);
  await projection.take(recordOf('customer-events', censusOf()));
  await takeCustomers(projection, [], 'young');
  await projection.take(recordOf('customer-events', censusOf({ tenant: 'young', few: true })));
  await takeCustomers(projection, [], 'new');
});
afterAll(() => projection.close());

const read = <Report>(name: string, tenant = 'acme') =>
  projection.get<Report>(`/v1/tenants/${tenant}/reports/${name}`);

describe('the report on the churn model (S29, N11)', () => {
  it('has the model in use with its weights, and why it went live', async () => {
    const { judgedOn, model, fit } = await read<ChurnModelReport>('churn-model');
    expect({ judgedOn, id: model.id, version: model.version }).toEqual({
      judgedOn: '2024-05-20',
      id: 'churn-fitted',
      version: '2024-05-20',
    });
    expect(model.trainedUntil).toBe('2022-11-17'); // 550 days before
    expect(model.terms[0]).toMatchObject({ signal: 'health', centreBasisPoints: -1_000 });
    expect(model.terms[0]?.coefficientBasisPoints).toBeGreaterThan(14_000);
    expect(fit).toMatchObject({
      kind: 'accepted',
      reason: null,
      train: { ended: 100, stayed: 350 },
      test: { ended: 36, stayed: 124 },
      backtest: { trainUntil: '2022-11-17', current: { aucBasisPoints: 8_719 } },
    });
  });

  it('has the curve of all that was told, and of the model in use', async () => {
    const { told, inUse } = await read<ChurnModelReport>('churn-model');
    // 14 of 410 and 122 of 200
    expect(told?.bins).toMatchObject([
      { count: 410, endedCount: 14, expectedBasisPoints: 1_000, observedBasisPoints: 341 },
      { count: 200, endedCount: 122, expectedBasisPoints: 4_000, observedBasisPoints: 6_100 },
    ]);
    expect(inUse).toMatchObject({ count: 160, endedCount: 36 });
    const { body } = await projection.app.inject('/v1/tenants/acme/reports/churn-model?format=csv');
    expect(body.split('\r\n')[1]).toMatch(/^told,410,14,1000,341,/);
    expect(body).toContain('\r\nin-use,');
  });

  it('says of a young tenant why the default one is in use, and of a new one that nothing is known', async () => {
    expect(await read<ChurnModelReport>('churn-model', 'young')).toMatchObject({
      model: { id: 'churn-default', trainedUntil: null },
      fit: {
        kind: 'refused',
        reason: 'too-few-outcomes',
        train: { ended: 1, stayed: 0 },
        test: { ended: 0, stayed: 0 },
        backtest: null,
      },
      told: { count: 1 },
    });
    expect(await read<ChurnModelReport>('churn-model', 'new')).toMatchObject({
      judgedOn: null,
      model: { id: 'churn-default' },
      fit: null,
      told: null,
      inUse: null,
    });
  });
});

describe('the report on lead times (N11)', () => {
  it('says of each warning how many ends it found, how early, and how often it was wrong', async () => {
    const { chanceBasisPoints, warnings } = await read<LeadTimeReport>('lead-time');
    expect(chanceBasisPoints).toBe(2_230); // 136 of 610
    expect(warnings.map(({ warning }) => warning)).toEqual(['at-risk', 'early-warning', 'high-churn']);
    expect(warnings[0]).toEqual({
      warning: 'at-risk',
      count: 610,
      endedCount: 136,
      warnedCount: 200,
      foundCount: 122,
      found90Count: 122,
      found180Count: 122,
      falseAlarmCount: 78,
      medianDays: 200,
      foundBasisPoints: 8_971,
      precisionBasisPoints: 6_100,
    });
    expect(warnings[1]).toMatchObject({ warnedCount: 0, medianDays: null, precisionBasisPoints: null });
  });

  it('is empty for a tenant of whom nothing is judged', async () => {
    const report = await read<LeadTimeReport>('lead-time', 'new');
    expect(report).toMatchObject({ judgedOn: null, chanceBasisPoints: null, warnings: [] });
  });
});

describe('the report on predicted revenue (S67, D24)', () => {
  it('has the win rates of the tenant, and both variants over the same customers', async () => {
    const report = await read<RevenuePredictionReport>('revenue-prediction');
    expect(report).toMatchObject({
      decided: { new: { won: 30, lost: 60 }, renewal: { won: 0, lost: 0 }, unknown: { won: 0, lost: 9 } },
      leastDecided: 30,
      winRates: { overallBasisPoints: 3_100, byKind: { new: 3_310, upsell: 3_727 } },
      predictedFrom: '2023-11-02',
      predictedTo: '2023-11-12',
    });
    // v1 missed 150 and 100 by 750 and 0, v2 by -50 and 200
    expect(report.variants).toEqual([
      { variant: 'v1', customers: 2, meanActualMinor: 125, maeMinor: 375, biasMinor: 375 },
      { variant: 'v2', customers: 2, meanActualMinor: 125, maeMinor: 125, biasMinor: 75 },
    ]);
  });

  it('has neither for a tenant that sold nothing yet', async () => {
    const report = await read<RevenuePredictionReport>('revenue-prediction', 'young');
    expect(report).toMatchObject({ judgedOn: null, decided: null, winRates: null, variants: [] });
  });
});
