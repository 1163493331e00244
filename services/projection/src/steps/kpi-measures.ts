import { type KpiMeasures, VALUE_TIERS } from '@bellwether/domain';
import { ENGAGEMENT_MODEL_NAMES, nameIn, SEGMENTS } from '../class-names.ts';
import { type CustomerScores, partOf } from './fold-change.ts';

/**
 * The published measures that KPIs are made of. A customer whose value was never published is not worth nothing: it is
 * not known what it is worth.
 */
export function kpiMeasuresOf(scores: CustomerScores | undefined): KpiMeasures {
  const { churn, revenue, tier } = scores?.scores ?? {};
  const labels = tier?.labels ?? {};
  const isWorthKnown = (scores?.ltvParts.activeMinor ?? null) !== null;
  return {
    valueMinor: isWorthKnown ? (scores?.valueMinor ?? null) : null,
    velocityMinor: partOf(revenue, 'velocityMinor'),
    mrrMinor: partOf(revenue, 'mrrMinor'),
    mrrMonthStartMinor: partOf(revenue, 'mrrMonthStartMinor'),
    healthHundredths: scores?.health ?? null,
    churnBasisPoints: churn?.value ?? null,
    valueTier: nameIn(VALUE_TIERS, labels.valueTier),
    segment: nameIn(SEGMENTS, labels.segment),
    engagementModel: nameIn(ENGAGEMENT_MODEL_NAMES, labels.engagementModel),
  };
}
