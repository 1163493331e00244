import { isBelowTarget } from '../../packages/domain/src/health/below-target.ts';
import { decideHealth, type PublishedHealth } from '../../packages/domain/src/health/decide-health.ts';
import { fivePointHundredthsOf, meanHealthOf } from '../../packages/domain/src/health/health-targets.ts';
import { pillarsOf } from '../../packages/domain/src/health/pillars-of.ts';
import type { Reading } from '../../packages/domain/src/health/reading.ts';
import { bandOf, scoreReadings } from '../../packages/domain/src/health/score-readings.ts';
import { usualOf } from '../../packages/domain/src/health/usual.ts';
import {
  type Curve,
  type ModelPack,
  SIGNAL_NAMES,
  type SignalModel,
} from '../../packages/domain/src/models/model-pack.ts';
import { CS_FRAMEWORK } from '../../packages/domain/src/models/shipped/cs-framework.ts';
import { SHIPPED_PACKS } from '../../packages/domain/src/models/shipped-packs.ts';
import { compareModels } from '../../packages/domain/src/portfolio/model-diff.ts';
import { collectMedians } from '../../packages/domain/src/quantiles/collect-medians.ts';
import type { EngagementModel } from '../../packages/domain/src/tier/engagement-model.ts';

/** A reading as it is written down: a number, one with its age, or why there is none. */
type Written = number | string | { readonly reading: number; readonly daysOld: number };
type Readings = { readonly [signal: string]: Written };

interface Scored {
  readonly model?: string;
  readonly readings: Readings;
  readonly facts?: { readonly status?: string; readonly reference?: boolean };
}

const TODAY = 20_000;

function packOf(id = 'cs-framework'): ModelPack {
  const pack = SHIPPED_PACKS.find((candidate) => candidate.id === id);
  if (pack === undefined) throw new Error(`there is no model ${id}`);
  return pack;
}

function readingOf(written: Written | undefined): Reading {
  if (written === undefined) return { missing: 'no-data' };
  if (typeof written === 'number') return { raw: written, evidenceDay: null };
  if (typeof written === 'object') return { raw: written.reading, evidenceDay: TODAY - written.daysOld };
  return { missing: written as 'no-data' | 'feed-stale' | 'feed-absent' };
}

function scoreOf(pack: ModelPack, { readings, facts }: Scored) {
  const read = pack.signals.map(({ signal }) => readingOf(readings[signal]));
  return scoreReadings(pack, read, {
    facts: { status: facts?.status ?? null, reference: facts?.reference ?? null },
    today: TODAY,
    currency: 'USD',
  });
}

const points = (hundredths: number | null) => (hundredths === null ? null : hundredths / 100);

/** A model of so many weights whose signals read points as they are. */
function plainModel(weights: readonly number[]): ModelPack {
  const signals = weights.map(
    (weight, index): SignalModel => ({
      signal: SIGNAL_NAMES[index] ?? 'csat',
      pillar: 'all',
      weight,
      feed: 'activity',
      windowDays: 30,
      freshDays: 30,
      curve: [
        [0, 0],
        [100, 100],
      ],
    }),
  );
  return { ...CS_FRAMEWORK, pillars: [{ pillar: 'all', title: 'All', weight: 100 }], signals };
}

/** Decides one score after the other, and says of each what health is and whether the customer is at risk. */
function courseOf(model: ModelPack, course: readonly (readonly Reading[])[]) {
  let published: PublishedHealth | null = null;
  const healths: (number | null)[] = [];
  const atRisk: boolean[] = [];
  for (const readings of course) {
    const told = { facts: { status: null, reference: null }, today: TODAY, currency: 'USD' };
    const score = scoreReadings(model, readings, told);
    published = decideHealth(published, score, { currency: 'USD', valueMinor: 0, model }).published;
    healths.push(points(score.valueHundredths));
    atRisk.push(published.atRisk);
  }
  return { healths, atRisk };
}

const read = (raw: number): Reading => ({ raw, evidenceDay: null });

/** What the worked examples of docs/scoring/health.md are run by. */
interface ComparedByHand {
  readonly value: number;
  readonly live: number;
  readonly shadow: number;
  readonly liveAtRisk?: boolean;
  readonly shadowAtRisk?: boolean;
}

/** Health in points, in the bands of the framework. */
function sideOf(health: number, atRisk = false) {
  const valueHundredths = 100 * health;
  return { valueHundredths, band: bandOf(CS_FRAMEWORK, valueHundredths, []), atRisk };
}

export const examples = {
  'model-diff': ({ customers }: { readonly customers: readonly ComparedByHand[] }) =>
    compareModels(
      customers.map(({ value, live, shadow, liveAtRisk, shadowAtRisk }, index) => ({
        customerId: String(index),
        valueMinor: value,
        live: sideOf(live, liveAtRisk),
        shadow: sideOf(shadow, shadowAtRisk),
      })),
    ),

  'health-points': ({ signal, reading }: { readonly signal: string; readonly reading: number }) => {
    const score = scoreOf(CS_FRAMEWORK, { readings: { [signal]: reading } });
    return { points: score.signals.find((one) => one.signal === signal)?.points };
  },
  'health-usual': (given: {
    readonly daysOfUseByPeriod: readonly number[];
    readonly daysOfUseNow: number;
  }) => {
    const model = CS_FRAMEWORK.signals.find(({ signal }) => signal === 'login-frequency');
    if (model?.relativeTo?.kind !== 'own-baseline') throw new Error('login frequency is not compared');
    const counts = given.daysOfUseByPeriod;
    // The latest whole period ends before the window of 30 days begins.
    const firstDay = (Math.floor((TODAY - 59) / 30) - counts.length + 1) * 30;
    const days = counts.flatMap((count, period) =>
      Array.from({ length: count }, (_, day) => [firstDay + 30 * period + day, 1] as const),
    );
    const activity = { firstDay, lastDay: TODAY, days, features: [] };
    const input = { signal: model.signal, windowDays: 30, baseline: model.relativeTo, today: TODAY };
    const usual = usualOf(activity, input);
    const pack = { ...CS_FRAMEWORK, signals: [model] };
    const told = { facts: { status: null, reference: null }, today: TODAY, currency: 'USD' };
    const reading = { raw: given.daysOfUseNow, norm: usual, evidenceDay: null };
    const [signal] = scoreReadings(pack, [reading], told).signals;
    const percent = usual === null ? null : (100 * given.daysOfUseNow) / usual;
    return { usual, percent, points: signal?.points };
  },
  'health-score': (given: Scored) => {
    const score = scoreOf(packOf(given.model), given);
    const parts = [
      ...score.signals.map(({ signal, contributionHundredths }) => [signal, contributionHundredths / 100]),
      ...score.adjustments.map(({ name, contributionHundredths }) => [name, contributionHundredths / 100]),
    ];
    return {
      value: points(score.valueHundredths),
      band: score.band,
      coveragePercent: score.coverageHundredths / 100,
      confidencePercent: score.confidenceHundredths / 100,
      low: points(score.lowHundredths),
      high: points(score.highHundredths),
      uncertain: score.uncertain,
      contributions: Object.fromEntries(parts),
    };
  },
  'health-pillar': ({ pillar, readings }: Scored & { readonly pillar: string }) => {
    const found = pillarsOf(scoreOf(CS_FRAMEWORK, { readings }), CS_FRAMEWORK).find(
      (one) => one.pillar === pillar,
    );
    return {
      points: points(found?.pointsHundredths ?? null),
      coveragePercent: points(found?.coverageHundredths ?? null),
    };
  },
  'health-mean-of-points': (given: { readonly points: readonly number[] }) => {
    const model = plainModel(given.points.map(() => 100 / given.points.length));
    return { value: courseOf(model, [given.points.map(read)]).healths[0] };
  },
  'health-change': ({ before, after }: { readonly before: Readings; readonly after: Readings }) => {
    const worth = { currency: 'USD', valueMinor: 0, model: CS_FRAMEWORK };
    const { published } = decideHealth(null, scoreOf(CS_FRAMEWORK, { readings: before }), worth);
    const { change } = decideHealth(published, scoreOf(CS_FRAMEWORK, { readings: after }), worth);
    if (change === null) throw new Error('nothing was published');
    const sum = change.reasons.reduce((total, { contribution }) => total + contribution, 0);
    if (sum !== change.delta) throw new Error('the reasons do not sum to the change');
    return {
      previous: points(change.previous),
      value: points(change.value),
      reasons: Object.fromEntries(change.reasons.map(({ signal, text }) => [signal, text])),
    };
  },
  'health-segment': (given: {
    readonly segment: readonly number[];
    readonly reading: number;
    readonly curve: Curve;
  }) => {
    const [signal = 'login-frequency'] = SIGNAL_NAMES;
    const collected = collectMedians();
    for (const reading of given.segment) collected.add({ segment: 'smb', signals: { [signal]: reading } });
    const median = collected.result().smb?.[signal] ?? null;
    if (median === null) return { median, points: null };
    const { signals, ...model } = plainModel([100]);
    const compared = signals.map(({ curve: _, ...rest }) => ({
      ...rest,
      relativeTo: { kind: 'segment', curve: given.curve } as const,
    }));
    const reading: Reading = { raw: given.reading, evidenceDay: null, norm: median };
    const facts = { status: null, reference: null };
    const score = scoreReadings({ ...model, signals: compared }, [reading], {
      facts,
      today: TODAY,
      currency: 'USD',
    });
    return { median, points: points(score.valueHundredths) };
  },
  'health-at-risk': (given: { readonly healths: readonly number[] }) => {
    const { atRisk } = courseOf(
      plainModel([100]),
      given.healths.map((health) => [read(health)]),
    );
    return { atRisk };
  },
  'health-lost-signal': (given: {
    readonly lost: { readonly weight: number; readonly points: number };
    readonly others: { readonly weight: number; readonly points: readonly number[] };
  }) => {
    const model = plainModel([given.lost.weight, given.others.weight]);
    const gone: Reading = { missing: 'feed-stale' };
    const course = given.others.points.map((others, moment) => [
      moment === 0 ? read(given.lost.points) : gone,
      read(others),
    ]);
    return courseOf(model, course);
  },
  'health-five-point': (given: { readonly healths: readonly number[] }) => ({
    fivePoint: given.healths.map((health) => fivePointHundredthsOf(health * 100) / 100),
  }),
  'health-target': (given: {
    readonly readings: readonly (readonly [health: number | null, engagementModel: EngagementModel])[];
  }) => {
    let [held, before]: [boolean, EngagementModel | null] = [false, null];
    const standing = given.readings.map(([health, engagementModel]) => {
      const healthHundredths = health === null ? null : Math.round(health * 100);
      const models = { engagementModel, engagementModelBefore: before, isEnterprise: true };
      held = isBelowTarget({ healthHundredths, heldHundredths: null, ...models }, { held });
      before = engagementModel;
      return held;
    });
    return { standing };
  },
  'health-mean': (given: { readonly healths: readonly (number | null)[] }) => {
    const values = given.healths.map((health) => (health === null ? null : Math.round(health * 100)));
    const { meanHundredths, scored, notScorable, isOnTarget } = meanHealthOf(values);
    return { mean: points(meanHundredths), scored, notScorable, isOnTarget };
  },
};
