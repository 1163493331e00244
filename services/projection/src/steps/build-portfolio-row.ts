import {
  isActiveStatus,
  lastDayOf,
  noticeDayOf,
  type PortfolioRow,
  profileValue,
  type RenewalRow,
  SIZE_BANDS,
  type Standing,
  VALUE_TIERS,
} from '@bellwether/domain';
import { CHURN_BANDS, ENGAGEMENT_MODEL_NAMES, nameIn, SEGMENTS } from '../class-names.ts';
import type { CustomerCard } from './fold-card.ts';
import type { CustomerScores, FoldedScore } from './fold-change.ts';

/** What a portfolio row is made of. */
export interface PortfolioSources {
  readonly customerId: string;
  readonly card: CustomerCard | undefined;
  readonly scores: CustomerScores | undefined;
  /** The agreements of the card with their status on `today`. */
  readonly standings: readonly Standing[];
  /** The tenant's date, epoch day. */
  readonly today: number;
}

/** A customer as the reports on its portfolio read it: what was published last, null where nothing was (D20). */
export function buildPortfolioRow(sources: PortfolioSources): PortfolioRow {
  const { customerId, card, scores, standings, today } = sources;
  const profile = card?.profile ?? {};
  const { churn, rfm, tier, revenue, relationship } = scores?.scores ?? {};
  const labels = tier?.labels ?? {};
  return {
    customerId,
    parentCustomerId: profileValue(profile, 'parentCustomerId'),
    ...valuesOf(scores),
    mrrMinor: partOf(revenue, 'mrrMinor'),
    mrrMonthStartMinor: partOf(revenue, 'mrrMonthStartMinor'),
    velocityMinor: partOf(revenue, 'velocityMinor'),
    healthHundredths: scores?.health ?? null,
    healthBand: scores?.healthBand ?? 'not-scorable',
    churnBasisPoints: churn?.value ?? null,
    churnBand: nameIn(CHURN_BANDS, churn?.band),
    rfmHundredths: rfm?.value ?? null,
    complexityHundredths: scores?.complexity ?? null,
    accountAgeDays: ageOf(partOf(relationship, 'accountSinceDay'), today),
    npsHundredths: card?.nps?.value ?? null,
    npsDay: card?.nps?.day ?? null,
    valueTier: nameIn(VALUE_TIERS, labels.valueTier),
    segment: nameIn(SEGMENTS, labels.segment),
    industry: profileValue(profile, 'industry'),
    sizeBand: nameIn(SIZE_BANDS, labels.sizeBand),
    engagementModel: nameIn(ENGAGEMENT_MODEL_NAMES, labels.engagementModel),
    owner: profileValue(profile, 'owner'),
    renewals: standings.flatMap(renewalOf),
  };
}

/** A customer whose value was never published is not worth nothing: it is not known what it is worth. */
function valuesOf(scores: CustomerScores | undefined): Pick<PortfolioRow, 'valueMinor' | 'activeMinor'> {
  const activeMinor = scores?.ltvParts.activeMinor ?? null;
  return { valueMinor: activeMinor === null ? null : (scores?.valueMinor ?? null), activeMinor };
}

function partOf(score: FoldedScore | undefined, part: string): number | null {
  return score?.parts[part] ?? null;
}

/** An account that is to come is 0 days old. */
function ageOf(sinceDay: number | null, today: number): number | null {
  return sinceDay === null ? null : Math.max(0, today - sinceDay);
}

/** Upcoming agreements count as in force, as they do for the active value: they are signed. */
function renewalOf({ agreement, status }: Standing): readonly RenewalRow[] {
  if (!isActiveStatus(status)) return [];
  const { agreementId, terms } = agreement;
  const { valueMinor, autoRenew } = terms;
  return [{ agreementId, valueMinor, endDay: lastDayOf(terms), noticeDay: noticeDayOf(terms), autoRenew }];
}
