import { DAY_MS, type EventData, type EventType } from '@bellwether/events';
import type { Customer } from './customer.ts';
import { type ScheduledEvent, simulatedEvent } from './event.ts';
import { DRIFT_REASONS, type Effects, NO_EFFECTS } from './parameters.ts';
import type { Random } from './random.ts';
import { type DriftPlan, pressureOn } from './truth.ts';

const HOUR_MS = 3_600_000;

/** What a customer's day is played with. */
export interface SceneOptions {
  readonly customer: Customer;
  readonly day: number;
  readonly random: Random;
  /** Distinguishes events of different runs of one day; the empty text for the calendar. */
  readonly label: string;
  readonly schedule: (event: ScheduledEvent) => void;
}

/** One customer on one day: what weighs on it, and the place where its events go. */
export class Scene {
  readonly customer: Customer;
  readonly day: number;
  readonly random: Random;
  /** How far its drift has got, 0..1. */
  readonly pressure: number;
  /** What that does today. */
  readonly effects: Effects;
  private readonly label: string;
  private readonly schedule: (event: ScheduledEvent) => void;
  private emitted = 0;
  private named = 0;

  constructor(options: SceneOptions) {
    this.customer = options.customer;
    this.day = options.day;
    this.random = options.random;
    this.label = options.label;
    this.schedule = options.schedule;
    const { drift } = options.customer;
    this.pressure = drift === null ? 0 : pressureOn(drift, options.day);
    this.effects = effectsOn(drift, options.day);
  }

  /**
   * Schedules an event at `atMs` (epoch milliseconds, today or later); `sequence` where the source counts.
   * @returns its id
   */
  emit<T extends EventType>(type: T, data: EventData<T>, at: { atMs: number; sequence?: number }): string {
    const { customer, day, label } = this;
    const atMs = Math.round(at.atMs);
    this.emitted += 1;
    const id = `${customer.id}-${day}${label}-${this.emitted}`;
    const event = simulatedEvent({ id, type, subject: customer.id, atMs, sequence: at.sequence, data });
    this.schedule({ atMs, customerIndex: customer.index, event });
    return id;
  }

  /** A new id for an entity of this customer: `t-17-20400-1`. */
  newId(kind: string): string {
    this.named += 1;
    return `${kind}-${this.customer.index + 1}-${this.day}${this.label}-${this.named}`;
  }

  /** An instant in today's working hours, 07:30 to 17:30. */
  workTime(): number {
    return this.day * DAY_MS + this.random.between(7.5, 17.5) * HOUR_MS;
  }

  /** The instant of an hour of today. */
  hour(hour: number): number {
    return this.day * DAY_MS + hour * HOUR_MS;
  }
}

/** What a drift does on a day: the effects of its reason times how far it has got. */
export function effectsOn(drift: DriftPlan | null, day: number): Effects {
  const pressure = drift === null ? 0 : pressureOn(drift, day);
  if (drift === null || pressure === 0) return NO_EFFECTS;
  const { effects } = DRIFT_REASONS[drift.reason];
  return {
    use: effects.use * pressure,
    ticketsPerYear: effects.ticketsPerYear * pressure,
    ticketTrouble: effects.ticketTrouble * pressure,
    sentiment: effects.sentiment * pressure,
    meetings: effects.meetings * pressure,
    missedQbr: effects.missedQbr * pressure,
    goals: effects.goals * pressure,
    opportunities: effects.opportunities * pressure,
    latePayment: effects.latePayment * pressure,
  };
}
