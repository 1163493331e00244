import {
  FACT_NAMES,
  type GoldenCase,
  HEALTH_BANDS,
  type ScalePoint,
  SIGNAL_NAMES,
  type SignalModel,
} from '@bellwether/domain';
import { FEEDS } from '@bellwether/events';
import Type from 'typebox';

const strict = { additionalProperties: false } as const;
const Name = Type.String({ pattern: '^[a-z0-9]+(?:-[a-z0-9]+)*$', maxLength: 64 });
const Line = (description: string) => Type.String({ minLength: 1, maxLength: 500, description });
const Points = (description: string) => Type.Number({ minimum: 0, maximum: 100, description });
const Weight = Type.Integer({ minimum: 1, maximum: 100, description: 'whole percent' });
const Count = (maximum: number, description: string) => Type.Integer({ minimum: 1, maximum, description });

const Point = Type.Unsafe<ScalePoint>({
  type: 'array',
  prefixItems: [
    Type.Number({ description: 'the reading' }),
    Points('the points that it has'),
    Type.String({ minLength: 1, maxLength: 80, description: 'a name of this point' }),
  ],
  items: false,
  minItems: 2,
  maxItems: 3,
});
const Curve = Type.Array(Point, {
  minItems: 2,
  maxItems: 50,
  description: 'readings ascend; between two points the curve is a straight line, at its ends it is level',
});
const Steps = Type.Array(Point, {
  minItems: 1,
  maxItems: 50,
  description: 'readings ascend; each level holds from its reading on, the first one below it too',
});

/** Which fields belong to which kind is checked besides: a fault can then name the field. */
const RelativeTo = Type.Unsafe<NonNullable<SignalModel['relativeTo']>>({
  type: 'object',
  properties: {
    kind: {
      enum: ['own-baseline', 'segment'],
      description: 'what is usual for this customer, or in its segment',
    },
    periods: Count(
      12,
      'own-baseline: of how many latest periods, each as long as the window, the median is taken',
    ),
    minimumPeriods: Count(12, 'own-baseline: of how many at least'),
    minimumUsual: { type: 'number', exclusiveMinimum: 0, description: 'own-baseline: least usual reading' },
    curve: Curve,
  },
  required: ['kind', 'curve'],
  additionalProperties: false,
  description: 'points by the reading in percent of what it is compared with; without that by curve or steps',
});

const Signal = Type.Object(
  {
    signal: Type.Enum(SIGNAL_NAMES),
    pillar: Name,
    weight: Weight,
    feed: Type.Enum(FEEDS),
    windowDays: Type.Unsafe<number | null>({
      type: ['integer', 'null'],
      minimum: 1,
      maximum: 400,
      description: 'days that the signal looks back, today included; null: at facts of any age',
    }),
    freshDays: Type.Integer({ minimum: 1, maximum: 10_000, description: 'older evidence counts half' }),
    curve: Type.Optional(Curve),
    steps: Type.Optional(Steps),
    relativeTo: Type.Optional(RelativeTo),
    whenMissing: Type.Optional(
      Type.Object(
        { points: Points('taken for a missing signal'), because: Line('why the model does so') },
        { ...strict, description: 'scores a missing signal; without it the signal is left out' },
      ),
    ),
    required: Type.Optional(Type.Boolean({ description: 'without this signal nothing is scored' })),
  },
  strict,
);

const When = Type.Object(
  {
    fact: Type.Enum(FACT_NAMES),
    is: Type.Array(Type.Unsafe<string | boolean>({ type: ['string', 'boolean'] }), {
      minItems: 1,
      maxItems: 20,
    }),
  },
  strict,
);
const Bonus = Type.Object(
  { name: Name, when: When, points: Points('on top of the mean; the score ends at 100') },
  strict,
);
const Override = Type.Object(
  {
    name: Name,
    when: When,
    points: Points('the score, whatever the signals say'),
    band: Type.Enum(['healthy', 'needs-attention', 'at-risk']),
  },
  strict,
);

const Golden = Type.Object(
  {
    name: Line('what the case is about'),
    readings: Type.Unsafe<GoldenCase['readings']>({
      type: 'object',
      additionalProperties: {
        type: ['number', 'object'],
        properties: { reading: { type: 'number' }, norm: { type: 'number', exclusiveMinimum: 0 } },
        required: ['reading', 'norm'],
        additionalProperties: false,
      },
      description: 'by signal; one that is not named is missing. norm: what the reading is compared with',
    }),
    facts: Type.Optional(
      Type.Object({ status: Type.Optional(Type.String()), reference: Type.Optional(Type.Boolean()) }, strict),
    ),
    value: Type.Unsafe<number | null>({
      type: ['number', 'null'],
      minimum: 0,
      maximum: 100,
      description: 'to the hundredth; null: not scorable',
    }),
    band: Type.Enum(HEALTH_BANDS),
    coveragePercent: Points('share of the weight that is present'),
    contributions: Type.Record(Type.String(), Type.Number(), {
      description: 'points that each signal, bonus and override adds; what adds nothing may be left out',
    }),
  },
  strict,
);

/** A model pack, format 1 (N21): what a pack file may hold. `ModelPack` is its type. */
export const PACK_SCHEMA = Type.Object(
  {
    format: Type.Literal(1),
    id: Name,
    version: Type.String({ pattern: '^(?:0|[1-9][0-9]*)(?:\\.(?:0|[1-9][0-9]*)){2}$', maxLength: 32 }),
    title: Line('what people call the model'),
    source: Line('where the model comes from'),
    notes: Type.Optional(
      Type.String({
        minLength: 1,
        maxLength: 4_000,
        description: 'what whoever reads its scores has to know',
      }),
    ),
    pillars: Type.Array(Type.Object({ pillar: Name, title: Line('its name'), weight: Weight }, strict), {
      minItems: 1,
      maxItems: 20,
    }),
    signals: Type.Array(Signal, { minItems: 1, maxItems: SIGNAL_NAMES.length }),
    bonuses: Type.Optional(Type.Array(Bonus, { maxItems: 20 })),
    overrides: Type.Optional(Type.Array(Override, { maxItems: 20 })),
    bands: Type.Object(
      {
        healthyFromPoints: Points('healthy from here on'),
        needsAttentionFromPoints: Points('needs attention from here on, at risk below'),
        atRiskBelowPoints: Points('flagged at risk below this'),
        atRiskClearedFromPoints: Points('until this is reached again'),
      },
      strict,
    ),
    minimumCoveragePercent: Points('below this share of the weight nothing is scored'),
    publishFromPoints: Points('least difference that is published'),
    goldenCases: Type.Array(Golden, { minItems: 1, maxItems: 200 }),
  },
  { ...strict, title: 'Model pack', description: 'A health model as data.' },
);

/** The schema as a JSON Schema document, for editors and other programs. */
export function packJsonSchema(): object {
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    ...JSON.parse(JSON.stringify(PACK_SCHEMA)),
  };
}
