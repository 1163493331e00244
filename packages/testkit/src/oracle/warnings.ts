import type { CustomerEvent } from '@bellwether/events';
import { recomputeAccount } from './account.ts';
import { acceptedEvents, groupedBy, latest, ofTypes, sumOf, whySilent } from './common.ts';
import type { OracleContext } from './context.ts';
import { type OraclePerson, recomputePeople, sponsorLostDay } from './people.ts';
import { recomputeReviews } from './reviews.ts';

/** What stood before, and what stands of tier and health. */
export interface StoodBefore {
  /** The code of each warning by its detector. */
  readonly warnings: Readonly<Record<string, string>>;
  readonly isStrategic: boolean;
  /** Platinum or Gold in its first year (S84). */
  readonly isFirstYear: boolean;
  /** Hundredths; null: not scorable, or spoilt by a silent feed. */
  readonly health: number | null;
  /** Health with what went missing as it last was; null: nothing did. */
  readonly heldHealth: number | null;
}

/** The early warning signs that stand (S43, S101, D15, S84), each with its code; what cannot be known is as before. */
export function recomputeWarnings(
  all: readonly CustomerEvent[],
  context: OracleContext,
  before: StoodBefore,
): Readonly<Record<string, string>> {
  const events = acceptedEvents(all);
  const signs: Readonly<Record<string, string | null | undefined>> = {
    'usage-decline': usageDecline(events, context, before.warnings['usage-decline'] !== undefined),
    'ticket-escalations': escalations(events, context, before.warnings['ticket-escalations'] !== undefined),
    'quarterly-review': quarterlyReview(events, context, before.isStrategic),
    'executive-turnover': turnover(events, context),
    'first-year-health': firstYearHealth(before),
  };
  const standing = Object.entries(signs).map(([name, sign]) => [
    name,
    sign === undefined ? before.warnings[name] : sign,
  ]);
  return Object.fromEntries(standing.filter(([, sign]) => sign !== null && sign !== undefined));
}

/** Undefined: not known; null: no sign. */
type Sign = string | null | undefined;

/** Begins below 60, ends at 65: 10 points above the thresholds of being at risk (S84). */
function firstYearHealth({ isFirstYear, health, heldHealth, warnings }: StoodBefore): Sign {
  if (!isFirstYear) return null;
  if (health === null) return undefined;
  const [least, most] = [Math.min(health, heldHealth ?? health), Math.max(health, heldHealth ?? health)];
  const isThere = warnings['first-year-health'] === undefined ? most < 6_000 : least < 6_500;
  return isThere ? 'first-year-health' : null;
}

function usageDecline(events: readonly CustomerEvent[], { today, feeds }: OracleContext, was: boolean): Sign {
  const uses = ofTypes(events, 'activity.login', 'activity.feature-used', 'activity.usage-reported').map(
    ({ day, data }) => ({ day, count: 'count' in data ? (data.count ?? 1) : 1 }),
  );
  const last = latest(uses.map(({ day }) => day));
  if (last === null) return undefined;
  const first = Math.min(...uses.map(({ day }) => day));
  const end = Math.max(last, today - 7);
  const windows: number[] = [];
  while (windows.length < 13 && end - 30 * windows.length - 29 >= first) {
    const to = end - 30 * windows.length;
    windows.push(sumOf(uses.filter(({ day }) => day > to - 30 && day <= to).map(({ count }) => count)));
  }
  const [recent = 0, month = 0, ...earlier] = windows;
  if (whySilent(feeds.activity, windows.length >= 2) !== undefined) return undefined;
  const sorted = [...earlier].sort((a, b) => a - b);
  const quiet = sorted.length < 6 ? month : (sorted[Math.ceil(sorted.length / 4) - 1] ?? month);
  const usual = Math.min(month, quiet);
  const hasFallen = recent <= 0.8 * usual && usual - recent >= 5;
  return hasFallen || (was && recent < 0.9 * usual) ? 'usage-decline' : null;
}

function escalations(events: readonly CustomerEvent[], { today, feeds }: OracleContext, was: boolean): Sign {
  const seen = events.some(({ type }) => type.startsWith('ticket.'));
  if (whySilent(feeds.ticket, seen) !== undefined) return undefined;
  const lastOfEach = [
    ...groupedBy(ofTypes(events, 'ticket.escalated'), ({ data }) => data.ticketId).values(),
  ].map((told) => [...told].sort((a, b) => a.time - b.time).at(-1)?.day ?? 0);
  const recent = lastOfEach.filter((day) => day > today - 30).length;
  return recent >= (was ? 1 : 2) ? 'ticket-escalations' : null;
}

function quarterlyReview(
  events: readonly CustomerEvent[],
  context: OracleContext,
  isStrategic: boolean,
): Sign {
  const { sinceDay } = recomputeAccount(events);
  const { isKnown, missedDay, dueDay } = recomputeReviews(events, { isStrategic, sinceDay });
  if (whySilent(context.feeds.engagement, isKnown) !== undefined) return undefined;
  if (missedDay !== null && context.today < missedDay + 182) return 'review-missed';
  return dueDay !== null && context.today > dueDay + 14 ? 'review-overdue' : null;
}

function turnover(events: readonly CustomerEvent[], { today, feeds }: OracleContext): Sign {
  const sponsors = recomputePeople(events).filter(({ wasSponsor }) => wasSponsor);
  if (whySilent(feeds.contact, sponsors.length > 0) !== undefined) return undefined;
  const lost = sponsors.filter((one) => (sponsorLostDay(one) ?? Number.NEGATIVE_INFINITY) > today - 90);
  if (lost.length === 0) return null;
  return lost.some(hasLeft) ? 'sponsor-left' : 'sponsor-changed';
}

/** Gone as a sponsor, whatever was tidied up afterwards; not back. */
function hasLeft({ sponsor, left, backDay }: OraclePerson): boolean {
  if (left === null || backDay !== null || sponsor === null) return false;
  return sponsor.is || sponsor.time > left.time;
}
