import type { Chance } from './chance.ts';
import type { Delivery } from './log-client.ts';
import type { StorePromises } from './store-server.ts';

/** What can go wrong. */
export type Fault =
  | 'crash'
  | 'stop'
  | 'pause'
  | 'store-crash'
  | 'restore'
  | 'drop'
  | 'lose-reply'
  | 'delay'
  | 'time-out'
  | 'move'
  | 'lose-offset';

/** What always holds in a kind of schedules: what servers promise, and what may go wrong. */
export interface Rules {
  readonly delivery: Delivery;
  readonly store: StorePromises;
  readonly faults: readonly Fault[];
}

/** Faults after which everything must be as if nothing had happened. */
export const COMMON_FAULTS: readonly Fault[] = [
  'crash',
  'crash',
  'stop',
  'pause',
  'pause',
  'store-crash',
  'drop',
  'lose-reply',
  'delay',
  'time-out',
  'move',
];

/** What servers promise when they work as they should. */
export const SOUND: Rules = {
  delivery: { mode: 'transactional' },
  store: { guard: 'atomic', answers: 'on-disk', reads: 'on-disk' },
  faults: COMMON_FAULTS,
};

/** How one schedule is played: drawn from its seed. */
export interface Plan {
  readonly processes: number;
  /** Faults until everything is left to end in peace. */
  readonly faults: number;
  /** Chance of a fault at each event. */
  readonly faultRate: number;
  /** The kinds of this schedule: few kinds often find more than all of them at once. */
  readonly kinds: readonly Fault[];
  /** Share of the input that is there at the beginning. */
  readonly inputAtFirst: number;
}

/** Draws a plan. */
export function drawPlan(chance: Chance, faults: readonly Fault[]): Plan {
  const kinds = chance.happens(0.3) ? faults : faults.filter(() => chance.happens(0.4));
  return {
    processes: 2 + chance.below(2),
    faults: 1 + chance.below(8),
    faultRate: 0.04 + chance.below(10) / 100,
    kinds: kinds.length > 0 ? kinds : faults,
    inputAtFirst: chance.below(5) / 4,
  };
}
