import { HEALTH_BANDS, SIZE_BANDS } from '@bellwether/domain';
import Type, { type Static } from 'typebox';
import { choice } from './query.ts';
import { Amount, Count, listReportOf, MaybeHealth, Name } from './report-schemas/report-parts.ts';
import { Instant, Nullable } from './schema-parts.ts';

const Size = Nullable(
  choice(SIZE_BANDS, 'the size band that it is for; null: all customers whose size has no pack of its own'),
);
const PackName = { id: Type.String(), version: Type.String() };

/** A model pack with who chose it and when. */
export const ChosenModel = Type.Object({
  ...PackName,
  title: Type.String(),
  size: Size,
  since: Nullable(Instant),
  by: Nullable(Type.String({ description: 'null: since the beginning' })),
});
export type ChosenModel = Static<typeof ChosenModel>;

/** The models of a tenant (N6). */
export const Models = Type.Object({
  live: Type.Array(ChosenModel, { description: 'first the one for all, then those for one size' }),
  shadows: Type.Array(ChosenModel, { description: 'tried beside: health by them is told to nobody' }),
  before: Nullable(
    Type.Object(
      { size: Size, pack: Nullable(Type.Object(PackName)) },
      { description: 'what a step back brings again; a pack of null: none of its own for that size' },
    ),
  ),
  history: Type.Array(
    Type.Object({
      choiceId: Type.String(),
      kind: choice(['shadow', 'withdraw', 'promote', 'rollback'], 'what was done'),
      id: Nullable(Type.String()),
      version: Nullable(Type.String()),
      size: Size,
      by: Type.String(),
      at: Instant,
    }),
    { description: 'the last 20 choices, the newest first' },
  ),
});
export type Models = Static<typeof Models>;

/** A choice that is on its way. */
export const AcceptedChoice = Type.Object({
  choiceId: Type.String({ description: 'is in `history` of the models once it is applied' }),
});

const who = { minLength: 1, maxLength: 200, pattern: '\\S', description: 'who wants it' } as const;
export const By = Type.String(who);
export const SizeOfPack = Type.Optional(
  choice(SIZE_BANDS, 'only for customers of this size; all whose size has no pack of its own if not given'),
);
export const ShadowParams = Type.Object({ tenant: Type.String(), id: Type.String({ maxLength: 100 }) });
export const Promotion = Type.Object({ ...PackName, by: By }, { additionalProperties: false });
export const Rollback = Type.Object({ by: By }, { additionalProperties: false });
/** What is sent: its own checks name every fault at once. */
export const PackBody = Type.Unsafe<unknown>({
  description:
    'a model pack as JSON, or (application/yaml) as YAML: packages/model-packs/model-pack.schema.json',
});

const Counted = Type.Object({ customers: Count, valueMinor: Amount });
const Band = Type.String({ description: HEALTH_BANDS.join(', ') });
const Mean = Type.Object({
  scored: Count,
  notScorable: Count,
  meanHundredths: MaybeHealth,
  fivePointHundredths: Nullable(Type.Integer()),
  isOnTarget: Nullable(Type.Boolean({ description: 'the mean is above 80' })),
});

/** A customer whom the two models tell apart. */
export const ModelDiffRow = Type.Object({
  customerId: Type.String(),
  name: Name,
  valueMinor: Amount,
  liveHealthHundredths: MaybeHealth,
  liveBand: Band,
  shadowHealthHundredths: MaybeHealth,
  shadowBand: Band,
  differenceHundredths: Nullable(Type.Integer({ description: 'shadow less live; null: one has none' })),
  crosses: Type.Boolean({ description: 'is in another band' }),
  alert: Nullable(choice(['gained', 'lost'], 'the at-risk alert that would come or go; null: neither')),
});
export type ModelDiffRow = Static<typeof ModelDiffRow>;

/** What a model that is tried would change (N6). */
export const ModelDiffReport = listReportOf(ModelDiffRow, {
  shadowModel: Type.Object({ ...PackName, size: Size }),
  customers: Type.Integer({ minimum: 0, description: 'of the tenant' }),
  compared: Type.Integer({
    minimum: 0,
    description: 'scored by the two models; the others would have the health that they have',
  }),
  crossing: Counted,
  better: Counted,
  worse: Counted,
  scorable: Counted,
  notScorable: Counted,
  alertsGained: Counted,
  alertsLost: Counted,
  live: Mean,
  shadow: Mean,
  meanMoveHundredths: Nullable(Type.Integer({ description: 'mean distance, of those scored by both' })),
  bands: Type.Array(Type.Object({ band: Band, live: Counted, shadow: Counted })),
  moves: Type.Array(Type.Object({ from: Band, to: Band, customers: Count, valueMinor: Amount })),
});
export type ModelDiffReport = Static<typeof ModelDiffReport>;
