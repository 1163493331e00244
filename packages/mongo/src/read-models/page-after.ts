import { type FindQuery, StreamError } from '@bellwether/stream';
import type { Document } from 'mongodb';
import { statePath } from './state-path.ts';

/** Types of JSON values in MongoDB's order (null and absent come first); lists are not sorted by. */
const TYPES = ['number', 'string', 'object', 'bool'] as const;
type SortedType = (typeof TYPES)[number];
type Field = readonly [path: string, direction: 1 | -1, value: unknown];

/** The order of a query; the id breaks ties in the direction of the last field. */
export function sortOf(sort: FindQuery['sort']): Record<string, 1 | -1> {
  const fields = sort.map(([path, direction]) => [statePath(path), direction] as const);
  return Object.fromEntries([...fields, ['_id', sort.at(-1)?.[1] ?? 1]]);
}

/**
 * What is true of the rows after a position, and of no other: they are equal in the first so many fields and after it
 * in the next, or equal in all and after it by id.
 */
export function afterPosition(sort: FindQuery['sort'], after: NonNullable<FindQuery['after']>): Document {
  const fields = sort.map(
    ([path, direction], n): Field => [statePath(path), direction, after.values[n] ?? null],
  );
  const byId = { _id: sort.at(-1)?.[1] === -1 ? { $lt: after.id } : { $gt: after.id } };
  const alternatives = fields.flatMap((field, n) => {
    const equal = fields.slice(0, n).map(isEqual);
    return beyond(field).map((condition) => ({ $and: [...equal, condition] }));
  });
  return { $or: [...alternatives, { $and: [...fields.map(isEqual), byId] }] };
}

function isEqual([path, , value]: Field): Document {
  return { [path]: { $eq: value } };
}

/** A comparison finds values of its own type only: those of later types come on top, and null is no type. */
function beyond([path, direction, value]: Field): Document[] {
  if (value === null) return direction === 1 ? [{ [path]: { $ne: null } }] : [];
  const at = TYPES.indexOf(typeOf(value, path));
  const within = { [path]: direction === 1 ? { $gt: value } : { $lt: value } };
  const types = direction === 1 ? TYPES.slice(at + 1) : TYPES.slice(0, at);
  const others = types.length === 0 ? [] : [{ [path]: { $type: types } }];
  return [within, ...others, ...(direction === 1 ? [] : [{ [path]: { $eq: null } }])];
}

function typeOf(value: unknown, path: string): SortedType {
  switch (typeof value) {
    case 'number':
      return 'number';
    case 'string':
      return 'string';
    case 'boolean':
      return 'bool';
    default:
      throw new StreamError(
        'refused',
        `Rows cannot be paged by ${path}: only numbers, texts and booleans can.`,
      );
  }
}
