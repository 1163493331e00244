import type { MissingSignal, Reason, ScoreDecision, ScoreValue } from '@bellwether/events';
import { isSameMissing } from '../feeds/same-missing.ts';
import { formatMinor } from '../money/format-minor.ts';

/**
 * What a customer brings in and is expected to (S26, S67, S109, S112, N10): money in minor units, shares in basis
 * points, times in days; null: not known.
 */
export interface RevenueFigures {
  /** The seed's prediction for six months: health times won and pipeline (S67, D24). */
  readonly predictedMinor: number | null;
  /** The variant beside it (D24). */
  readonly predictedV2Minor: number | null;
  /** What of it the open pipeline adds; null: the tenant has no win rates yet, and nothing was added. */
  readonly predictedV2PipelineMinor: number | null;
  readonly mrrMinor: number | null;
  /** As the month began. */
  readonly mrrMonthStartMinor: number | null;
  readonly velocityMinor: number | null;
  readonly velocityGrowthBasisPoints: number | null;
  readonly wonMinor: number;
  readonly pipelineMinor: number;
  /** Expected spend of the next 365 days outside agreements, with the ends of its 80 % interval. */
  readonly spend365Minor: number | null;
  readonly spend365LowMinor: number | null;
  readonly spend365HighMinor: number | null;
  /** Expected value of the terms that begin by renewal in the next 365 days. */
  readonly renewals365Minor: number | null;
  readonly timeToValueFromFirstUseDays: number | null;
  readonly timeToValueFromStartDays: number | null;
}

/** Revenue as it stands. Plain JSON. */
export interface Revenue {
  readonly figures: RevenueFigures;
  /** Feeds and scores that a figure had to do without. */
  readonly missing: readonly MissingSignal[];
}

/** A prediction is told again when it moved by a tenth of what was told: it moves a little with everything. */
const STEP = 0.1;
const PREDICTED: readonly (keyof RevenueFigures)[] = [
  'predictedMinor',
  'predictedV2Minor',
  'predictedV2PipelineMinor',
  'spend365Minor',
  'spend365LowMinor',
  'spend365HighMinor',
  'renewals365Minor',
  'velocityGrowthBasisPoints',
];

/**
 * `score.revenue.changed` when a figure differs from what was published last, a prediction by a tenth. Nothing is
 * published of a customer of whom no figure is known. The one reason says what the prediction of six months is made of.
 */
export function decideRevenue(
  previous: Revenue | null,
  now: Revenue,
  currency: string,
): { readonly change: ScoreDecision | null; readonly published: Revenue | null } {
  if (previous === null && isEmpty(now)) return { change: null, published: null };
  if (previous !== null && !differs(previous, now)) return { change: null, published: previous };
  const value = now.figures.predictedMinor;
  const before = previous?.figures.predictedMinor ?? null;
  return {
    published: now,
    change: {
      type: 'score.revenue.changed',
      score: 'revenue',
      currency,
      ...revenueValueOf(now),
      previous: before,
      delta: value === null || before === null ? null : value - before,
      previousBand: null,
      reasons: reasonsOf(now, { before, currency }),
    },
  };
}

/** Revenue as a score. */
export function revenueValueOf({ figures, missing }: Revenue): Omit<ScoreValue, 'currency'> {
  return { unit: 'minor', value: figures.predictedMinor, band: null, parts: { ...figures }, missing };
}

function isEmpty({ figures }: Revenue): boolean {
  const { wonMinor, pipelineMinor, predictedMinor: _predicted, ...rest } = figures;
  return wonMinor === 0 && pipelineMinor === 0 && Object.values(rest).every((value) => value === null);
}

function differs(previous: Revenue, now: Revenue): boolean {
  if (!isSameMissing(previous.missing, now.missing)) return true;
  return (Object.keys(now.figures) as (keyof RevenueFigures)[]).some((name) => {
    const [was, is] = [previous.figures[name], now.figures[name]];
    if (was === is || was === null || is === null) return was !== is;
    return !PREDICTED.includes(name) || Math.abs(is - was) >= STEP * Math.abs(was);
  });
}

function reasonsOf(
  { figures }: Revenue,
  { before, currency }: { readonly before: number | null; readonly currency: string },
): readonly Reason[] {
  const { predictedMinor: value, wonMinor, pipelineMinor } = figures;
  if (value === null) {
    const text = 'not predicted: health is not known';
    return [{ signal: 'health', contribution: 0, before: null, after: null, text }];
  }
  const contribution = value - (before ?? 0);
  if (contribution === 0) return [];
  const won = formatMinor(wonMinor, currency);
  const open = formatMinor(pipelineMinor, currency);
  const text = `health times ${won} won and ${open} in the pipeline`;
  return [{ signal: 'health-and-opportunities', contribution, before, after: value, text }];
}
