import type { FeedStatuses, MissingSignal } from '@bellwether/events';
import { nextTurn } from '../opportunities/next-turn.ts';
import type { Contact } from '../signals/state.ts';
import { isLater } from '../signals/written.ts';
import { basisPointsOf } from '../statistics/exact.ts';
import type { EngagementLevel, EngagementList } from './engagement-list.ts';
import { type RoleGroup, roleGroupOf } from './role-groups.ts';

export const STAKEHOLDER_WINDOW_DAYS = 90;
const EXECUTIVE_WINDOW_DAYS = 365;

/** The people of a customer (S33, S60, S65). */
export interface Stakeholders {
  /** People who are there; null: nobody was ever told of. */
  readonly there: number | null;
  /** Of them, those with an e-mail address. */
  readonly withEmail: number | null;
  /**
   * Their share of those of whom it was told whether they have one (S65), basis points; null: of nobody. A source that
   * never tells is not taken for one whose people have none.
   */
  readonly withEmailBasisPoints: number | null;
  /** Of them, those of whom something was heard in the last 90 days; null: nobody is known, or the feed is silent. */
  readonly active: number | null;
  /** Active people by the group of their role; groups without anybody are left out. */
  readonly activeByRole: { readonly [G in RoleGroup]?: number };
  /** People who are there less those who were there 90 days ago; null: nobody is known, or the feed is silent. */
  readonly trend: number | null;
  /** Meetings and reviews of the last 90 days by the level of who was met; null: the feed is silent or never was. */
  readonly meetings: { readonly [L in EngagementLevel]: number } | null;
  /** Most people at one of them; null: none says, or the feed is silent. */
  readonly mostAttendees: number | null;
  /**
   * The last day, of the last 365, on which somebody of the C level was met (S36); null: nobody is known to have
   * been.
   */
  readonly lastExecutiveDay: number | null;
  readonly missing: readonly MissingSignal[];
}

/** Whom the customer's people are, and whom of them one meets (S33, S60). */
export function stakeholdersOf(
  contacts: readonly Contact[],
  list: EngagementList,
  { today, feeds }: { readonly today: number; readonly feeds: FeedStatuses },
): Stakeholders {
  const isHeard = feeds.contact?.status !== 'stale' && contacts.length > 0;
  const there = contacts.filter((contact) => isThere(contact, today));
  const before = contacts.filter((contact) => isThere(contact, today - STAKEHOLDER_WINDOW_DAYS));
  const active = there.filter(({ day }) => day > today - STAKEHOLDER_WINDOW_DAYS);
  const activeByRole: { [G in RoleGroup]?: number } = {};
  for (const { role } of isHeard ? active : []) {
    const group = roleGroupOf(role?.[0]);
    activeByRole[group] = (activeByRole[group] ?? 0) + 1;
  }
  const isKnown = contacts.length > 0;
  const toldOf = there.filter(({ hasEmail }) => hasEmail !== undefined);
  const withEmail = toldOf.filter(({ hasEmail }) => hasEmail?.[0] === true).length;
  return {
    there: isKnown ? there.length : null,
    withEmail: isKnown ? withEmail : null,
    withEmailBasisPoints: basisPointsOf(BigInt(withEmail), BigInt(toldOf.length)),
    active: isHeard ? active.length : null,
    activeByRole,
    trend: isHeard ? there.length - before.length : null,
    ...meetingsOf(list, { today, feeds }),
    missing: isHeard ? [] : [{ signal: 'stakeholders', why: whyUnheard(contacts, feeds) }],
  };
}

/**
 * Whether a person is there on a day: told of by then, and not gone, or come back since. Of several departures only the
 * last is known.
 */
export function isThere({ firstDay, created, left }: Contact, day: number): boolean {
  if (firstDay > day) return false;
  if (left === null || left.day > day) return true;
  return created !== null && created.day <= day && isLater(created, left);
}

function whyUnheard(contacts: readonly Contact[], feeds: FeedStatuses): MissingSignal['why'] {
  if (contacts.length > 0) return 'feed-stale';
  return feeds.contact === undefined ? 'feed-absent' : 'no-data';
}

function meetingsOf(
  { engagements }: EngagementList,
  { today, feeds }: { readonly today: number; readonly feeds: FeedStatuses },
): Pick<Stakeholders, 'meetings' | 'mostAttendees' | 'lastExecutiveDay'> {
  const meetings = { C: 0, VP: 0, other: 0 };
  let mostAttendees: number | null = null;
  let lastExecutiveDay: number | null = null;
  for (const { kind, heldDay, level, attendees } of engagements) {
    if (kind === 'outreach' || heldDay === undefined) continue;
    if (level === 'C' && heldDay > today - EXECUTIVE_WINDOW_DAYS)
      lastExecutiveDay = Math.max(heldDay, lastExecutiveDay ?? heldDay);
    if (heldDay <= today - STAKEHOLDER_WINDOW_DAYS) continue;
    meetings[level ?? 'other'] += 1;
    if (attendees !== undefined) mostAttendees = Math.max(attendees, mostAttendees ?? 0);
  }
  const isFresh = feeds.engagement?.status === 'fresh';
  return {
    meetings: isFresh ? meetings : null,
    mostAttendees: isFresh ? mostAttendees : null,
    lastExecutiveDay,
  };
}

/** First day after today on which somebody or a meeting leaves the window, comes or goes; null: never. */
export function nextStakeholderDay(
  contacts: readonly Contact[],
  { engagements }: EngagementList,
  today: number,
): number | null {
  const turns: (number | null)[] = [];
  for (const { day, firstDay, created, left } of contacts) {
    turns.push(day + STAKEHOLDER_WINDOW_DAYS);
    for (const turn of [firstDay, created?.day ?? null, left?.day ?? null]) {
      turns.push(turn, turn === null ? null : turn + STAKEHOLDER_WINDOW_DAYS);
    }
  }
  for (const { heldDay, level } of engagements) {
    if (heldDay === undefined) continue;
    turns.push(heldDay + STAKEHOLDER_WINDOW_DAYS, level === 'C' ? heldDay + EXECUTIVE_WINDOW_DAYS : null);
  }
  return nextTurn(turns, today);
}
