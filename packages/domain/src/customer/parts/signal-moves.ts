import { firstFrom } from '../../signals/day-tiles.ts';
import type { SignalState } from '../../signals/state.ts';

/**
 * Whether signals moved for those who read the days of use and the features used, and do not count uses: another use on
 * a day of use is nothing new to them.
 */
export function haveDaysMoved(before: SignalState, after: SignalState): boolean {
  if (before === after) return false;
  const { activity: was, ...others } = before;
  const { activity: is } = after;
  const hasOtherMoved = (Object.keys(others) as (keyof typeof others)[]).some(
    (name) => before[name] !== after[name],
  );
  return (
    hasOtherMoved ||
    was.features !== is.features ||
    was.firstDay !== is.firstDay ||
    was.lastDay !== is.lastDay ||
    was.days.length !== is.days.length ||
    was.days[0]?.[0] !== is.days[0]?.[0] ||
    was.seats !== is.seats
  );
}

/** Whether nothing of the signals moved but that the last day of use is another one, from `fromDay` on. */
export function isOneMoreDayOfUse(before: SignalState, after: SignalState, fromDay: number): boolean {
  const { activity: was, ...others } = before;
  const { activity: is } = after;
  return (
    (Object.keys(others) as (keyof typeof others)[]).every((name) => before[name] === after[name]) &&
    was.features === is.features &&
    was.seats === is.seats &&
    was.firstDay === is.firstDay &&
    was.days.length + 1 === is.days.length &&
    was.days[0]?.[0] === is.days[0]?.[0] &&
    (is.days.at(-1)?.[0] ?? fromDay - 1) >= fromDay &&
    was.days.at(-1)?.[0] === is.days.at(-2)?.[0]
  );
}

/** Whether uses before a day are others: a late event counts one more, which no day of use may show. */
export function haveEarlierUsesMoved(before: SignalState, after: SignalState, endDay: number): boolean {
  const [was, is] = [before.activity.days, after.activity.days];
  if (was === is) return false;
  const end = firstFrom(is, endDay);
  if (firstFrom(was, endDay) !== end) return true;
  // A tile that nothing was added to is the same object.
  for (let index = end - 1; index >= 0; index -= 1) if (was[index] !== is[index]) return true;
  return false;
}
