const DECIMAL = /^([+-]?)(\d+)(?:\.(\d+))?$/;

/**
 * Exact minor units of a decimal text (`4537.8500` is 453785 cents), by moving the point, never through a fraction.
 * Undefined for anything that is not a decimal number, has a part of a minor unit, or passes 2^53.
 */
export function toMinorUnits(text: string, digits: number): number | undefined {
  const match = DECIMAL.exec(text);
  if (!match) return undefined;
  const fraction = match[3] ?? '';
  if (/[1-9]/.test(fraction.slice(digits))) return undefined;
  const amount = Number(`${match[2]}${fraction.slice(0, digits).padEnd(digits, '0')}`);
  if (!Number.isSafeInteger(amount)) return undefined;
  return match[1] === '-' && amount !== 0 ? -amount : amount;
}
