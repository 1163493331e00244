import { isTagged, type TaggedShapes } from '@bellwether/events';
import Type, { type TSchema } from 'typebox';
import { type Part, withoutNull } from './avro-schema.ts';

/** Turns a value into its other form; `tag` is the tag of a value whose shape is told by the object around it. */
export type Convert = (value: unknown, tag: string) => unknown;
type Fields = Record<string, unknown>;

/** A value whose tag is none that its schema knows, or that has nothing where its tag says. */
export class UnknownTagError extends Error {
  constructor(title: string, tag: unknown) {
    super(`${title} knows no "${String(tag)}"`);
    this.name = 'UnknownTagError';
  }
}

/**
 * How a value becomes what its Avro schema (`toAvroSchema`) describes: shapes go to their branches, all else stays as
 * it is. Undefined where nothing changes.
 */
export function toWire(schema: TSchema): Convert | undefined {
  if (isTagged(schema)) return taggedToWire(schema);
  const inner = withoutNull(schema);
  if (inner !== undefined) {
    const convert = toWire(inner);
    return convert && ((value, tag) => (value === null ? null : convert(value, tag)));
  }
  const part = schema as Part;
  const items = part.items && toWire(part.items);
  if (items !== undefined) return (value, tag) => (value as unknown[]).map((item) => items(item, tag));
  const fields = Object.entries(part.properties ?? {}).flatMap(([name, field]) => {
    const convert = toWire(field);
    return convert ? [{ name, convert, tag: isTagged(field) ? field.tag : '' }] : [];
  });
  if (fields.length === 0) return undefined;
  return (value) => {
    const given = value as Fields;
    const wire = { ...given };
    for (const { name, convert, tag } of fields) {
      if (given[name] !== undefined) wire[name] = convert(given[name], given[tag] as string);
    }
    return wire;
  };
}

function taggedToWire(schema: TSchema & TaggedShapes): Convert {
  const { title, tag, place } = schema;
  const shapes = shapesByTag(schema, toWire);
  const shapeOf = (value: string) => {
    const shape = shapes.get(value);
    if (shape === undefined) throw new UnknownTagError(title, value);
    return shape;
  };
  if (place === 'beside') {
    return (value, tagValue) => {
      const { branch, convert } = shapeOf(tagValue);
      return { [branch]: convert ? convert(value, tagValue) : value };
    };
  }
  return (value) => {
    const tagValue = (value as Fields)[tag] as string;
    const { branch, convert } = shapeOf(tagValue);
    return { [tag]: tagValue, [branch]: convert ? convert(value, tagValue) : value };
  };
}

/**
 * The way back: plain objects with the fields in the order of the schema, those that were absent absent again.
 * Undefined where nothing changes.
 */
export function fromWire(schema: TSchema): Convert | undefined {
  if (isTagged(schema)) return taggedFromWire(schema);
  const inner = withoutNull(schema);
  if (inner !== undefined) {
    const convert = fromWire(inner);
    return convert && ((value, tag) => (value === null ? null : convert(value, tag)));
  }
  const part = schema as Part;
  const items = part.items && fromWire(part.items);
  if (items !== undefined) return (value, tag) => (value as unknown[]).map((item) => items(item, tag));
  const [valueSchema] = Object.values(part.patternProperties ?? {});
  const values = valueSchema && fromWire(valueSchema);
  if (values !== undefined) return (value, tag) => mapValues(value as Fields, values, tag);
  return part.properties === undefined ? undefined : objectFromWire(part.properties);
}

function mapValues(value: Fields, convert: Convert, tag: string): Fields {
  const plain: Fields = {};
  for (const name of Object.keys(value)) plain[name] = convert(value[name], tag);
  return plain;
}

interface ObjectOptions {
  /** The field that stands in the object around, not in the wire form of this one. */
  readonly ownTag?: string;
  /** The wire form has fields of other shapes too. */
  readonly isMerged?: boolean;
}

function objectFromWire(
  properties: NonNullable<Part['properties']>,
  { ownTag, isMerged = false }: ObjectOptions = {},
): Convert | undefined {
  const fields = Object.entries(properties).map(([name, schema]) => ({
    name,
    convert: fromWire(schema),
    isOptional: Type.IsOptional(schema),
    isOwnTag: name === ownTag,
    tag: isTagged(schema) ? schema.tag : '',
  }));
  if (!isMerged && !fields.some(({ isOptional, isOwnTag }) => isOptional || isOwnTag)) {
    const changed = fields.flatMap(({ name, tag, convert }) => (convert ? [{ name, tag, convert }] : []));
    if (changed.length === 0) return undefined;
    return (value) => {
      const wire = value as Fields;
      for (const { name, convert, tag } of changed) wire[name] = convert(wire[name], wire[tag] as string);
      return wire;
    };
  }
  return (value, tagAround) => {
    const wire = value as Fields;
    const plain: Fields = {};
    for (const { name, convert, isOptional, isOwnTag, tag } of fields) {
      const field = isOwnTag ? tagAround : wire[name];
      if (field === null && isOptional) continue;
      plain[name] = convert ? convert(field, wire[tag] as string) : field;
    }
    return plain;
  };
}

function taggedFromWire(schema: TSchema & TaggedShapes): Convert {
  const { title, tag, place } = schema;
  const shapes = shapesByTag(schema, (shape) => {
    const { properties, title: ownTitle } = shape as Part;
    if (properties === undefined) return fromWire(shape);
    const isMerged = ownTitle === undefined;
    return objectFromWire(properties, { isMerged, ...(place === 'inside' ? { ownTag: tag } : {}) });
  });
  return (value, tagAround) => {
    const wire = value as Fields;
    const tagValue = place === 'inside' ? (wire[tag] as string) : tagAround;
    const shape = shapes.get(tagValue);
    if (shape === undefined || wire[shape.branch] === null) throw new UnknownTagError(title, tagValue);
    const { branch, convert } = shape;
    return convert ? convert(wire[branch], tagValue) : wire[branch];
  };
}

interface Shape {
  readonly branch: string;
  readonly convert: Convert | undefined;
}

function shapesByTag(
  { branches }: TaggedShapes,
  convertOf: (schema: TSchema) => Convert | undefined,
): ReadonlyMap<string, Shape> {
  const converters = new Map<TSchema, Convert | undefined>();
  const shapes = new Map<string, Shape>();
  for (const [branch, byValue] of Object.entries(branches)) {
    for (const [tagValue, schema] of Object.entries(byValue)) {
      if (!converters.has(schema)) converters.set(schema, convertOf(schema));
      shapes.set(tagValue, { branch, convert: converters.get(schema) });
    }
  }
  return shapes;
}
