import type { MissingSignal } from '@bellwether/events';
import { isActiveStatus, lastDayOf, type Standing } from '../../agreements/agreement-status.ts';
import { nextTurn } from '../../opportunities/next-turn.ts';
import { nextOpportunityDay } from '../../opportunities/opportunity-summary.ts';
import type { RenewableAgreement } from '../../predictive/predicted-renewals.ts';
import { predictedValueOf } from '../../predictive/predicted-value.ts';
import { isRefused } from '../../predictive/prediction.ts';
import { accountSinceOf } from '../../relationship/account-since.ts';
import { otherPurchasesOf } from '../../rfm/payments-state.ts';
import { HORIZON_DAYS } from '../../signals/state.ts';
import {
  decideRevenue,
  type Revenue,
  type RevenueFigures,
  revenueValueOf,
} from '../../value/decide-revenue.ts';
import { monthStartOf, nextMonthStartOf } from '../../value/month.ts';
import { nextMrrDay } from '../../value/mrr.ts';
import { periodDays, standsUntil } from '../../value/recurring-payments.ts';
import { nextTimeToValueDay, timeToValueOf } from '../../value/time-to-value.ts';
import { nextVelocityDay, velocityOf } from '../../value/velocity.ts';
import { isSpoilt } from './is-spoilt.ts';
import type { Part, Scene } from './part.ts';
import { isRecurring, predictedOf } from './predicted-of.ts';

/** What the customer brings in, and is expected to (S26, S67, S109, S112, N10). */
export const revenuePart: Part<'revenue'> = {
  reads: ['firstEventDay', 'agreements', 'payments', 'opportunities', 'recurring', 'valueMoments', 'profile'],
  asks: ['feeds', 'predictive'],
  movesWith: (before, { after }) =>
    before.signals.activity.firstDay !== after.signals.activity.firstDay ||
    before.signals.goals.length !== after.signals.goals.length,
  follows: ['health', 'churn'],
  decide: (previous, scene) => {
    const { change, published } = decideRevenue(previous, revenueOf(scene), scene.context.settings.currency);
    // What it reads itself has not moved: nor have the days on which that may differ.
    const nextDay = scene.isOwnMove ? nextDayOf(scene) : scene.nextDay('revenue');
    return { published, changes: change === null ? [] : [change], nextDay };
  },
  scoreOf: (revenue) => (revenue === null ? null : revenueValueOf(revenue)),
};

function revenueOf(scene: Scene): Revenue {
  const { missing, monthlyMinor, growthBasisPoints } = velocityOf(velocityInput(scene));
  const { missing: missingInPrediction, ...predicted } = predictedOf(scene);
  const figures = {
    ...predicted,
    velocityMinor: monthlyMinor,
    velocityGrowthBasisPoints: growthBasisPoints,
    ...expectedOf(scene),
    ...valueTimesOf(scene),
  };
  return {
    figures: inOrder(figures),
    missing: [...missing, ...scoresMissing(scene), ...missingInPrediction],
  };
}

/** Always in one order, so that equal figures make equal bytes. */
function inOrder(figures: RevenueFigures): RevenueFigures {
  return Object.fromEntries(
    Object.entries(figures).sort(([a], [b]) => (a < b ? -1 : 1)),
  ) as unknown as RevenueFigures;
}

/**
 * Predictions are made of health, churn and agreements: what a silent feed took from these is missing from them, too
 * (N2).
 */
function scoresMissing({ published: { health, churn }, after, context }: Scene): readonly MissingSignal[] {
  const missing: MissingSignal[] = [];
  if (isSpoilt(health)) missing.push({ signal: 'health', why: 'feed-stale' });
  else if (health === null || health.valueHundredths === null)
    missing.push({ signal: 'health', why: 'no-data' });
  if (isSpoilt(churn)) missing.push({ signal: 'churn', why: 'feed-stale' });
  if (after.agreements.length > 0 && context.feeds.agreement?.status === 'stale')
    missing.push({ signal: 'agreement', why: 'feed-stale' });
  return missing;
}

function velocityInput({ after, context }: Scene) {
  const { payments, opportunities } = after;
  const { day: today, feeds } = context;
  return { payments, opportunities, sinceDay: accountSinceOf(after).day, today, feeds };
}

/**
 * What models fitted to the tenant's customers expect of this one, as of the first day of the month with everything
 * that is known: what is expected fades day by day, which nobody needs to be told daily.
 */
function expectedOf(scene: Scene) {
  const { day: today, findings } = scene.context;
  const { spend, renewals } = predictedValueOf({
    fit: findings?.predictive ?? null,
    purchases: otherPurchasesOf(scene.after.payments),
    agreements: renewableOf(scene.standings()),
    today: monthStartOf(today),
  });
  const spent = spend === null || isRefused(spend) ? null : spend;
  const renewed = renewals === null || isRefused(renewals) ? null : renewals;
  return {
    spend365Minor: spent?.valueMinor ?? null,
    spend365LowMinor: spent?.lowMinor ?? null,
    spend365HighMinor: spent?.highMinor ?? null,
    renewals365Minor: renewed?.valueMinor ?? null,
  };
}

/** Active agreements with a value, a first and a last day. */
function renewableOf(standings: readonly Standing[]): readonly RenewableAgreement[] {
  return standings.flatMap(({ agreement, status }) => {
    const { terms, amendments, agreementId } = agreement;
    const lastDay = lastDayOf(terms);
    const { startDay, valueMinor } = terms;
    if (!isActiveStatus(status) || lastDay === null || startDay === null || valueMinor === null) return [];
    const spanDays = lastDay - startDay + 1;
    if (spanDays < 1) return [];
    const renewalsSurvived = amendments.filter(({ kind }) => kind === 'renewed').length;
    const termDays = termDaysOf(terms.renewalTermMonths, spanDays / (renewalsSurvived + 1));
    // What was contracted so far is spread over the days it was contracted for.
    const termValueMinor = Math.round((valueMinor * termDays) / spanDays);
    return [{ agreementId, termValueMinor, termDays, renewalsSurvived, nextTermDay: lastDay + 1 }];
  });
}

function termDaysOf(renewalTermMonths: number | null, meanTermDays: number): number {
  const isTold = renewalTermMonths !== null && renewalTermMonths > 0;
  return Math.max(1, isTold ? periodDays(renewalTermMonths) : Math.round(meanTermDays));
}

function valueTimesOf(scene: Scene) {
  const { fromFirstUseDays, fromStartDays } = timeToValueOf(timeInput(scene));
  return { timeToValueFromFirstUseDays: fromFirstUseDays, timeToValueFromStartDays: fromStartDays };
}

function timeInput({ after, context: { day, feeds } }: Scene) {
  const { valueMoments: moments, signals } = after;
  return {
    moments,
    firstUseDay: signals.activity.firstDay,
    startDay: accountSinceOf(after).day,
    isHeard: feeds.goal?.status === 'fresh' && signals.goals.length > 0,
    today: day,
  };
}

function nextDayOf(scene: Scene): number | null {
  const { after, context } = scene;
  const { day: today } = context;
  const { agreements, recurring, payments, opportunities } = after;
  const hasRevenue = isRecurring(scene);
  const isPredicted = context.findings !== null && otherPurchasesOf(payments).transactions > 0;
  return nextTurn(
    [
      nextVelocityDay(velocityInput(scene)),
      nextMrrDay({ agreements, recurring }, today),
      nextOpportunityDay(opportunities, today),
      nextTimeToValueDay(timeInput(scene)),
      hasRevenue || isPredicted || payments.tiles.length > 0 ? nextMonthStartOf(today) : null,
      ...renewableOf(scene.standings()).map(({ nextTermDay }) => nextTermDay),
      ...recurring.map((payment) => standsUntil(payment) + HORIZON_DAYS),
    ],
    today,
  );
}
