import Type from 'typebox';
import { ALERT_RULES, type AlertRecord } from '../alerts.ts';
import {
  type ActionType,
  CAUSES,
  type Change,
  type Contribution,
  type ContributionPosition,
  type CustomerChange,
  type CustomerChangesRecord,
  type ForwardedAction,
  type MissingSignal,
  type PortfolioContribution,
  type Reason,
  SCORE_UNITS,
  SCORES,
  type ScoreChange,
  SITUATION_TYPES,
  type SituationChange,
  type ToldFeeds,
} from '../changes.ts';
import { EVENT_TYPES } from '../event-types.ts';
import { Currency, EpochDay, EpochMs, Id } from '../ids.ts';
import { DAY_SCHEMA, FEED_STATUSES_SCHEMA, MINUTE_SCHEMA } from './control-schemas.ts';
import { eventData } from './customer-event-schemas.ts';
import { describes, nullable, taggedInside } from './shapes.ts';

const Minor = Type.Integer({ description: 'money in minor units (cents)' });
const Hundredths = Type.Integer({ description: 'hundredths' });

const REASON_SCHEMA = describes<Reason>()(
  Type.Object(
    {
      signal: Type.String(),
      contribution: Type.Integer({ description: 'signed part of the change, in the unit of the score' }),
      before: nullable(Type.Number({ description: "the signal's own reading before, in its own unit" })),
      after: nullable(Type.Number({ description: "the signal's own reading after, in its own unit" })),
      text: Type.String({ description: 'plain words for people' }),
    },
    { title: 'Reason' },
  ),
);

const MISSING_SIGNAL_SCHEMA = describes<MissingSignal>()(
  Type.Object(
    { signal: Type.String(), why: Type.Enum(['feed-absent', 'feed-stale', 'no-data']) },
    { title: 'MissingSignal' },
  ),
);

/** A score that was published anew. */
export const SCORE_CHANGE_SCHEMA = describes<ScoreChange>()(
  Type.Object(
    {
      type: Type.Unsafe<ScoreChange['type']>(Type.Enum(SCORES.map((name) => `score.${name}.changed`))),
      score: Type.Enum(SCORES),
      unit: Type.Enum(SCORE_UNITS),
      currency: Type.Optional(Currency),
      value: nullable(Type.Integer({ description: 'null: cannot be scored, the band says why' })),
      previous: nullable(Type.Integer()),
      delta: nullable(Type.Integer()),
      band: nullable(Type.String()),
      previousBand: nullable(Type.String()),
      parts: Type.Record(Type.String(), nullable(Type.Number())),
      labels: Type.Optional(Type.Record(Type.String(), nullable(Type.String()))),
      reasons: Type.Array(REASON_SCHEMA),
      coverage: Type.Optional(Hundredths),
      confidence: Type.Optional(Hundredths),
      low: Type.Optional(Type.Integer()),
      high: Type.Optional(Type.Integer()),
      uncertain: Type.Optional(Type.Boolean()),
      missing: Type.Optional(Type.Array(MISSING_SIGNAL_SCHEMA)),
      model: Type.Optional(
        Type.Object({ id: Type.String(), version: Type.String() }, { title: 'ModelVersion' }),
      ),
      sequence: Type.Integer({ description: '1..n per customer and score: no gap, no repeat' }),
    },
    { title: 'ScoreChange', description: 'A score that was published anew.' },
  ),
);

const told = SCORE_CHANGE_SCHEMA.properties;
/** A score as it stands, without what it was before: the same fields wherever it is told, in this order. */
export const SCORE_VALUE_FIELDS = {
  unit: told.unit,
  currency: told.currency,
  value: told.value,
  band: told.band,
  parts: told.parts,
  labels: told.labels,
  coverage: told.coverage,
  confidence: told.confidence,
  low: told.low,
  high: told.high,
  uncertain: told.uncertain,
  missing: told.missing,
  model: told.model,
};

const SITUATION_CHANGE_SCHEMA = describes<SituationChange>()(
  Type.Object(
    {
      type: Type.Enum(SITUATION_TYPES),
      cause: Type.String({ description: 'tells instances of one rule apart' }),
      code: Type.String(),
      text: Type.String({ description: 'plain words for people' }),
      valueMinor: nullable(Minor),
      currency: Currency,
      dueDay: Type.Optional(EpochDay),
      daysBefore: Type.Optional(Type.Integer({ description: 'the checkpoint that was reached' })),
      reasons: Type.Array(REASON_SCHEMA),
    },
    { title: 'SituationChange', description: 'A condition that began, ended, or fell due.' },
  ),
);

const CHANGE_SCHEMA = describes<Change>()(
  taggedInside('Change', 'type', { score: SCORE_CHANGE_SCHEMA, situation: SITUATION_CHANGE_SCHEMA }),
);

/** All consequences of one event. */
export const CUSTOMER_CHANGE_SCHEMA = describes<CustomerChange>()(
  Type.Object(
    {
      kind: Type.Literal('change'),
      tenant: Id,
      customerId: Id,
      sequence: Type.Integer({ description: '1..n per customer: no gap, no repeat' }),
      asOf: EpochMs,
      day: Type.Optional(EpochDay),
      knownAt: EpochMs,
      historical: Type.Boolean(),
      cause: Type.Enum(CAUSES),
      causedBy: Type.Array(Type.String(), { description: 'what caused it, by id' }),
      staleSince: Type.Optional(
        Type.Integer({
          minimum: 0,
          maximum: 8_640_000_000_000_000,
          description: 'data of the customer may be missing since then, epoch milliseconds',
        }),
      ),
      mergedInto: Type.Optional(
        Type.String({ description: 'scored under this id from now on; absent while it counts for itself' }),
      ),
      changes: Type.Array(CHANGE_SCHEMA),
      engineVersion: Type.String(),
    },
    { title: 'CustomerChange', description: 'All consequences of one event together.' },
  ),
);

const isAction = (type: string): type is ActionType => type.startsWith('alert.');
const ACTION_TYPES = EVENT_TYPES.filter(isAction);

const ACTION_SCHEMA = describes<ForwardedAction>()(
  Type.Object(
    {
      kind: Type.Literal('action'),
      tenant: Id,
      customerId: Id,
      id: Type.String({ description: 'CloudEvents id' }),
      type: Type.Unsafe<ActionType>(Type.Enum([...ACTION_TYPES])),
      time: EpochMs,
      receivedAt: EpochMs,
      data: eventData('ActionData', ACTION_TYPES),
    },
    { title: 'ForwardedAction', description: 'What scoring has no rule for, in order, without a sequence.' },
  ),
);

/** The value of every record on `customer-changes`. */
export const CUSTOMER_CHANGES_SCHEMA = describes<CustomerChangesRecord>()(
  taggedInside('CustomerChangesRecord', 'kind', {
    change: CUSTOMER_CHANGE_SCHEMA,
    action: ACTION_SCHEMA,
    day: DAY_SCHEMA,
    minute: MINUTE_SCHEMA,
  }),
);

const CONTRIBUTION_SCHEMA = describes<Contribution>()(
  Type.Object(
    {
      valueMinor: Minor,
      row: Type.Optional(Type.String({ description: 'JSON, for the rules of scoring alone' })),
    },
    { title: 'Contribution' },
  ),
);

const CONTRIBUTION_POSITION_SCHEMA = describes<ContributionPosition>()(
  Type.Object(
    { partition: Type.Integer(), offset: Type.Integer(), step: Type.Integer() },
    { title: 'ContributionPosition', description: 'a place on customer-events' },
  ),
);

const TOLD_FEEDS_SCHEMA = describes<ToldFeeds>()(
  Type.Object(
    { version: Type.Integer({ description: 'only ever grows' }), statuses: FEED_STATUSES_SCHEMA },
    { title: 'ToldFeeds', description: 'how the feeds of the tenant do' },
  ),
);

/** The value of every record on `portfolio-contributions`. */
export const PORTFOLIO_CONTRIBUTION_SCHEMA = describes<PortfolioContribution>()(
  Type.Object(
    {
      kind: Type.Literal('contribution'),
      tenant: Id,
      customerId: Id,
      currency: Currency,
      before: nullable(CONTRIBUTION_SCHEMA),
      after: nullable(CONTRIBUTION_SCHEMA),
      asOf: EpochMs,
      knownAt: EpochMs,
      historical: Type.Boolean(),
      position: CONTRIBUTION_POSITION_SCHEMA,
      countedDay: Type.Optional(EpochDay),
      partitions: Type.Optional(Type.Integer()),
      feeds: Type.Optional(TOLD_FEEDS_SCHEMA),
    },
    { title: 'PortfolioContribution' },
  ),
);

/** The value of every record on `alerts`: an alert as it stands after one transition. */
export const ALERT_SCHEMA = describes<AlertRecord>()(
  Type.Object(
    {
      kind: Type.Literal('alert'),
      tenant: Id,
      customerId: Id,
      alertId: Type.String({ description: 'unique within the tenant' }),
      rule: Type.Enum(ALERT_RULES),
      cause: Type.String(),
      revision: Type.Integer({ description: 'transitions of this alert so far, 1..n' }),
      state: Type.Enum(['raised', 'acknowledged', 'resolved']),
      severity: Type.Enum(['high', 'medium', 'low']),
      title: Type.String(),
      code: Type.String(),
      valueMinor: nullable(Minor),
      currency: Currency,
      dueDay: nullable(EpochDay),
      reasons: Type.Array(REASON_SCHEMA),
      historical: Type.Boolean(),
      changedAt: EpochMs,
      knownAt: EpochMs,
      raisedAt: EpochMs,
      acknowledgedAt: nullable(EpochMs),
      acknowledgedBy: nullable(Type.String()),
      note: nullable(Type.String()),
      resolvedAt: nullable(EpochMs),
      raisedBySequence: Type.Integer({ description: 'sequence of the customer change that raised it' }),
      heldSince: Type.Optional(
        Type.Integer({
          minimum: 0,
          maximum: 8_640_000_000_000_000,
          description: 'delivered to nobody: data may be missing since then, epoch milliseconds',
        }),
      ),
    },
    { title: 'Alert' },
  ),
);
