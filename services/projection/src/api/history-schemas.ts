import Type, { type Static } from 'typebox';
import { Day, Instant, Nullable } from './schema-parts.ts';
import { Reason, scoreFields } from './score-schemas.ts';

const contributions = (description: string) => Type.Record(Type.String(), Type.Integer(), { description });
const Value = Nullable(Type.Integer({ description: 'in `unit`; null: cannot be told' }));
const Band = Nullable(Type.String());

/** A score over time: one point a published change, oldest first. */
export const History = Type.Object({
  score: Type.String(),
  unit: Type.String(),
  points: Type.Array(
    Type.Object({
      at: Instant,
      knownAt: Instant,
      sequence: Type.Integer(),
      value: Nullable(Type.Number()),
      band: Band,
      cause: Type.String(),
      causedBy: Type.Array(Type.String(), { description: 'ids of events' }),
      contributions: contributions('of each signal, summed since the beginning; sum exactly to the value'),
    }),
  ),
});
export type History = Static<typeof History>;

const PublishedThen = Type.Object({
  value: Value,
  band: Band,
  sequence: Type.Integer({ description: 'of the change record' }),
  at: Instant,
  knownAt: Instant,
});

/** A situation that stands. */
export const SituationThen = Type.Object({
  rule: Type.String(),
  cause: Type.String(),
  code: Nullable(Type.String()),
  dueDate: Nullable(Day),
  daysBefore: Nullable(Type.Integer()),
});

/** Everything about a customer at one instant, as known at another (N4). */
export const ScoresThen = Type.Object({
  customerId: Type.String(),
  asOf: Instant,
  knownAt: Instant,
  day: Nullable(
    Type.String({
      description: 'day of the tenant, YYYY-MM-DD, at which it was decided; null: none had begun',
    }),
  ),
  events: Type.Integer({ description: 'events that it is made of' }),
  lateEvents: Type.Array(Type.String(), {
    description: 'ids of those that came when the day of `asOf` was over: taken at their own time',
  }),
  setAside: Type.Array(Type.Object({ eventId: Type.String(), reason: Type.String() }), {
    description: 'events that scoring could not take',
  }),
  scores: Type.Record(
    Type.String(),
    Type.Object({
      ...scoreFields,
      currency: Nullable(Type.String()),
      model: Nullable(Type.Object({ id: Type.String(), version: Type.String() })),
      contributions: contributions('of each signal; sum exactly to the value'),
      published: Type.Union([PublishedThen, Type.Null()], {
        description: 'what had been published for `asOf` by `knownAt`; null: nothing',
      }),
    }),
  ),
  situations: Type.Array(SituationThen),
});
export type ScoresThen = Static<typeof ScoresThen>;

const End = Type.Object({
  at: Instant,
  value: Value,
  band: Band,
  sequence: Nullable(
    Type.Integer({ description: 'of the change that told it; null: nothing was published' }),
  ),
});

/** Why a score is at one instant what it is, and not what it was at another (N1). */
export const Why = Type.Object({
  customerId: Type.String(),
  score: Type.String(),
  unit: Type.String(),
  currency: Nullable(Type.String()),
  from: End,
  to: End,
  delta: Nullable(Type.Integer({ description: 'null where one end has no value' })),
  contributions: contributions(
    'by signal; sum exactly to the delta, or without one to the value that came or to minus the one that went',
  ),
  causes: Type.Array(
    Type.Object({ cause: Type.String(), changes: Type.Integer(), contribution: Type.Integer() }),
    { description: 'by kind of cause; sum to the same' },
  ),
  changes: Type.Array(
    Type.Object({
      at: Instant,
      knownAt: Instant,
      sequence: Type.Integer(),
      cause: Type.String(),
      causedBy: Type.Array(Type.String(), { description: 'ids of events' }),
      previous: Value,
      value: Value,
      delta: Value,
      previousBand: Band,
      band: Band,
      reasons: Type.Array(Reason),
    }),
    { description: 'oldest first' },
  ),
});
export type Why = Static<typeof Why>;
