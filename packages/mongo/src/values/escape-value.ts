import { ESCAPE, escapeKey, unescapeKey } from './escape-key.ts';
import { DEEPEST_LEVEL } from './plain-value.ts';

/**
 * A copy of any value that BSON gives back byte for byte as JSON has it: awkward names are escaped, and what is too
 * deep or not well formed is kept as `{ '~': <JSON text> }`. Undo it with `unescapeValue`.
 */
export function escapeValue(value: unknown): unknown {
  // Leaves out and rounds what JSON has no place for (absent fields, NaN), as every other store does.
  return escapeJson(JSON.parse(JSON.stringify(value)), 0);
}

/** The JSON value that `escapeValue` was given. */
export function unescapeValue(stored: unknown): unknown {
  if (Array.isArray(stored)) return stored.map(unescapeValue);
  if (typeof stored !== 'object' || stored === null) return stored;
  const text = (stored as Record<string, unknown>)[ESCAPE];
  if (typeof text === 'string') return JSON.parse(text);
  return mapFields(stored, (key, value) => [unescapeKey(key), unescapeValue(value)]);
}

function escapeJson(value: unknown, level: number): unknown {
  if (typeof value === 'string') return value.isWellFormed() ? value : asText(value);
  if (typeof value !== 'object' || value === null) return value;
  if (level === DEEPEST_LEVEL) return asText(value);
  if (Array.isArray(value)) return value.map((item) => escapeJson(item, level + 1));
  return mapFields(value, (key, field) => [escapeKey(key), escapeJson(field, level + 1)]);
}

function asText(value: unknown): object {
  return { [ESCAPE]: JSON.stringify(value) };
}

/** `Object.fromEntries` makes a field even of `__proto__`, which an assignment would not. */
function mapFields(
  object: object,
  change: (key: string, value: unknown) => readonly [key: string, value: unknown],
): object {
  return Object.fromEntries(Object.entries(object).map(([key, value]) => change(key, value)));
}
