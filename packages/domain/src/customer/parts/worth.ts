import { ltvValueOf } from '../../ltv/decide-ltv.ts';
import type { Scene } from './part.ts';

/** What the customer is worth: carried by situations, so that they can be ranked. */
export interface Worth {
  readonly today: number;
  readonly currency: string;
  readonly valueMinor: number;
}

/** The worth of the customer as it is published. */
export function worthOf({ context, published: { ltv } }: Scene): Worth {
  return {
    today: context.day,
    currency: context.settings.currency,
    valueMinor: ltv === null ? 0 : ltvValueOf(ltv),
  };
}
