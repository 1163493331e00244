import type {
  ContextRecord,
  CustomerChange,
  CustomerEvent,
  DayRecord,
  QuarantineReason,
  ReviewRecord,
} from '@bellwether/events';
import { evolveTenantContext, initialTenantContext, type TenantContext } from '../context/tenant-context.ts';
import type { CustomerState } from '../customer/customer-state.ts';
import type { CustomerDecision } from '../customer/decide-customer.ts';
import { isDue, reviewDue, takeEvent } from '../customer/take-event.ts';

/** What moves one customer: its own events, and what the log tells of its tenant. */
export type RetrospectRecord = CustomerEvent | DayRecord | ReviewRecord | ContextRecord;

/** An event that scoring could not take either. */
export interface SetAside {
  readonly eventId: string;
  readonly reason: QuarantineReason;
}

/** Where a retrospect stands. */
type Stand = Pick<Retrospect, 'context' | 'state' | 'changes' | 'setAside' | 'events'>;

/**
 * One customer followed through records in a given order, by the very rules that score live (N1, N4, N6): after the
 * records of its partition it is in the state that scoring keeps, byte for byte.
 */
export class Retrospect {
  context: TenantContext;
  /** Undefined before the first event. */
  state: CustomerState | undefined;
  /** What would have been published on the way, numbered as scoring numbers it. */
  readonly changes: CustomerChange[];
  readonly setAside: SetAside[];
  /** How many events are in the state. */
  events: number;

  /** @param from goes on from here, and leaves it as it is; nothing: before the first record */
  constructor(from?: Stand) {
    this.context = from?.context ?? initialTenantContext();
    this.state = from?.state;
    this.changes = [...(from?.changes ?? [])];
    this.setAside = [...(from?.setAside ?? [])];
    this.events = from?.events ?? 0;
  }

  take(record: RetrospectRecord): void {
    this.context = evolveTenantContext(this.context, record);
    if (record.kind === 'event') this.#takeEvent(record);
    else if (record.kind !== 'context') this.#review(record);
  }

  #takeEvent(event: CustomerEvent): void {
    // What people do at the board passes through scoring.
    if (event.type === 'alert.acknowledged') return;
    const taken = this.#tryEvent(event);
    if (taken.kind === 'quarantined') this.setAside.push({ eventId: event.id, reason: taken.reason });
    if (taken.kind !== 'ok' || taken.decided === null) return;
    this.events += 1;
    if (taken.caughtUp !== null) this.keep(taken.caughtUp);
    this.keep(taken.decided);
  }

  /** Goes on from a decision, and tells its change. */
  keep({ state, change }: CustomerDecision): void {
    this.state = state;
    if (change !== null) this.changes.push(change);
  }

  /** An event on which a rule fails is set aside, as scoring does with it (docs/quarantine.md, internal-failure). */
  #tryEvent(event: CustomerEvent): ReturnType<typeof takeEvent> {
    try {
      return takeEvent(this.state, event, this.context);
    } catch (error) {
      if (!(error instanceof Error)) throw error;
      return { kind: 'quarantined', reason: 'internal-failure', faults: [] };
    }
  }

  #review({ slotFrom, slotTo, receivedAt }: DayRecord | ReviewRecord): void {
    const { state, context } = this;
    if (state === undefined || state.slot < slotFrom || state.slot > slotTo) return;
    if (!isDue(state, context)) return;
    const decided = reviewDue(state, context, receivedAt);
    if (decided !== null) this.keep(decided);
  }
}
