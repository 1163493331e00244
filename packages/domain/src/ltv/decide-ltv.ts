import type { FeedStatuses, MissingSignal, Reason, ScoreDecision } from '@bellwether/events';
import type { AgreementList, AgreementState } from '../agreements/agreement-state.ts';
import { contractedValueOf, isActiveStatus, type Standing } from '../agreements/agreement-status.ts';
import { isSameMissing } from '../feeds/same-missing.ts';
import { formatMinor } from '../money/format-minor.ts';
import type { PaymentsState } from '../rfm/payments-state.ts';

/** What a customer is worth, in minor units (S1, S2, D23). */
export interface LtvTotals {
  /** All agreements that are not void, ended ones too, at their latest value. */
  readonly contractedMinor: number;
  readonly activeMinor: number;
  /** All payments, under agreements or not. */
  readonly paidMinor: number;
  /** Payments under no agreement. */
  readonly otherPaidMinor: number;
  readonly agreements: number;
  readonly activeAgreements: number;
  /** What it is made of and a silent feed may have changed (N2); absent: nothing. */
  readonly missing?: readonly MissingSignal[];
}

/** The totals as parts of the score. */
export function ltvPartsOf({ missing: _missing, ...totals }: LtvTotals): ScoreDecision['parts'] {
  return totals;
}

/** The totals with what silent feeds leave open: agreements and payments, where the customer has any. */
export function withSilence(totals: LtvTotals, feeds: FeedStatuses): LtvTotals {
  const missing: MissingSignal[] = [];
  if (totals.agreements > 0 && feeds.agreement?.status === 'stale')
    missing.push({ signal: 'agreements', why: 'feed-stale' });
  if (totals.paidMinor !== 0 && feeds.payment?.status === 'stale')
    missing.push({ signal: 'payments', why: 'feed-stale' });
  return missing.length === 0 ? totals : { ...totals, missing };
}

/** The headline: contracted value plus what was paid under no agreement (so that nothing is counted twice). */
export function ltvValueOf(totals: LtvTotals): number {
  return totals.contractedMinor + totals.otherPaidMinor;
}

/** Totals over the agreements as they stand and the payments. */
export function ltvTotalsOf(standings: readonly Standing[], payments: PaymentsState): LtvTotals {
  let contractedMinor = 0;
  let activeMinor = 0;
  let agreements = 0;
  let activeAgreements = 0;
  for (const { agreement, status } of standings) {
    if (status === 'void') continue;
    const valueMinor = contractedValueOf(agreement);
    contractedMinor += valueMinor;
    agreements += 1;
    if (!isActiveStatus(status)) continue;
    activeMinor += valueMinor;
    activeAgreements += 1;
  }
  const { paidMinor, otherPaidMinor } = payments;
  return { contractedMinor, activeMinor, paidMinor, otherPaidMinor, agreements, activeAgreements };
}

/** Totals together with the agreements they were made from. */
export interface LtvSide<Totals> {
  readonly totals: Totals;
  readonly agreements: AgreementList;
}

/** The two sides that a change of lifetime value is told between. */
export interface LtvDecision {
  /** What was published last, with the agreements it was made from. */
  readonly before: LtvSide<LtvTotals | null>;
  readonly after: LtvSide<LtvTotals>;
  readonly currency: string;
}

/**
 * `score.ltv.changed` when the value or any part differs from what was published last (an end date that passes moves
 * only parts). The reasons, one per agreement whose value moved and one for payments, sum exactly to the delta, or to
 * the value when there is no previous one (N1).
 */
export function decideLtv({ before, after, currency }: LtvDecision): ScoreDecision | null {
  if (before.totals !== null && isSame(before.totals, after.totals)) return null;
  const value = ltvValueOf(after.totals);
  const previous = before.totals === null ? null : ltvValueOf(before.totals);
  return {
    type: 'score.ltv.changed',
    score: 'ltv',
    unit: 'minor',
    currency,
    value,
    previous,
    delta: previous === null ? null : value - previous,
    band: null,
    previousBand: null,
    parts: ltvPartsOf(after.totals),
    reasons: reasonsOf({ before, after, currency }),
    ...(after.totals.missing === undefined ? {} : { missing: after.totals.missing }),
  };
}

function isSame(a: LtvTotals, b: LtvTotals): boolean {
  return (
    a.contractedMinor === b.contractedMinor &&
    a.activeMinor === b.activeMinor &&
    a.paidMinor === b.paidMinor &&
    a.otherPaidMinor === b.otherPaidMinor &&
    a.agreements === b.agreements &&
    a.activeAgreements === b.activeAgreements &&
    isSameMissing(a.missing ?? [], b.missing ?? [])
  );
}

function reasonsOf({ before, after, currency }: LtvDecision): readonly Reason[] {
  const old = before.totals === null ? [] : before.agreements;
  const reasons = old === after.agreements ? [] : agreementReasons(old, after.agreements, currency);
  const paidBefore = before.totals?.otherPaidMinor ?? 0;
  const contribution = after.totals.otherPaidMinor - paidBefore;
  if (contribution !== 0) {
    const text = `payments outside agreements add up to ${formatMinor(after.totals.otherPaidMinor, currency)}`;
    reasons.push({
      signal: 'payments',
      contribution,
      before: paidBefore,
      after: after.totals.otherPaidMinor,
      text,
    });
  }
  return reasons;
}

/** Walks two lists sorted by id side by side. Agreements go away only with a customer that is split off (N23). */
function agreementReasons(old: AgreementList, now: AgreementList, currency: string): Reason[] {
  const reasons: Reason[] = [];
  let oldIndex = 0;
  const goneBefore = (agreementId: string | null): void => {
    for (let gone = old[oldIndex]; gone !== undefined; gone = old[++oldIndex]) {
      if (agreementId !== null && gone.agreementId >= agreementId) return;
      reasons.push(...goneReason(gone, currency));
    }
  };
  for (const agreement of now) {
    goneBefore(agreement.agreementId);
    const earlier = old[oldIndex]?.agreementId === agreement.agreementId ? old[oldIndex++] : undefined;
    if (earlier === agreement) continue;
    const before = earlier === undefined ? null : contractedValueOf(earlier);
    const after = contractedValueOf(agreement);
    const contribution = after - (before ?? 0);
    if (contribution === 0) continue;
    const text = agreementText(agreement, { contribution, currency, isNew: earlier === undefined });
    reasons.push({ signal: `agreement:${agreement.agreementId}`, contribution, before, after, text });
  }
  goneBefore(null);
  return reasons;
}

function goneReason(gone: AgreementState, currency: string): readonly Reason[] {
  const before = contractedValueOf(gone);
  if (before === 0) return [];
  const what = `${gone.terms.agreementType ?? 'agreement'} ${gone.agreementId}`;
  const text = `${what} takes ${formatMinor(before, currency)} with it`;
  return [{ signal: `agreement:${gone.agreementId}`, contribution: -before, before, after: null, text }];
}

function agreementText(
  { agreementId, terms }: AgreementState,
  { contribution, currency, isNew }: { contribution: number; currency: string; isNew: boolean },
): string {
  const what = `${terms.agreementType ?? 'agreement'} ${agreementId}`;
  const worth = formatMinor(terms.isVoid ? 0 : (terms.valueMinor ?? 0), currency);
  if (isNew) return `${what} adds ${worth}`;
  const moved = `${formatMinor(Math.abs(contribution), currency)} ${contribution > 0 ? 'more' : 'less'} than before`;
  return `${what} is worth ${worth}, ${moved}`;
}
