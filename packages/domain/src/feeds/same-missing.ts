import type { MissingSignal } from '@bellwether/events';

/** Whether two scores had to do without the same signals, for the same reasons, in the same order. */
export function isSameMissing(
  one: readonly MissingSignal[] = [],
  other: readonly MissingSignal[] = [],
): boolean {
  return (
    one.length === other.length &&
    one.every(({ signal, why }, place) => signal === other[place]?.signal && why === other[place]?.why)
  );
}
