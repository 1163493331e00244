import { isTagged, MAX_WHOLE_NUMBER } from '@bellwether/events';
import fc from 'fast-check';
import Type, { type TSchema } from 'typebox';
import { type Part, withoutNull } from '../avro-schema.ts';

type Fields = Record<string, unknown>;
interface Bounds {
  readonly minimum?: number;
  readonly maximum?: number;
  readonly maxLength?: number;
}

/** Any value that a schema of a topic describes, its fields in the schema's order. Patterns of texts do not count. */
export function arbitraryValue(schema: TSchema): fc.Arbitrary<unknown> {
  if (isTagged(schema)) {
    const shapes = Object.values(schema.branches).flatMap((byValue) => Object.entries(byValue));
    return fc.oneof(...shapes.map(([tagValue, shape]) => objectWith(shape, { [schema.tag]: tagValue })));
  }
  const inner = withoutNull(schema);
  if (inner !== undefined) return fc.option(arbitraryValue(inner), { nil: null });
  const part = schema as Part & Bounds;
  const constants = part.enum ?? part.anyOf?.map((option) => (option as Part).const);
  if (constants !== undefined) return fc.constantFrom(...constants);
  if (part.const !== undefined) return fc.constant(part.const);
  if (part.items) return fc.array(arbitraryValue(part.items), { maxLength: 3 });
  const [values] = Object.values(part.patternProperties ?? {});
  if (values) return fc.dictionary(names, arbitraryValue(values), { maxKeys: 3, noNullPrototype: true });
  return part.properties === undefined ? scalar(part) : objectWith(schema, {});
}

const names = fc.string({ maxLength: 12 }).filter((name) => name !== '__proto__');

function scalar({ type, minimum = -MAX_WHOLE_NUMBER, maximum = MAX_WHOLE_NUMBER }: Part & Bounds) {
  switch (type) {
    case 'integer':
      return fc.integer({ min: minimum, max: maximum });
    case 'number':
      // JSON knows no -0.
      return fc.double({ noNaN: true, noDefaultInfinity: true }).map((number) => (number === 0 ? 0 : number));
    case 'boolean':
      return fc.boolean();
    default:
      return fc.oneof(fc.string({ maxLength: 20 }), fc.string({ unit: 'binary', maxLength: 20 }));
  }
}

/** `fixed`: fields whose value is given. The shape of a value beside its tag is drawn with the tag. */
function objectWith(schema: TSchema, fixed: Fields): fc.Arbitrary<unknown> {
  const { properties } = schema as Part;
  if (properties === undefined) return arbitraryValue(schema);
  const beside = Object.entries(properties).flatMap(([name, field]) =>
    isTagged(field) && field.place === 'beside' ? [{ name, ...field }] : [],
  );
  const [told] = beside;
  if (told === undefined) return record(properties, fixed);
  const shapes = Object.values(told.branches).flatMap((byValue) => Object.entries(byValue));
  return fc
    .constantFrom(...shapes)
    .chain(([tagValue, shape]) =>
      objectWith(shape, {}).chain((value) =>
        record(properties, { ...fixed, [told.tag]: tagValue, [told.name]: value }),
      ),
    );
}

function record(properties: NonNullable<Part['properties']>, fixed: Fields): fc.Arbitrary<Fields> {
  const entries = Object.entries(properties).map(
    ([name, field]): fc.Arbitrary<readonly [string, unknown] | null> => {
      if (Object.hasOwn(fixed, name)) return fc.constant([name, fixed[name]]);
      const entry = arbitraryValue(field).map((value) => [name, value] as const);
      return Type.IsOptional(field) ? fc.option(entry, { nil: null }) : entry;
    },
  );
  return fc.tuple(...entries).map((all) => Object.fromEntries(all.filter((entry) => entry !== null)));
}
