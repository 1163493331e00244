import Type, { type Static } from 'typebox';
import { Instant, Money, Nullable } from '../schema-parts.ts';

/** How much of the value the greatest customers hold, as published, with its history (S5, N9). */
export const Concentration = Type.Object({
  customers: Type.Integer(),
  customersWithPositiveValue: Type.Integer(),
  totalMinor: Money,
  currency: Type.String(),
  topShares: Type.Object({ '5': Type.Number(), '10': Type.Number(), '20': Type.Number() }),
  hhi: Type.Number({ description: 'sum of squared percentage shares, 0..10000, one decimal' }),
  band: Type.Union([Type.Literal('low'), Type.Literal('moderate'), Type.Literal('high')]),
  /** Why the band is not low, in words. */
  alarms: Type.Array(Type.String()),
  /** Customers by value, greatest first, with their cumulative share in percent. */
  curve: Type.Array(
    Type.Object({
      customerId: Type.String(),
      name: Nullable(Type.String()),
      valueMinor: Money,
      sharePercent: Type.Number(),
      cumulativePercent: Type.Number(),
    }),
  ),
  history: Type.Array(
    Type.Object({ at: Instant, hhi: Type.Number(), band: Type.String(), top5: Type.Number() }),
  ),
});
export type Concentration = Static<typeof Concentration>;
