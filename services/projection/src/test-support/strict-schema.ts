import type { TSchema } from 'typebox';
import { Compile } from 'typebox/compile';

/** Where an answer is not as its schema says; a field that the schema does not name is a fault, too. */
export function faultsOf(schema: TSchema, answer: unknown): readonly unknown[] {
  return [...Compile(strict(JSON.parse(JSON.stringify(schema))) as TSchema).Errors(answer)];
}

function strict(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(strict);
  if (typeof schema !== 'object' || schema === null) return schema;
  const parts = Object.fromEntries(Object.entries(schema).map(([name, part]) => [name, strict(part)]));
  return 'properties' in parts ? { ...parts, additionalProperties: false } : parts;
}
