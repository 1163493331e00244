import type { ModelPack } from '@bellwether/domain';
import type { Static } from 'typebox';
import { describe, expect, expectTypeOf, it } from 'vitest';
import { type PACK_SCHEMA, packJsonSchema } from './pack-schema.ts';

type Plain<T> = T extends readonly unknown[]
  ? { readonly [K in keyof T]: Plain<T[K]> }
  : T extends object
    ? { readonly [K in keyof T]: Plain<T[K]> }
    : T;

describe('the schema of a pack', () => {
  it('describes the type that the domain scores by', () => {
    expectTypeOf<Plain<Static<typeof PACK_SCHEMA>>>().toEqualTypeOf<Plain<ModelPack>>();
  });

  it('allows no field that it does not name, at any depth', () => {
    const open = objectsOf(packJsonSchema()).filter((schema) => schema.additionalProperties === undefined);
    expect(open.map(({ patternProperties }) => patternProperties)).toEqual(open.map(() => expect.anything()));
  });

  it('is a JSON Schema of 2020-12', () => {
    expect(packJsonSchema()).toMatchObject({ $schema: 'https://json-schema.org/draft/2020-12/schema' });
  });
});

type Schema = { readonly [keyword: string]: unknown };

/** Every schema of an object in a schema. */
function objectsOf(schema: unknown): readonly Schema[] {
  if (typeof schema !== 'object' || schema === null) return [];
  const inner = Object.values(schema).flatMap(objectsOf);
  return 'properties' in schema || ('type' in schema && schema.type === 'object')
    ? [schema as Schema, ...inner]
    : inner;
}
