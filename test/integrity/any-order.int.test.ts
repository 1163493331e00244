import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type CustomerState, featuresOf } from '@bellwether/domain';
import { seededChance } from '@bellwether/testkit';
import { describe, expect, it } from 'vitest';
import { asCloudEvent, EXAMPLES, importExample, openPipeline } from './support/open-pipeline.ts';
import { customersOf, eventsByCustomer } from './support/picture.ts';

const SEED = Number(process.env.BELLWETHER_SEED);

/** Noon of the last day of the contract data: a tenant that is live then stands at the same day. */
const LAST_DAY = Date.UTC(2016, 8, 10, 12);

function shuffled<T>(items: readonly T[], seed: number): readonly T[] {
  const chance = seededChance(seed);
  return items
    .map((item) => [chance(), item] as const)
    .sort(([a], [b]) => a - b)
    .map(([, item]) => item);
}

/**
 * What no order of arrival may change: features, and what is published of them alone. (What depends on the feeds and
 * the censuses of the tenant besides may differ: those of an imported and of a live tenant are told at other times.)
 * Whether there was a complexity once is a matter of the way; what it is now is not.
 */
function settled(state: CustomerState) {
  const { ltv, rfm, complexity, crossSell, notices, contribution } = state.published;
  return {
    features: { ...(featuresOf(state) as object), tenant: null },
    published: { ltv, rfm: rfm?.parts, crossSell, notices, valueMinor: contribution?.valueMinor },
    complexity: complexity?.value == null ? null : complexity,
  };
}

describe('the contract data', () => {
  it(`posted one by one in another order end as the imported file (seed ${SEED})`, async () => {
    const pipeline = await openPipeline({ now: LAST_DAY });
    await importExample(pipeline, 'usaspending');
    const events = [...(await eventsByCustomer(pipeline.engine, 'usaspending')).values()].flat();
    expect(events).toHaveLength(252);
    for (const event of shuffled(events, SEED)) {
      const { status } = await pipeline.post('posted', asCloudEvent(event));
      expect(status).toBe(202);
      await pipeline.engine.drain();
    }
    await pipeline.tick();
    const imported = (await customersOf(pipeline.engine, 'usaspending')).map(settled);
    const posted = (await customersOf(pipeline.engine, 'posted')).map(settled);
    expect(imported).toHaveLength(102);
    expect(posted).toEqual(imported);
    for (const report of ['multi-agreement', 'ltv-ranking', 'complexity', 'msa-only']) {
      const answer = (tenant: string) => pipeline.get(`/v1/tenants/${tenant}/reports/${report}`);
      expect(await answer('posted')).toEqual(await answer('usaspending'));
    }
    await pipeline.close();
  });
});

describe('the purchase data', () => {
  const rowsOf = (file: string) =>
    readFileSync(join(EXAMPLES, 'cdnow', file), 'utf8')
      .trim()
      .split('\n');

  it('up to 1997-09-30 give the published frequency, recency and age of every customer, by the API', async () => {
    const pipeline = await openPipeline({ now: Date.UTC(2024, 0, 1) });
    await importExample(pipeline, 'cdnow', { until: '1997-09-30' });
    const published = rowsOf('cdnow_customers_summary.csv').slice(1);
    expect(published).toHaveLength(2_357);
    const weeks = (days: number) => (days / 7).toFixed(2);
    const found: string[] = [];
    for (const row of published) {
      const [id = ''] = row.split(',');
      const { rfm } = await pipeline.get<{ rfm: Record<string, number> }>(
        `/v1/tenants/cdnow/customers/${id}`,
      );
      const { frequency, recencyDays = Number.NaN, ageDays = Number.NaN } = rfm;
      found.push([id, frequency, weeks(recencyDays), weeks(ageDays)].join(','));
    }
    const twoDecimals = published.map((row) => {
      const [id, frequency, recency, age] = row.trim().split(',');
      return [id, frequency, Number(recency).toFixed(2), Number(age).toFixed(2)].join(',');
    });
    expect(found).toEqual(twoDecimals);
    await pipeline.close();
  });
});
