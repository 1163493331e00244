import type { CustomerEvent } from '@bellwether/events';
import { recomputeAccount } from './account.ts';
import { acceptedEvents, earliest, nearest, ofTypes, sumOf, type Why } from './common.ts';
import type { OracleContext } from './context.ts';
import { hasRecurring, recomputeMrr } from './mrr.ts';
import { recomputeOpportunities, wonBetween } from './opportunities.ts';
import { recomputeRenewals365 } from './predicted-renewals.ts';

/** What a customer brings in (S26, S67, S109, S112); money in minor units, null: not known. */
export interface OracleRevenue {
  readonly predictedMinor: number | null;
  readonly predictedV2Minor: number | null;
  /** Null: the tenant has no win rates, so that nothing of the pipeline is in it. */
  readonly predictedV2PipelineMinor: number | null;
  readonly mrrMinor: number | null;
  readonly mrrMonthStartMinor: number | null;
  readonly velocityMinor: number | null;
  readonly velocityGrowthBasisPoints: number | null;
  readonly wonMinor: number;
  readonly pipelineMinor: number;
  /** Expected of renewals in the 365 days from the first of the month on. */
  readonly renewals365Minor: number | null;
  readonly timeToValueFromFirstUseDays: number | null;
  readonly timeToValueFromStartDays: number | null;
}

const FOREVER = Number.POSITIVE_INFINITY;

/** Epoch day of the first of the month that a day is in. */
export function monthStart(day: number): number {
  const date = new Date(day * 86_400_000);
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth(), 1) / 86_400_000;
}

/**
 * The figures of revenue on a day.
 * @param told health in hundredths and churn in basis points, as they stand; null: not known
 */
export function recomputeRevenue(
  events: readonly CustomerEvent[],
  context: OracleContext,
  told: { readonly health: number | null; readonly churn: number | null },
): OracleRevenue {
  const { today, feeds } = context;
  const opportunities = recomputeOpportunities(events);
  const wonMinor = sumOf(
    opportunities.filter(({ outcome }) => outcome === 'won').map(({ amountMinor }) => amountMinor),
  );
  const pipelineMinor = sumOf(
    opportunities.filter(({ outcome }) => outcome === null).map(({ amountMinor }) => amountMinor),
  );
  const isKnown = hasRecurring(events, today);
  const mrr = recomputeMrr(events, today);
  const { health, churn } = told;
  const weighted = weightedPipeline(events, context);
  const figures = {
    predictedV2Minor:
      churn === null
        ? null
        : keptRevenue(events, { today, mrr: mrr ?? 0, stays: 10_000 - churn }) + (weighted ?? 0),
    predictedV2PipelineMinor: churn === null ? null : weighted,
    mrrMinor: isKnown ? mrr : null,
    mrrMonthStartMinor: isKnown ? recomputeMrr(events, monthStart(today)) : null,
    ...velocity(events, today, [feeds.payment?.status, feeds.opportunity?.status]),
    renewals365Minor: recomputeRenewals365(events, context, monthStart(today)),
    ...timeToValue(events),
  };
  return {
    ...figures,
    predictedMinor:
      health === null ? null : nearest(BigInt(health) * BigInt(wonMinor + pipelineMinor), 10_000),
    wonMinor,
    pipelineMinor,
  };
}

/** Whether some figure is known: what health makes of nothing won is none. */
export function isRevenueKnown({
  predictedMinor: _,
  wonMinor,
  pipelineMinor,
  ...figures
}: OracleRevenue): boolean {
  return wonMinor + pipelineMinor > 0 || Object.values(figures).some((figure) => figure !== null);
}

/** The feeds that velocity had to do without. */
export function velocityMissing({ feeds }: OracleContext): readonly (readonly [string, Why])[] {
  return (['payment', 'opportunity'] as const).flatMap((feed) => {
    const status = feeds[feed]?.status;
    if (status === 'fresh') return [];
    return [[feed, status === undefined ? 'feed-absent' : 'feed-stale'] as const];
  });
}

/** What predictions had to do without: of the scores that they are made of, and of the tenant's win rates (N2, S67). */
export function predictionMissing(
  events: readonly CustomerEvent[],
  { feeds, findings }: OracleContext,
  told: { readonly health: number | null; readonly churn: number | null } & {
    readonly isHealthSilent: boolean;
    readonly isChurnSilent: boolean;
  },
): Readonly<Record<string, Why>> {
  const missing: Record<string, Why> = {};
  if (told.isHealthSilent) missing.health = 'feed-stale';
  else if (told.health === null) missing.health = 'no-data';
  if (told.isChurnSilent) missing.churn = 'feed-stale';
  const hasAgreements = events.some(({ type }) => type.startsWith('agreement.'));
  if (hasAgreements && feeds.agreement?.status === 'stale') missing.agreement = 'feed-stale';
  const isLeftOut = (findings?.revenue?.winRates ?? null) === null && pipelineOf(events).length > 0;
  if (told.churn !== null && isLeftOut) missing['win-rates'] = 'no-data';
  return missing;
}

/** Open opportunities that would bring something new, with an amount. */
function pipelineOf(events: readonly CustomerEvent[]) {
  return recomputeOpportunities(events).filter(
    ({ outcome, kind, isAmountTold }) => outcome === null && kind !== 'renewal' && isAmountTold,
  );
}

/** The pipeline by how often its kinds are won; null: no rates are known. */
function weightedPipeline(events: readonly CustomerEvent[], { findings }: OracleContext): number | null {
  const rates = findings?.revenue?.winRates ?? null;
  if (rates === null) return null;
  const shares = pipelineOf(events).map(
    ({ kind, amountMinor }) =>
      BigInt(amountMinor) * BigInt(kind === null ? rates.overallBasisPoints : rates.byKind[kind]),
  );
  return nearest(
    shares.reduce((sum, one) => sum + one, 0n),
    10_000,
  );
}

function paidBetween(events: readonly CustomerEvent[], from: number, to: number): number {
  const payments = ofTypes(acceptedEvents(events), 'payment.paid');
  return sumOf(payments.filter(({ day }) => day >= from && day <= to).map(({ data }) => data.amountMinor));
}

/** Steady revenue times the probability to stay; what is paid in half a year is that of the month's first day. */
function keptRevenue(
  events: readonly CustomerEvent[],
  { today, mrr, stays }: { readonly today: number; readonly mrr: number; readonly stays: number },
): number {
  const start = monthStart(today);
  const days = Math.min(365, start - recomputeAccount(events).sinceDay + 1);
  const paid = days < 90 ? 0 : paidBetween(events, start - days + 1, FOREVER);
  const halfYear = days < 90 ? 0 : nearest(BigInt(paid) * 365n, 2 * days);
  return nearest(BigInt(Math.max(6 * mrr, halfYear)) * BigInt(stays), 10_000);
}

function velocity(events: readonly CustomerEvent[], today: number, feeds: readonly (string | undefined)[]) {
  const none = { velocityMinor: null, velocityGrowthBasisPoints: null };
  const age = today - recomputeAccount(events).sinceDay;
  if (age < 90 || feeds.includes('stale') || feeds.every((status) => status === undefined)) return none;
  const opportunities = recomputeOpportunities(events);
  const came = (from: number, to: number) =>
    paidBetween(events, from, to) + wonBetween(opportunities, from, to);
  const now = came(today - 89, FOREVER);
  const before = came(today - 179, today - 90);
  return {
    velocityMinor: nearest(now, 3),
    velocityGrowthBasisPoints:
      age < 180 || before === 0 ? null : nearest(BigInt(now - before) * 10_000n, before),
  };
}

function timeToValue(events: readonly CustomerEvent[]) {
  const accepted = acceptedEvents(events);
  const reports = ofTypes(accepted, 'goal.value-realised');
  const isRealised = ({ data: { actual, firstMeaningfulUse } }: (typeof reports)[number]) =>
    actual === undefined ? firstMeaningfulUse !== true : actual > 0;
  const realised = earliest(reports.filter(isRealised).map(({ day }) => day));
  const named = reports.filter(({ data }) => data.firstMeaningfulUse === true).map(({ day }) => day);
  const uses = ofTypes(accepted, 'activity.login', 'activity.feature-used', 'activity.usage-reported');
  const since = (from: number | null) =>
    from === null || realised === null || realised < from ? null : realised - from;
  return {
    timeToValueFromFirstUseDays: since(earliest(named) ?? earliest(uses.map(({ day }) => day))),
    timeToValueFromStartDays: since(recomputeAccount(events).sinceDay),
  };
}
