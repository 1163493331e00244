import type { JourneyStage } from '../lifecycle/journey-graph.ts';
import type { ValueStage } from '../lifecycle/value-stage-of.ts';
import {
  TOUCHPOINTS,
  type Touchpoint,
  type TouchpointMetric,
  touchpointOf,
} from '../relationship/touchpoints.ts';
import { publishable, roundedRatio } from '../statistics/exact.ts';
import { fiveNumbersOf, inOrder } from '../statistics/quantiles.ts';
import { revenueRetentionOf } from '../value/mrr-movement.ts';
import type { RecurringMovements } from './kpi-snapshot.ts';

/** A customer as its touchpoint is measured; null: not known. */
export interface TouchpointRow {
  readonly journeyStage: JourneyStage | null;
  readonly valueStage: ValueStage | null;
  /** Days from the first meaningful use until value was realised (S112). */
  readonly timeToValueDays: number | null;
  /** Distinct features used in 90 days (S91). */
  readonly features: number | null;
}

/** Why a measure is not known; `no-such-event`: nothing that could be told of would show it. */
export type NoMeasure = 'no-such-event' | 'no-data' | 'no-recurring-revenue';

/** What shows the success of a touchpoint, over all customers (S90). */
export interface TouchpointMeasure extends Omit<Touchpoint, 'metrics'> {
  /** Customers who are there now. */
  readonly customers: number;
  readonly metric: TouchpointMetric;
  readonly unit: 'basis-points' | 'days' | 'minor';
  readonly value: number | null;
  /** Customers of whom the metric is made. */
  readonly known: number;
  readonly reason: NoMeasure | null;
}

type Measured = Pick<TouchpointMeasure, 'unit' | 'value' | 'known' | 'reason'>;

/**
 * The measures of all touchpoints in the order of the journey (S90). Time to value is the median over those of whom it
 * is known. Feature adoption is the mean number of features used in 90 days over the most that any customer used: what
 * the product has is not told, and it has at least those. Retention and expansion are those of the present month so far
 * (S109, D17). That demos become trials no event tells (D20).
 */
export function touchpointMeasuresOf(
  rows: readonly TouchpointRow[],
  recurring: RecurringMovements,
): readonly TouchpointMeasure[] {
  const measures = measuresOf(rows, recurring);
  const owners = rows.map(({ journeyStage, valueStage }) =>
    touchpointOf(journeyStage, valueStage ?? 'unclassified'),
  );
  return Object.values(TOUCHPOINTS).flatMap(({ metrics, ...touchpoint }) => {
    const customers = owners.filter((at) => at?.stage === touchpoint.stage).length;
    return metrics.map((metric) => ({ ...touchpoint, customers, metric, ...measures[metric] }));
  });
}

function measuresOf(
  rows: readonly TouchpointRow[],
  recurring: RecurringMovements,
): { readonly [M in TouchpointMetric]: Measured } {
  const { customers: known } = recurring;
  const expansion = BigInt(recurring.expansionMinor);
  const { nrrBasisPoints, grrBasisPoints } = revenueRetentionOf({
    start: BigInt(recurring.startMinor),
    new: BigInt(recurring.newMinor),
    expansion,
    contraction: BigInt(recurring.contractionMinor),
    churn: BigInt(recurring.churnMinor),
  });
  const none = 'no-recurring-revenue';
  return {
    'demo-to-trial': { unit: 'basis-points', value: null, known: 0, reason: 'no-such-event' },
    'time-to-value': timeToValueOver(rows),
    'feature-adoption': featureAdoptionOver(rows),
    nrr: measured('basis-points', nrrBasisPoints, { known, none }),
    grr: measured('basis-points', grrBasisPoints, { known, none }),
    'expansion-revenue': measured('minor', known === 0 ? null : publishable(expansion), { known, none }),
  };
}

function timeToValueOver(rows: readonly TouchpointRow[]): Measured {
  const days = inOrder(rows.flatMap(({ timeToValueDays }) => timeToValueDays ?? []));
  return measured('days', fiveNumbersOf(days)?.median ?? null, { known: days.length, none: 'no-data' });
}

function featureAdoptionOver(rows: readonly TouchpointRow[]): Measured {
  const counts = rows.flatMap(({ features }) => features ?? []);
  const most = counts.reduce((greatest, count) => Math.max(greatest, count), 0);
  const sum = counts.reduce((total, count) => total + count, 0);
  const value = most === 0 ? null : roundedRatio(10_000n * BigInt(sum), BigInt(most) * BigInt(counts.length));
  return measured('basis-points', value, { known: counts.length, none: 'no-data' });
}

function measured(
  unit: Measured['unit'],
  value: number | null,
  { known, none }: { readonly known: number; readonly none: NoMeasure },
): Measured {
  return { unit, value, known, reason: value === null ? none : null };
}
