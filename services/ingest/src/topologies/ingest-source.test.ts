import { describe, expect, it } from 'vitest';
import { NOW_MS } from '../testing/ingest.fixture.ts';
import { ACME, bodyMessage, jsonMessage, LOGIN, openSources } from '../testing/sources.fixture.ts';

const login = (id: string, change: object = {}, headers: Record<string, string> = {}) =>
  jsonMessage({ ...LOGIN, id, ...change }, headers);
const broken = () =>
  bodyMessage({ kind: 'unreadable', reason: 'schema-break', detail: 'schema 9', base64: 'AAAA' });

describe('a message of another system', () => {
  it('goes on to customer-events under its customer, received when its record came', async () => {
    const sources = openSources();
    await sources.send('crm', login('1'), login('2', { subject: 'c2' }), login('3'));
    const forwarded = sources.log.topic('customer-events');
    expect(forwarded.map(({ key }) => key)).toEqual(['acme|c1', 'acme|c2', 'acme|c1']);
    expect(sources.events().map(({ id, receivedAt }) => [id, receivedAt - NOW_MS])).toEqual([
      ['1', 0],
      ['2', 1],
      ['3', 2],
    ]);
    expect(sources.events()[0]).toMatchObject({ tenant: 'acme', type: 'activity.login', historical: false });
  });

  it('comes from each system in the same way', async () => {
    const sources = openSources();
    for (const system of ['crm', 'support', 'product', 'billing', 'portfolio'] as const) {
      await sources.send(system, login(system));
    }
    expect(
      sources
        .events()
        .map(({ id }) => id)
        .sort(),
    ).toEqual(['billing', 'crm', 'portfolio', 'product', 'support']);
  });

  it('tells the clock of its feed, and is counted with what became of it', async () => {
    const sources = openSources();
    await sources.send('product', login('1'), login('2'), login('3', { subject: '$' }), jsonMessage('{'));
    const seen = sources.log.topic('clock').map(({ value }) => value);
    expect(seen).toMatchObject([{ kind: 'feed-seen', tenant: 'acme', feed: 'activity' }]);
    expect(sources.tallies().at(-1)).toMatchObject({
      tenant: 'acme',
      tally: { ok: 2, duplicate: 0, quarantined: 2 },
    });
  });

  it('of nobody is counted for nobody, so that no record is unaccounted for', async () => {
    const sources = openSources();
    await sources.sendKeyed('crm', 'no key', login('1'), jsonMessage('{'));
    expect(sources.tallies().at(-1)).toMatchObject({ tenant: '@unknown', tally: { ok: 0, quarantined: 2 } });
    expect(sources.quarantine().map(({ tenant }) => tenant)).toEqual(['@unknown', '@unknown']);
  });
});

describe('a message that cannot be taken', () => {
  it('is kept with bytes, headers, key, place and schema, and holds nothing up (N15)', async () => {
    const sources = openSources();
    const value = { ...LOGIN, time: 'yesterday' };
    const avro = { kind: 'avro', schemaId: 12, schemaName: 'Login', value, base64: 'AAAAAAw=' } as const;
    await sources.send(
      'product',
      bodyMessage(avro, { 'content-type': 'application/avro', trace: 'x1' }),
      login('2'),
    );
    expect(sources.quarantine()).toEqual([
      {
        kind: 'quarantined',
        tenant: 'acme',
        quarantineId: 'source-product:0:0',
        customerId: 'c1',
        stage: 'ingest',
        reason: 'invalid-time',
        faults: [{ path: '/time', expected: 'an existing RFC 3339 date-time', got: '"yesterday"' }],
        position: { topic: 'source-product', partition: 0, offset: 0 },
        original: 'AAAAAAw=',
        encoding: 'base64',
        receivedAt: NOW_MS,
        key: 'acme|c1',
        headers: { 'content-type': 'application/avro', trace: 'x1' },
        schemaId: 12,
      },
    ]);
    expect(sources.events().map(({ id }) => id)).toEqual(['2']);
  });

  it('names the schema that nobody knows or that was broken', async () => {
    const sources = openSources();
    const base64 = 'AAAAASwCAg==';
    for (const reason of ['unknown-schema', 'schema-break', 'bad-magic'] as const) {
      await sources.send('crm', bodyMessage({ kind: 'unreadable', reason, detail: 'x', base64 }));
    }
    expect(sources.quarantine().map(({ schemaId }) => schemaId)).toEqual([300, 300, undefined]);
  });

  it('is cut to what is sane, and says so', async () => {
    const sources = openSources();
    const headers = Object.fromEntries(
      Array.from({ length: 500 }, (_, index) => [`h${index}`, 'v'.repeat(5_000)]),
    );
    const text = `${'x'.repeat(65_535)}😀${'y'.repeat(300_000)}`;
    const base64 = 'A'.repeat(400_000);
    const tooLarge = { kind: 'unreadable', reason: 'too-large', detail: '10 MB', base64: 'AAAA' } as const;
    const garbage = { kind: 'unreadable', reason: 'bad-magic', detail: 'x', base64 } as const;
    await sources.send('crm', jsonMessage(text, headers), bodyMessage(garbage), bodyMessage(tooLarge));
    const [first, second, third] = sources.quarantine();
    expect([first?.original.length, first?.truncated]).toEqual([65_535, true]);
    expect(first?.original.isWellFormed()).toBe(true);
    expect(JSON.stringify(first?.headers).length).toBeLessThan(80_000);
    expect([second?.original.length, second?.truncated]).toEqual([65_536, true]);
    expect([third?.original, third?.truncated]).toEqual(['AAAA', true]);
  });

  it('waits where it only came too early for its tenant, and not otherwise', async () => {
    const loading = { ...ACME, settings: { ...ACME.settings, clock: 'importing' as const } };
    const sources = openSources({ tenants: { acme: ACME, loading } });
    await sources.sendKeyed('crm', 'loading|c1', login('1'));
    await sources.sendKeyed('crm', 'initech|c1', login('2'));
    await sources.sendKeyed('crm', 'nobody', login('3'));
    await sources.send('crm', login('4', { time: 'x' }));
    expect(sources.redrives().map((record) => [record.kind, record.tenant])).toEqual([
      ['waiting', 'loading'],
      ['waiting', 'initech'],
    ]);
    expect(sources.quarantine().map(({ reason }) => reason)).toEqual([
      'tenant-importing',
      'unknown-tenant',
      'unknown-tenant',
      'invalid-time',
    ]);
  });

  it('because of a fault of ours is set aside with what it said (internal-failure)', async () => {
    const sources = openSources();
    const dayOf = sources.calendar.dayOf;
    sources.calendar.dayOf = (zone, timeMs) => {
      if (timeMs === NOW_MS - 13) throw new RangeError('thirteen');
      return dayOf(zone, timeMs);
    };
    const unlucky = { time: new Date(NOW_MS - 13).toISOString() };
    await sources.send('crm', login('1'), login('2', unlucky), login('3'));
    expect(sources.events().map(({ id }) => id)).toEqual(['1', '3']);
    expect(sources.quarantine()).toMatchObject([
      {
        reason: 'internal-failure',
        tenant: 'acme',
        customerId: 'c1',
        faults: [{ got: 'thirteen' }],
        original: JSON.stringify({ ...LOGIN, id: '2', ...unlucky }),
      },
    ]);
    expect(sources.tallies().at(-1)).toMatchObject({ tally: { ok: 2, quarantined: 1 } });
  });
});

describe('many messages that cannot be taken', () => {
  it('stop the partition where a known producer broke its schema (T17)', async () => {
    const sources = openSources({ limits: { batchRecords: 100 } });
    const stopped = sources.send('crm', login('1'), ...Array.from({ length: 700 }, broken), login('2'));
    await expect(stopped).rejects.toMatchObject({ code: 'schema-break' });
    // What was set aside is in quarantine, the rest still in the topic: nothing is lost.
    expect(sources.quarantine().every(({ reason }) => reason === 'schema-break')).toBe(true);
    expect(sources.events().map(({ id }) => id)).toEqual(['1']);
  });

  it('stop nothing where they are garbage, however many (T16)', async () => {
    const sources = openSources();
    await sources.send('crm', ...Array.from({ length: 3_000 }, () => jsonMessage('garbage')), login('last'));
    expect(sources.events().map(({ id }) => id)).toEqual(['last']);
    expect(sources.quarantine()).toHaveLength(3_000);
  });
});
