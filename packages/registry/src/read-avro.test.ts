import avro from 'avsc';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { makeNumbersExact } from './exact-numbers.ts';
import { readerOfType } from './read-avro.ts';

makeNumbersExact();

const deal = avro.Type.forSchema({
  type: 'record',
  name: 'crm.Deal',
  fields: [
    { name: 'id', type: 'string' },
    { name: 'won', type: 'boolean' },
    {
      name: 'stages',
      type: { type: 'array', items: { type: 'enum', name: 'Stage', symbols: ['NEW', 'WON'] } },
    },
    { name: 'amount', type: ['null', 'long'] },
    { name: 'chance', type: 'double' },
    { name: 'weight', type: 'float' },
    { name: 'count', type: 'int' },
    { name: 'labels', type: { type: 'map', values: ['null', 'string'] } },
    { name: 'digest', type: { type: 'fixed', name: 'Digest', size: 3 } },
    { name: 'raw', type: 'bytes' },
    {
      name: 'either',
      type: ['string', { type: 'record', name: 'Note', fields: [{ name: 'by', type: 'string' }] }],
    },
    { name: 'parent', type: ['null', 'crm.Deal'], default: null },
  ],
} as avro.schema.AvroSchema);
const value = {
  id: 'd-1',
  won: true,
  stages: ['NEW', 'WON'],
  amount: -(2 ** 52) - 1,
  chance: 0.25,
  weight: 0.5,
  count: -3,
  labels: { 'a b': 'x', none: null },
  digest: Buffer.from([1, 2, 3]),
  raw: Buffer.from('raw'),
  either: { by: 'ann' },
  parent: null,
};
const read = readerOfType(deal);
const bytes = deal.toBuffer(value);

describe('a value that somebody wrote in Avro', () => {
  it('is plain JSON: absent fields are left out, bytes are base64, unions are their values', () => {
    const { parent: _, ...present } = value;
    expect(read(bytes, 0)).toStrictEqual({ ...present, digest: 'AQID', raw: 'cmF3', either: { by: 'ann' } });
    const nested = deal.toBuffer({ ...value, parent: { ...value, either: 'note' } });
    expect(read(nested, 0)).toMatchObject({ parent: { id: 'd-1', either: 'note' } });
  });

  it('is what the library reads, for any value and any place in the message', () => {
    const flat = avro.Type.forSchema({
      type: 'record',
      name: 'Flat',
      fields: [
        { name: 'a', type: { type: 'array', items: ['string', 'long', 'boolean', 'double'] } },
        { name: 'b', type: { type: 'map', values: { type: 'array', items: 'long' } } },
      ],
    } as avro.schema.AvroSchema);
    const readFlat = readerOfType(flat);
    for (let round = 0; round < 300; round += 1) {
      const message = Buffer.concat([Buffer.alloc(5), flat.toBuffer(flat.random())]);
      const expected = JSON.parse(JSON.stringify(flat.decode(message, 5).value), (_key, item) =>
        isWrapped(item) ? Object.values(item)[0] : item,
      );
      expect(JSON.parse(JSON.stringify(readFlat(message, 5)))).toEqual(expected);
    }
  });
});

describe('bytes that are no such value', () => {
  it('are named: each piece of a message, and each message with more behind it', () => {
    for (let length = 0; length < bytes.length; length += 1) {
      expect(() => read(bytes.subarray(0, length), 0)).toThrow(/ends too early/);
    }
    expect(() => read(Buffer.concat([bytes, Buffer.alloc(2)]), 0)).toThrow(/2 bytes are left over/);
  });

  it.each([
    ['a list of more items than there are bytes', 'fe ff ff ff ff ff 07', { type: 'array', items: 'null' }],
    ['a map of more entries than there are bytes', '80 80 80 80 20', { type: 'map', values: 'null' }],
    ['a text of a length below nothing', '01', 'string'],
    ['a text that is not UTF-8', '02 ff', 'string'],
    ['a symbol that there is not', '04', { type: 'enum', name: 'E', symbols: ['A'] }],
    ['a branch that there is not', '03', ['null', 'string']],
    ['a boolean that is neither', '02', 'boolean'],
    ['a number beyond what JavaScript holds exactly', 'ff ff ff ff ff ff ff ff ff 01', 'long'],
    ['a number without an end', 'ff ff ff ff ff ff ff ff ff ff ff 01', 'long'],
  ])('like %s', (_what, hex, schema) => {
    const type = avro.Type.forSchema(schema as avro.schema.AvroSchema);
    expect(() => readerOfType(type)(Buffer.from(hex.replaceAll(' ', ''), 'hex'), 0)).toThrow(/./);
  });

  it('like a chain that is nested for ever', () => {
    const chain = avro.Type.forSchema({
      type: 'record',
      name: 'Chain',
      fields: [{ name: 'next', type: ['null', 'Chain'] }],
    } as avro.schema.AvroSchema);
    expect(() => readerOfType(chain)(Buffer.alloc(1_000_000, 2), 0)).toThrow(/levels deep/);
  });

  it('take no time and no harm, whatever they are', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (garbage) => {
        try {
          read(Buffer.from(garbage), 0);
        } catch (error) {
          expect((error as Error).name).toBe('MalformedError');
        }
      }),
      { numRuns: 2_000 },
    );
  });

  it('never reach the prototype of anything', () => {
    const map = avro.Type.forSchema({ type: 'map', values: { type: 'map', values: 'string' } });
    const entry = Buffer.concat([
      Buffer.from([2, 18]),
      Buffer.from('__proto__'),
      Buffer.from([2, 2]),
      Buffer.from('x'),
      Buffer.from([2]),
      Buffer.from('y'),
      Buffer.from([0, 0]),
    ]);
    const read = readerOfType(map)(entry, 0);
    expect(read).toStrictEqual({});
    expect(({} as { x?: string }).x).toBeUndefined();
  });
});

/** The library shows which branch a value of an ambiguous union is of: `{ "long": 5 }`. */
function isWrapped(item: unknown): item is Record<string, unknown> {
  if (typeof item !== 'object' || item === null) return false;
  const names = Object.keys(item);
  return names.length === 1 && ['string', 'long', 'boolean', 'double'].includes(names[0] ?? '');
}
