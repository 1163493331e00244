import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { type Cluster, type Instance, startCluster } from '../integrity/support/cluster.ts';
import { loadServersMissing } from '../integrity/support/load-servers.ts';

const EXAMPLES = join(import.meta.dirname, '../../examples');
const SEEN_WITHIN_MS = 60_000;
const missing = await loadServersMissing();
if (missing !== undefined) console.log(`SKIPPED the example publisher and reader: ${missing}`);

/** A program of the examples, run as its README says, on the servers of the test. */
function runExample(file: string, parameters: readonly string[]): { child: ChildProcess; lines: string[] } {
  const lines: string[] = [];
  const child = spawn(process.execPath, [
    '--disable-warning=TimeoutNegativeWarning',
    join(EXAMPLES, file),
    ...parameters,
  ]);
  for (const stream of [child.stdout, child.stderr]) {
    if (stream) createInterface({ input: stream }).on('line', (line) => lines.push(line));
  }
  return { child, lines };
}

describe.skipIf(missing !== undefined)('the example publisher and the example reader', () => {
  let cluster: Cluster;
  let bellwether: Instance;
  beforeAll(async () => {
    cluster = await startCluster({ partitions: 3 });
    bellwether = await cluster.add('all', ['ingest', 'scoring', 'alerting', 'projection']);
  });
  afterAll(() => cluster?.close());

  it('work together as their READMEs show: what one publishes, the other is told of', async () => {
    const headers = { 'content-type': 'application/json' };
    const body = '{"currency": "USD", "timeZone": "UTC"}';
    const begun = await fetch(`${bellwether.url()}/v1/tenants/acme`, { method: 'PUT', headers, body });
    expect(begun.ok).toBe(true);
    const { kafka, registry } = cluster.servers;
    const reader = runExample('consumer/read-changes.mjs', [
      '--brokers',
      kafka.url,
      '--registry',
      registry.url,
    ]);
    const seen = (pattern: RegExp) =>
      vi.waitFor(() => expect(reader.lines).toContainEqual(expect.stringMatching(pattern)), {
        timeout: SEEN_WITHIN_MS,
        interval: 200,
      });
    try {
      await seen(/^0 customers loaded\.$/);
      const parameters = [
        '--tenant',
        'acme',
        '--customer',
        'customer-1',
        '--agreement',
        'msa-1',
        '--value',
        '1200000',
      ];
      const publisher = runExample('publisher/publish-event.mjs', ['--brokers', kafka.url, ...parameters]);
      expect(await once(publisher.child, 'exit')).toEqual([0, null]);
      expect(publisher.lines).toEqual([
        expect.stringMatching(/^Published agreement\.created .* of customer-1\.$/),
      ]);
      await seen(/^acme\|customer-1 1 new-data score\.ltv\.changed: 1200000/);
    } finally {
      reader.child.kill('SIGKILL');
    }
    const late = runExample('consumer/read-changes.mjs', [
      '--brokers',
      kafka.url,
      '--registry',
      registry.url,
    ]);
    try {
      // The customer and the portfolio.
      await vi.waitFor(() => expect(late.lines).toContain('2 customers loaded.'), {
        timeout: SEEN_WITHIN_MS,
      });
    } finally {
      late.child.kill('SIGKILL');
    }
  });
});
