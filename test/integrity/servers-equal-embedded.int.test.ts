import { PORTFOLIO_CUSTOMER_ID } from '@bellwether/events';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Cluster, startCluster } from './support/cluster.ts';
import { loadServersMissing } from './support/load-servers.ts';
import { importExample, openPipeline, type Pipeline } from './support/open-pipeline.ts';
import { pictureOf } from './support/picture.ts';
import { pictureFaults } from './support/same-picture.ts';

/** The purchase data have 545 days of which each is several batches; `npm run test:long` takes them all. */
const UNTIL = process.env.BELLWETHER_TEST_LENGTH === 'long' ? {} : { until: '1997-02-28' };
const PARTITIONS = 3;
const NOW = Date.UTC(2024, 0, 1);
const TENANTS = ['usaspending', 'cdnow'] as const;
const NUMBERS = [
  '',
  '/overview',
  '/accounting',
  '/customers?limit=100',
  '/alerts?state=all&limit=100',
  '/reports/ltv-ranking',
  '/reports/complexity',
  '/reports/msa-only',
  '/reports/multi-agreement',
  '/reports/concentration',
];
const missing = await loadServersMissing();
if (missing !== undefined) console.log(`SKIPPED the real data sets on servers: ${missing}`);

describe.skipIf(missing !== undefined)('the real data sets on Kafka, a registry and MongoDB', () => {
  let cluster: Cluster;
  beforeAll(async () => {
    cluster = await startCluster({ partitions: PARTITIONS });
  }, 240_000);
  afterAll(() => cluster?.close());

  it('give the numbers, states and changes of the embedded backend, byte for byte', async () => {
    const onServers = await openPipeline({ backend: await cluster.open(), now: NOW });
    const embedded = await openPipeline({ partitions: PARTITIONS, now: NOW });
    try {
      const seconds = [await secondsToImport(onServers), await secondsToImport(embedded)];
      const [found, expected] = [
        await pictureOf(onServers.engine, 'separate-runs'),
        await pictureOf(embedded.engine, 'separate-runs'),
      ];
      expect(pictureFaults(expected, found)).toEqual([]);
      for (const [part, entries] of Object.entries(expected))
        expect([part, entries.size > 0]).toEqual([part, true]);
      for (const url of TENANTS.flatMap((tenant) => NUMBERS.map((rest) => `/v1/tenants/${tenant}${rest}`))) {
        const [one, other] = [await onServers.get(url), await embedded.get(url)];
        expect({ url, body: withoutBatches(one) }).toEqual({ url, body: withoutBatches(other) });
      }
      const { states, changes, alerts } = expected;
      console.log(
        `Real data sets${'until' in UNTIL ? ` (purchases up to ${UNTIL.until})` : ''}: ${states.size} customers, changes of ` +
          `${changes.size}, alerts of ${alerts.size}: the same on servers in ${seconds[0]} s and embedded in ${seconds[1]} s`,
      );
    } finally {
      await onServers.close();
      await embedded.close();
    }
  }, 900_000);
});

/**
 * The portfolio as a whole is decided once a batch (services/scoring), so when its alert was raised and which values it
 * went through depend on the batches; where it ends does not.
 */
function withoutBatches(body: unknown): unknown {
  return JSON.parse(JSON.stringify(body), (key, value: unknown) => {
    if (key === 'history') return undefined;
    return Array.isArray(value) ? value.filter((item) => !isOfPortfolio(item)) : value;
  });
}

function isOfPortfolio(item: unknown): boolean {
  const { customerId } = (item ?? {}) as { readonly customerId?: unknown };
  return customerId === PORTFOLIO_CUSTOMER_ID;
}

async function secondsToImport(pipeline: Pipeline): Promise<string> {
  const startedMs = performance.now();
  await importExample(pipeline, 'usaspending');
  await importExample(pipeline, 'cdnow', UNTIL);
  return ((performance.now() - startedMs) / 1_000).toFixed(1);
}
