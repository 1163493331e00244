import type { SourceBody, SourceMessage } from '@bellwether/events';
import { MAX_VALUE_BYTES } from '@bellwether/stream';
import avro from 'avsc';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FakeRegistry } from './test-support/fake-registry.ts';
import { openCodec } from './test-support/open-codec.ts';

const AVRO = { 'content-type': 'application/avro' };
const JSON_EVENT = { 'Content-Type': 'application/cloudevents+json; charset=utf-8' };
const deal = { type: 'record', name: 'crm.Deal', fields: [{ name: 'amountMinor', type: 'long' }] };
const optional = (name: string, type: unknown) => ({ name, type: ['null', type], default: null });
const record = (name: string, fields: readonly object[]) => ({ type: 'record', name, fields });
/** What a producer made of the schema that we offer: it leaves some out, and has a field more. */
const sourceEvent = record('bellwether.SourceEvent', [
  { name: 'type', type: 'string' },
  optional(
    'data',
    record('EventData', [
      optional(
        'activity',
        record('ActivityData', [optional('userId', 'string'), optional('device', 'string')]),
      ),
    ]),
  ),
]);

async function setUp() {
  const registry = new FakeRegistry();
  let nowMs = 0;
  const { codec } = await openCodec(registry, { nowMs: () => nowMs });
  const read = async (
    value: Uint8Array | null,
    headers: Record<string, string> = AVRO,
  ): Promise<SourceBody> => {
    const [message] = (await codec.decode('source-crm', [{ value, headers }])) as SourceMessage[];
    return message?.body as SourceBody;
  };
  return { registry, codec, read, pass: (ms: number) => (nowMs += ms) };
}

/** A message in the wire format. */
function written(id: number, schema: object, value: unknown): Buffer {
  const header = Buffer.alloc(5);
  header.writeUInt32BE(id, 1);
  return Buffer.concat([header, avro.Type.forSchema(schema as avro.schema.AvroSchema).toBuffer(value)]);
}

describe('a message of another system', () => {
  it('is JSON where its header says so, with its headers in lower case', async () => {
    const { codec } = await setUp();
    const value = Buffer.from('{"id":"ä"}');
    const headers = { ...JSON_EVENT, CE_Id: '7' };
    expect(await codec.decode('source-crm', [{ value, headers }])).toEqual([
      {
        kind: 'source-message',
        headers: { 'content-type': JSON_EVENT['Content-Type'], ce_id: '7' },
        body: { kind: 'json', text: '{"id":"ä"}' },
      },
    ]);
  });

  it('is told by its first byte where there is no header', async () => {
    const { registry, read } = await setUp();
    const id = registry.add(deal);
    expect(await read(Buffer.from('[1]'), {})).toEqual({ kind: 'json', text: '[1]' });
    expect(await read(written(id, deal, { amountMinor: 5 }), {})).toMatchObject({ kind: 'avro' });
  });

  it('is Avro with the name of its schema, its value and its bytes', async () => {
    const { registry, read } = await setUp();
    const id = registry.add(deal);
    const bytes = written(id, deal, { amountMinor: 500 });
    expect(await read(bytes)).toEqual({
      kind: 'avro',
      schemaId: id,
      schemaName: 'crm.Deal',
      value: { amountMinor: 500 },
      base64: bytes.toString('base64'),
    });
  });

  it.each([
    ['the event', { type: 'activity.login', data: { activity: { userId: 'u-1' } } }, { userId: 'u-1' }],
    [
      'without a field that we do not know',
      { type: 'activity.login', data: { activity: { device: 'tv' } } },
      {},
    ],
    ['with nothing where nothing is', { type: 'activity.login', data: { activity: null } }, {}],
    ['as it is when we do not know its type', { type: 'x.y', data: { activity: {} } }, { activity: {} }],
  ])(
    'is a CloudEvent with plain data where it uses the schema that we offer: %s',
    async (_what, event, data) => {
      const { registry, read } = await setUp();
      const id = registry.add(sourceEvent);
      const body = await read(written(id, sourceEvent, event));
      expect(body).toMatchObject({ kind: 'avro', schemaName: 'bellwether.SourceEvent' });
      expect(body.kind === 'avro' && body.value).toStrictEqual({ type: event.type, data });
    },
  );
});

describe('a message that cannot be read says why', () => {
  const bytes = (hex: string) => Buffer.from(hex, 'hex');

  it.each([
    ['bad-magic', bytes('01000000010a'), AVRO],
    ['bad-magic', bytes('0000'), AVRO],
    ['bad-magic', null, AVRO],
    ['unknown-schema', bytes('00000000630a'), AVRO],
    ['unknown-schema', bytes('00ffffffff0a'), AVRO],
    ['not-this-schema', bytes('0000000001'), AVRO],
    ['not-this-schema', bytes('00000000010a0a'), AVRO],
    ['not-utf8', bytes('ff'), JSON_EVENT],
    ['too-large', Buffer.alloc(MAX_VALUE_BYTES + 1), JSON_EVENT],
  ])('%s', async (reason, value, headers) => {
    const { registry, read } = await setUp();
    registry.add(deal);
    expect(await read(value, headers)).toMatchObject({ kind: 'unreadable', reason });
  });

  it('and shows of a message of 10 MB no more than a quarantine entry keeps', async () => {
    const { read } = await setUp();
    const body = await read(Buffer.alloc(10_000_000), JSON_EVENT);
    expect(body).toMatchObject({ detail: expect.stringContaining('10000000 bytes') });
    expect(body.kind === 'unreadable' && body.base64.length).toBe(65_536);
  });

  it.each([
    [
      'a newer version of our schema that was forced in',
      { ...sourceEvent, fields: [{ name: 'type', type: 'long' }] },
    ],
    ['a schema that describes no record', { type: 'array', items: 'string' }],
    ['a schema that nobody can read', { kind: 'unreadable', detail: 'schema 1 is no Avro schema' }],
    ['a schema of nonsense', { type: 'nonsense' }],
  ])('schema-break: %s', async (_what, schema) => {
    const { registry, read } = await setUp();
    const id = registry.add(schema);
    expect(await read(Buffer.from([0, 0, 0, 0, id, 2]))).toMatchObject({ reason: 'schema-break' });
  });

  it('whatever it is: nothing throws, and garbage costs no question', async () => {
    const { registry, codec } = await setUp();
    registry.add(deal);
    registry.add(sourceEvent);
    const garbage = fc.oneof(
      fc.uint8Array({ maxLength: 40 }),
      fc.uint8Array({ maxLength: 40 }).map((rest) => new Uint8Array([0, 0, 0, 0, 1, ...rest])),
      fc.uint8Array({ maxLength: 40 }).map((rest) => new Uint8Array([0, 0, 0, 0, 2, ...rest])),
    );
    const headers = fc.constantFrom<Record<string, string>>(AVRO, JSON_EVENT, {}, { 'content-type': '' });
    const message = fc.record({ value: fc.option(garbage), headers });
    const property = fc.asyncProperty(fc.array(message), async (messages) => {
      const read = (await codec.decode('source-crm', messages)) as SourceMessage[];
      expect(read.map(({ kind }) => kind)).toEqual(messages.map(() => 'source-message'));
    });
    await fc.assert(property);
    expect(new Set(registry.asked).size).toBe(registry.asked.length);
  });
});

describe('schemas that are not known (T16)', () => {
  it('are asked for once a minute each, however many messages name them', async () => {
    const { registry, codec, pass } = await setUp();
    const flood = Array.from({ length: 1_000 }, (_, n) => ({
      value: Buffer.from([0, 0, 0, 0, 100 + (n % 20), 1]),
      headers: AVRO,
    }));
    for (let round = 0; round < 5; round += 1)
      await Promise.all([1, 2].map(() => codec.decode('source-crm', flood)));
    expect(registry.asked).toHaveLength(20);
    pass(59_999);
    await codec.decode('source-crm', flood);
    expect(registry.asked).toHaveLength(20);
    pass(2);
    await codec.decode('source-crm', flood);
    expect(registry.asked).toHaveLength(40);
  });

  it('are read as soon as the minute is over and they are there', async () => {
    const { registry, read, pass } = await setUp();
    const message = written(1, deal, { amountMinor: 5 });
    expect(await read(message)).toMatchObject({ reason: 'unknown-schema' });
    registry.add(deal);
    pass(60_001);
    expect(await read(message)).toMatchObject({ value: { amountMinor: 5 } });
  });

  it('wait for the registry while it is away; those that are known do not (T18)', async () => {
    const { registry, read } = await setUp();
    const message = written(registry.add(deal), deal, { amountMinor: 5 });
    await read(message);
    registry.isAway = true;
    expect(await read(message)).toMatchObject({ kind: 'avro' });
    expect(await read(Buffer.from('{}'), JSON_EVENT)).toMatchObject({ kind: 'json' });
    await expect(read(Buffer.from([0, 0, 0, 0, 9, 2]))).rejects.toMatchObject({ code: 'unavailable' });
  });
});
