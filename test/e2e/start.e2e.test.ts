import { once } from 'node:events';
import { createServer, type Server } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eventually, getAll, getJson, postJson } from './support/api.ts';
import { cloudEvent } from './support/cloud-events.ts';
import { followStream } from './support/follow-stream.ts';
import {
  finishBellwether,
  type RunningBellwether,
  runBellwether,
  startBellwether,
} from './support/start-bellwether.ts';
import { temporaryFolder } from './support/temporary-folder.ts';
import {
  type Accounting,
  type AlertAnswer,
  type ConcentrationReport,
  type CustomerRow,
  tenantNumbers,
} from './support/tenant-numbers.ts';

/** The aim when everything is installed, on two cores. */
const READY_WITHIN_SECONDS = 45;
const TENANTS = ['usaspending', 'cdnow', 'simulated'] as const;
const SIMULATED_IS_IN = /^simulated: (?:\d+ rows, .*|already loaded\.)$/m;

const data = temporaryFolder('start');
let bellwether: RunningBellwether;
const at = (path: string): string => `${bellwether.url}/v1/tenants/${path}`;

async function begin(): Promise<void> {
  bellwether = await startBellwether({ data, parameters: ['--no-live'] });
}
beforeAll(begin);
afterAll(async () => {
  await bellwether.stop('SIGKILL');
});

describe('from an empty data folder', () => {
  it('is ready in time, with both real data sets and a board', async () => {
    console.log(`Ready after ${bellwether.readySeconds.toFixed(1)} s, from an empty data folder.`);
    expect(bellwether.readySeconds).toBeLessThan(READY_WITHIN_SECONDS);
    const { items } = await getJson<{ items: object[] }>(`${bellwether.url}/v1/tenants`);
    expect(items).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ tenant: 'usaspending', clock: 'frozen', customers: 102 }),
        expect.objectContaining({ tenant: 'cdnow', clock: 'frozen', customers: 2_357, asOf: '1998-06-30' }),
      ]),
    );
    const board = await fetch(bellwether.url);
    expect(board.headers.get('content-type')).toContain('text/html');
    expect(await board.text()).toContain('<title>');
  });

  it('shows the numbers of USAspending: agreements, vehicles without orders, concentration (S1, S4, S5)', async () => {
    const customers = await getAll<CustomerRow>(at('usaspending/customers'));
    const multiple = await getAll<CustomerRow>(at('usaspending/reports/multi-agreement'));
    const msaOnly = await getAll(at('usaspending/reports/msa-only'));
    const concentration = await getJson<ConcentrationReport>(at('usaspending/reports/concentration'));
    expect(customers).toHaveLength(102);
    expect(customers.reduce((sum, { agreements }) => sum + agreements, 0)).toBe(125);
    expect(multiple).toHaveLength(13);
    expect(msaOnly).toHaveLength(7);
    expect(concentration).toMatchObject({
      customers: 102,
      totalMinor: 14_006_479_11,
      currency: 'USD',
      topShares: { '5': 75.75, '10': 88.26, '20': 95.86 },
      hhi: 1845.8,
      band: 'high',
    });
  });

  it('shows every purchase of CDNOW', async () => {
    const [customers, accounting] = await Promise.all([
      getAll<CustomerRow>(at('cdnow/customers')),
      getJson<Accounting>(at('cdnow/accounting')),
    ]);
    expect(customers).toHaveLength(2_357);
    expect(accounting).toMatchObject({ accepted: 6_919, scored: 6_919, quarantined: 0 });
  });

  it('ranks by lifetime value: the list of customers and the report say the same (S2)', async () => {
    const [customers, ranking] = await Promise.all([
      getAll<CustomerRow>(at('usaspending/customers')),
      getAll<CustomerRow>(at('usaspending/reports/ltv-ranking')),
    ]);
    const shown = (rows: readonly CustomerRow[]) =>
      rows.map(({ rank, customerId, valueMinor }) => ({ rank, customerId, valueMinor }));
    expect(shown(ranking)).toEqual(shown(customers));
    expect(ranking.map(({ rank }) => rank)).toEqual(ranking.map((_, index) => index + 1));
    expect(ranking.map(({ valueMinor }) => valueMinor)).toEqual(
      ranking.map(({ valueMinor }) => valueMinor).toSorted((a, b) => b - a),
    );
  });

  it('loads a simulated year behind it, and then every event of all three tenants is accounted for', async () => {
    await bellwether.said(SIMULATED_IS_IN, 200_000);
    for (const tenant of TENANTS) {
      const { accepted, scored, duplicate, quarantined, inFlight } = await getJson<Accounting>(
        at(`${tenant}/accounting`),
      );
      console.log(`${tenant}: ${accepted} accepted = ${scored} scored + ${duplicate} + ${quarantined}`);
      expect([tenant, scored + duplicate + quarantined, inFlight]).toEqual([tenant, accepted, 0]);
      expect(accepted).toBeGreaterThan(0);
    }
  });
});

describe('what comes in afterwards', () => {
  it('creates its tenant, and its change arrives on the stream with reasons that add up (N1)', async () => {
    const agreement = { agreementId: 'msa-1', agreementType: 'MSA', valueMinor: 12_000_000 };
    const created = cloudEvent('customer-1', 'agreement.created', agreement);
    expect(await postJson(at('acme/events'), created)).toMatchObject({ status: 202, body: { accepted: 1 } });
    const shown = () => fetch(at('acme/customers/customer-1'));
    expect((await eventually(shown, ({ status }) => status === 200)).status).toBe(200);

    const stream = await followStream(at('acme/changes/stream'));
    const order = {
      agreementId: 'sow-1',
      agreementType: 'SOW',
      parentAgreementId: 'msa-1',
      valueMinor: 500_000,
    };
    const ordered = cloudEvent('customer-1', 'agreement.created', order);
    await postJson(at('acme/events'), ordered);
    const event = await stream.first(({ name, data: change }) => name === 'change' && 'causedBy' in change);
    stream.close();
    if (event.name !== 'change') throw new Error('not a change');
    expect(event.data).toMatchObject({ tenant: 'acme', customerId: 'customer-1', cause: 'new-data' });
    expect(event.data.causedBy.join()).toContain(ordered.id);
    const value = event.data.changes.find(({ type }) => type === 'score.ltv.changed');
    expect(value).toMatchObject({ previous: 12_000_000, value: 12_500_000, delta: 500_000 });
    expect(value?.reasons.reduce((sum, { contribution }) => sum + contribution, 0)).toBe(500_000);
  });

  it.each(['usaspending', 'simulated'])(
    'is an acknowledgement, which goes the way of every event and comes back (tenant %s)',
    async (tenant) => {
      const { items } = await getJson<{ items: AlertAnswer[] }>(at(`${tenant}/alerts?state=raised&limit=1`));
      const alertId = items[0]?.alertId ?? 'none';
      const alertUrl = at(`${tenant}/alerts/${encodeURIComponent(alertId)}`);
      const stream = await followStream(at(`${tenant}/changes/stream`));
      const body = { actor: 'Ada', note: 'called them' };
      expect(await postJson(`${alertUrl}/acknowledge`, body)).toMatchObject({ status: 202 });
      const heard = await stream.first(({ name, data: alert }) => name === 'alert' && 'alertId' in alert);
      stream.close();
      expect(heard.data).toMatchObject({ alertId, state: 'acknowledged', acknowledgedBy: 'Ada' });
      expect(await getJson<AlertAnswer>(alertUrl)).toMatchObject({
        state: 'acknowledged',
        note: 'called them',
      });
    },
  );
});

describe('a second one', () => {
  it('on the same data folder is told where the first one runs', async () => {
    const { code, output } = await finishBellwether(['start', '--data', data]);
    expect(code).toBe(1);
    expect(output).toBe(`The data folder ${data} is in use: Bellwether is running at ${bellwether.url}.\n`);
  });

  it('on a port that somebody has is told so, and nothing else', async () => {
    const { port } = new URL(bellwether.url);
    const { code, output } = await finishBellwether([
      'start',
      ...['--data', temporaryFolder('taken-port'), '--empty', '--port', port],
    ]);
    expect(code).toBe(1);
    expect(output.trim().split('\n')).toHaveLength(1);
    expect(output).toContain(`Port ${port}`);
  });

  it('without a port goes on to the next free one, and says so', async () => {
    const holder = await holdPort(8080);
    const other = runBellwether(['start', '--data', temporaryFolder('default-port'), '--empty']);
    try {
      const [, taken] = await other.said(/Port 8080 is taken, using (\d+) instead\./, 60_000);
      const [, url = ''] = await other.said(/Bellwether is at (http:\S+)/, 10_000);
      expect(new URL(url).port).toBe(taken);
      await other.said(/^Ready\./m, 10_000);
      expect(await getJson<object>(`${url}/v1/tenants`)).toEqual({ items: [], next: null });
    } finally {
      await other.stop();
      holder?.close();
    }
  });
});

describe('stopped and started again on the same folder', () => {
  it('ends in good order on SIGTERM, then continues with the same numbers and loads nothing twice', async () => {
    const before = await Promise.all(TENANTS.map((tenant) => tenantNumbers(bellwether.url, tenant)));
    const ending = await bellwether.stop('SIGTERM');
    expect(ending).toEqual({ code: 0, signal: null });
    expect(bellwether.log()).not.toMatch(/Internal fault|"level":"error"/);
    await begin();
    console.log(`Ready after ${bellwether.readySeconds.toFixed(1)} s, started again.`);
    await bellwether.said(SIMULATED_IS_IN, 60_000);
    for (const tenant of TENANTS) expect(bellwether.log()).toContain(`${tenant}: already loaded.`);
    const after = await Promise.all(TENANTS.map((tenant) => tenantNumbers(bellwether.url, tenant)));
    expect(after).toEqual(before);
    expect(bellwether.readySeconds).toBeLessThan(READY_WITHIN_SECONDS);
  });

  it('does the same when it was killed', async () => {
    const before = await Promise.all(TENANTS.map((tenant) => tenantNumbers(bellwether.url, tenant)));
    expect(await bellwether.stop('SIGKILL')).toEqual({ code: null, signal: 'SIGKILL' });
    await begin();
    await bellwether.said(SIMULATED_IS_IN, 60_000);
    expect(await Promise.all(TENANTS.map((tenant) => tenantNumbers(bellwether.url, tenant)))).toEqual(before);
  });

  it('finishes a load that was cut off by a kill, with the numbers of an undisturbed one', async () => {
    const folder = temporaryFolder('cut-off');
    const first = runBellwether(['start', '--data', folder, '--port', '0', '--no-live']);
    const [, url = ''] = await first.said(/Bellwether is at (http:\S+)/, 60_000);
    const accepted = async () =>
      (await fetch(`${url}/v1/tenants/cdnow/accounting`).then((answer) =>
        answer.json(),
      )) as Partial<Accounting>;
    const cutOff = await eventually(accepted, ({ accepted: count = 0 }) => count > 0, 60_000);
    await first.stop('SIGKILL');
    console.log(`Killed when ${cutOff.accepted} of the 6919 purchases were in.`);
    const second = await startBellwether({ data: folder, parameters: ['--no-live'] });
    try {
      for (const tenant of ['usaspending', 'cdnow']) {
        const [found, wanted] = await Promise.all([
          tenantNumbers(second.url, tenant),
          tenantNumbers(bellwether.url, tenant),
        ]);
        expect(found.customers.map(({ openAlerts: _, ...row }) => row)).toEqual(
          wanted.customers.map(({ openAlerts: _, ...row }) => row),
        );
        expect(found.concentration).toEqual(wanted.concentration);
        expect(found.accounting.inFlight).toBe(0);
      }
      expect((await tenantNumbers(second.url, 'cdnow')).accounting).toMatchObject({
        accepted: 6_919,
        scored: 6_919,
      });
      expect((await getAll<CustomerRow>(`${second.url}/v1/tenants/cdnow/customers`)).length).toBe(2_357);
    } finally {
      // Long enough for the stop to come in the middle of the simulated year.
      await pause(500);
      expect((await second.stop('SIGTERM')).code).toBe(0);
    }
  });
});

/** Takes a port; undefined where some other program has it already, which serves as well. */
async function holdPort(port: number): Promise<Server | undefined> {
  const server = createServer();
  server.listen(port, '127.0.0.1');
  try {
    await once(server, 'listening');
    return server;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EADDRINUSE') return undefined;
    throw error;
  }
}
