import Type from 'typebox';
import type { ScoreValue } from '../changes.ts';
import { EpochMs, Id } from '../ids.ts';
import type { ModelChoiceRecord, ShadowScore, ShadowScores } from '../models.ts';
import { CUSTOMER_CHANGE_SCHEMA, SCORE_VALUE_FIELDS } from './change-schemas.ts';
import { describes, nullable, taggedInside } from './shapes.ts';

const chosen = {
  tenant: Id,
  choiceId: Type.String(),
  by: Type.String({ description: 'who wants it' }),
  at: EpochMs,
};
const named = { id: Type.String({ description: 'of the model pack' }), version: Type.String() };
const size = nullable(
  Type.String({ description: 'the size band that it is for; null: all without a pack of their own' }),
);

/** The value of a record on `model-choices`. */
export const MODEL_CHOICE_SCHEMA = describes<ModelChoiceRecord>()(
  taggedInside('ModelChoice', 'kind', {
    shadow: Type.Object(
      {
        kind: Type.Literal('shadow'),
        ...chosen,
        pack: Type.String({ description: 'the model pack as JSON' }),
        size,
      },
      { title: 'TryModel', description: 'Score by it too, beside the model that counts.' },
    ),
    withdraw: Type.Object(
      { kind: Type.Literal('withdraw'), ...chosen, ...named },
      { title: 'WithdrawModel', description: 'Try it no more.' },
    ),
    promote: Type.Object(
      { kind: Type.Literal('promote'), ...chosen, ...named },
      { title: 'PromoteModel', description: 'A model that is tried counts from now on.' },
    ),
    rollback: Type.Object(
      { kind: Type.Literal('rollback'), ...chosen },
      { title: 'RollBackModel', description: 'The model before counts again.' },
    ),
  }),
);

const change = CUSTOMER_CHANGE_SCHEMA.properties;

const HEALTH_SCHEMA = describes<ScoreValue>()(
  Type.Object(SCORE_VALUE_FIELDS, { title: 'HealthValue', description: 'Health as it stands.' }),
);
const atRisk = Type.Boolean({ description: 'the customer is flagged at risk' });

const SHADOW_SCORE_SCHEMA = describes<ShadowScore>()(
  Type.Object(
    { ...named, size, health: HEALTH_SCHEMA, atRisk },
    { title: 'ShadowScore', description: 'Health by a model that is tried.' },
  ),
);

/** The value of a record on `shadow-scores`. */
export const SHADOW_SCORES_SCHEMA = describes<ShadowScores>()(
  Type.Object(
    {
      kind: Type.Literal('shadow-scores'),
      tenant: change.tenant,
      customerId: change.customerId,
      asOf: change.asOf,
      knownAt: change.knownAt,
      historical: change.historical,
      cause: change.cause,
      live: nullable(Type.Object({ health: HEALTH_SCHEMA, atRisk }, { title: 'LiveHealth' })),
      shadows: Type.Array(SHADOW_SCORE_SCHEMA),
      engineVersion: change.engineVersion,
    },
    {
      title: 'ShadowScores',
      description: 'Health by the models that are tried, beside the one that counts.',
    },
  ),
);
