import { otherPurchasesOf, type PortfolioFindings } from '@bellwether/domain';
import type { CensusRecord } from '@bellwether/events';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { expectedPurchases } from '../../packages/domain/src/predictive/bg-nbd.ts';
import { purchaseRecordOf } from '../../packages/domain/src/predictive/purchase-history.ts';
import { importExample, openPipeline, type Pipeline } from '../integrity/support/open-pipeline.ts';
import { customersOf, recordsOf } from '../integrity/support/picture.ts';
import { dayOf, readPurchases } from './support/cdnow.ts';
import { correlation, meanAbsoluteError, sumOf } from './support/compare-series.ts';

const FROZEN = dayOf('1997-09-30');
const HOLDOUT_DAYS = 39 * 7;

/** Distinct days with purchases after the last known day, by customer. */
function boughtLater(): ReadonlyMap<string, number> {
  const days = new Map<string, Set<number>>();
  for (const { customerId, day } of readPurchases()) {
    const known = days.get(customerId) ?? new Set();
    if (day > FROZEN) known.add(day);
    days.set(customerId, known);
  }
  return new Map([...days].map(([customerId, later]) => [customerId, later.size]));
}

describe('the CDNOW sample fed day by day through all services until 1997-09-30 (N10)', () => {
  let pipeline: Pipeline;
  let findings: PortfolioFindings;
  beforeAll(async () => {
    pipeline = await openPipeline({ now: Date.UTC(2024, 0, 1) });
    await importExample(pipeline, 'cdnow', { until: '1997-09-30' });
    const censuses = await recordsOf<CensusRecord>(pipeline.engine, 'portfolio-findings');
    const last = censuses.at(-1)?.value;
    expect(last?.census.day).toBe(FROZEN);
    findings = JSON.parse(last?.census.findings ?? 'null') as PortfolioFindings;
  }, 240_000);
  afterAll(() => pipeline.close());

  it('fits the published parameters on what the contribution documents hold', () => {
    const { bgNbd, gammaGamma } = findings.predictive;
    expect(bgNbd?.r).toBeCloseTo(0.243, 3);
    expect(bgNbd?.alpha).toBeCloseTo(4.414, 3);
    expect(bgNbd?.a).toBeCloseTo(0.793, 3);
    expect(bgNbd?.b).toBeCloseTo(2.426, 3);
    expect(bgNbd?.logLikelihood).toBeCloseTo(-9582.43, 2);
    expect([gammaGamma?.p.toFixed(2), gammaGamma?.q.toFixed(2)]).toEqual(['6.25', '3.74']);
  });

  it('predicts 1,653 repeat purchases of weeks 40 to 78, where there were 1,882, MAE .785', async () => {
    const later = boughtLater();
    const { bgNbd } = findings.predictive;
    if (bgNbd === null) throw new Error('no model was fitted');
    const predicted: number[] = [];
    const actual: number[] = [];
    for (const { customerId, payments } of await customersOf(pipeline.engine, 'cdnow')) {
      const record = purchaseRecordOf(otherPurchasesOf(payments), FROZEN);
      if (record === null) throw new Error(`${customerId} bought nothing`);
      predicted.push(expectedPurchases(bgNbd, record, HOLDOUT_DAYS));
      actual.push(later.get(customerId) ?? 0);
    }
    expect(predicted).toHaveLength(2_357);
    expect(sumOf(actual)).toBe(1_882);
    expect(Math.abs(sumOf(predicted) - 1_653)).toBeLessThanOrEqual(1);
    expect(Math.abs(meanAbsoluteError(predicted, actual) - 0.785)).toBeLessThanOrEqual(0.005);
    expect(correlation(predicted, actual)).toBeCloseTo(0.626, 2);
  });
});
