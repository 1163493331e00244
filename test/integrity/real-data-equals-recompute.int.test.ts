import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { TenantContext } from '@bellwether/domain';
import { recomputeCustomer, recomputeScores } from '@bellwether/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { expectPublished, expectPublishedHealth, expectSameFeatures } from './support/compare-features.ts';
import { expectSameScores } from './support/compare-scores.ts';
import { EXAMPLES, importExample, openPipeline, type Pipeline } from './support/open-pipeline.ts';
import { customersOf, eventsByCustomer } from './support/picture.ts';
import { decidedAfresh } from './support/published-scores.ts';
import { observedFeatures } from './support/scored-customer.ts';

describe('the real data sets, imported', () => {
  let pipeline: Pipeline;
  beforeAll(async () => {
    pipeline = await openPipeline({ now: Date.UTC(2024, 0, 1) });
    await importExample(pipeline, 'usaspending');
    await importExample(pipeline, 'cdnow');
  }, 90_000);
  afterAll(() => pipeline.close());

  const contextOf = async (tenant: string) => {
    const id = `p0/${tenant}`;
    const heads = await pipeline.engine.store.load('scoring-customers-heads', [id]);
    return heads.get(id)?.state as TenantContext & { readonly day: number };
  };

  it.each([
    ['usaspending', 102],
    ['cdnow', 2_357],
  ])('%s: every one of its %i customers is what the oracle makes of its events', async (tenant, count) => {
    const head = await contextOf(tenant);
    const { day: today, feeds, findings } = head;
    const events = await eventsByCustomer(pipeline.engine, tenant);
    const customers = await customersOf(pipeline.engine, tenant);
    expect(customers).toHaveLength(count);
    for (const state of customers) {
      const expected = recomputeCustomer(events.get(state.customerId) ?? [], { today, feeds });
      expectSameFeatures(observedFeatures(state, { today, feeds }), expected);
      expectPublished(state, expected);
      expectPublishedHealth(state, expected);
      const scores = recomputeScores(events.get(state.customerId) ?? [], { today, feeds, findings });
      expectSameScores(decidedAfresh(state, head), scores);
    }
  });

  it('usaspending: the portfolio is what the oracle makes of it (S1, S2, S4, S5)', async () => {
    const { day: today, feeds } = await contextOf('usaspending');
    const events = await eventsByCustomer(pipeline.engine, 'usaspending');
    const all = [...events.values()].map((told) => recomputeCustomer(told, { today, feeds }));
    const values = all
      .map(({ ltv }) => ltv.contractedMinor + ltv.otherPaidMinor)
      .filter((value) => value > 0);
    values.sort((a, b) => b - a);
    const total = values.reduce((sum, value) => sum + value, 0);
    const topShare = (count: number) =>
      Math.round((10_000 * values.slice(0, count).reduce((sum, value) => sum + value, 0)) / total) / 100;
    const hhi = values.reduce((sum, value) => sum + ((100 * value) / total) ** 2, 0);
    const expected = {
      totalMinor: total,
      topShares: { '5': topShare(5), '10': topShare(10), '20': topShare(20) },
      hhi: Math.round(hhi * 10) / 10,
    };
    expect(expected).toEqual({
      totalMinor: 1_400_647_911,
      topShares: { '5': 75.75, '10': 88.26, '20': 95.86 },
      hhi: 1_845.8,
    });
    expect(all.reduce((sum, { agreements }) => sum + agreements.length, 0)).toBe(125);
    expect(all.filter(({ agreements }) => agreements.length > 1)).toHaveLength(13);
    const onlyVehicles = all.filter(({ agreements }) =>
      agreements.every((one) => one.agreementType === 'MSA'),
    );
    expect(onlyVehicles).toHaveLength(7);
    const answered = await pipeline.get('/v1/tenants/usaspending/reports/concentration');
    expect(answered).toMatchObject({
      ...expected,
      customers: 102,
      customersWithPositiveValue: values.length,
    });
  });

  it('cdnow: every row counts, the 21 that repeat another one too', async () => {
    const file = readFileSync(join(EXAMPLES, 'cdnow/CDNOW_sample.txt'), 'utf8');
    const rows = file
      .trim()
      .split('\n')
      .map((row) => row.trim().split(/\s+/));
    expect(rows.length - new Set(rows.map((row) => row.join(' '))).size).toBe(21);
    const paid = new Map<string, number>();
    for (const [, sampleId, , , amount] of rows) {
      const id = String(Number(sampleId));
      paid.set(id, (paid.get(id) ?? 0) + Math.round(Number(amount) * 100));
    }
    const accounts = await pipeline.get('/v1/tenants/cdnow/accounting');
    expect(accounts).toEqual({ accepted: 6_919, scored: 6_919, duplicate: 0, quarantined: 0, inFlight: 0 });
    const states = await customersOf(pipeline.engine, 'cdnow');
    expect(new Map(states.map(({ customerId, payments }) => [customerId, payments.paidMinor]))).toEqual(paid);
  });
});
