import type { FeedStatuses, ScoreDecision, SituationChange } from '@bellwether/events';
import { isActiveStatus, nextStandingDay, type Standing } from '../agreements/agreement-status.ts';
import { type Complexity, complexityOf, decideComplexity } from '../complexity/decide-complexity.ts';
import { decideHealth } from '../health/decide-health.ts';
import type { PublishedHealth } from '../health/published-health.ts';
import { scoreHealth } from '../health/score-health.ts';
import { decideLtv, type LtvTotals, ltvTotalsOf } from '../ltv/decide-ltv.ts';
import { type CrossSellCode, crossSellOf, decideCrossSell } from '../opportunities/cross-sell.ts';
import { decideRenewals, type RenewalNotice } from '../renewals/decide-renewals.ts';
import { nextRenewalDay } from '../renewals/renewal-days.ts';
import { decideRfm, nextRfmDay, type RfmParts, rfmPartsOf } from '../rfm/decide-rfm.ts';
import { type PaymentsState, transactionsOf } from '../rfm/payments-state.ts';
import { nextSignalDay } from '../signals/next-signal-day.ts';
import type { SignalState } from '../signals/state.ts';
import type { CustomerState, Published } from './customer-state.ts';
import type { Decision } from './number-scores.ts';

interface Worth {
  readonly today: number;
  readonly currency: string;
  /** What the customer is worth: carried by situations, so that they can be ranked. */
  readonly valueMinor: number;
}

/** Lifetime value; `standings` is null where the agreements did not move and their published totals still hold. */
export function decideValue(
  previous: LtvTotals | null,
  sides: {
    readonly before: CustomerState | undefined;
    readonly after: CustomerState;
    readonly standings: readonly Standing[] | null;
    readonly currency: string;
  },
): { totals: LtvTotals | null; change: ScoreDecision | null } {
  const { before, after, standings, currency } = sides;
  const isEmpty = after.agreements.length === 0 && transactionsOf(after.payments) === 0;
  if (isEmpty) return { totals: previous, change: null };
  const { paidMinor, otherPaidMinor } = after.payments;
  const totals: LtvTotals =
    standings === null && previous !== null
      ? { ...previous, paidMinor, otherPaidMinor }
      : ltvTotalsOf(standings ?? [], after.payments);
  const change = decideLtv({
    before: { totals: previous, agreements: before?.agreements ?? [] },
    after: { totals, agreements: after.agreements },
    currency,
  });
  return { totals: change === null ? previous : totals, change };
}

/** Raw RFM values, and the next day on which the year's window moves them (S27). */
export function decidePayments(
  previous: Published,
  payments: PaymentsState,
  today: number,
): { rfm: RfmParts | null; changes: readonly Decision[]; nextDay: number | null } {
  const parts = rfmPartsOf(payments, today);
  const change = decideRfm(previous.rfm, parts);
  const nextDay = nextRfmDay(payments, today);
  return change === null
    ? { rfm: previous.rfm, changes: [], nextDay }
    : { rfm: parts, changes: [change], nextDay };
}

/** What is published of the agreements, and the next day on which that may change with no new event. */
export interface AgreementsDecision {
  readonly complexity: Complexity | null;
  readonly crossSell: CrossSellCode | null;
  readonly notices: readonly RenewalNotice[];
  readonly scores: readonly ScoreDecision[];
  readonly situations: readonly SituationChange[];
  readonly nextDay: number | null;
}

/** Everything that follows from the agreements as they stand: complexity, cross-sell, renewals. */
export function decideAgreements(
  previous: Published,
  standings: readonly Standing[],
  worth: Worth,
): AgreementsDecision {
  const complexity = complexityOf(standings);
  const complexityChange = decideComplexity(previous.complexity, complexity);
  const crossSell = crossSellOf(standings);
  const crossSellChange = decideCrossSell(previous.crossSell, crossSell, {
    valueMinor: worth.valueMinor,
    currency: worth.currency,
    hasActiveMsa: standings.some(
      ({ agreement, status }) => agreement.terms.agreementType === 'MSA' && isActiveStatus(status),
    ),
  });
  const renewals = decideRenewals(previous.notices, standings, worth);
  return {
    complexity: complexityChange === null ? previous.complexity : complexity,
    crossSell: crossSell?.code ?? null,
    notices: renewals.notices,
    scores: complexityChange === null ? [] : [complexityChange],
    situations: crossSellChange === null ? renewals.situations : [crossSellChange, ...renewals.situations],
    nextDay: nextAgreementDay(standings, worth.today),
  };
}

function nextAgreementDay(standings: readonly Standing[], today: number): number | null {
  let next: number | null = null;
  for (const { agreement, status } of standings) {
    const standing = nextStandingDay(agreement.terms, today);
    const renewal = isActiveStatus(status) ? nextRenewalDay(agreement.terms, today) : null;
    for (const day of [standing, renewal]) {
      if (day !== null && (next === null || day < next)) next = day;
    }
  }
  return next;
}

/** Health and at-risk, and the next day on which a signal may read differently (S94, S62). */
export function decideHealthOf(
  previous: Published,
  signals: SignalState,
  moment: Worth & { readonly feeds: FeedStatuses },
): { published: PublishedHealth | null; changes: readonly Decision[]; nextDay: number | null } {
  const { today, feeds, valueMinor, currency } = moment;
  const score = scoreHealth(signals, { today, feeds });
  const { change, situations, published } = decideHealth(previous.health, score, { valueMinor, currency });
  const changes: readonly Decision[] = change === null ? situations : [change, ...situations];
  return { published, changes, nextDay: nextSignalDay(signals, today) };
}
