import type { MissingSignal } from '@bellwether/events';
import { opportunitySummaryOf } from '../../opportunities/opportunity-summary.ts';
import { accountSinceOf } from '../../relationship/account-since.ts';
import { HORIZON_DAYS } from '../../signals/state.ts';
import { monthStartOf } from '../../value/month.ts';
import { mrrOn } from '../../value/mrr.ts';
import { isInPipeline, predictedRevenueV1, predictedRevenueV2 } from '../../value/predicted-revenue.ts';
import { hasStoodSince } from '../../value/recurring-payments.ts';
import type { Scene } from './part.ts';

/** What a customer is predicted to bring in six months, by both variants, and what that is made of (S67, D24). */
export function predictedOf({ after, context, published }: Scene) {
  const { day: today, findings } = context;
  const { agreements, recurring, opportunities, payments } = after;
  const summary = opportunitySummaryOf(opportunities, today);
  const [wonMinor, pipelineMinor] = [summary.won.amountMinor, summary.open.amountMinor];
  const { mrrMinor } = mrrOn({ agreements, recurring }, today);
  const hasRevenue = isRecurring({ after, context });
  const churn = published.churn?.valueBasisPoints ?? null;
  const healthHundredths = published.health?.valueHundredths ?? null;
  const winRates = findings?.revenue?.winRates ?? null;
  const v2 = predictedRevenueV2({
    payments,
    opportunities,
    mrrMinor: mrrMinor ?? 0,
    retentionBasisPoints: churn === null ? null : 10_000 - churn,
    winRates,
    sinceDay: accountSinceOf(after).day,
    today: monthStartOf(today),
  });
  const missing: MissingSignal[] = [];
  if (v2 !== null && winRates === null && opportunities.some(isInPipeline))
    missing.push({ signal: 'win-rates', why: 'no-data' });
  return {
    predictedMinor: predictedRevenueV1(healthHundredths, { wonMinor, pipelineMinor }),
    predictedV2Minor: v2?.totalMinor ?? null,
    predictedV2PipelineMinor: v2?.pipelineMinor ?? null,
    mrrMinor: hasRevenue ? mrrMinor : null,
    mrrMonthStartMinor: hasRevenue ? mrrOn({ agreements, recurring }, monthStartOf(today)).mrrMinor : null,
    wonMinor,
    pipelineMinor,
    missing,
  };
}

/** Agreements are known, or payments for a period that stood within the horizon: else no MRR is, not even 0. */
export function isRecurring({
  after: { agreements, recurring },
  context: { day },
}: Pick<Scene, 'after' | 'context'>): boolean {
  return agreements.length > 0 || hasStoodSince(recurring, day - HORIZON_DAYS + 1);
}
