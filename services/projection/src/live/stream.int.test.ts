import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { CustomerRow } from '../api/schemas.ts';
import { EventSourceUnderTest } from '../test-support/event-source.ts';
import { openProjection, type ProjectionUnderTest, recordOf } from '../test-support/projection-under-test.ts';
import { alertOf, changeOf, dayOf, ltvOf, settingsOf } from '../test-support/records.ts';

let projection: ProjectionUnderTest;
let address: string;
let clients: EventSourceUnderTest[] = [];

beforeEach(async () => {
  projection = await openProjection({ heartbeatMs: 50, partitions: 2 });
  for (const partition of [0, 1]) {
    await projection.take({ ...recordOf('customer-events', settingsOf()), partition });
    await projection.take({ ...recordOf('customer-events', dayOf()), partition });
  }
  address = await projection.app.listen({ port: 0, host: '127.0.0.1' });
});
afterEach(async () => {
  for (const client of clients) client.close();
  clients = [];
  await projection.close();
});

const url = (tail = '') => `${address}/v1/tenants/acme/changes/stream${tail}`;
const changed = (sequence: number, customerId = 'c1', tenant = 'acme') =>
  recordOf('customer-changes', changeOf(sequence, [ltvOf(sequence)], { customerId, tenant }));

async function connect(options: { readonly lastEventId?: string; readonly tail?: string } = {}) {
  const client = new EventSourceUnderTest();
  clients.push(client);
  const headers: Record<string, string> = {};
  if (options.lastEventId !== undefined) headers['last-event-id'] = options.lastEventId;
  const response = await client.open(url(options.tail), headers);
  return { client, response };
}

describe('the stream of changes', () => {
  it('brings changes and alerts of its tenant, and nothing of another', async () => {
    const { client, response } = await connect();
    expect(response.headers.get('content-type')).toContain('text/event-stream');
    await client.next();
    await projection.take(changed(1, 'c1', 'other'), changed(1), recordOf('alerts', alertOf()));
    expect(await client.nextWithData()).toMatchObject({
      event: 'change',
      data: { tenant: 'acme', sequence: 1 },
    });
    expect(await client.nextWithData()).toMatchObject({ event: 'alert', data: { rule: 'at-risk' } });
  });

  it('tells of a change only when it is in the read model', async () => {
    const { client } = await connect();
    await client.next();
    await projection.take(changed(7));
    await client.nextWithData();
    const response = await fetch(`${address}/v1/tenants/acme/customers`);
    const { items } = (await response.json()) as { items: CustomerRow[] };
    expect(items).toMatchObject([{ customerId: 'c1', valueMinor: 7 }]);
  });

  it('goes on where a client was, by Last-Event-ID or ?from=, without a gap or a repeat', async () => {
    const { client } = await connect();
    await client.next();
    await projection.take(changed(1, 'c1'), changed(1, 'c2'));
    const seen = [await client.nextWithData(), await client.nextWithData()];
    client.close();
    const lastEventId = seen.at(-1)?.id ?? '';
    await projection.take(changed(2, 'c1'), changed(2, 'c2'), changed(3, 'c2'));
    for (const options of [{ lastEventId }, { tail: `?from=${lastEventId}` }]) {
      const again = (await connect(options)).client;
      const missed = [await again.nextWithData(), await again.nextWithData(), await again.nextWithData()];
      expect(missed.map(({ data }) => (data as { sequence: number }).sequence).sort()).toEqual([2, 2, 3]);
      await projection.take(changed(9, 'c9'));
      expect((await again.nextWithData()).data).toMatchObject({ customerId: 'c9' });
      again.close();
    }
  });

  it('reaches further back than memory does, in order', async () => {
    const { client } = await connect();
    const { id } = await client.next();
    client.close();
    for (let batch = 0; batch < 3; batch++) {
      await projection.take(...Array.from({ length: 400 }, (_, index) => changed(batch * 400 + index + 1)));
    }
    const again = (await connect({ lastEventId: id ?? '' })).client;
    for (let sequence = 1; sequence <= 1_200; sequence++) {
      expect((await again.nextWithData()).data).toMatchObject({ sequence });
    }
  });

  it.each([
    ['of another log', 'c0-999999.c1-0.a0-0.a1-0'],
    ['that is none', 'whatever'],
  ])('tells a client with a position %s to load everything again', async (_name, lastEventId) => {
    const { client } = await connect({ lastEventId });
    expect(await client.nextWithData()).toMatchObject({ event: 'reset' });
    await projection.take(changed(1));
    expect(await client.nextWithData()).toMatchObject({ event: 'change' });
  });

  it('tells a client that is hopelessly behind to load everything again', async () => {
    const { client } = await connect();
    const { id } = await client.next();
    client.close();
    for (let batch = 0; batch < 6; batch++) {
      await projection.take(
        ...Array.from({ length: 2_000 }, (_, index) => changed(batch * 2_000 + index + 1)),
      );
    }
    const again = (await connect({ lastEventId: id ?? '' })).client;
    expect(await again.nextWithData()).toMatchObject({ event: 'reset' });
  });

  it('shows signs of life with the present position', async () => {
    const { client } = await connect();
    const first = await client.next();
    expect(first.id).toBe('c0-0.c1-0.a0-0.a1-0');
    await projection.take(changed(1, 'c1', 'other'));
    const later = [await client.next(), await client.next(), await client.next()];
    expect(later.at(-1)).toMatchObject({ event: undefined, data: undefined });
    expect(later.at(-1)?.id).not.toBe(first.id);
  });

  it('refuses a wrong ?from= and an unknown tenant', async () => {
    expect((await connect({ tail: '?from=nonsense' })).response.status).toBe(400);
    expect((await fetch(`${address}/v1/tenants/nobody/changes/stream`)).status).toBe(404);
  });

  it('ends when the server does', async () => {
    const { client } = await connect();
    await client.next();
    await projection.app.close();
    await expect(
      (async () => {
        for (;;) await client.next();
      })(),
    ).rejects.toThrow();
  });
});
