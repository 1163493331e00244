import type { CustomerEvent } from '@bellwether/events';
import { recomputeAccount } from './account.ts';
import { agreementsOn, agreementsToday, type OracleTerms } from './agreement-terms.ts';
import {
  acceptedEvents,
  groupedBy,
  inOrderOfWriting,
  latest,
  ofTypes,
  satisfactionHundredths,
  sumOf,
  type Why,
  whySilent,
} from './common.ts';
import type { OracleContext } from './context.ts';
import { recomputePeople, sponsorLostDay } from './people.ts';
import { recomputeReadings } from './signals.ts';

/** A reading in the signal's own unit, or why it is missing; null: it does not apply to this customer. */
export type ChurnReading = number | Why | null;

interface Situation {
  readonly events: readonly CustomerEvent[];
  readonly context: OracleContext;
  readonly agreements: readonly OracleTerms[];
}

/** What counts as active: in force or signed. */
export const isActive = ({ status }: OracleTerms) => status === 'active' || status === 'upcoming';

/**
 * The twelve signals of churn (S29, D8).
 * @param health as it stands, in hundredths; null: not scorable
 */
export function recomputeChurnReadings(
  all: readonly CustomerEvent[],
  context: OracleContext,
  health: number | null,
): Readonly<Record<string, ChurnReading>> {
  const events = acceptedEvents(all);
  const agreements = agreementsToday(events, context.today).filter(({ status }) => status !== 'void');
  const situation = { events, context, agreements };
  const hasAgreements = agreements.length > 0;
  const active = agreements.filter(isActive);
  return {
    health: health === null ? 'no-data' : health / 100,
    'usage-trend': recomputeReadings(events, context)['usage-trend'] ?? 'no-data',
    'last-activity': lastActivity(situation),
    'service-trouble': serviceTrouble(situation),
    'sponsor-left': sponsorsLeft(situation),
    satisfaction: satisfaction(situation),
    tenure: Math.max(0, context.today - recomputeAccount(events).sinceDay),
    // Invoices are not kept, so that none is known to be overdue.
    'overdue-payments': 'feed-absent',
    'renews-by-itself': hasAgreements ? renewsByItself(active.filter((one) => !isLeaving(one))) : null,
    'active-agreements': hasAgreements ? active.length : null,
    contraction: hasAgreements ? contraction(situation) : null,
    'purchase-rhythm': hasAgreements ? null : purchaseRhythm(situation),
  };
}

/** A termination or expiry is told for a day to come. */
export const isLeaving = ({ closingDay, isEndTold }: OracleTerms) => closingDay !== null && isEndTold;

function lastActivity({ events, context }: Situation): ChurnReading {
  const uses = ofTypes(events, 'activity.login', 'activity.feature-used', 'activity.usage-reported');
  const last = latest(uses.map(({ day }) => day));
  const why = whySilent(context.feeds.activity, last !== null);
  return why ?? Math.max(0, context.today - (last ?? 0));
}

function serviceTrouble({ events, context }: Situation): ChurnReading {
  const told = ofTypes(events, 'ticket.opened', 'ticket.escalated', 'ticket.responded', 'ticket.resolved');
  const why = whySilent(context.feeds.ticket, told.length > 0);
  if (why !== undefined) return why;
  return [...groupedBy(told, ({ data }) => data.ticketId).values()].filter((facts) => {
    const daysOf = (type: string) => facts.filter((fact) => fact.type === type);
    const escalated = latest(daysOf('ticket.escalated').map(({ time }) => time));
    const lastEscalated = facts.filter(({ type, time }) => type === 'ticket.escalated' && time === escalated);
    const isForgotten = lastHeardDay(facts) <= context.today - 400;
    const isOpen =
      !isForgotten && daysOf('ticket.opened').length > 0 && daysOf('ticket.resolved').length === 0;
    const worst = Math.min(...facts.flatMap(({ data }) => ('severity' in data ? [data.severity ?? 4] : [])));
    return lastEscalated.some(({ day }) => day > context.today - 30) || (isOpen && worst <= 2);
  }).length;
}

/** Of openings and answers the first is known, of escalations and resolutions the last. */
function lastHeardDay(facts: readonly CustomerEvent[]): number {
  const inTime = [...facts].sort((a, b) => a.time - b.time);
  const known = [
    inTime.find(({ type }) => type === 'ticket.opened'),
    inTime.find(({ type }) => type === 'ticket.responded'),
    inTime.findLast(({ type }) => type === 'ticket.escalated'),
    inTime.findLast(({ type }) => type === 'ticket.resolved'),
  ];
  return Math.max(...known.map((fact) => fact?.day ?? Number.NEGATIVE_INFINITY));
}

function sponsorsLeft({ events, context }: Situation): ChurnReading {
  const people = recomputePeople(events);
  const why = whySilent(
    context.feeds.contact,
    people.some(({ wasSponsor }) => wasSponsor),
  );
  if (why !== undefined) return why;
  const lost = people.map(sponsorLostDay);
  return lost.filter((day) => day !== null && day > context.today - 90).length;
}

/** The latest answer to any survey of a year; of a feed that has stopped nothing is known of today (N2). */
function satisfaction({ events, context }: Situation): ChurnReading {
  const answers = ofTypes(events, 'feedback.nps', 'feedback.csat', 'feedback.ces');
  const lastOfEach = [...groupedBy(answers, ({ type }) => type).values()].flatMap((told) =>
    inOrderOfWriting(told).slice(-1),
  );
  if (lastOfEach.length > 0 && context.feeds.feedback?.status === 'stale') return 'feed-stale';
  const newest = latest(lastOfEach.map(({ time }) => time));
  const told = lastOfEach.filter(({ time }) => time === newest);
  if (!told.some(({ day }) => day > context.today - 365))
    return context.feeds.feedback === undefined ? 'feed-absent' : 'no-data';
  return Math.max(...told.map(satisfactionHundredths)) / 100;
}

/** Of the agreement that ends first; of equals one that does not renew decides. */
function renewsByItself(going: readonly OracleTerms[]): ChurnReading {
  const ends = going.flatMap(({ lastDay }) => (lastDay === null ? [] : [lastDay]));
  if (ends.length === 0) return going.some(({ isPerpetual }) => isPerpetual) ? 1 : 'no-data';
  const first = Math.min(...ends);
  const answers = going.filter(({ lastDay }) => lastDay === first).map(({ autoRenew }) => autoRenew);
  if (answers.includes(false)) return 0;
  return answers.includes(null) ? 'no-data' : 1;
}

/** What was taken since from the agreements of 180 days ago, in whole percent of what they were worth then. */
function contraction({ events, context, agreements }: Situation): ChurnReading {
  if (context.feeds.agreement?.status === 'stale') return 'feed-stale';
  const before = agreementsOn(events, context.today - 180).filter(({ status }) => status !== 'void');
  const worth = sumOf(before.map(({ valueMinor }) => valueMinor ?? 0));
  if (worth <= 0) return 'no-data';
  const lost = before.map(({ agreementId, valueMinor }) => {
    const now = agreements.find((one) => one.agreementId === agreementId)?.valueMinor ?? 0;
    return Math.max(0, (valueMinor ?? 0) - now);
  });
  return Math.min(100, Math.round((100 * sumOf(lost)) / worth));
}

/** Days since the last purchase in percent of the mean gap between purchases, in whole percent downwards. */
function purchaseRhythm({ events, context }: Situation): ChurnReading {
  const days = [...new Set(ofTypes(events, 'payment.paid').map(({ day }) => day))];
  const why = whySilent(context.feeds.payment, days.length > 0);
  if (why !== undefined) return why;
  if (days.length < 3) return 'no-data';
  const [first, last] = [Math.min(...days), Math.max(...days)];
  const since = Math.max(0, context.today - last);
  return Math.floor((100 * since * (days.length - 1)) / (last - first));
}
