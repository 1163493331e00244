import { DAY_MS } from '@bellwether/events';
import { lastDayOf, nextStandingDay } from '../agreements/agreement-status.ts';
import type { ModelPack, SignalModel, SignalName } from '../models/model-pack.ts';
import { firstFrom } from '../signals/day-tiles.ts';
import type { Moment, SignalState, Ticket } from '../signals/state.ts';
import type { HealthFacts } from './health-facts.ts';
import { nextCounterDay } from './next-counter-day.ts';
import { lastToldDay } from './read-account.ts';
import { nextUsualDay } from './usual.ts';

/** Keeps the first day after today of all that it is told. */
class FirstDay {
  readonly today: number;
  day: number | null = null;

  constructor(today: number) {
    this.today = today;
  }

  consider(day: number | null): void {
    if (day !== null && day > this.today && (this.day === null || day < this.day)) this.day = day;
  }
}

type Watcher = (first: FirstDay, facts: HealthFacts, model: SignalModel) => void;

const WATCHERS: { readonly [S in SignalName]: Watcher } = {
  'login-frequency': watchUse,
  'feature-adoption': (first, { signals: { activity } }, { windowDays }) => {
    if (windowDays === null) return;
    for (const [, lastDay] of activity.features) first.consider(lastDay + windowDays);
  },
  'usage-trend': (first, { signals: { activity } }, { windowDays }) => {
    if (windowDays === null) return;
    watchTiles(first, activity.days, windowDays);
    watchTiles(first, activity.days, 2 * windowDays);
    if (activity.firstDay !== null) first.consider(activity.firstDay + 2 * windowDays - 1);
  },
  'seat-use': (first, { signals }, model) => {
    const { seats } = signals.activity;
    if (seats !== undefined && seats.activeUsers !== null) watchEvidence(first, seats.activeUsers.day, model);
  },
  'days-since-last-activity': (first, { signals: { activity } }, model) =>
    watchSince(first, activity.lastDay, model),
  'total-activities': watchUse,
  'ticket-load': (first, { signals }, model) => watchCount(first, model, { signals, of: (t) => t.opened }),
  'ticket-count': (first, { signals }, model) => watchCount(first, model, { signals, of: (t) => t.opened }),
  'response-time': (first, { signals }, model) =>
    watchMean(first, model, { signals, of: (t) => t.responded }),
  'resolution-time': (first, { signals }, model) =>
    watchMean(first, model, { signals, of: (t) => t.resolved }),
  csat: (first, { signals: { csat } }, { windowDays, freshDays }) => {
    watchTiles(first, csat.days, windowDays);
    const newest = csat.days.at(-1);
    if (newest !== undefined) first.consider(newest[0] + freshDays + 1);
  },
  escalations: (first, { signals }, model) => watchCount(first, model, { signals, of: (t) => t.escalated }),
  'goals-met': (first, { signals: { goals } }, { freshDays }) => {
    for (const { dueDay, met } of goals) {
      if (met !== null) {
        first.consider(met[1] + freshDays + 1);
      } else if (dueDay !== null) {
        first.consider(dueDay.value + 1);
        first.consider(dueDay.value + freshDays + 1);
      }
    }
  },
  'value-realised': (first, { signals: { goals } }, model) => {
    for (const { actual } of goals) if (actual !== null) watchEvidence(first, actual.day, model);
  },
  'executive-sponsor': (first, { signals: { contacts } }, model) => {
    for (const { wasSponsor, day } of contacts) if (wasSponsor) watchEvidence(first, day, model);
  },
  'active-agreements': (first, { agreements }) => {
    for (const { terms } of agreements) first.consider(nextStandingDay(terms, first.today));
  },
  'agreement-tenure': watchInForce,
  'agreement-end': watchInForce,
  'contacts-with-email': (first, { signals }, model) => {
    for (const { hasEmail, day } of signals.contacts)
      if (hasEmail !== undefined) watchEvidence(first, day, model);
  },
  'won-amount': (first, { opportunities }, model) => {
    const day = lastToldDay(opportunities);
    if (day !== null) watchEvidence(first, day, model);
  },
  'annual-revenue': (first, { profile: { annualRevenueMinor } }, model) => {
    if (annualRevenueMinor !== undefined)
      watchEvidence(first, Math.floor(annualRevenueMinor.time / DAY_MS), model);
  },
  'days-since-last-task': (first, { signals: { engagement } }, model) => {
    const { lastMeetingDay, lastQbrHeldDay, lastOutreachDay } = engagement;
    for (const day of [lastMeetingDay, lastQbrHeldDay, lastOutreachDay]) watchSince(first, day, model);
  },
};

/** Evidence leaves the window, or grows old. */
function watchEvidence(first: FirstDay, day: number, { windowDays, freshDays }: SignalModel): void {
  if (windowDays !== null) first.consider(day + windowDays);
  first.consider(day + freshDays + 1);
}

/** The oldest tile in a window is the first to leave it. */
function watchTiles(
  first: FirstDay,
  tiles: readonly (readonly [number, ...number[]])[],
  windowDays: number | null,
): void {
  if (windowDays === null) return;
  const oldest = tiles[firstFrom(tiles, first.today - windowDays + 1)];
  if (oldest !== undefined) first.consider(oldest[0] + windowDays);
}

/** Days of use leave the window, and what is usual becomes another. */
function watchUse(first: FirstDay, { signals: { activity } }: HealthFacts, model: SignalModel): void {
  const { windowDays, relativeTo } = model;
  watchTiles(first, activity.days, windowDays);
  if (windowDays === null || relativeTo?.kind !== 'own-baseline') return;
  first.consider(nextUsualDay(activity, { windowDays, baseline: relativeTo, today: first.today }));
}

/** The days since a day grow; what lies ahead of today counts as of today until then. */
function watchSince(first: FirstDay, day: number | null, model: SignalModel): void {
  const { today } = first;
  if (day === null) return;
  if (day >= today) first.consider(day + 1);
  else first.consider(nextCounterDay(model, { raw: today - day, direction: 'up', today }));
}

/** An agreement comes into force, ends, or its end or beginning comes to lie another number of days away. */
function watchInForce(first: FirstDay, { agreements }: HealthFacts, model: SignalModel): void {
  const { today } = first;
  for (const { terms } of agreements) {
    if (terms.isVoid) continue;
    const { startDay } = terms;
    first.consider(nextStandingDay(terms, today));
    first.consider(startDay);
    const lastDay = lastDayOf(terms);
    if (model.signal === 'agreement-tenure') watchSince(first, startDay, model);
    else if (lastDay !== null && lastDay >= today)
      first.consider(nextCounterDay(model, { raw: lastDay - today, direction: 'down', today }));
  }
}

interface Tickets {
  readonly signals: SignalState;
  readonly of: (ticket: Ticket) => Moment | null;
}

/** Tickets leave the window. */
function watchCount(first: FirstDay, { windowDays }: SignalModel, { signals, of }: Tickets): void {
  if (windowDays === null) return;
  for (const ticket of signals.tickets) {
    const moment = of(ticket);
    if (moment !== null) first.consider(moment[1] + windowDays);
  }
}

/** Tickets leave the window, and the newest of them grows old. */
function watchMean(first: FirstDay, model: SignalModel, { signals, of }: Tickets): void {
  for (const ticket of signals.tickets) {
    const moment = of(ticket);
    if (moment !== null) watchEvidence(first, moment[1], model);
  }
}

/**
 * The first day after `today` on which health may be another with no new event while the feeds stay as they are (N3):
 * something leaves a window, evidence grows old, a goal falls due, an agreement ends, a level is reached. It may be
 * early, never late; null: never.
 */
export function nextHealthDay(
  facts: HealthFacts,
  today: number,
  model: Pick<ModelPack, 'signals'>,
): number | null {
  const first = new FirstDay(today);
  for (const signal of model.signals) WATCHERS[signal.signal](first, facts, signal);
  return first.day;
}
