import Type, { type TSchema } from 'typebox';
import { isTagged, type TaggedShapes } from '../schemas/shapes.ts';

/** JSON Schema as it is written into the document. */
export type JsonSchema = { readonly [keyword: string]: unknown };

/** What a schema of ours may consist of. */
interface Part {
  readonly type?: string;
  readonly title?: string;
  readonly description?: string;
  readonly pattern?: string;
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly anyOf?: readonly TSchema[];
  readonly items?: TSchema;
  readonly properties?: { readonly [name: string]: TSchema };
  readonly patternProperties?: { readonly [pattern: string]: TSchema };
}

const NULL = { type: 'null' };

/**
 * JSON Schemas of values as an application finds them that reads a topic by its registered Avro schema: what may be
 * absent is null, and a value of several shapes is an object with one field for each shape, all but one of them null.
 * Objects that have a name are described once, by reference.
 */
export class FoundSchemas {
  readonly #named = new Map<string, JsonSchema>();

  /** Schemas by name, in alphabetical order. */
  get named(): { readonly [name: string]: JsonSchema } {
    return Object.fromEntries([...this.#named].sort(([a], [b]) => (a < b ? -1 : 1)));
  }

  of(schema: TSchema): JsonSchema {
    const part = schema as Part;
    if (isTagged(schema)) return this.#tagged(schema);
    const inner = withoutNull(part);
    if (inner !== undefined) return orNull(this.of(inner));
    if (part.const !== undefined) return described(part, { type: 'string', const: part.const });
    const texts = part.enum ?? part.anyOf?.map((option) => (option as Part).const);
    if (texts !== undefined) return described(part, { type: 'string', examples: texts });
    if (part.type === 'string') {
      return described(
        part,
        part.pattern === undefined ? { type: 'string' } : { type: 'string', pattern: part.pattern },
      );
    }
    if (part.type === 'integer') return described(part, { type: 'integer', format: 'int64' });
    if (part.type === 'number') return described(part, { type: 'number', format: 'double' });
    if (part.type === 'boolean') return described(part, { type: 'boolean' });
    if (part.items !== undefined) return described(part, { type: 'array', items: this.of(part.items) });
    const [values] = Object.values(part.patternProperties ?? {});
    if (values !== undefined)
      return described(part, { type: 'object', additionalProperties: this.of(values) });
    if (part.properties !== undefined) return this.#object(part, {});
    throw new Error(`There is no description of ${JSON.stringify(schema)}.`);
  }

  /** `tag`: the field that stands in the object around this one. */
  #object(part: Part, { tag }: { readonly tag?: string }): JsonSchema {
    return this.#name(part.title, () => {
      const fields = Object.entries(part.properties ?? {}).filter(([name]) => name !== tag);
      return described(part, objectOf(fields.map(([name, field]) => [name, this.#field(field)])));
    });
  }

  #field(schema: TSchema): JsonSchema {
    return Type.IsOptional(schema) ? orNull(this.of(schema)) : this.of(schema);
  }

  #tagged(schema: TSchema & TaggedShapes): JsonSchema {
    return this.#name(schema.title, () => {
      const branches = Object.entries(schema.branches);
      const fields = branches.map(
        ([name, byTag]) => [name, orNull(this.#branch(name, byTag, schema))] as const,
      );
      if (schema.place === 'beside') return objectOf(fields);
      const tags = branches.flatMap(([, byTag]) => Object.keys(byTag));
      return objectOf([[schema.tag, { type: 'string', examples: tags }], ...fields]);
    });
  }

  #branch(name: string, byTag: TaggedShapes['branches'][string], { place, tag }: TaggedShapes): JsonSchema {
    const shapes = [...new Set(Object.values(byTag))] as Part[];
    const [first] = shapes;
    if (first?.properties === undefined) return this.of(first as TSchema);
    if (first.title !== undefined) return this.#object(first, place === 'inside' ? { tag } : {});
    // Shapes without a name are one, every field of which may be absent.
    return this.#name(`${name.charAt(0).toUpperCase()}${name.slice(1)}Data`, () => {
      const fields = new Map(shapes.flatMap(({ properties }) => Object.entries(properties ?? {})));
      return objectOf(Array.from(fields, ([field, schema]) => [field, orNull(this.of(schema))]));
    });
  }

  #name(title: string | undefined, describe: () => JsonSchema): JsonSchema {
    if (title === undefined) return describe();
    const described = describe();
    const known = this.#named.get(title);
    if (known !== undefined && JSON.stringify(known) !== JSON.stringify(described)) {
      throw new Error(`Two different values are called ${title}.`);
    }
    this.#named.set(title, described);
    return { $ref: `#/components/schemas/${title}` };
  }
}

function withoutNull({ anyOf }: Part): TSchema | undefined {
  return anyOf?.length === 2 && (anyOf[1] as Part).type === 'null' ? anyOf[0] : undefined;
}

function orNull(schema: JsonSchema): JsonSchema {
  return { anyOf: [schema, NULL] };
}

function described({ description }: Part, schema: JsonSchema): JsonSchema {
  return description === undefined ? schema : { description, ...schema };
}

/** Every field is there; later versions may have more. */
function objectOf(fields: readonly (readonly [name: string, schema: JsonSchema])[]): JsonSchema {
  return {
    type: 'object',
    properties: Object.fromEntries(fields),
    required: fields.map(([name]) => name),
  };
}
