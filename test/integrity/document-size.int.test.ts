import type { CustomerState } from '@bellwether/domain';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { importExample, openPipeline, type Pipeline } from './support/open-pipeline.ts';
import { customersOf } from './support/picture.ts';

/** Bytes of a customer's document that half of all customers stay below. */
const MEDIAN_BYTES = 8_192;

/** What scoring keeps of a customer, with every score on: it is read and written with each event. */
describe('the documents of the real data sets', () => {
  let pipeline: Pipeline;
  beforeAll(async () => {
    pipeline = await openPipeline({ now: Date.UTC(2024, 0, 1) });
    await importExample(pipeline, 'usaspending');
    await importExample(pipeline, 'cdnow');
  }, 180_000);
  afterAll(() => pipeline.close());

  it.each(['usaspending', 'cdnow'])('%s: are below 8 KiB for half of the customers', async (tenant) => {
    const customers = await customersOf(pipeline.engine, tenant);
    const sizes = customers.map((state) => bytesOf(state)).sort((a, b) => a - b);
    const at = (share: number) => sizes[Math.ceil(share * sizes.length) - 1] ?? 0;
    console.log(
      `${tenant}: ${sizes.length} documents, median ${at(0.5)}, 95th percentile ${at(0.95)}, most ${at(1)} bytes; ` +
        `on average ${largest(customers)}`,
    );
    expect(at(0.5)).toBeGreaterThan(1_000);
    expect(at(0.5)).toBeLessThan(MEDIAN_BYTES);
  });
});

function bytesOf(value: unknown): number {
  return Buffer.byteLength(JSON.stringify(value) ?? '');
}

/** The fields that take the most, what was published by part. */
function largest(customers: readonly CustomerState[]): string {
  const sums = new Map<string, number>();
  for (const { published, ...features } of customers) {
    for (const [field, value] of [...Object.entries(features), ...Object.entries(published)]) {
      sums.set(field, (sums.get(field) ?? 0) + bytesOf(value));
    }
  }
  return [...sums]
    .sort(([, a], [, b]) => b - a)
    .slice(0, 8)
    .map(([field, sum]) => `${field} ${Math.round(sum / customers.length)}`)
    .join(', ');
}
