import Type, { type Static, type TSchema, type TUnsafe } from 'typebox';

/**
 * How the values of topics are described beyond what JSON Schema says: which field tells the shapes of a value apart.
 * A binary format needs to know that, and it must be able to add a shape without disturbing the readers of today.
 */
export interface TaggedShapes {
  /** Name of the value. */
  readonly title: string;
  /** The field that tells which shape it is. */
  readonly tag: string;
  /** `inside` the value, among its own fields; or `beside` it, in the object that the value is a field of. */
  readonly place: 'inside' | 'beside';
  /**
   * By branch, by value of the tag. Shapes without a title of their own are written as one in their branch, every field
   * of which may be absent, so that the branch can take one more shape.
   */
  readonly branches: { readonly [branch: string]: { readonly [tagValue: string]: TSchema } };
}

/** True for a schema that `taggedInside` or `taggedBeside` made. */
export function isTagged(schema: TSchema): schema is TSchema & TaggedShapes {
  return 'branches' in schema && 'tag' in schema;
}

type Named = { readonly [branch: string]: TSchema };

/** One of several objects that are told apart by their field `tag`; one branch for each. */
export function taggedInside<Branches extends Named>(
  title: string,
  tag: string,
  branches: Branches,
): TUnsafe<Static<Branches[keyof Branches]>> {
  const byValue = Object.entries(branches).map(([branch, schema]) => {
    const own = (schema as { properties?: Record<string, TSchema> }).properties?.[tag];
    if (own === undefined) throw new Error(`${title} ${branch} has no field ${tag}`);
    return [branch, Object.fromEntries(constantsOf(own).map((value) => [value, schema]))] as const;
  });
  return unionOf({ title, tag, place: 'inside', branches: Object.fromEntries(byValue) });
}

/** A value whose shape is told by the field `tag` of the object that it is a field of. */
export function taggedBeside<Value>(
  title: string,
  tag: string,
  branches: TaggedShapes['branches'],
): TUnsafe<Value> {
  return unionOf({ title, tag, place: 'beside', branches });
}

function unionOf<Value>(tagged: TaggedShapes): TUnsafe<Value> {
  const shapes = new Set(Object.values(tagged.branches).flatMap((byValue) => Object.values(byValue)));
  return Type.Unsafe<Value>({ anyOf: [...shapes], ...tagged });
}

/** The texts that a literal or an enumeration allows. */
function constantsOf(schema: TSchema): readonly string[] {
  const { const: constant, enum: values } = schema as { const?: unknown; enum?: readonly unknown[] };
  return (values ?? [constant]).map(String);
}

/** A value that may be null; it is always there. */
export function nullable<S extends TSchema>(schema: S): TUnsafe<Static<S> | null> {
  return Type.Unsafe<Static<S> | null>({ anyOf: [schema, Type.Null()] });
}

type Plain<T> = T extends readonly (infer Item)[]
  ? readonly Plain<Item>[]
  : T extends object
    ? { readonly [K in keyof T]: Plain<T[K]> }
    : T;
type Same<A, B> =
  (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : { readonly '~': 'differs' };

/**
 * Holds a schema to the TypeScript type that it describes: it does not compile where a field is missing in one of them,
 * is optional in one only, or has another type. (`readonly` does not count.)
 */
export function describes<T>() {
  return <S extends TSchema>(
    schema: Same<Plain<Static<S>>, Plain<T>> extends true ? S : DiffersFrom<Plain<T>, Plain<Static<S>>>,
  ): S => schema as S;
}
/** What the compiler shows for a schema that does not describe its type. */
interface DiffersFrom<Wanted, Described> {
  readonly 'the schema describes another type': { readonly wanted: Wanted; readonly described: Described };
}
