import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type SourceMessage, TOPIC_NAMES, TOPIC_SCHEMAS } from '@bellwether/events';
import { testServers } from '@bellwether/testkit/servers';
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest';
import { toAvroSchema } from './avro-schema.ts';
import { RegistryClient } from './registry-client.ts';
import {
  openRegistryCodec,
  type RegistryCodec,
  type RegistryCodecOptions,
  subjectOf,
} from './registry-codec.ts';
import { CountingProxy } from './test-support/counting-proxy.ts';

const tick = { kind: 'tick', at: 5 };
const messages = [{ topic: 'clock', key: 'tick', value: tick }];

describe.skipIf(testServers.missing !== undefined)('a real schema registry', () => {
  const target = testServers.missing === undefined ? testServers.registry().url : '';
  const prefixes: string[] = [];
  let prefix = '';
  let folder = '';
  let proxy: CountingProxy;
  let url = '';
  let reports: string[] = [];
  let opened: RegistryCodec[] = [];

  beforeEach(async () => {
    [reports, opened] = [[], []];
    prefix = `registry-test-${randomBytes(4).toString('hex')}`;
    prefixes.push(prefix);
    folder = await mkdtemp(join(tmpdir(), 'bellwether-registry-'));
    proxy = new CountingProxy(target);
    url = await proxy.start();
  });
  afterEach(async () => {
    await Promise.all(opened.map((codec) => codec.close()));
    await proxy.stop();
    await rm(folder, { recursive: true, force: true });
  });
  afterAll(async () => {
    const subjects = (await (await fetch(`${target}/subjects`)).json()) as string[];
    const ours = subjects.filter((subject) => prefixes.some((each) => subject.startsWith(`${each}.`)));
    for (const subject of ours) await fetch(`${target}/subjects/${subject}`, { method: 'DELETE' });
  });

  const open = async (options: Partial<RegistryCodecOptions> = {}) => {
    const codec = await openRegistryCodec({
      url,
      prefix,
      snapshotPath: join(folder, 'schemas.json'),
      topics: ['clock'],
      report: (message) => reports.push(message),
      ...options,
    });
    opened.push(codec);
    return codec;
  };

  it('takes the schema of every topic, says how it may change, and gives each the same id again', async () => {
    await open({ topics: TOPIC_NAMES });
    const first = proxy.asked.length;
    const codec = await open({ topics: TOPIC_NAMES });
    expect(proxy.asked.length).toBeLessThanOrEqual(first * 2);
    const values = [tick, { kind: 'feed-seen', tenant: 'acme', feed: 'payment', day: 1, at: 2 }];
    const encoded = await codec.encode(values.map((value) => ({ topic: 'clock', key: '', value })));
    expect(await codec.decode('clock', encoded)).toEqual(values);
    const levelOf = async (topic: string) => {
      const answer = await fetch(`${target}/config/${subjectOf(prefix, topic)}`);
      return ((await answer.json()) as { compatibilityLevel: string }).compatibilityLevel;
    };
    expect(await levelOf('customer-events')).toBe('FULL_TRANSITIVE');
    expect(await levelOf('source-crm')).toBe('BACKWARD_TRANSITIVE');
  });

  it('takes the same schemas from processes that start together', async () => {
    const topics = TOPIC_NAMES.slice(0, 6);
    const together = [1, 2, 3, 4].map((n) =>
      open({ topics, snapshotPath: join(folder, `schemas-${n}.json`) }),
    );
    await expect(Promise.all(together)).resolves.toHaveLength(4);
  }, 60_000);

  it('lets another process read what this one wrote', async () => {
    const writing = await open({ snapshotPath: join(folder, 'one.json') });
    const encoded = await writing.encode(messages);
    const reading = await open({ snapshotPath: join(folder, 'other.json'), topics: [] });
    expect(await reading.decode('clock', encoded)).toStrictEqual([tick]);
  });

  it('refuses a schema that does not fit those before it, and says what it is about (T17)', async () => {
    await open();
    const client = new RegistryClient({ url });
    const other = { type: 'record', name: 'ClockRecord', namespace: 'bellwether', fields: [] };
    const fields = [{ name: 'kind', type: 'long' }];
    const registering = client.register({
      subject: subjectOf(prefix, 'clock'),
      text: JSON.stringify({ ...other, fields }),
      compatibility: 'FULL_TRANSITIVE',
    });
    await expect(registering).rejects.toMatchObject({ code: 'refused', retriable: false });
    await expect(registering).rejects.toThrow(
      new RegExp(
        `refuses the schema of ${prefix}.clock-value: it is not FULL_TRANSITIVE .*a field may only be added`,
      ),
    );
  });

  it('takes a schema that has grown: a field, an event type of a new family, a kind of record', async () => {
    await open({ topics: ['customer-events'] });
    const optional = (name: string, type: unknown) => ({ name, type: ['null', type], default: null });
    const grown = JSON.parse(JSON.stringify(toAvroSchema(TOPIC_SCHEMAS['customer-events'])));
    const event = grown.fields[1].type[1];
    const data = event.fields.find(({ name }: { name: string }) => name === 'data').type;
    const partner = { type: 'record', name: 'PartnerData', fields: [optional('partnerId', 'string')] };
    data.fields.push(optional('partner', partner));
    event.fields.push(optional('channel', 'string'));
    const week = { type: 'record', name: 'Week', fields: [{ name: 'week', type: 'long' }] };
    grown.fields.push(optional('week', week));
    const registering = new RegistryClient({ url }).register({
      subject: subjectOf(prefix, 'customer-events'),
      text: JSON.stringify(grown),
      compatibility: 'FULL_TRANSITIVE',
    });
    await expect(registering).resolves.toBeGreaterThan(0);
  });

  it('refuses it also from the applications that write a source topic (T17)', async () => {
    await open({ topics: ['source-crm'] });
    const registering = new RegistryClient({ url }).register({
      subject: subjectOf(prefix, 'source-crm'),
      text: JSON.stringify({
        type: 'record',
        name: 'bellwether.SourceEvent',
        fields: [{ name: 'id', type: 'long' }],
      }),
      compatibility: 'BACKWARD_TRANSITIVE',
    });
    await expect(registering).rejects.toThrow(
      /refuses the schema of .*source-crm-value.*BACKWARD_TRANSITIVE/,
    );
  });

  it('whose rule for a subject somebody has loosened is not used', async () => {
    await open();
    const config = `${target}/config/${subjectOf(prefix, 'clock')}`;
    const headers = { 'content-type': 'application/json' };
    await fetch(config, { method: 'PUT', headers, body: '{"compatibility":"NONE"}' });
    await expect(open()).rejects.toThrow(/is not set to FULL_TRANSITIVE .*set it back/);
  });

  it('may go away: a process that knew it starts and works, for known ids without an error (T18)', async () => {
    const encoded = await (await open()).encode(messages);
    await proxy.stop();
    const again = await open();
    expect(await again.decode('clock', [...encoded, ...(await again.encode(messages))])).toEqual([
      tick,
      tick,
    ]);
    const unknown = [{ value: Buffer.from([0, 0x7f, 0, 0, 0, 1]), headers: {} }];
    await expect(again.decode('source-crm', unknown)).rejects.toMatchObject({ code: 'unavailable' });
    expect(reports).toEqual([]);
  });

  it('has to be there at the first start', async () => {
    await proxy.stop();
    const opening = open();
    await expect(opening).rejects.toMatchObject({ code: 'unavailable', retriable: true });
    await expect(opening).rejects.toThrow(
      /schema registry http:\S+ was asked for the schema of .*did not answer/,
    );
  });

  it('has to be at the address that is set', async () => {
    const elsewhere = new URL('/elsewhere', url).href;
    await expect(open({ url: elsewhere })).rejects.toThrow(
      /cannot be registered at .*no schema registry answers there/,
    );
  });

  it('is asked once for each unknown id of a flood (T16)', async () => {
    const codec = await open();
    const before = proxy.asked.length;
    const flood = Array.from({ length: 2_000 }, (_, n) => {
      const value = Buffer.from([0, 0x7f, 0xff, 0, n % 25, 1, 2, 3]);
      return { value, headers: { 'content-type': 'application/avro' } };
    });
    for (let round = 0; round < 3; round += 1) {
      const read = (await codec.decode('source-crm', flood)) as SourceMessage[];
      expect(read.every(({ body }) => body.kind === 'unreadable' && body.reason === 'unknown-schema')).toBe(
        true,
      );
    }
    const asked = proxy.asked.slice(before);
    expect(asked).toHaveLength(25);
    expect(new Set(asked).size).toBe(25);
  });
});
