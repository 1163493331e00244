import { epochMonthOf, foldMonth, type RaisedOffer, signalOf } from '@bellwether/domain';
import { type Change, type CustomerChange, DAY_MS } from '@bellwether/events';
import type { CustomerScores } from './fold-change.ts';
import { kpiMeasuresOf } from './kpi-measures.ts';

/** Offers raised to one customer that are remembered, the newest. */
const OFFERS_KEPT = 50;

/**
 * What is kept of a change for the KPIs of its month: the measures after it, and the offers that began with it. Its
 * month is that of the day by which it was decided; records of before that was told have the day in UTC.
 *
 * @param before the scores before the change
 * @param after the same with all of its changes in them
 */
export function foldMonths(
  before: CustomerScores,
  after: CustomerScores,
  { day: decidedOn, asOf, changes }: CustomerChange,
): CustomerScores {
  const day = decidedOn ?? Math.floor(asOf / DAY_MS);
  const months = foldMonth(before.months, epochMonthOf(day), kpiMeasuresOf(after));
  const raised = changes.flatMap((change) => offerOf(before, change, day));
  const offers = raised.length === 0 ? after.offers : [...after.offers, ...raised].slice(-OFFERS_KEPT);
  return months === after.months && offers === after.offers ? after : { ...after, months, offers };
}

/** An offer that stands and is told again, for another reason, has not begun again. */
function offerOf(before: CustomerScores, change: Change, day: number): readonly RaisedOffer[] {
  if (!change.type.startsWith('opportunity.') || 'score' in change) return [];
  const { rule, step } = signalOf(change);
  if (step !== 'raise') return [];
  if (rule === 'cross-sell') return before.crossSell === null ? [{ kind: rule, day }] : [];
  if (rule !== 'upsell') return [];
  return Object.hasOwn(before.situations, `${rule}:${change.cause}`) ? [] : [{ kind: rule, day }];
}
