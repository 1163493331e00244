import Type from 'typebox';
import { ALERT_RULES } from '../alerts.ts';
import type {
  CurrentScore,
  CurrentSituation,
  CustomerCurrent,
  CustomerPicture,
  ScoreChanged,
} from '../current.ts';
import { EpochDay, EpochMs } from '../ids.ts';
import { CUSTOMER_CHANGE_SCHEMA, SCORE_CHANGE_SCHEMA, SCORE_VALUE_FIELDS } from './change-schemas.ts';
import { describes, nullable } from './shapes.ts';

const score = SCORE_CHANGE_SCHEMA.properties;
const change = CUSTOMER_CHANGE_SCHEMA.properties;

const CURRENT_SCORE_SCHEMA = describes<CurrentScore>()(
  Type.Object(
    {
      ...SCORE_VALUE_FIELDS,
      sequence: Type.Integer({ description: "number of the score's last change" }),
    },
    { title: 'CurrentScore', description: 'A score as it stands.' },
  ),
);

const CURRENT_SITUATION_SCHEMA = describes<CurrentSituation>()(
  Type.Object(
    {
      rule: Type.Enum(ALERT_RULES),
      cause: Type.String({ description: 'tells instances of one rule apart' }),
      code: nullable(Type.String({ description: 'why; null for renewals, of which the days say it all' })),
      dueDay: nullable(EpochDay),
      daysBefore: nullable(Type.Integer({ description: 'the tightest checkpoint reached' })),
    },
    { title: 'CurrentSituation', description: 'A condition that has begun and not ended.' },
  ),
);

const PICTURE_SCHEMA = describes<CustomerPicture>()(
  Type.Object(
    {
      scores: Type.Unsafe<CustomerPicture['scores']>(Type.Record(Type.String(), CURRENT_SCORE_SCHEMA)),
      situations: Type.Array(CURRENT_SITUATION_SCHEMA),
      staleSince: change.staleSince,
      mergedInto: change.mergedInto,
    },
    { title: 'CustomerPicture', description: 'Everything that all changes of a customer together say.' },
  ),
);

/** The value of a record on `customer-current`. */
export const CUSTOMER_CURRENT_SCHEMA = describes<CustomerCurrent>()(
  Type.Object(
    {
      kind: Type.Literal('current'),
      tenant: change.tenant,
      customerId: change.customerId,
      sequence: Type.Integer({ description: 'number of the last change that is in it' }),
      asOf: EpochMs,
      knownAt: EpochMs,
      current: PICTURE_SCHEMA,
      engineVersion: change.engineVersion,
    },
    { title: 'CustomerCurrent', description: 'The whole present picture of a customer.' },
  ),
);

/** The value of a record on the topics of one score. */
export const SCORE_CHANGED_SCHEMA = describes<ScoreChanged>()(
  Type.Object(
    {
      kind: Type.Literal('score-changed'),
      tenant: change.tenant,
      customerId: change.customerId,
      sequence: score.sequence,
      asOf: change.asOf,
      knownAt: change.knownAt,
      historical: change.historical,
      cause: change.cause,
      causedBy: change.causedBy,
      staleSince: change.staleSince,
      score: score.score,
      unit: score.unit,
      currency: score.currency,
      value: score.value,
      previous: score.previous,
      delta: score.delta,
      band: score.band,
      previousBand: score.previousBand,
      parts: score.parts,
      labels: score.labels,
      reasons: score.reasons,
      coverage: score.coverage,
      confidence: score.confidence,
      low: score.low,
      high: score.high,
      uncertain: score.uncertain,
      missing: score.missing,
      model: score.model,
      engineVersion: change.engineVersion,
    },
    { title: 'ScoreChanged', description: 'One change of one score.' },
  ),
);
