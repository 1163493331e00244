import type { CustomerEvent, EventType } from '@bellwether/events';

/** Events by one identity, (source, id), once each: the first that arrived. */
export function distinctEvents(events: readonly CustomerEvent[]): readonly CustomerEvent[] {
  const seen = new Set<string>();
  return events.filter(({ source, id }) => {
    const identity = JSON.stringify([source, id]);
    if (seen.has(identity)) return false;
    seen.add(identity);
    return true;
  });
}

/**
 * The events that count: each once, and no answer to a survey that lies outside of its own scale, which is quarantined
 * and leaves no trace.
 */
export function acceptedEvents(events: readonly CustomerEvent[]): readonly CustomerEvent[] {
  if (ACCEPTED.has(events)) return events;
  const accepted = distinctEvents(events).filter((event) => !isSurvey(event) || isOnScale(event.data));
  ACCEPTED.add(accepted);
  return accepted;
}

/** Lists that were made here: nothing is left to be taken out of them. */
const ACCEPTED = new WeakSet<readonly CustomerEvent[]>();

function isSurvey(event: CustomerEvent): event is EventOf<'feedback.nps' | 'feedback.csat' | 'feedback.ces'> {
  return ['feedback.nps', 'feedback.csat', 'feedback.ces'].includes(event.type);
}

function isOnScale({ score, scaleMin, scaleMax }: EventOf<'feedback.nps'>['data']): boolean {
  return scaleMin < scaleMax && score >= scaleMin && score <= scaleMax;
}

/** An answer brought to hundredths of 0..100 with high as good (D18). */
export function satisfactionHundredths({
  data,
}: EventOf<'feedback.nps' | 'feedback.csat' | 'feedback.ces'>): number {
  const { score, scaleMin, scaleMax, highIsGood } = data;
  const share = (score - scaleMin) / (scaleMax - scaleMin);
  return Math.round(10_000 * (highIsGood === false ? 1 - share : share));
}

/** What a customer said; not that somebody answered it. */
export function isSaid(type: string): boolean {
  return type.startsWith('feedback.') && type !== 'feedback.answered';
}

/** A quotient to the nearest whole number, halves away from zero; the divisor is above 0. */
export function nearest(dividend: bigint | number, divisor: bigint | number): number {
  const [above, below] = [BigInt(dividend), BigInt(divisor)];
  const size = above < 0n ? -above : above;
  const whole = size / below;
  const rounded = 2n * (size - whole * below) >= below ? whole + 1n : whole;
  return Number(above < 0n ? -rounded : rounded);
}

/** Why something is not known. */
export type Why = 'feed-absent' | 'feed-stale' | 'no-data';

/** Silence counts only while the feed is fresh and the customer was ever seen in it (S76); undefined: it counts. */
export function whySilent(feed: { readonly status: string } | undefined, wasSeen: boolean): Why | undefined {
  if (feed === undefined) return 'feed-absent';
  if (!wasSeen) return 'no-data';
  return feed.status === 'stale' ? 'feed-stale' : undefined;
}

export type EventOf<T extends EventType> = Extract<CustomerEvent, { readonly type: T }>;

/** The events of some types. */
export function ofTypes<T extends EventType>(
  events: readonly CustomerEvent[],
  ...types: readonly T[]
): readonly EventOf<T>[] {
  return events.filter((event): event is EventOf<T> => types.some((type) => type === event.type));
}

/** Events by an id in their data. */
export function groupedBy<Event>(
  events: readonly Event[],
  idOf: (event: Event) => string,
): ReadonlyMap<string, readonly Event[]> {
  const groups = new Map<string, Event[]>();
  for (const event of events) groups.set(idOf(event), [...(groups.get(idOf(event)) ?? []), event]);
  return groups;
}

/** Epoch day of a `YYYY-MM-DD` date that exists. */
export function epochDay(date: string): number {
  return Date.parse(`${date}T00:00:00Z`) / 86_400_000;
}

/** The greatest of some days; null: none. */
export function latest(days: readonly number[]): number | null {
  return days.length === 0 ? null : Math.max(...days);
}

/** The least of some days; null: none. */
export function earliest(days: readonly number[]): number | null {
  return days.length === 0 ? null : Math.min(...days);
}

/** The sum of some whole numbers. */
export function sumOf(amounts: readonly number[]): number {
  return amounts.reduce((sum, amount) => sum + amount, 0);
}

/** In order of (time, sequence, id): a statement of a source without sequences comes before one with them. */
export function inOrderOfWriting<Event extends CustomerEvent>(events: readonly Event[]): readonly Event[] {
  return [...events].sort((a, b) => {
    if (a.time !== b.time) return a.time - b.time;
    if (a.sequence !== b.sequence) return (a.sequence ?? -1) - (b.sequence ?? -1);
    return a.id < b.id ? -1 : 1;
  });
}
