import { invalidRequest } from './problem.ts';

type CursorValue = string | number | null;

/** Where a page ended: what the list was sorted by there, and the id of the row. */
export interface Place {
  readonly values: readonly CursorValue[];
  readonly id: string;
}

/** Opaque text of a place. `list` names the list and its order, so that a cursor does not fit another one. */
export function encodeCursor(list: string, place: Place): string {
  return Buffer.from(JSON.stringify([list, place.id, ...place.values])).toString('base64url');
}

/**
 * The place that a cursor stands for.
 * @throws ProblemError 400 when the text is no cursor of this list
 */
export function decodeCursor(list: string, cursor: string, types: readonly CursorType[]): Place {
  const parsed = parse(cursor);
  if (Array.isArray(parsed)) {
    const [name, id, ...values] = parsed as unknown[];
    const fits = values.length === types.length && values.every((value, index) => isOf(value, types[index]));
    if (name === list && typeof id === 'string' && fits) return { id, values: values as CursorValue[] };
  }
  throw invalidRequest([
    { path: '?cursor', expected: 'the `next` of the page before', got: JSON.stringify(cursor) },
  ]);
}

export type CursorType = 'number' | 'string' | 'number?' | 'string?';

function isOf(value: unknown, type: CursorType | undefined): boolean {
  if (value === null) return type === 'number?' || type === 'string?';
  return typeof value === type?.replace('?', '');
}

function parse(cursor: string): unknown {
  try {
    return JSON.parse(Buffer.from(cursor, 'base64url').toString());
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
