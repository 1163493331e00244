import type { CustomerEvent, ReceivedEvent } from '@bellwether/events';
import { describe, expect, it } from 'vitest';
import { openIngest } from '../testing/ingest.fixture.ts';

const DAY = 20_000;

function received(id: string, change: Partial<CustomerEvent> = {}): ReceivedEvent {
  const event = {
    kind: 'event',
    tenant: 'acme',
    customerId: 'c1',
    id,
    source: '/crm',
    type: 'activity.login',
    time: DAY * 86_400_000,
    day: DAY,
    receivedAt: 1,
    historical: false,
    data: {},
    ...change,
  } as CustomerEvent;
  return { kind: 'received', event };
}

async function send(events: readonly ReceivedEvent[], topic = 'source-http', ingest = openIngest()) {
  for (const value of events) await ingest.log.append([{ topic, key: 'acme|c1', value }]);
  await ingest.drain();
  return ingest;
}

describe.each(['source-http', 'source-board'])('an accepted event on %s', (topic) => {
  it('goes on to customer-events unchanged, under its customer, in order', async () => {
    const events = [received('1'), received('2'), received('3', { customerId: 'c2' })];
    const { log } = await send(events, topic);
    const forwarded = log.topic('customer-events');
    expect(forwarded.map(({ key }) => key)).toEqual(['acme|c1', 'acme|c1', 'acme|c2']);
    expect(forwarded.map(({ value }) => value)).toEqual(events.map(({ event }) => event));
  });

  it('is counted', async () => {
    const { log } = await send([received('1'), received('2')], topic);
    const tallies = log.topic('ingest-accounting').map(({ value }) => value);
    expect(tallies.at(-1)).toMatchObject({ tenant: 'acme', tally: { ok: 2, duplicate: 0, quarantined: 0 } });
  });

  it('tells the clock of its feed once a day', async () => {
    const later = { day: DAY + 1, time: (DAY + 1) * 86_400_000 };
    const { log } = await send(
      [
        received('1'),
        received('2'),
        received('3', { type: 'payment.paid' }),
        received('4', later),
        received('5'),
      ],
      topic,
    );
    const seen = log.topic('clock').map(({ value }) => value as { feed: string; day: number });
    expect(seen.map(({ feed, day }) => [feed, day])).toEqual([
      ['activity', DAY + 1],
      ['payment', DAY],
    ]);
    const again = await send([received('6')], topic);
    expect(again.log.topic('clock')).toHaveLength(1);
  });

  it('of people tells no feed', async () => {
    const { log, events } = await send([received('1', { type: 'alert.acknowledged' })], topic);
    expect([log.topic('clock').length, events().length]).toEqual([0, 1]);
  });
});

describe('what a source tells of itself over HTTP (N14)', () => {
  const gap = (customerId: string) =>
    received('g1', {
      customerId,
      type: 'source.gap-detected',
      data: { cause: 'reported' },
    } as Partial<CustomerEvent>);

  it('goes to its customer, asks for what is missing, and counts in no account', async () => {
    const { log, events } = await send([gap('c1')]);
    expect(events()).toMatchObject([{ customerId: 'c1', type: 'source.gap-detected' }]);
    expect(log.topic('resync-requests')).toMatchObject([
      {
        key: 'acme|c1',
        value: { requestId: 'g1', customerId: 'c1', topic: 'source-http', cause: 'reported', feed: null },
      },
    ]);
    expect(log.topic('ingest-accounting')).toEqual([]);
  });

  it('of all customers goes to the clock of its tenant', async () => {
    const { log, events } = await send([gap('@portfolio')]);
    expect(events()).toEqual([]);
    expect(log.topic('clock')).toMatchObject([{ key: 'acme', value: { kind: 'source-notice', feeds: [] } }]);
    expect(log.topic('resync-requests')).toMatchObject([{ key: 'acme', value: { customerId: null } }]);
  });
});

describe('an accepted event on which the program fails', () => {
  it('is set aside with its bytes, and the others go on', async () => {
    const event = { ...received('2').event, type: 'source.gap-detected', data: null };
    const unreadable = { kind: 'received', event } as unknown as ReceivedEvent;
    const ingest = await send([received('1'), unreadable, received('3')]);
    expect(ingest.events().map(({ id }) => id)).toEqual(['1', '3']);
    expect(ingest.quarantine()).toMatchObject([
      { reason: 'internal-failure', tenant: 'acme', customerId: 'c1' },
    ]);
    expect(JSON.parse(ingest.quarantine()[0]?.original ?? '')).toEqual(unreadable);
  });
});

describe('an accepted event whose tenant changed since', () => {
  const settings = { currency: 'USD', timeZone: 'UTC', synthetic: false } as const;
  const view = { day: DAY - 1, feeds: {}, statuses: {}, revision: 1 };

  it('is quarantined while its tenant imports, with its place in the log', async () => {
    const ingest = openIngest();
    ingest.tenants.remember('acme', { ...view, settings: { ...settings, clock: 'importing' } });
    await send([received('1')], 'source-http', ingest);
    expect(ingest.events()).toEqual([]);
    expect(ingest.quarantine()).toMatchObject([
      {
        quarantineId: 'source-http:0:0',
        reason: 'tenant-importing',
        customerId: 'c1',
        position: { topic: 'source-http', partition: 0, offset: 0 },
        encoding: 'utf8',
      },
    ]);
    expect(JSON.parse(ingest.quarantine()[0]?.original ?? '')).toEqual(received('1').event);
  });

  it('is quarantined after the day its tenant is frozen at; actions of people go on', async () => {
    const ingest = openIngest();
    ingest.tenants.remember('acme', { ...view, settings: { ...settings, clock: 'frozen' } });
    const events = [
      received('1'),
      received('2', { day: DAY - 1 }),
      received('3', { type: 'alert.acknowledged' }),
    ];
    await send(events, 'source-http', ingest);
    expect(ingest.events().map(({ id }) => id)).toEqual(['2', '3']);
    expect(ingest.quarantine()).toMatchObject([{ reason: 'tenant-frozen', faults: [{ path: '/time' }] }]);
  });
});
