import type { Breakpoints } from '../quantiles/breakpoints.ts';
import type { Tier } from './tier-of.ts';

/** What was published last of a customer's classes: the next change is told against it. Plain JSON. */
export type PublishedTier = Pick<Tier, 'labels' | 'figures' | 'held' | 'spoilt'>;

/** What a decision about classes needs besides the two sides. */
export interface TierContext {
  /** Those that the classes were made with. */
  readonly breakpoints: Breakpoints | null;
  readonly currency: string;
}
