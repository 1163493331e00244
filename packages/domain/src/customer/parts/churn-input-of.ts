import { contractedValueOf } from '../../agreements/agreement-status.ts';
import { contractOf } from '../../churn/churn-contract.ts';
import type { ChurnInput, Fact } from '../../churn/churn-input.ts';
import { readSignal } from '../../health/read-signal.ts';
import { noFacts, whyMissing } from '../../health/reading.ts';
import type { SignalModel } from '../../models/model-pack.ts';
import { accountSinceOf } from '../../relationship/account-since.ts';
import { firstPurchaseDayOf, lastPurchaseDayOf, transactionsOf } from '../../rfm/payments-state.ts';
import { heardOfDay } from '../../signals/evolve-tickets.ts';
import { HORIZON_DAYS, type SignalState } from '../../signals/state.ts';
import { termsOn } from '../../value/terms-on.ts';
import { findExecutiveTurnover } from '../../warnings/executive-turnover.ts';
import type { CustomerState } from '../customer-state.ts';
import { healthFactsOf } from './facts-of.ts';
import { isSpoilt } from './is-spoilt.ts';
import type { Scene } from './part.ts';

const TROUBLE_DAYS = 30;
const SEVERE = 2;
const SATISFACTION_DAYS = 365;
const CONTRACTION_DAYS = 180;

/** The trend as health reads it, whatever the model pack weighs. */
export const USAGE_TREND: SignalModel = {
  signal: 'usage-trend',
  pillar: 'usage',
  weight: 100,
  feed: 'activity',
  windowDays: 30,
  freshDays: 30,
  curve: [
    [-100, 0],
    [100, 100],
  ],
};

/** What the churn probability of a customer is made from (S29, D8). */
export function churnInputOf(scene: Scene): ChurnInput {
  const { after, context } = scene;
  const { day: today, feeds } = context;
  const { signals } = after;
  const used = whyMissing(feeds.activity, { wasEverSeen: signals.activity.lastDay !== null });
  const trend = readSignal(USAGE_TREND, healthFactsOf(after), { today, feeds });
  return {
    health: healthFact(scene),
    usageTrendPercent: 'missing' in trend ? trend : trend.raw,
    lastActivityDay:
      used === undefined && signals.activity.lastDay !== null
        ? signals.activity.lastDay
        : { missing: used ?? 'no-data' },
    troubledTickets: troubledTickets(scene),
    sponsorsLeft: sponsorsLeft(scene),
    satisfaction: satisfaction(signals, scene),
    customerSinceDay: accountSinceOf(after).day,
    // Invoices are not kept.
    overduePayments: { missing: 'feed-absent' },
    contractionPercent: contraction(scene),
    contract: contractOf(scene.standings(), today),
    purchases: purchases(scene),
  };
}

function healthFact({ published: { health } }: Scene): ChurnInput['health'] {
  if (health === null || health.valueHundredths === null)
    return { missing: isSpoilt(health) ? 'feed-stale' : 'no-data' };
  const { valueHundredths, confidenceHundredths, heldHundredths, lowHundredths, highHundredths } = health;
  const spoilt = {
    lowHundredths: lowHundredths ?? valueHundredths,
    highHundredths: highHundredths ?? valueHundredths,
  };
  return {
    valueHundredths,
    confidenceHundredths,
    ...(heldHundredths === undefined ? {} : { heldHundredths }),
    ...(isSpoilt(health) ? { spoilt } : {}),
  };
}

function troubledTickets({ after: { signals }, context: { feeds, day } }: Scene): Fact {
  const missing = whyMissing(feeds.ticket, { wasEverSeen: signals.firstTicketDay !== null });
  if (missing !== undefined) return { missing };
  return signals.tickets.filter((ticket) => {
    const { escalated, opened, resolved, severity } = ticket;
    const isEscalated = escalated !== null && escalated[1] > day - TROUBLE_DAYS;
    const isOpen = opened !== null && resolved === null && heardOfDay(ticket) > day - HORIZON_DAYS;
    return isEscalated || (isOpen && (severity ?? SEVERE + 1) <= SEVERE);
  }).length;
}

function sponsorsLeft({ after: { signals }, context: { feeds, day } }: Scene): Fact {
  const sign = findExecutiveTurnover({
    signals,
    reviews: [],
    isStrategic: false,
    sinceDay: null,
    feeds,
    today: day,
  });
  if (sign.state === 'unknown') return { missing: sign.why };
  return sign.state === 'present' ? (sign.factor.after ?? 0) : 0;
}

function satisfaction({ nps, csat, ces }: SignalState, { context }: Scene): ChurnInput['satisfaction'] {
  const answers = [nps.last, csat.last, ces.last].flatMap((last) => (last === null ? [] : [last]));
  const missing = whyMissing(context.feeds.feedback, { wasEverSeen: answers.length > 0 });
  if (missing === 'feed-stale') return { missing };
  const newest = answers.sort((a, b) => b.timeMs - a.timeMs || b.value - a.value)[0];
  if (newest === undefined || newest.day <= context.day - SATISFACTION_DAYS) {
    const none = noFacts(context.feeds.feedback);
    return { missing: 'missing' in none ? none.missing : 'no-data' };
  }
  return { valueHundredths: newest.value, day: newest.day };
}

/** Of the agreements that were there, what was taken from their value since, all of a void one's, in percent of it. */
function contraction({ after: { agreements }, context: { feeds, day: today } }: Scene): Fact {
  if (agreements.length > 0 && feeds.agreement?.status === 'stale') return { missing: 'feed-stale' };
  let before = 0;
  let lost = 0;
  for (const agreement of agreements) {
    const then = termsOn(agreement, today - CONTRACTION_DAYS);
    if (then === null || then.isVoid) continue;
    before += then.valueMinor ?? 0;
    lost += Math.max(0, (then.valueMinor ?? 0) - contractedValueOf(agreement));
  }
  return before <= 0 ? { missing: 'no-data' } : Math.min(100, Math.round((100 * lost) / before));
}

function purchases({ after: { payments }, context: { feeds } }: Scene): ChurnInput['purchases'] {
  const firstDay = firstPurchaseDayOf(payments);
  const lastDay = lastPurchaseDayOf(payments);
  const missing = whyMissing(feeds.payment, { wasEverSeen: firstDay !== null });
  if (missing !== undefined || firstDay === null || lastDay === null)
    return { missing: missing ?? 'no-data' };
  return { firstDay, lastDay, count: transactionsOf(payments) };
}

/** Days on which something above leaves its window, or an amendment that took value away is 180 days old. */
export function churnWindowDays({ signals, agreements }: CustomerState): readonly number[] {
  const answers = [signals.nps.last, signals.csat.last, signals.ces.last];
  return [
    ...signals.tickets.flatMap(({ escalated }) => (escalated === null ? [] : [escalated[1] + TROUBLE_DAYS])),
    ...signals.tickets.flatMap((ticket) =>
      ticket.resolved === null ? [heardOfDay(ticket) + HORIZON_DAYS] : [],
    ),
    ...answers.flatMap((last) => (last === null ? [] : [last.day + SATISFACTION_DAYS])),
    ...agreements.flatMap(({ amendments }) =>
      amendments.flatMap(({ day, signedDay, startDay }) => {
        const firstDay = Math.min(day, signedDay ?? day, startDay ?? day);
        return [day + CONTRACTION_DAYS, firstDay + CONTRACTION_DAYS];
      }),
    ),
  ];
}
