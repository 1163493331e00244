import type { CustomerEvent } from '@bellwether/events';
import { describe, expect, it } from 'vitest';
import { NOW_MS } from '../testing/ingest.fixture.ts';
import { jsonMessage, LOGIN, openSources } from '../testing/sources.fixture.ts';

const login = (id: string, change: object = {}) => jsonMessage({ ...LOGIN, id, ...change });

describe('a source that counts without holes (N14)', () => {
  const numbered = (sequence: number, change: object = {}) =>
    login(`n${sequence}`, { sequence: String(sequence), sequencetype: 'Integer', ...change });
  const told = (events: readonly CustomerEvent[]) =>
    events.map(({ type, id }) => (type === 'activity.login' ? id : type));

  it('makes its customer stale before the event that shows the hole, and asks for what is missing', async () => {
    const sources = openSources();
    await sources.send('crm', numbered(1), numbered(4));
    expect(told(sources.events())).toEqual(['n1', 'source.gap-detected', 'n4']);
    expect(sources.events()[1]).toMatchObject({
      customerId: 'c1',
      source: '/product',
      time: NOW_MS + 1,
      data: { cause: 'sequence-hole', since: LOGIN.time, detail: 'numbers 2 to 3 are missing' },
    });
    expect(sources.requests()).toMatchObject([
      {
        customerId: 'c1',
        source: '/product',
        topic: 'source-crm',
        missingFrom: 2,
        missingTo: 3,
        through: NOW_MS + 1,
      },
    ]);
  });

  it('is complete again when the missing ones come late', async () => {
    const sources = openSources();
    await sources.send('crm', numbered(1), numbered(4), numbered(3), numbered(2));
    expect(told(sources.events()).slice(3)).toEqual(['n3', 'n2', 'source.resynced']);
    expect(sources.events().at(-1)).toMatchObject({ time: NOW_MS + 1, data: { cause: 'sequence-hole' } });
  });

  it('counts each customer by itself, and each source', async () => {
    const sources = openSources();
    await sources.send(
      'crm',
      ...[numbered(1), numbered(1, { subject: 'c2' }), numbered(7, { source: '/other' }), numbered(2)],
    );
    expect(told(sources.events())).toEqual(['n1', 'n1', 'n7', 'n2']);
  });

  it('that counts over many customers makes the whole tenant stale, through its clock', async () => {
    const sources = openSources();
    const shard = { partitionkey: 'shard-1' };
    await sources.send('support', numbered(1, shard), numbered(3, { ...shard, subject: 'c2' }));
    expect(told(sources.events())).toEqual(['n1', 'n3']);
    const notices = sources.log
      .topic('clock')
      .filter(({ value }) => (value as { kind: string }).kind === 'source-notice');
    expect(notices.map(({ value }) => value)).toMatchObject([
      {
        tenant: 'acme',
        feeds: ['ticket', 'feedback'],
        event: { customerId: '@portfolio', type: 'source.gap-detected' },
      },
    ]);
    expect(sources.requests()).toMatchObject([{ customerId: null, missingFrom: 2, missingTo: 2 }]);
  });

  it('leaves a hole with a message that is quarantined, until that is given again', async () => {
    const sources = openSources();
    await sources.send('crm', numbered(1), numbered(2, { time: 'x' }), numbered(3), numbered(2));
    expect(told(sources.events())).toEqual(['n1', 'source.gap-detected', 'n3', 'n2', 'source.resynced']);
  });
});

describe('a marker that something is missing (N14)', () => {
  const marker = (change: object) => ({
    ChangeEventHeader: {
      entityName: 'Account',
      recordIds: ['A1', 'A2'],
      changeType: 'GAP_UPDATE',
      commitTimestamp: NOW_MS - 60_000,
      ...change,
    },
  });

  it('makes the customers that it names stale since its change, and asks for their records', async () => {
    const sources = openSources();
    await sources.sendKeyed('crm', 'acme|anything', jsonMessage(marker({})));
    expect(sources.events().map(({ customerId, type, time }) => [customerId, type, time - NOW_MS])).toEqual([
      ['A1', 'source.gap-detected', -60_000],
      ['A2', 'source.gap-detected', -60_000],
    ]);
    expect(sources.events()[0]).toMatchObject({
      source: '/source-crm',
      data: { cause: 'gap-marker', feed: 'customer', detail: 'GAP_UPDATE of Account' },
    });
    expect(sources.requests()).toMatchObject([
      { customerId: 'A1', entityName: 'Account', recordIds: ['A1'], since: NOW_MS - 60_000 },
      { customerId: 'A2', recordIds: ['A2'] },
    ]);
    expect(new Set(sources.events().map(({ id }) => id)).size).toBe(2);
  });

  it.each([
    [
      'the subject of its CloudEvent',
      { ...LOGIN, type: 'com.salesforce.change', subject: 'c9', data: marker({}) },
      'acme|c1',
      'c9',
    ],
    ['its key, for records that are no accounts', marker({ entityName: 'Opportunity' }), 'acme|c7', 'c7'],
  ])('concerns the customer that is named by %s', async (...[, body, key, customerId]) => {
    const sources = openSources();
    await sources.sendKeyed('crm', key, jsonMessage(body));
    expect(sources.events()).toMatchObject([{ customerId, data: { cause: 'gap-marker' } }]);
  });

  it('of an overflow makes the feeds of the whole tenant stale', async () => {
    const sources = openSources();
    const contract = {
      changeType: 'GAP_OVERFLOW',
      entityName: 'Contract',
      recordIds: ['000000000000000AAA'],
    };
    await sources.send('crm', jsonMessage(marker(contract)));
    expect(sources.events()).toEqual([]);
    expect(sources.log.topic('clock').map(({ value }) => value)).toMatchObject([
      { kind: 'source-notice', event: { data: { cause: 'overflow-marker', feed: 'agreement' } } },
    ]);
    expect(sources.requests()).toMatchObject([
      { customerId: null, cause: 'overflow-marker', feed: 'agreement' },
    ]);
  });

  it('that was committed in the future was committed when it came', async () => {
    const sources = openSources();
    await sources.send('crm', jsonMessage(marker({ commitTimestamp: NOW_MS * 2 })));
    expect(sources.events()[0]?.time).toBe(NOW_MS);
  });

  it('is no event of a customer, so it counts in no account', async () => {
    const sources = openSources();
    await sources.send('crm', jsonMessage(marker({})));
    expect(sources.tallies()).toEqual([]);
  });
});
