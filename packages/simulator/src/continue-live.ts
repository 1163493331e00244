import { DAY_MS } from '@bellwether/events';
import type { Customer } from './customer.ts';
import { arrivals } from './deliver-with-faults.ts';
import type { ScheduledEvent, SimulatedEvent } from './event.ts';
import { expectedActions, logIn, useFeature } from './families/activity.ts';
import { holdMeeting, sendOutreach } from './families/engagement.ts';
import { answerCsat, answerNps, leaveComment } from './families/feedback.ts';
import { touch } from './families/marketing.ts';
import { buyOutsideAgreement } from './families/payments.ts';
import { openTicket } from './families/tickets.ts';
import { buildPortfolio, type PortfolioOptions } from './portfolio.ts';
import { Random } from './random.ts';
import { effectsOn, Scene } from './scene.ts';
import { eventsOfDay, openingDay } from './simulate-portfolio.ts';
import { isPresent } from './step-day.ts';
import { TimeQueue } from './time-queue.ts';

const DEFAULT_BUSINESS_SHARE = 0.005;
const LOGIN_SHARE = 0.0005;
/** No customer is to get much more than this share of the single actions (or twice its equal share). */
const MOST_SHARE = 0.05;
const SECONDS_PER_DAY = 86_400;

/** From when and how fast a portfolio goes on living. */
export interface LiveOptions extends PortfolioOptions {
  /** Now, epoch milliseconds: the first event has this time or a later one. On or after the start day. */
  readonly fromMs: number;
  /** Events a second on average, more than 0. */
  readonly ratePerSecond: number;
  /** Calendar events missed since this instant come first, with their own times. Default: none, `fromMs`. */
  readonly calendarFromMs?: number;
  /** Share of the live events that are tickets, surveys, meetings and the like; the rest is product use. */
  readonly businessShare?: number;
}

/**
 * The same portfolio going on from now, without end: the days of the calendar as in `simulatePortfolio` (same events,
 * same ids, the drift of everybody included), and between them single actions at the rate asked for, spread over the
 * customers as their use is. An action of a large customer stands for several (`count`), and daily totals are told less
 * what was sent singly, so use stays at its level while the rate is below the portfolio's own; above it, use rises.
 * Times never go back; a caller sends each event when its time has come. Deterministic
 * in its options; `fromMs` is in the ids of single actions, so two runs never use one id twice.
 * Throws a RangeError for options that make no sense.
 */
export function continueLive(options: LiveOptions): Iterable<SimulatedEvent> {
  const { fromMs, ratePerSecond, startDay } = options;
  if (!(ratePerSecond > 0 && ratePerSecond <= 100_000)) {
    throw new RangeError(
      `the rate must be more than 0 and at most 100,000 events a second, not ${ratePerSecond}`,
    );
  }
  const calendarFromMs = options.calendarFromMs ?? fromMs;
  if (!(calendarFromMs <= fromMs && Math.floor(calendarFromMs / DAY_MS) >= startDay)) {
    throw new RangeError('live events begin on the first day or later, and the calendar at or before them');
  }
  return { [Symbol.iterator]: () => liveEvents(options, calendarFromMs) };
}

function* liveEvents(options: LiveOptions, calendarFromMs: number): Generator<SimulatedEvent, undefined> {
  const { fromMs, ratePerSecond, startDay, businessShare = DEFAULT_BUSINESS_SHARE } = options;
  const label = `-${Math.floor(fromMs).toString(36)}`;
  const customers = buildPortfolio(options);
  const random = new Random(`${options.seed}/live/${fromMs}`);
  const queue = new TimeQueue<LiveEvent>();
  const sent = new Map<number, number>();
  let day = startDay - 1;
  let crowd = crowdOn(customers, startDay);
  for (let atMs = fromMs; ; atMs += random.exponential(1_000 / ratePerSecond)) {
    while (day < Math.floor(atMs / DAY_MS)) {
      // What is left of the day before goes first, so that the queue never holds more than a day.
      yield* told(queue, sent, day * DAY_MS + DAY_MS - 1);
      day += 1;
      crowd = crowdOn(customers, day);
      for (const event of day === startDay ? openingDay(customers, day) : eventsOfDay(customers, day)) {
        if (event.atMs >= calendarFromMs) queue.push(event.atMs, { ...event, single: false });
      }
    }
    yield* told(queue, sent, atMs);
    act(crowd, { day, random, label, atMs, queue, sent, businessShare, ratePerSecond });
  }
}

interface LiveEvent extends ScheduledEvent {
  /** Made for the rate, not by the calendar. */
  readonly single: boolean;
}

/** Who is there on a day, and how much they do. */
interface Crowd {
  readonly present: readonly Customer[];
  /** Running total of the weights with which customers are chosen. */
  readonly cumulative: readonly number[];
  /** Actions expected a day. */
  readonly actions: readonly number[];
  /** One scene a customer and day, so that ids count on. */
  readonly scenes: Map<number, Scene>;
}

function crowdOn(customers: readonly Customer[], day: number): Crowd {
  const present = customers.filter((customer) => isPresent(customer, day));
  const actions = present.map((customer) =>
    expectedActions(customer, day, effectsOn(customer.drift, day).use),
  );
  const most = Math.max(MOST_SHARE, 2 / present.length) * actions.reduce((sum, count) => sum + count, 0);
  let total = 0;
  const cumulative = actions.map((count) => {
    total += Math.min(count, most);
    return total;
  });
  return { present, actions, cumulative, scenes: new Map() };
}

/** Yields what is due; what the calendar counts is told less the single actions that it would count twice. */
function* told(
  queue: TimeQueue<LiveEvent>,
  sent: Map<number, number>,
  untilMs: number,
): Generator<SimulatedEvent> {
  for (const { event, customerIndex, single } of arrivals(queue, untilMs)) {
    const surplus = sent.get(customerIndex) ?? 0;
    const counts = event.type === 'activity.usage-reported' || event.type === 'activity.feature-used';
    if (single || !counts || surplus === 0) {
      yield event;
      continue;
    }
    const count = event.data.count ?? 1;
    const less = Math.min(surplus, count - 1);
    sent.set(customerIndex, surplus - less);
    yield { ...event, data: { ...event.data, count: count - less } } as SimulatedEvent;
  }
}

interface Moment {
  readonly day: number;
  readonly random: Random;
  readonly label: string;
  readonly atMs: number;
  readonly queue: TimeQueue<LiveEvent>;
  /** By customer: single actions not yet taken off what the calendar counts. */
  readonly sent: Map<number, number>;
  readonly businessShare: number;
  readonly ratePerSecond: number;
}

/** One live event, with what follows from it (a ticket is answered later). */
function act(crowd: Crowd, moment: Moment): void {
  const { random, atMs } = moment;
  const total = crowd.cumulative.at(-1) ?? 0;
  if (crowd.present.length === 0) return;
  if (total === 0 || random.chance(moment.businessShare)) {
    doBusiness(sceneOf(crowd, random.pick(crowd.present), moment), atMs);
    return;
  }
  const place = placeOf(crowd.cumulative, random.next() * total);
  const customer = crowd.present[place];
  if (customer === undefined) return;
  const scene = sceneOf(crowd, customer, moment);
  const activeUsers = Math.max(1, Math.round(customer.traits.seats / 2));
  if (random.chance(LOGIN_SHARE)) {
    logIn(scene, { activeUsers, atMs });
    return;
  }
  const count = countAt(crowd, place, moment);
  useFeature(scene, { activeUsers, atMs, count });
  moment.sent.set(customer.index, (moment.sent.get(customer.index) ?? 0) + count);
}

/** How many actions one event stands for, so that a day of them comes to what is expected; 1 or more. */
function countAt(crowd: Crowd, place: number, moment: Moment): number {
  const weight = (crowd.cumulative[place] ?? 0) - (crowd.cumulative[place - 1] ?? 0);
  const share = weight / (crowd.cumulative.at(-1) ?? weight);
  const mean = (crowd.actions[place] ?? 0) / (share * moment.ratePerSecond * SECONDS_PER_DAY);
  const whole = Math.floor(mean);
  return Math.max(1, whole + (moment.random.chance(mean - whole) ? 1 : 0));
}

function sceneOf(crowd: Crowd, customer: Customer, moment: Moment): Scene {
  const known = crowd.scenes.get(customer.index);
  if (known !== undefined) return known;
  const { day, random, label, queue } = moment;
  const schedule = (event: ScheduledEvent): void => queue.push(event.atMs, { ...event, single: true });
  const scene = new Scene({ customer, day, random, label, schedule });
  crowd.scenes.set(customer.index, scene);
  return scene;
}

function doBusiness(scene: Scene, atMs: number): void {
  const { random } = scene;
  // Far more than on the calendar, so mostly touches and outreach: a week of live tickets must not look like trouble.
  const deeds = {
    touch: 0.35,
    outreach: 0.3,
    meeting: 0.13,
    comment: 0.08,
    csat: 0.07,
    nps: 0.04,
    ticket: 0.02,
    purchase: 0.01,
  };
  const deed = random.weighted(deeds);
  if (deed === 'touch') touch(scene, atMs);
  if (deed === 'outreach') sendOutreach(scene, atMs);
  if (deed === 'meeting') holdMeeting(scene, atMs);
  if (deed === 'ticket') openTicket(scene, atMs);
  if (deed === 'comment') leaveComment(scene, atMs);
  if (deed === 'csat') answerCsat(scene, atMs, 1);
  if (deed === 'nps') answerNps(scene, atMs);
  if (deed === 'purchase') buyOutsideAgreement(scene, atMs);
}

/** First place whose running total is above `value`. */
function placeOf(cumulative: readonly number[], value: number): number {
  let low = 0;
  let high = cumulative.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((cumulative[middle] ?? 0) > value) high = middle;
    else low = middle + 1;
  }
  return low;
}
