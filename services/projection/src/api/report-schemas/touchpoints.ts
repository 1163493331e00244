import Type, { type Static } from 'typebox';
import { Nullable } from '../schema-parts.ts';
import { reportOf } from './report-parts.ts';

/** What happens with customers at a stage, who owns it, and what shows its success (S90). */
export const TouchpointRow = Type.Object({
  stage: Type.String({ description: 'pre-sales, onboarding, adoption, retention or growth' }),
  touchpoint: Type.String(),
  owner: Type.String({ description: 'the role that owns customers at this stage' }),
  customers: Type.Integer({ description: 'customers who are there now' }),
  metric: Type.String({
    description:
      'demo-to-trial; time-to-value: median days from first meaningful use to value, to be below 30; feature-adoption: ' +
      'mean number of features used in 90 days over the most that any customer used; nrr and grr: net and gross ' +
      'revenue retention of the month so far; expansion-revenue: recurring revenue added to in the month so far',
  }),
  unit: Type.String({ description: 'basis-points, days, or minor units of `currency`' }),
  value: Nullable(Type.Integer({ description: 'null: not known, see `reason`' })),
  known: Type.Integer({ description: 'customers of whom the metric is made' }),
  reason: Nullable(
    Type.String({
      description:
        'no-such-event: no event tells of demos or trials; no-data: known of nobody; no-recurring-revenue: nobody had ' +
        'any as the month began',
    }),
  ),
});
/** All touchpoints in the order of the journey (S90). */
export const TouchpointReport = reportOf({
  touchpoints: Type.Array(TouchpointRow),
  stageUnknown: Type.Integer({
    minimum: 0,
    description: 'customers whose stage is not known: they are at no touchpoint',
  }),
});
export type TouchpointReport = Static<typeof TouchpointReport>;
