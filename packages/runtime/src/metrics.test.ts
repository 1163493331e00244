import { describe, expect, it } from 'vitest';
import { createMetrics } from './metrics.ts';

const catalogue = {
  bellwether_records_total: { kind: 'counter', help: 'Records processed.', labels: ['group', 'outcome'] },
  bellwether_lag_records: { kind: 'gauge', help: 'Records not read yet.', labels: ['group'] },
  bellwether_batch_ms: { kind: 'histogram', help: 'Time of a batch.', buckets: [1, 10] },
} as const;

describe('metrics', () => {
  it('are shown to a scraper under the names and labels of the catalogue', async () => {
    const metrics = createMetrics(catalogue, { withProcessMetrics: false });
    metrics.all.bellwether_records_total.inc({ group: 'scoring', outcome: 'ok' }, 3);
    metrics.all.bellwether_lag_records.set({ group: 'scoring' }, 7);
    metrics.all.bellwether_batch_ms.observe(4);
    const { contentType, body } = await metrics.render();
    expect(contentType).toMatch(/^text\/plain/);
    expect(body).toContain('bellwether_records_total{group="scoring",outcome="ok"} 3');
    expect(body).toContain('bellwether_lag_records{group="scoring"} 7');
    expect(body).toContain('bellwether_batch_ms_bucket{le="10"} 1');
    expect(body).toContain('# HELP bellwether_batch_ms Time of a batch.');
  });

  it('of two registries do not meet', async () => {
    const [one, other] = [
      createMetrics(catalogue, { withProcessMetrics: false }),
      createMetrics(catalogue, { withProcessMetrics: false }),
    ];
    one.all.bellwether_lag_records.set({ group: 'scoring' }, 7);
    expect((await other.render()).body).not.toContain('group="scoring"');
  });

  it('include those of the process where asked for', async () => {
    const { body } = await createMetrics({}, { withProcessMetrics: true }).render();
    expect(body).toContain('process_resident_memory_bytes');
  });
});
