import type { CustomerEvent } from '@bellwether/events';
import { recomputeAccount } from './account.ts';
import { agreementsToday } from './agreement-terms.ts';
import { acceptedEvents, inOrderOfWriting, ofTypes } from './common.ts';
import type { OracleContext } from './context.ts';
import { isPromoter } from './lifecycle.ts';
import { recomputeOpportunities } from './opportunities.ts';
import { recomputeReviews } from './reviews.ts';

/** Of health as it stands. */
export interface HealthTold {
  /** Hundredths; null: not scorable, or spoilt by a feed that fell silent. */
  readonly health: number | null;
}

/**
 * Whether the customer is at risk (S62): from below 50 until 55; without a value as before.
 * @param held health with what went missing as it last was: silence alone neither raises nor clears (N2)
 */
export function recomputeAtRisk(health: number | null, held: number | null, was: boolean): boolean {
  if (health === null) return was;
  const [least, most] = [Math.min(health, held ?? health), Math.max(health, held ?? health)];
  return was ? least < 5_500 : most < 5_000;
}

/**
 * Whether an executive account is below the target of 70 (S50): until 75, or until it is another's business, which is
 * no enterprise account, or dedicated or recovered people's.
 */
export function recomputeBelowTarget(
  { health, held }: HealthTold & { readonly held: number | null },
  labels: Readonly<Record<string, string | null>>,
  { was, modelBefore }: { readonly was: boolean; readonly modelBefore: string | null },
): boolean {
  const { engagementModel: model = null, segment } = labels;
  const isOthers =
    segment === 'smb' || ['automated', 'dedicated', 'retention-and-recovery'].includes(model ?? '');
  if (was && isOthers) return false;
  if (health === null) return was;
  if (was) return Math.min(health, held ?? health) < 7_500;
  const isExecutive = model === 'executive' || (modelBefore === 'executive' && !isOthers);
  return isExecutive && Math.max(health, held ?? health) < 7_000;
}

/** Why more may be sold (S16, S70); null: no candidate. */
export function recomputeUpsell(
  all: readonly CustomerEvent[],
  { today, feeds }: OracleContext,
  { health, was }: HealthTold & { readonly was: string | null },
): string | null {
  const events = acceptedEvents(all);
  const running = agreementsToday(events, today).some(
    ({ status, agreementType, startDay, signedDay }) =>
      status === 'active' && agreementType !== 'MSA' && (startDay ?? signedDay ?? today) <= today - 180,
  );
  const isOffered = recomputeOpportunities(events).some(
    ({ kind, outcome }) => kind === 'upsell' && outcome === null,
  );
  if (!running || isOffered) return null;
  const [healthFrom, seatsFrom, featuresFrom] = was === null ? [8_000, 80, 6] : [7_500, 70, 4];
  if (health === null) return was;
  if (health < healthFrom) return null;
  const isHeard = feeds.activity?.status === 'fresh';
  const seats = isHeard ? seatPercent(events, today) : null;
  const features = isHeard ? featuresUsed(events, today) : null;
  if (seats === null && features === null) return was;
  // It is told once: what speaks for it may change while it stands.
  if (seats !== null && seats >= seatsFrom) return was ?? 'high-seat-use';
  return features !== null && features >= featuresFrom ? (was ?? 'high-adoption') : null;
}

function seatPercent(events: readonly CustomerEvent[], today: number): number | null {
  const reports = inOrderOfWriting(ofTypes(events, 'activity.usage-reported'));
  const active = reports.findLast(({ data }) => data.activeUsers !== undefined);
  const seats = reports.findLast(({ data }) => data.licensedSeats !== undefined)?.data.licensedSeats ?? 0;
  if (active === undefined || active.day <= today - 30 || seats === 0) return null;
  // To the nearest hundredth of a percent.
  return Math.round((10_000 * (active.data.activeUsers ?? 0)) / seats) / 100;
}

function featuresUsed(events: readonly CustomerEvent[], today: number): number | null {
  const used = ofTypes(events, 'activity.feature-used', 'activity.usage-reported').filter(
    ({ data }) => data.feature !== undefined,
  );
  if (used.length === 0) return null;
  return new Set(used.filter(({ day }) => day > today - 30).map(({ data }) => data.feature)).size;
}

/** Whether the customer may be asked for a reference (S70, S103). */
export function recomputeAdvocacy(
  events: readonly CustomerEvent[],
  { today, feeds }: OracleContext,
  { health, was }: HealthTold & { readonly was: boolean },
): boolean {
  const promoter = feeds.feedback?.status === 'fresh' ? isPromoter(events, today) : null;
  const healthy = health === null ? null : health >= (was ? 7_500 : 8_000);
  if (promoter === false || healthy === false) return false;
  return promoter === null || healthy === null ? was : true;
}

/** Platinum or Gold, and in its first 365 days (S84); one that is to come counts as new. */
export function recomputeFirstYear(
  events: readonly CustomerEvent[],
  { today }: OracleContext,
  valueTier: string | null,
): boolean {
  const isTier = valueTier === 'gold' || valueTier === 'platinum';
  return isTier && today - recomputeAccount(events).sinceDay <= 365;
}

/** The day of the review that a strategic account is due and that nobody scheduled (S20); null: none stands. */
export function recomputeQbrDue(
  events: readonly CustomerEvent[],
  { today, feeds }: OracleContext,
  { isStrategic, was }: { readonly isStrategic: boolean; readonly was: number | null },
): number | null {
  if (feeds.engagement?.status !== 'fresh') return was;
  const { sinceDay } = recomputeAccount(events);
  const { dueDay, basis } = recomputeReviews(events, { isStrategic, sinceDay });
  return isStrategic && basis === 'quarterly' && dueDay !== null && dueDay - 14 <= today ? dueDay : null;
}
