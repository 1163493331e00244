import {
  isActiveStatus,
  lastDayOf,
  noticeDayOf,
  type PortfolioRow,
  profileValue,
  type RenewalRow,
  SIZE_BANDS,
  type Standing,
} from '@bellwether/domain';
import { CHURN_BANDS, nameIn } from '../class-names.ts';
import type { CustomerCard } from './fold-card.ts';
import type { CustomerScores } from './fold-change.ts';
import { kpiMeasuresOf } from './kpi-measures.ts';

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
  const { churn, rfm, tier, relationship } = scores?.scores ?? {};
  const measures = kpiMeasuresOf(scores);
  const answer = card?.answers.at(-1)?.told;
  return {
    customerId,
    parentCustomerId: profileValue(profile, 'parentCustomerId'),
    ...measures,
    activeMinor: scores?.ltvParts.activeMinor ?? null,
    healthBand: scores?.healthBand ?? 'not-scorable',
    churnBand: nameIn(CHURN_BANDS, churn?.band),
    rfmHundredths: rfm?.value ?? null,
    complexityHundredths: scores?.complexity ?? null,
    accountAgeDays: ageOf(relationship?.parts.accountSinceDay ?? null, today),
    npsHundredths: answer?.value ?? null,
    npsDay: answer?.day ?? null,
    industry: profileValue(profile, 'industry'),
    sizeBand: nameIn(SIZE_BANDS, tier?.labels?.sizeBand),
    owner: profileValue(profile, 'owner'),
    renewals: standings.flatMap(renewalOf),
  };
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
