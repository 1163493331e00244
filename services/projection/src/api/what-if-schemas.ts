import Type, { type Static } from 'typebox';
import { SituationThen } from './history-schemas.ts';
import { Instant, Nullable } from './schema-parts.ts';
import { Reason } from './score-schemas.ts';

const strict = { additionalProperties: false };
const Points = (description: string) => Type.Optional(Type.Number({ description }));
/** Events that one question may suppose, and leave out. */
const MOST_EVENTS = 100;

/** What could be otherwise: a model, events that would come, events that would not have come (N6). */
export const Hypothesis = Type.Object(
  {
    model: Type.Optional(
      Type.Object(
        {
          pack: Type.Optional(
            Type.Unknown({ description: 'a whole model pack; no weights or bands beside it' }),
          ),
          weights: Type.Optional(
            Type.Record(Type.String(), Type.Number(), {
              description: 'whole percent by signal of the live model; others stay, all sum to 100',
            }),
          ),
          bands: Type.Optional(
            Type.Object(
              {
                healthyFromPoints: Points('healthy from here on'),
                needsAttentionFromPoints: Points('needs attention from here on, at risk below'),
                atRiskBelowPoints: Points('flagged at risk below this'),
                atRiskClearedFromPoints: Points('until this is reached again'),
              },
              strict,
            ),
          ),
        },
        { ...strict, description: 'a model that would be promoted' },
      ),
    ),
    events: Type.Optional(
      Type.Array(Type.Unknown(), {
        maxItems: MOST_EVENTS,
        description:
          'CloudEvents of this customer as `POST …/events` takes them, in the order in which they would come',
      }),
    ),
    without: Type.Optional(
      Type.Array(Type.String({ minLength: 1, maxLength: 256 }), {
        maxItems: MOST_EVENTS,
        description: 'ids of events of this customer, as if they had never come',
      }),
    ),
  },
  strict,
);
export type Hypothesis = Static<typeof Hypothesis>;

const Stand = Nullable(
  Type.Object({
    value: Nullable(Type.Integer()),
    band: Nullable(Type.String()),
    model: Nullable(Type.Object({ id: Type.String(), version: Type.String() })),
  }),
);
const Told = Type.Object({
  cause: Type.String(),
  causedBy: Type.Array(Type.String(), { description: 'ids of events' }),
  type: Type.String(),
  text: Type.String(),
  value: Nullable(Type.Integer()),
  previous: Nullable(Type.Integer()),
  delta: Nullable(Type.Integer()),
  reasons: Type.Array(Reason),
});

/** What would be published, and how the customer would stand. Nothing was published. */
export const WhatIf = Type.Object({
  customerId: Type.String(),
  at: Instant,
  scores: Type.Record(
    Type.String(),
    Type.Object({
      unit: Type.String(),
      before: Stand,
      after: Stand,
      delta: Nullable(Type.Integer({ description: 'null where one side has no value' })),
      contributions: Type.Record(Type.String(), Type.Integer(), {
        description:
          'by signal; sum exactly to the delta, or without one to the value that came or to minus the one that went',
      }),
    }),
  ),
  situations: Type.Object({ begin: Type.Array(SituationThen), end: Type.Array(SituationThen) }),
  changes: Type.Array(Told, { description: 'what would be published, in order' }),
  refused: Type.Array(Type.Object({ eventId: Type.String(), reason: Type.String() }), {
    description: 'supposed events that scoring would set aside',
  }),
});
export type WhatIf = Static<typeof WhatIf>;
