import { TOPIC_NAMES, TOPIC_SCHEMAS } from '@bellwether/events';
import avro from 'avsc';
import Type from 'typebox';
import { describe, expect, it } from 'vitest';
import { type AvroSchema, toAvroSchema } from './avro-schema.ts';

const named = (properties: Parameters<typeof Type.Object>[0]) => Type.Object(properties, { title: 'Thing' });

describe('the Avro schema of a value', () => {
  it('has a type for everything that values consist of', () => {
    const thing = named({
      id: Type.String({ description: 'unique' }),
      level: Type.Enum(['low', 'high-up']),
      size: Type.Union([Type.Literal('S'), Type.Literal('L')]),
      count: Type.Integer(),
      share: Type.Optional(Type.Number()),
      open: Type.Boolean(),
      tags: Type.Array(Type.String()),
      parts: Type.Record(Type.String(), Type.Integer()),
      last: Type.Union([Type.Integer({ description: 'epoch ms' }), Type.Null()]),
    });
    expect(toAvroSchema(thing)).toEqual({
      type: 'record',
      name: 'Thing',
      namespace: 'bellwether',
      fields: [
        { name: 'id', doc: 'unique', type: 'string' },
        { name: 'level', type: 'string' },
        { name: 'size', type: 'string' },
        { name: 'count', type: 'long' },
        { name: 'share', type: ['null', 'double'], default: null },
        { name: 'open', type: 'boolean' },
        { name: 'tags', type: { type: 'array', items: 'string' } },
        { name: 'parts', type: { type: 'map', values: 'long' } },
        { name: 'last', doc: 'epoch ms', type: ['null', 'long'], default: null },
      ],
    });
  });

  it.each([
    [
      'null and absent at once',
      named({ a: Type.Optional(Type.Union([Type.Integer(), Type.Null()])) }),
      /may be null/,
    ],
    ['a value of any kind', named({ a: Type.Unknown() }), /\/a has no Avro schema/],
    [
      'one of several types',
      named({ a: Type.Union([Type.Integer(), Type.String()]) }),
      /\/a has no Avro schema/,
    ],
    ['a record without a name', named({ a: Type.Object({}) }), /\/a needs a title/],
    ['two records of one name', named({ a: named({}) }), /two records are called Thing/],
    ['no record', Type.String(), /has to be an object/],
  ])('cannot be made of %s', (_what, schema, message) => {
    expect(() => toAvroSchema(schema)).toThrow(message);
  });
});

describe('the schema of every topic', () => {
  it.each(TOPIC_NAMES)('%s can grow: its unions are with null alone, it has no enumeration', (topic) => {
    const schema = toAvroSchema(TOPIC_SCHEMAS[topic]);
    expect(() => avro.Type.forSchema(schema as avro.schema.AvroSchema)).not.toThrow();
    for (const union of unionsOf(schema)) expect(union).toHaveLength(2);
    expect(JSON.stringify(schema)).not.toContain('"enum"');
  });

  it('of events has one part for each family, every field of which may be absent', () => {
    const text = JSON.stringify(toAvroSchema(TOPIC_SCHEMAS['customer-events']));
    for (const [, fields = ''] of text.matchAll(/"name":"\w+Data","fields":(\[(?:[^[\]]|\[[^[\]]*\])*\])/g)) {
      for (const field of JSON.parse(fields)) expect(field).toMatchObject({ default: null });
    }
    expect(text.match(/"name":"\w+Data"/g)?.length).toBeGreaterThanOrEqual(13);
  });
});

function unionsOf(schema: AvroSchema): (readonly AvroSchema[])[] {
  if (typeof schema === 'string') return [];
  if (isUnion(schema)) return [schema, ...schema.flatMap(unionsOf)];
  if ('fields' in schema) return schema.fields.flatMap(({ type }) => unionsOf(type));
  return unionsOf('items' in schema ? schema.items : schema.values);
}

function isUnion(schema: AvroSchema): schema is Extract<AvroSchema, readonly unknown[]> {
  return Array.isArray(schema);
}
