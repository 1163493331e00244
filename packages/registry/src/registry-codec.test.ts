import {
  type AlertRecord,
  type CustomerChange,
  TOPIC_NAMES,
  TOPIC_SCHEMAS,
  type TopicName,
} from '@bellwether/events';
import type { OutputRecord } from '@bellwether/stream';
import avro from 'avsc';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isSourceSystemTopic } from './registry-codec.ts';
import { arbitraryValue } from './test-support/arbitrary-values.ts';
import { FakeRegistry } from './test-support/fake-registry.ts';
import { openCodec, roundTrip } from './test-support/open-codec.ts';
import { TopicFormat } from './topic-format.ts';

const tick = { kind: 'tick', at: 5 };
const record = (topic: TopicName, value: unknown): OutputRecord => ({ topic, key: 'key', value });
const own = TOPIC_NAMES.filter((topic) => !isSourceSystemTopic(topic));

describe('a value that went through the log', () => {
  it.each(own)('on %s is the same, and the same JSON', async (topic) => {
    const { codec } = await openCodec();
    await fc.assert(
      fc.asyncProperty(fc.array(arbitraryValue(TOPIC_SCHEMAS[topic]), { maxLength: 4 }), async (values) => {
        const back = await roundTrip(codec, topic, values);
        expect(back).toStrictEqual(values);
        expect(JSON.stringify(back)).toBe(JSON.stringify(values));
      }),
      { numRuns: 25 },
    );
  });

  it('is a tombstone where it was null', async () => {
    const { codec } = await openCodec();
    const [message] = await codec.encode([record('customer-current', null)]);
    expect(message).toEqual({ value: null, headers: {} });
    expect(await roundTrip(codec, 'customer-current', [null])).toEqual([null]);
  });

  it('has a value of its own in memory for each message, however large', async () => {
    const { codec } = await openCodec();
    const values = [10, 70_000, 3, 400_000, 5].map((length) => ({
      kind: 'feed-seen',
      tenant: 'x'.repeat(length),
      feed: 'payment',
      day: length,
      at: 0,
    }));
    expect(await roundTrip(codec, 'clock', values)).toEqual(values);
  });
});

describe('a message', () => {
  it('is in the wire format of Confluent: zero, the id of the schema, Avro that any reader of it can read', async () => {
    const { codec, registry } = await openCodec();
    registry.add({ type: 'record', name: 'Other', fields: [] });
    const [message] = await codec.encode([record('clock', tick)]);
    const bytes = Buffer.from(message?.value ?? []);
    expect([bytes[0], bytes.readUInt32BE(1)]).toEqual([0, 2]);
    const type = avro.Type.forSchema(JSON.parse(registry.registrations[0]?.text ?? ''));
    const read = JSON.parse(JSON.stringify(type.fromBuffer(bytes.subarray(5))));
    expect(read).toMatchObject({ kind: 'tick', tick: { at: 5 }, feedSeen: null });
    expect(message?.headers).toEqual({ 'content-type': 'application/avro' });
  });

  it('of a customer change is a CloudEvent to whoever reads headers only, with its sequence', async () => {
    const { codec } = await openCodec();
    const change: CustomerChange = {
      kind: 'change',
      tenant: 'acme',
      customerId: 'c-1',
      sequence: 7,
      asOf: Date.UTC(2024, 1, 29),
      knownAt: 0,
      historical: false,
      cause: 'new-data',
      causedBy: ['e-1'],
      changes: [],
      engineVersion: '1',
    };
    const [message] = await codec.encode([record('customer-changes', change)]);
    expect(message?.headers).toEqual({
      'content-type': 'application/avro',
      ce_specversion: '1.0',
      ce_id: 'c-1:7',
      ce_source: '/bellwether/acme/customer-changes',
      ce_type: 'bellwether.customer.changed',
      ce_time: '2024-02-29T00:00:00.000Z',
      ce_subject: 'c-1',
      sequence: '7',
    });
  });

  it('that other systems read carries all attributes that CloudEvents demands, whatever it is', async () => {
    const { codec } = await openCodec();
    for (const topic of ['customer-changes', 'alerts', 'customer-current', 'score-ltv-changed'] as const) {
      const property = fc.asyncProperty(arbitraryValue(TOPIC_SCHEMAS[topic]), async (value) => {
        const [message] = await codec.encode([record(topic, withRealTimes(value as AlertRecord))]);
        const { headers } = message ?? {};
        const attributes = ['id', 'source', 'type', 'specversion', 'time'].map(
          (name) => headers?.[`ce_${name}`],
        );
        expect(attributes.every((attribute) => typeof attribute === 'string')).toBe(true);
      });
      await fc.assert(property, { numRuns: 40 });
    }
  });
});

describe('a value that does not fit the schema of its topic', () => {
  it.each([
    ['a kind that there is not', { kind: 'tock', at: 5 }],
    ['a text for a number', { kind: 'tick', at: '5' }],
    ['half a number', { kind: 'tick', at: 5.5 }],
    ['a field that is missing', { kind: 'tick' }],
    ['no object', 'tick'],
  ])('is refused before anything is written: %s', async (_what, value) => {
    const { codec } = await openCodec();
    const encoding = codec.encode([record('clock', tick), record('clock', value)]);
    await expect(encoding).rejects.toMatchObject({ name: 'StreamError', code: 'refused' });
    await expect(encoding).rejects.toThrow(/clock.*schema/);
  });

  it('as is one for a topic that is not in the catalogue', async () => {
    const { codec } = await openCodec();
    await expect(codec.encode([{ topic: 'gossip', key: '', value: {} }])).rejects.toMatchObject({
      code: 'refused',
    });
  });
});

describe('schemas of other versions', () => {
  const olderClock = JSON.parse(new TopicFormat(TOPIC_SCHEMAS.clock).text);
  const messageOf = (id: number, schema: avro.schema.AvroSchema, value: unknown) => {
    const body = avro.Type.forSchema(schema).toBuffer(value);
    const header = Buffer.alloc(5);
    header.writeUInt32BE(id, 1);
    return { value: Buffer.concat([header, body]), headers: {} };
  };

  it('are read: a newer one has a field and a shape that this version does not know', async () => {
    const registry = new FakeRegistry();
    const newer = structuredClone(olderClock);
    newer.fields[1].type[1].fields.push({ name: 'zone', type: ['null', 'string'], default: null });
    newer.fields.push({
      name: 'leap',
      type: ['null', { type: 'record', name: 'Leap', fields: [] }],
      default: null,
    });
    const id = registry.add(newer);
    const { codec } = await openCodec(registry);
    const value = { kind: 'tick', tick: { at: 5, zone: 'UTC' }, leap: null };
    expect(await codec.decode('clock', [messageOf(id, newer, value)])).toStrictEqual([tick]);
    const unknown = messageOf(id, newer, { kind: 'leap', leap: {} });
    await expect(codec.decode('clock', [unknown])).rejects.toThrow(
      /ClockRecord knows no "leap".*newer version/,
    );
  });

  it('are read: an older one lacks an optional field', async () => {
    const registry = new FakeRegistry();
    const older = structuredClone(olderClock);
    older.fields.splice(3, 1);
    const id = registry.add(older);
    const { codec } = await openCodec(registry);
    expect(await codec.decode('clock', [messageOf(id, older, { kind: 'tick', tick: { at: 5 } })])).toEqual([
      tick,
    ]);
  });

  it('that cannot be read as ours stop the reader with a sentence', async () => {
    const registry = new FakeRegistry();
    const other = {
      type: 'record',
      name: 'bellwether.ClockRecord',
      fields: [{ name: 'kind', type: 'long' }],
    };
    const id = registry.add(other);
    const { codec } = await openCodec(registry);
    const decoding = codec.decode('clock', [messageOf(id, other as avro.schema.AvroSchema, { kind: 1 })]);
    await expect(decoding).rejects.toMatchObject({ code: 'step-failed' });
    await expect(decoding).rejects.toThrow(
      /A record of clock cannot be read \(schema 1\).*cannot be read as ours/,
    );
  });
});

describe('bytes on a topic of ours that nobody of us wrote', () => {
  it('stop the reader, whatever they are', async () => {
    const { codec } = await openCodec();
    const [good] = await codec.encode([record('clock', tick)]);
    const whole = Buffer.from(good?.value ?? []);
    const cases = [
      Buffer.alloc(0),
      Buffer.from('{}'),
      whole.subarray(0, -1),
      Buffer.concat([whole, Buffer.alloc(1)]),
    ];
    const unknownId = Buffer.from(whole);
    unknownId.writeUInt32BE(77, 1);
    for (const value of [...cases, unknownId]) {
      const decoding = codec.decode('clock', [{ value, headers: {} }]);
      await expect(decoding).rejects.toMatchObject({ name: 'StreamError', code: 'step-failed' });
    }
  });

  it('never break the process', async () => {
    const { codec } = await openCodec();
    await codec.encode([record('clock', tick)]);
    const property = fc.asyncProperty(fc.uint8Array({ maxLength: 60 }), async (bytes) => {
      const value = Buffer.concat([Buffer.from([0, 0, 0, 0, 1]), bytes]);
      const outcome = await codec
        .decode('clock', [{ value, headers: {} }])
        .catch((error: Error) => error.name);
      expect(outcome === 'StreamError' || Array.isArray(outcome)).toBe(true);
    });
    await fc.assert(property);
  });
});

describe('what is registered', () => {
  it('is every topic once, under its subject, with what new versions may do', async () => {
    const { codec, registry } = await openCodec();
    await codec.register(TOPIC_NAMES);
    await codec.register(TOPIC_NAMES);
    expect(registry.registrations.map(({ subject }) => subject)).toEqual(
      TOPIC_NAMES.map((topic) => `test.${topic}-value`),
    );
    const foreign = registry.registrations.filter(({ compatibility }) => compatibility !== 'FULL_TRANSITIVE');
    expect(foreign.map(({ subject }) => subject)).toContain('test.source-crm-value');
    expect(foreign.every(({ compatibility }) => compatibility === 'BACKWARD_TRANSITIVE')).toBe(true);
    expect(foreign.every(({ subject }) => /^test\.source-/.test(subject))).toBe(true);
  });
});

/** Times of generated values may lie beyond what a calendar knows. */
function withRealTimes<T extends object>(value: T): T {
  const times = ['asOf', 'time', 'changedAt', 'startsAt'].filter((name) => name in value);
  return { ...value, ...Object.fromEntries(times.map((name) => [name, 0])) };
}
