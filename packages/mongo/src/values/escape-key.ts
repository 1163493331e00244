/** Begins a name that is not stored as it is; a name that is nothing else marks a value kept as JSON text. */
export const ESCAPE = '~';

const DOLLAR = 36;
const TILDE = 126;
const UNDERSCORE = 95;

/**
 * True for names that BSON, the driver or some server would not give back: operators (`$…`), what the driver takes for
 * a type of its own, names with a NUL or with half a character, and those that look escaped.
 */
export function mustEscapeKey(key: string): boolean {
  const first = key.charCodeAt(0);
  return (
    first === DOLLAR ||
    first === TILDE ||
    (first === UNDERSCORE && key === '_bsontype') ||
    key.includes('\0') ||
    !key.isWellFormed()
  );
}

/** The name as it is stored: the escape and the name in JSON's notation, where it must be escaped. */
export function escapeKey(key: string): string {
  return mustEscapeKey(key) ? ESCAPE + JSON.stringify(key).slice(1, -1) : key;
}

/** The name that `escapeKey` was given. */
export function unescapeKey(stored: string): string {
  return stored.startsWith(ESCAPE) ? JSON.parse(`"${stored.slice(1)}"`) : stored;
}
