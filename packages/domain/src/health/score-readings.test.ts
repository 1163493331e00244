import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type ModelFacts, type ModelPack, SIGNAL_NAMES, type SignalModel } from '../models/model-pack.ts';
import { CS_FRAMEWORK } from '../models/shipped/cs-framework.ts';
import { MATTERMOST_2025 } from '../models/shipped/mattermost-2025.ts';
import type { HealthScore } from './health-score.ts';
import { pillarsOf } from './pillars-of.ts';
import type { Reading } from './reading.ts';
import { scoreReadings } from './score-readings.ts';

const NO_FACTS: ModelFacts = { status: null, reference: null };
const read = (raw: number): Reading => ({ raw, evidenceDay: null });
const NO_DATA: Reading = { missing: 'no-data' };

/** A model whose signals read points as they are. */
function modelOf(signals: readonly Partial<SignalModel>[], more: Partial<ModelPack> = {}): ModelPack {
  return {
    ...CS_FRAMEWORK,
    id: 'small',
    pillars: [{ pillar: 'all', title: 'All', weight: 100 }],
    signals: signals.map((signal, index) => ({
      signal: SIGNAL_NAMES[index] ?? 'csat',
      pillar: 'all',
      weight: 10,
      feed: 'activity',
      windowDays: 30,
      freshDays: 30,
      curve: [
        [0, 0],
        [100, 100],
      ],
      ...signal,
    })),
    ...more,
  };
}

function score(model: ModelPack, readings: readonly Reading[], facts: ModelFacts = NO_FACTS): HealthScore {
  return scoreReadings(model, readings, { facts, today: 100, currency: 'USD' });
}

describe('published arithmetic', () => {
  it('of Totango: 5 good, 3 average, 2 poor at 100, 60, 40 come to 76', () => {
    const levels = [
      [0, 40, 'poor'],
      [1, 60, 'average'],
      [2, 100, 'good'],
    ] as const;
    const model = modelOf(Array.from({ length: 10 }, () => ({ steps: levels })));
    const withSteps = { ...model, signals: model.signals.map(({ curve: _, ...signal }) => signal) };
    const ratings = [2, 2, 2, 2, 2, 1, 1, 1, 0, 0];
    expect(score(withSteps, ratings.map(read)).valueHundredths).toBe(7600);
  });

  it('of Gainsight: the sum of weight times score over the sum of the weights present', () => {
    const model = modelOf([{ weight: 50 }, { weight: 30 }, { weight: 20 }]);
    expect(score(model, [90, 60, 40].map(read)).valueHundredths).toBe(7100);
    // without the second: (50 x 90 + 20 x 40) / 70
    expect(score(model, [read(90), NO_DATA, read(40)]).valueHundredths).toBe(7571);
  });
});

describe('a missing signal', () => {
  it('is left out and lowers the coverage, neither good nor bad', () => {
    const model = modelOf([{}, {}]);
    expect(score(model, [read(70), NO_DATA])).toMatchObject({
      valueHundredths: 7000,
      coverageHundredths: 5000,
      lowHundredths: 3500,
      highHundredths: 8500,
      missing: [{ signal: 'feature-adoption', why: 'no-data' }],
    });
  });

  it('has the points that a model makes up for it, which no coverage counts', () => {
    const made = { points: 50, because: 'silence is half' };
    const model = modelOf([{}, { whenMissing: made }]);
    const health = score(model, [read(70), NO_DATA]);
    expect(health).toMatchObject({
      valueHundredths: 6000,
      coverageHundredths: 5000,
      confidenceHundredths: 5000,
      lowHundredths: 3500,
      highHundredths: 8500,
    });
    expect(health.missing).toHaveLength(1);
    expect(health.signals[1]).toMatchObject({ raw: null, points: 50, contributionHundredths: 2500 });
    expect(health.signals[1]?.text).toContain('the model takes 50 points instead');
    const never = score(model, [read(70), { missing: 'feed-absent' }]);
    expect([never.lowHundredths, never.highHundredths]).toEqual([6000, 6000]);
  });

  it('makes no score where the model requires the signal', () => {
    const model = modelOf([{}, {}, { required: true }]);
    expect(score(model, [read(70), read(70), NO_DATA])).toMatchObject({
      valueHundredths: null,
      band: 'not-scorable',
      coverageHundredths: 6667,
    });
  });
});

describe('a reading that is compared (N17)', () => {
  const relativeTo = {
    kind: 'segment',
    curve: [
      [0, 0],
      [100, 80],
      [150, 100],
    ],
  } as const;

  it('has points by its share of what it is compared with', () => {
    const model = modelOf([{ relativeTo }]);
    const health = score(model, [{ raw: 30, norm: 40, evidenceDay: null }]);
    expect(health.signals[0]).toMatchObject({ raw: 30, norm: 40, points: 60 });
    expect(health.signals[0]?.text).toBe('used on 30 of the last 30 days, median of the segment 40');
  });

  it('has points by itself where nothing to compare with is known', () => {
    expect(score(modelOf([{ relativeTo }]), [read(30)]).signals[0]).toMatchObject({ norm: null, points: 30 });
  });
});

describe('bonuses and overrides', () => {
  const [bonus] = MATTERMOST_2025.bonuses ?? [];
  const overrides = MATTERMOST_2025.overrides ?? [];
  const model = modelOf([{}], { bonuses: bonus ? [bonus] : [], overrides });
  const known = (facts: Partial<ModelFacts>) => ({ ...NO_FACTS, ...facts });

  it('add what they change to the parts of a score', () => {
    expect(score(model, [read(70)], known({ reference: true }))).toMatchObject({
      valueHundredths: 8000,
      band: 'healthy',
      adjustments: [
        { name: 'reference', contributionHundredths: 1000, text: 'a reference: 10 points on top' },
      ],
    });
    expect(score(model, [read(95)], known({ reference: true }))).toMatchObject({
      valueHundredths: 10_000,
      adjustments: [{ contributionHundredths: 500 }],
    });
    expect(score(model, [read(70)], known({ status: 'At Risk' }))).toMatchObject({
      valueHundredths: 2000,
      band: 'at-risk',
      lowHundredths: 2000,
      highHundredths: 2000,
      adjustments: [
        {
          kind: 'override',
          contributionHundredths: -5000,
          text: 'status "At Risk": the score is fixed at 20',
        },
      ],
    });
  });

  it('apply only where the fact is known and is one of those named', () => {
    for (const facts of [NO_FACTS, known({ reference: false }), known({ status: 'at risk' })])
      expect(score(model, [read(70)], facts)).toMatchObject({ valueHundredths: 7000, adjustments: [] });
  });

  it('do not make a score of nothing', () => {
    expect(score(model, [NO_DATA], known({ status: 'At Risk' }))).toMatchObject({
      valueHundredths: null,
      adjustments: [],
    });
  });
});

describe('the pillars of a score (S61)', () => {
  it('are the means of their signals, with the share of their weight that is known', () => {
    const model = modelOf(
      [
        { pillar: 'one', weight: 20 },
        { pillar: 'one', weight: 30 },
        { pillar: 'two', weight: 50 },
      ],
      {
        pillars: [
          { pillar: 'one', title: 'One', weight: 50 },
          { pillar: 'two', title: 'Two', weight: 50 },
        ],
      },
    );
    const health = score(model, [read(80), NO_DATA, read(40)]);
    expect(health.valueHundredths).toBe(5143);
    expect(pillarsOf(health, model)).toEqual([
      {
        pillar: 'one',
        title: 'One',
        weight: 50,
        pointsHundredths: 8000,
        contributionHundredths: 2286,
        coverageHundredths: 4000,
      },
      {
        pillar: 'two',
        title: 'Two',
        weight: 50,
        pointsHundredths: 4000,
        contributionHundredths: 2857,
        coverageHundredths: 10_000,
      },
    ]);
  });

  it('have contributions that sum to the value with the adjustments', () => {
    const reading = fc
      .option(fc.integer({ min: -120, max: 400 }))
      .map((raw) => (raw === null ? NO_DATA : read(raw)));
    const readings = fc.array(reading, { minLength: 4, maxLength: 4 });
    const facts = fc.record({
      status: fc.option(fc.constantFrom('At Risk', 'Delayed', 'Fine')),
      reference: fc.option(fc.boolean()),
    });
    fc.assert(
      fc.property(readings, facts, (given, told) => {
        const health = score(MATTERMOST_2025, given, told);
        const parts = [...pillarsOf(health, MATTERMOST_2025), ...health.adjustments];
        const sum = parts.reduce((total, part) => total + part.contributionHundredths, 0);
        expect(sum).toBe(health.valueHundredths ?? 0);
      }),
    );
  });
});
