import { isTagged, type TaggedShapes } from '@bellwether/events';
import Type, { type TSchema } from 'typebox';

/** An Avro schema as JSON, as far as values of ours need it. */
export type AvroSchema = string | AvroRecord | AvroArray | AvroMap | readonly ['null', AvroSchema];
interface AvroArray {
  readonly type: 'array';
  readonly items: AvroSchema;
}
interface AvroMap {
  readonly type: 'map';
  readonly values: AvroSchema;
}
interface AvroField {
  readonly name: string;
  readonly doc?: string;
  readonly type: AvroSchema;
  readonly default?: null;
}
/** A record of an Avro schema. */
export interface AvroRecord {
  readonly type: 'record';
  readonly name: string;
  readonly namespace?: string;
  readonly doc?: string;
  readonly fields: readonly AvroField[];
}

/** What a JSON Schema object of ours may consist of. */
export interface Part {
  readonly type?: string;
  readonly title?: string;
  readonly description?: string;
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly anyOf?: readonly TSchema[];
  readonly items?: TSchema;
  readonly properties?: { readonly [name: string]: TSchema };
  readonly patternProperties?: { readonly [pattern: string]: TSchema };
}

/**
 * The Avro schema of a value, made so that it can grow under FULL_TRANSITIVE compatibility: no union but with null (one
 * more branch would shut out the readers of today), no enumeration (one more symbol likewise; and Avro allows no hyphen
 * in one), and everything that may be absent has the default null. A value of several shapes is a record with its tag
 * and one nullable field per branch.
 * @throws Error when the schema has something that Avro cannot express in this way
 */
export function toAvroSchema(schema: TSchema): AvroRecord {
  const top = new Derivation().of(schema, '');
  if (typeof top === 'string' || !('fields' in top)) throw new Error('a value has to be an object');
  const { type, name, ...rest } = top;
  return { type, name, namespace: 'bellwether', ...rest };
}

/** The schema within `nullable`; undefined when the value may not be null. */
export function withoutNull(schema: TSchema): TSchema | undefined {
  const { anyOf } = schema as Part;
  if (anyOf?.length !== 2 || (anyOf[1] as Part).type !== 'null') return undefined;
  return anyOf[0];
}

/** True for a text, be it one of a closed list. */
function isText(part: Part): boolean {
  if (part.type === 'string') return true;
  const values = part.enum ?? part.anyOf?.map((option) => (option as Part).const);
  return values?.every((value) => typeof value === 'string') ?? false;
}

interface Place {
  readonly path: string;
  /** A field that is written elsewhere. */
  readonly without?: string;
}

class Derivation {
  /** Records so far: a name is written out where it comes first, and stands for it from then on. */
  readonly #records = new Map<string, Part>();

  of(schema: TSchema, path: string): AvroSchema {
    const part = schema as Part;
    if (isTagged(schema)) return this.#tagged(schema, path);
    const inner = withoutNull(schema);
    if (inner !== undefined) return ['null', this.of(inner, path)];
    if (isText(part)) return 'string';
    if (part.type === 'integer') return 'long';
    if (part.type === 'number') return 'double';
    if (part.type === 'boolean') return 'boolean';
    if (part.items !== undefined) return { type: 'array', items: this.of(part.items, path) };
    const [values] = Object.values(part.patternProperties ?? {});
    if (values !== undefined) return { type: 'map', values: this.of(values, path) };
    if (part.properties !== undefined) return this.#object(part, { path });
    throw new Error(`${path} has no Avro schema: ${JSON.stringify(schema)}`);
  }

  #object(part: Part, { path, without }: Place): AvroSchema {
    if (part.title === undefined) throw new Error(`${path} needs a title: Avro names every record`);
    return this.#record(part.title, part, () =>
      Object.entries(part.properties ?? {})
        .filter(([name]) => name !== without)
        .map(([name, schema]) => this.#field(name, schema, path)),
    );
  }

  #field(name: string, schema: TSchema, path: string): AvroField {
    const type = this.of(schema, `${path}/${name}`);
    const doc = (schema as Part).description ?? (withoutNull(schema) as Part | undefined)?.description;
    const named = { name, ...(doc === undefined ? {} : { doc }) };
    const isOptional = Type.IsOptional(schema);
    if (Array.isArray(type)) {
      if (isOptional) throw new Error(`${path}/${name} may be null and absent, which Avro cannot tell apart`);
      return { ...named, type, default: null };
    }
    return isOptional ? { ...named, type: ['null', type], default: null } : { ...named, type };
  }

  #tagged(schema: TSchema & TaggedShapes, path: string): AvroSchema {
    return this.#record(schema.title, schema as Part, () => {
      const branches = Object.keys(schema.branches).map((name): AvroField => {
        const type = this.#branch(name, schema, `${path}/${name}`);
        return { name, type: ['null', type], default: null };
      });
      return schema.place === 'inside' ? [{ name: schema.tag, type: 'string' }, ...branches] : branches;
    });
  }

  #branch(name: string, { branches, place, tag }: TaggedShapes, path: string): AvroSchema {
    const shapes = [...new Set(Object.values(branches[name] ?? {}))];
    const [first] = shapes as Part[];
    if (first?.properties !== undefined && first.title === undefined) {
      return this.#merged(`${name.charAt(0).toUpperCase()}${name.slice(1)}Data`, shapes, path);
    }
    if (first === undefined || shapes.length > 1) throw new Error(`${path} has several shapes with a title`);
    return place === 'inside' ? this.#object(first, { path, without: tag }) : this.of(first as TSchema, path);
  }

  #merged(title: string, shapes: readonly TSchema[], path: string): AvroSchema {
    return this.#record(title, shapes[0] as Part, () => {
      const fields = new Map<string, AvroField>();
      for (const [name, schema] of shapes.flatMap((shape) =>
        Object.entries((shape as Part).properties ?? {}),
      )) {
        const field = this.#field(name, Type.Optional(schema), path);
        const known = fields.get(name);
        if (known !== undefined && JSON.stringify(known.type) !== JSON.stringify(field.type)) {
          throw new Error(`${path}/${name} has two types`);
        }
        if (known === undefined) fields.set(name, field);
      }
      return [...fields.values()];
    });
  }

  #record(name: string, source: Part, fields: () => AvroField[]): AvroSchema {
    const known = this.#records.get(name);
    if (known === source) return name;
    if (known !== undefined) throw new Error(`two records are called ${name}`);
    this.#records.set(name, source);
    const { description } = source;
    return {
      type: 'record',
      name,
      ...(description === undefined ? {} : { doc: description }),
      fields: fields(),
    };
  }
}
