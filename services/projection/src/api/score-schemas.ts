import Type, { type Static } from 'typebox';
import { Day, Instant, Money, Nullable, Points } from './schema-parts.ts';

export const Reason = Type.Object({
  signal: Type.String(),
  contribution: Type.Integer({
    description: 'in the unit of the change; contributions sum exactly to its delta',
  }),
  before: Nullable(Type.Number()),
  after: Nullable(Type.Number()),
  text: Type.String(),
});
export type Reason = Static<typeof Reason>;
export const Missing = Type.Object({ signal: Type.String(), why: Type.String() });

export const Health = Type.Object({
  score: Nullable(Points),
  band: Type.Union([
    Type.Literal('healthy'),
    Type.Literal('needs-attention'),
    Type.Literal('at-risk'),
    Type.Literal('not-scorable'),
  ]),
  uncertain: Type.Boolean(),
  low: Nullable(Points),
  high: Nullable(Points),
  /** 0..1 */
  coverage: Type.Number(),
  confidence: Type.Number(),
  missing: Type.Array(Missing),
  reasons: Type.Array(Reason, { description: 'contributions to the present value, hundredths' }),
  model: Type.Object({ id: Type.String(), version: Type.String() }),
});
export type Health = Static<typeof Health>;

export const Rfm = Type.Object({
  /** Distinct purchase days. */
  transactions: Type.Integer(),
  /** Repeat transactions: transactions - 1 (Fader, Hardie, Lee 2005: x). */
  frequency: Type.Integer(),
  /** Days between first and last purchase (t_x in days). */
  recencyDays: Nullable(Type.Integer()),
  /** Days between first purchase and the tenant's date (T in days). */
  ageDays: Nullable(Type.Integer()),
  daysSinceLast: Nullable(Type.Integer()),
  firstPurchaseDate: Nullable(Day),
  lastPurchaseDate: Nullable(Day),
  frequency365: Type.Integer(),
  monetary365Minor: Money,
  /** The mean and the greatest transaction of these, and their Gini coefficient (S32). */
  mean365Minor: Nullable(Money),
  greatest365Minor: Nullable(Money),
  gini365BasisPoints: Nullable(Type.Integer({ description: '0: all alike, near 10000: one has all' })),
  paidMinor: Money,
});
export type Rfm = Static<typeof Rfm>;

/** A score in its own unit, with how much of it is known. */
export const scoreFields = {
  unit: Type.String({ description: 'minor, hundredths, count, or basis-points (10000 = all)' }),
  value: Nullable(Type.Integer()),
  band: Nullable(Type.String()),
  parts: Type.Record(Type.String(), Nullable(Type.Number())),
  labels: Type.Record(Type.String(), Nullable(Type.String()), {
    description: 'classes; null: cannot be told',
  }),
  low: Nullable(Type.Integer()),
  high: Nullable(Type.Integer()),
  uncertain: Type.Boolean(),
  /** 0..1; null: the score has none. */
  coverage: Nullable(Type.Number()),
  confidence: Nullable(Type.Number()),
  missing: Type.Array(Missing),
};
/** A score as last published. */
export const Score = Type.Object({ ...scoreFields, asOf: Instant });
export type Score = Static<typeof Score>;

/** A condition that has begun and not ended. */
export const Situation = Type.Object({
  rule: Type.String(),
  cause: Type.String(),
  code: Type.String(),
  text: Type.String(),
  since: Instant,
  dueDate: Nullable(Day),
});
export type Situation = Static<typeof Situation>;
