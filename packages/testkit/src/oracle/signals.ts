import type { CustomerEvent, Feed, FeedStatuses } from '@bellwether/events';
import { recomputeAgreements } from './agreements.ts';
import { distinctEvents, epochDay, groupedBy, inOrderOfWriting, ofTypes, sumOf } from './common.ts';

/** A signal's reading in its own unit, or why it is missing. */
export type OracleReading = number | 'feed-absent' | 'feed-stale' | 'no-data';

/** What the readings are taken from. */
interface Situation {
  readonly events: readonly CustomerEvent[];
  readonly today: number;
  readonly feeds: FeedStatuses;
}

const HOUR_MS = 3_600_000;
const tenth = (value: number) => Math.round(value * 10) / 10;

/** The thirteen health signals (S91-S93) of one customer, computed anew from all events. */
export function recomputeReadings(
  all: readonly CustomerEvent[],
  context: { readonly today: number; readonly feeds: FeedStatuses },
): Readonly<Record<string, OracleReading>> {
  const situation = { ...context, events: distinctEvents(all) };
  const isSilent = (feed: Feed) => context.feeds[feed]?.status === 'stale';
  /** Of a stopped feed nothing holds any more, whatever it told. */
  const heard = (feed: Feed, reading: OracleReading) =>
    typeof reading === 'number' && isSilent(feed) ? 'feed-stale' : reading;
  return {
    'login-frequency': loginFrequency(situation),
    'feature-adoption': featureAdoption(situation),
    'usage-trend': usageTrend(situation),
    'seat-use': seatUse(situation),
    'ticket-load': ticketLoad(situation),
    'response-time': hoursUntil(situation, 'ticket.responded'),
    'resolution-time': hoursUntil(situation, 'ticket.resolved'),
    csat: csat(situation),
    escalations: escalations(situation),
    'goals-met': heard('goal', goalsMet(situation)),
    'value-realised': heard('goal', valueRealised(situation)),
    'executive-sponsor': heard('contact', executiveSponsor(situation)),
    'active-agreements': heard('agreement', activeAgreements(situation)),
  };
}

/** Silence counts only while the feed is fresh and the customer was ever seen in it. */
function counted(
  { feeds }: Situation,
  feed: Feed,
  { isKnown, read }: { readonly isKnown: boolean; readonly read: () => OracleReading },
): OracleReading {
  const status = feeds[feed]?.status;
  if (status === undefined) return 'feed-absent';
  if (!isKnown) return 'no-data';
  return status === 'stale' ? 'feed-stale' : read();
}

/** What was told stays true without a fresh feed; when nothing was told, the feed says whether it could have been. */
const nothingTold = ({ feeds }: Situation, feed: Feed): OracleReading =>
  feeds[feed] === undefined ? 'feed-absent' : 'no-data';

function useOf({ events }: Situation) {
  const uses = ofTypes(events, 'activity.login', 'activity.feature-used', 'activity.usage-reported');
  return uses.map(({ day, data }) => ({
    day,
    count: 'count' in data ? (data.count ?? 1) : 1,
    feature: 'feature' in data ? data.feature : undefined,
  }));
}

function loginFrequency(situation: Situation): OracleReading {
  const days = new Set(useOf(situation).map(({ day }) => day));
  const recent = [...days].filter((day) => day > situation.today - 30).length;
  return counted(situation, 'activity', { isKnown: days.size > 0, read: () => Math.min(30, recent) });
}

function featureAdoption(situation: Situation): OracleReading {
  const uses = useOf(situation).filter(({ feature }) => feature !== undefined);
  const recent = uses.filter(({ day }) => day > situation.today - 30);
  const read = () => new Set(recent.map(({ feature }) => feature)).size;
  return counted(situation, 'activity', { isKnown: uses.length > 0, read });
}

function usageTrend(situation: Situation): OracleReading {
  const { today } = situation;
  const uses = useOf(situation);
  const between = (from: number, to: number) =>
    sumOf(uses.filter(({ day }) => day > from && day <= to).map(({ count }) => count));
  const read = () => {
    const recent = between(today - 30, Number.POSITIVE_INFINITY);
    const before = between(today - 60, today - 30);
    if (recent === 0) return -100;
    return before === 0 ? 100 : Math.min(100, tenth((100 * (recent - before)) / before));
  };
  return counted(situation, 'activity', { isKnown: uses.some(({ day }) => day <= today - 59), read });
}

/**
 * Days of use that are usual (N17): the median over the last six whole periods of 30 days (from epoch day 0) before the
 * window, as far as they lie after the first use; null for less than three of them, or less than one day.
 */
export function recomputeUsualLogins(all: readonly CustomerEvent[], today: number): number | null {
  const days = [...new Set(useOf({ events: distinctEvents(all), today, feeds: {} }).map(({ day }) => day))];
  if (days.length === 0) return null;
  const first = Math.min(...days);
  const counts: number[] = [];
  for (let period = Math.floor((today - 59) / 30); counts.length < 6 && period * 30 >= first; period -= 1)
    counts.push(days.filter((day) => Math.floor(day / 30) === period).length);
  if (counts.length < 3) return null;
  counts.sort((a, b) => a - b);
  const middle = counts.length / 2;
  const median = tenth(((counts[Math.ceil(middle) - 1] ?? 0) + (counts[Math.floor(middle)] ?? 0)) / 2);
  return median < 1 ? null : median;
}

function seatUse(situation: Situation): OracleReading {
  const reports = inOrderOfWriting(ofTypes(situation.events, 'activity.usage-reported'));
  const active = reports.findLast(({ data }) => data.activeUsers !== undefined);
  const licensed = reports.findLast(({ data }) => data.licensedSeats !== undefined);
  const read = () => {
    const seats = licensed?.data.licensedSeats ?? 0;
    if (seats === 0 || active === undefined || active.day <= situation.today - 30) return 'no-data';
    return tenth((100 * (active.data.activeUsers ?? 0)) / seats);
  };
  return counted(situation, 'activity', { isKnown: active !== undefined && licensed !== undefined, read });
}

function escalations(situation: Situation): OracleReading {
  const told = ofTypes(
    situation.events,
    'ticket.opened',
    'ticket.escalated',
    'ticket.responded',
    'ticket.resolved',
  );
  const last = new Map<string, { readonly time: number; readonly day: number }>();
  for (const { data, time, day } of ofTypes(situation.events, 'ticket.escalated')) {
    const known = last.get(data.ticketId);
    if (known === undefined || time > known.time) last.set(data.ticketId, { time, day });
  }
  const read = () => [...last.values()].filter(({ day }) => day > situation.today - 30).length;
  return counted(situation, 'ticket', { isKnown: told.length > 0, read });
}

/** Agreements last until the feed was heard last: what came after that nobody knows. */
function activeAgreements(situation: Situation): OracleReading {
  const { events, today, feeds } = situation;
  const heardDay = feeds.agreement?.status === 'stale' ? feeds.agreement.lastDay : today;
  const known = recomputeAgreements(events, heardDay).filter(({ status }) => status !== 'void');
  if (known.length === 0 || feeds.agreement === undefined) return nothingTold(situation, 'agreement');
  return known.filter(({ status }) => status === 'active' || status === 'upcoming').length;
}

function ticketsOf({ events }: Situation) {
  const told = ofTypes(events, 'ticket.opened', 'ticket.escalated', 'ticket.responded', 'ticket.resolved');
  return [...groupedBy(told, ({ data }) => data.ticketId).values()].map((facts) => {
    const inTime = [...facts].sort((a, b) => a.time - b.time);
    const severities = facts.flatMap(({ data }) => ('severity' in data ? [data.severity ?? 4] : []));
    return {
      opened: inTime.find(({ type }) => type === 'ticket.opened'),
      'ticket.responded': inTime.find(({ type }) => type === 'ticket.responded'),
      'ticket.resolved': inTime.findLast(({ type }) => type === 'ticket.resolved'),
      worst: Math.min(4, ...severities),
    };
  });
}

function ticketLoad(situation: Situation): OracleReading {
  const tickets = ticketsOf(situation);
  const recent = tickets.filter(({ opened }) => opened !== undefined && opened.day > situation.today - 30);
  const read = () => sumOf(recent.map(({ worst }) => 2 ** (4 - worst)));
  return counted(situation, 'ticket', { isKnown: tickets.length > 0, read });
}

function hoursUntil(situation: Situation, end: 'ticket.responded' | 'ticket.resolved'): OracleReading {
  const tickets = ticketsOf(situation);
  const times = tickets.flatMap((ticket) => {
    const [from, to] = [ticket.opened, ticket[end]];
    if (from === undefined || to === undefined || to.day <= situation.today - 90) return [];
    return [Math.max(0, to.time - from.time)];
  });
  const read = () => (times.length === 0 ? 'no-data' : tenth(sumOf(times) / times.length / HOUR_MS));
  return counted(situation, 'ticket', { isKnown: tickets.length > 0, read });
}

function csat(situation: Situation): OracleReading {
  const answers = ofTypes(situation.events, 'feedback.csat').filter(
    ({ data: { score, scaleMin, scaleMax } }) =>
      scaleMin < scaleMax && score >= scaleMin && score <= scaleMax,
  );
  const recent = answers.filter(({ day }) => day > situation.today - 90);
  const hundredths = recent.map(({ data: { score, scaleMin, scaleMax, highIsGood } }) => {
    const share = (score - scaleMin) / (scaleMax - scaleMin);
    return Math.round(10_000 * (highIsGood === false ? 1 - share : share));
  });
  const read = () => (recent.length === 0 ? 'no-data' : tenth(sumOf(hundredths) / recent.length / 100));
  return counted(situation, 'feedback', { isKnown: answers.length > 0, read });
}

function goalsOf({ events }: Situation) {
  const told = ofTypes(events, 'goal.set', 'goal.met', 'goal.value-realised');
  return [...groupedBy(told, ({ data }) => data.goalId).values()].map((facts) => {
    const inOrder = inOrderOfWriting(facts);
    const due = ofTypes(inOrder, 'goal.set').findLast(({ data }) => data.dueDate !== undefined);
    const plans = ofTypes(inOrder, 'goal.set', 'goal.value-realised');
    const actual = ofTypes(inOrder, 'goal.value-realised').findLast(({ data }) => data.actual !== undefined);
    return {
      isMet: facts.some(({ type }) => type === 'goal.met'),
      dueDay: due?.data.dueDate === undefined ? null : epochDay(due.data.dueDate),
      target: plans.findLast(({ data }) => data.target !== undefined)?.data.target ?? null,
      actual: actual === undefined ? null : { day: actual.day, value: actual.data.actual ?? 0 },
    };
  });
}

/** A goal is missed when its due date passed while the feed was heard; without that nobody knows. */
function goalsMet(situation: Situation): OracleReading {
  const { today, feeds } = situation;
  const goals = goalsOf(situation);
  const feed = feeds.goal;
  const heardUntil =
    feed === undefined ? Number.NEGATIVE_INFINITY : feed.status === 'fresh' ? today : feed.lastDay;
  const met = goals.filter(({ isMet }) => isMet).length;
  const open = goals.flatMap(({ isMet, dueDay }) => (isMet || dueDay === null ? [] : [dueDay]));
  const missed = open.filter((dueDay) => dueDay < heardUntil).length;
  if (met + missed > 0) return tenth((100 * met) / (met + missed));
  if (feed !== undefined && open.some((dueDay) => dueDay < today)) return 'feed-stale';
  return nothingTold(situation, 'goal');
}

function valueRealised(situation: Situation): OracleReading {
  const shares = goalsOf(situation).flatMap(({ target, actual }) => {
    if (actual === null || actual.day <= situation.today - 365 || target === null || target === 0) return [];
    return [Math.round(1_000 * Math.min(1, Math.max(0, actual.value / target)))];
  });
  return shares.length === 0 ? nothingTold(situation, 'goal') : tenth(sumOf(shares) / shares.length / 10);
}

function executiveSponsor(situation: Situation): OracleReading {
  const told = ofTypes(situation.events, 'contact.created', 'contact.changed', 'contact.left');
  const contacts = [...groupedBy(told, ({ data }) => data.contactId).values()].map((facts) => {
    const inOrder = inOrderOfWriting(facts);
    const stated = ofTypes(inOrder, 'contact.created', 'contact.changed').filter(
      ({ data }) => data.isSponsor !== undefined,
    );
    const stays = inOrder.findLast(({ type }) => type !== 'contact.changed')?.type !== 'contact.left';
    return {
      wasSponsor: stated.some(({ data }) => data.isSponsor === true),
      isSponsor: stated.at(-1)?.data.isSponsor === true && stays,
    };
  });
  if (!contacts.some(({ wasSponsor }) => wasSponsor)) return nothingTold(situation, 'contact');
  return contacts.filter(({ isSponsor }) => isSponsor).length;
}
