import { CS_FRAMEWORK } from '../models/cs-framework.ts';
import type { ModelPack, SignalModel, SignalName } from '../models/model-pack.ts';
import { firstFrom } from './day-tiles.ts';
import type { Moment, SignalState, Ticket } from './state.ts';

/** Keeps the first day after today of all that it is told. */
class FirstDay {
  readonly today: number;
  day: number | null = null;

  constructor(today: number) {
    this.today = today;
  }

  consider(day: number): void {
    if (day > this.today && (this.day === null || day < this.day)) this.day = day;
  }
}

type Watcher = (first: FirstDay, signals: SignalState, model: SignalModel) => void;

const WATCHERS: { readonly [S in SignalName]: Watcher } = {
  'login-frequency': (first, { activity }, model) => watchTiles(first, activity.days, model.windowDays),
  'feature-adoption': (first, { activity }, { windowDays }) => {
    if (windowDays === null) return;
    for (const [, lastDay] of activity.features) first.consider(lastDay + windowDays);
  },
  'usage-trend': (first, { activity }, { windowDays }) => {
    if (windowDays === null) return;
    watchTiles(first, activity.days, windowDays);
    watchTiles(first, activity.days, 2 * windowDays);
    if (activity.firstDay !== null) first.consider(activity.firstDay + 2 * windowDays - 1);
  },
  'ticket-load': (first, { tickets }, { windowDays }) => {
    if (windowDays === null) return;
    for (const { opened } of tickets) if (opened !== null) first.consider(opened[1] + windowDays);
  },
  'response-time': (first, { tickets }, model) =>
    watchTickets(first, model, { tickets, endOf: (t) => t.responded }),
  'resolution-time': (first, { tickets }, model) =>
    watchTickets(first, model, { tickets, endOf: (t) => t.resolved }),
  csat: (first, { csat }, { windowDays, freshDays }) => {
    watchTiles(first, csat.days, windowDays);
    const newest = csat.days[csat.days.length - 1];
    if (newest !== undefined) first.consider(newest[0] + freshDays + 1);
  },
  'goals-met': (first, { goals }, { freshDays }) => {
    for (const { dueDay, met } of goals) {
      if (met !== null) {
        first.consider(met[1] + freshDays + 1);
      } else if (dueDay !== null) {
        first.consider(dueDay.value + 1);
        first.consider(dueDay.value + freshDays + 1);
      }
    }
  },
  'value-realised': (first, { goals }, { windowDays, freshDays }) => {
    for (const { actual } of goals) {
      if (actual === null) continue;
      if (windowDays !== null) first.consider(actual.day + windowDays);
      first.consider(actual.day + freshDays + 1);
    }
  },
  'executive-sponsor': (first, { contacts }, { freshDays }) => {
    for (const { wasSponsor, day } of contacts) if (wasSponsor) first.consider(day + freshDays + 1);
  },
};

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

interface Ends {
  readonly tickets: readonly Ticket[];
  readonly endOf: (ticket: Ticket) => Moment | null;
}

function watchTickets(
  first: FirstDay,
  { windowDays, freshDays }: SignalModel,
  { tickets, endOf }: Ends,
): void {
  for (const ticket of tickets) {
    const end = endOf(ticket);
    if (end === null) continue;
    if (windowDays !== null) first.consider(end[1] + windowDays);
    first.consider(end[1] + freshDays + 1);
  }
}

/**
 * The first day after `today` on which health may read differently with no new event while the feeds stay as they are
 * (N3): something leaves a window, evidence grows old, a goal falls due. It may be early, never late; null: never.
 */
export function nextSignalDay(
  signals: SignalState,
  today: number,
  model: ModelPack = CS_FRAMEWORK,
): number | null {
  const first = new FirstDay(today);
  for (const signal of model.signals) WATCHERS[signal.signal](first, signals, signal);
  return first.day;
}
