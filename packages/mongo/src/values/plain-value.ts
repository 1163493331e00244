import { mustEscapeKey } from './escape-key.ts';

/** MongoDB takes 100 levels; a document's own fields need some of them. */
export const DEEPEST_LEVEL = 80;

const NOT_PLAIN = -1;

/**
 * About how many bytes a JSON value takes as BSON; undefined when BSON would not give it back as JSON has it, so that
 * it has to be escaped first. Runs over every document saved: it looks at each value once and copies nothing.
 */
export function plainBytes(value: unknown): number | undefined {
  const bytes = bytesOf(value, 0);
  return bytes === NOT_PLAIN ? undefined : bytes;
}

function bytesOf(value: unknown, level: number): number {
  switch (typeof value) {
    case 'string':
      return value.isWellFormed() ? value.length + 5 : NOT_PLAIN;
    case 'number':
      return Number.isFinite(value) ? 8 : NOT_PLAIN;
    case 'boolean':
      return 1;
    case 'object':
      if (value === null) return 0;
      if (level === DEEPEST_LEVEL) return NOT_PLAIN;
      return Array.isArray(value) ? bytesOfList(value, level + 1) : bytesOfObject(value, level + 1);
    default:
      return NOT_PLAIN;
  }
}

function bytesOfList(list: readonly unknown[], level: number): number {
  let total = 5;
  for (let n = 0; n < list.length; n += 1) {
    const bytes = bytesOf(list[n], level);
    if (bytes === NOT_PLAIN) return NOT_PLAIN;
    total += bytes + 4;
  }
  return total;
}

function bytesOfObject(object: object, level: number): number {
  const prototype = Object.getPrototypeOf(object);
  if (prototype !== Object.prototype && prototype !== null) return NOT_PLAIN;
  let total = 5;
  for (const key in object) {
    if (mustEscapeKey(key)) return NOT_PLAIN;
    const bytes = bytesOf((object as Record<string, unknown>)[key], level);
    if (bytes === NOT_PLAIN) return NOT_PLAIN;
    total += bytes + key.length + 2;
  }
  return total;
}
