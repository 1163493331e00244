import { type Buying, profileValue } from '@bellwether/domain';
import type { CustomerCard } from './fold-card.ts';
import { type CustomerScores, labelOf, partOf } from './fold-change.ts';

/** What is known of a customer that lists and portfolio rows have no fields for; null: not known (D20). */
export interface Measures {
  /** A strategic account (S6, S30). */
  readonly isStrategic: boolean | null;
  /** How it buys (S32); null: it never bought. */
  readonly buying: Buying | null;
  /** Share in the value of the portfolio, millionths, as of the last census (S24). */
  readonly contributionMillionths: number | null;
  readonly journeyStage: string | null;
  readonly valueStage: string | null;
  /** Cross-stage consistency (S31), won per activity (S77), first touch to first opportunity (S78), channel (S79). */
  readonly consistencyHundredths: number | null;
  readonly efficiencyMinor: number | null;
  readonly marketingToSalesDays: number | null;
  readonly primaryChannel: string | null;
  /** People who are there, and those of them who can be written to (S65). */
  readonly contacts: number | null;
  readonly contactsWithEmail: number | null;
  /** What was won, what is open, and the seed's prediction of six months (S67). */
  readonly wonMinor: number | null;
  readonly pipelineMinor: number | null;
  readonly predictedMinor: number | null;
  readonly annualRevenueMinor: number | null;
  /** Days from the first meaningful use to value (S112). */
  readonly timeToValueDays: number | null;
  /** Distinct features used in 90 days (S91). */
  readonly features: number | null;
  /** Opportunities ever told of; null: none was. */
  readonly opportunities: number | null;
  /** The newest day of use, epoch day (S64). */
  readonly lastUseDay: number | null;
  /** Uses in 30 days as health counted them when it moved last (S64); null: its model counts none. */
  readonly activities30: number | null;
}

const YES_OR_NO: { readonly [told: string]: boolean } = { yes: true, no: false };
/** What a health model calls the number of uses in its window, which is 30 days (`crm`). */
const ACTIVITIES = 'total-activities';

/** The measures of a customer as they were told and published last. */
export function buildMeasures({
  card,
  scores,
}: {
  readonly card: CustomerCard | undefined;
  readonly scores: CustomerScores | undefined;
}): Measures {
  const { tier, lifecycle, relationship, revenue } = scores?.scores ?? {};
  return {
    isStrategic: YES_OR_NO[labelOf(tier, 'strategic') ?? ''] ?? null,
    buying: scores === undefined ? null : buyingOf(scores),
    contributionMillionths: partOf(tier, 'contributionMillionths'),
    journeyStage: labelOf(lifecycle, 'journeyStage'),
    valueStage: labelOf(lifecycle, 'valueStage'),
    consistencyHundredths: partOf(relationship, 'consistency'),
    efficiencyMinor: partOf(relationship, 'efficiencyMinor'),
    marketingToSalesDays: partOf(relationship, 'marketingToSalesDays'),
    primaryChannel: labelOf(relationship, 'primaryChannel'),
    contacts: partOf(relationship, 'stakeholders.raw'),
    contactsWithEmail: partOf(relationship, 'withEmail'),
    wonMinor: partOf(revenue, 'wonMinor'),
    pipelineMinor: partOf(revenue, 'pipelineMinor'),
    predictedMinor: partOf(revenue, 'predictedMinor'),
    annualRevenueMinor: profileValue(card?.profile ?? {}, 'annualRevenueMinor'),
    timeToValueDays: partOf(revenue, 'timeToValueFromFirstUseDays'),
    features: partOf(relationship, 'features.raw'),
    opportunities: card?.opportunities?.length ?? null,
    lastUseDay: card?.lastUseDay ?? null,
    activities30: scores?.healthContributions[ACTIVITIES]?.after ?? null,
  };
}

function buyingOf({ rfmParts }: CustomerScores): Buying | null {
  const { frequency365, monetary365Minor, greatest365Minor = null, gini365BasisPoints = null } = rfmParts;
  if (frequency365 == null || monetary365Minor == null) return null;
  return {
    transactions: frequency365,
    paidMinor: monetary365Minor,
    greatestMinor: greatest365Minor,
    giniBasisPoints: gini365BasisPoints,
  };
}
