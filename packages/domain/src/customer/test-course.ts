import type {
  Change,
  CustomerChange,
  CustomerEvent,
  PortfolioContribution,
  ScoreChange,
  ShadowScores,
} from '@bellwether/events';
import { isNotice } from '../gaps/data-gaps.ts';
import type { CustomerState } from './customer-state.ts';
import { decideCustomer } from './decide-customer.ts';
import type { DecisionContext } from './decide-input.ts';
import { inputForContext, inputForDay, inputForEvent } from './decide-input.ts';
import { evolveCustomer } from './evolve-customer.ts';

/** For tests only: follows one customer through events and days, the way the scoring service does. */
export class CustomerCourse {
  state: CustomerState | undefined;
  readonly changes: CustomerChange[] = [];
  readonly contributions: Omit<PortfolioContribution, 'position'>[] = [];
  readonly shadowScores: ShadowScores[] = [];
  /** Reads the state back from its JSON before each step, as a store does. */
  readonly isStored: boolean;

  constructor(options: { readonly isStored?: boolean } = {}) {
    this.isStored = options.isStored ?? false;
  }

  /** Takes an event on the context's day; returns the changes it brought, or why it was not taken. */
  take(event: CustomerEvent, context: DecisionContext): readonly Change[] | 'duplicate' | string {
    const known = this.#load();
    if (known === undefined && isNotice(event)) return [];
    if (known !== undefined && known.contextVersion < context.contextVersion) {
      this.#keep(decideCustomer(known, known, inputForContext(context, event, known)));
    }
    const before = this.#load();
    const evolved = evolveCustomer(before, event, context.day);
    if (evolved.kind === 'duplicate') return 'duplicate';
    if (evolved.kind === 'quarantined') return evolved.reason;
    return this.#keep(decideCustomer(before, evolved.state, inputForEvent(context, event)));
  }

  /** A day begins. Only a customer that is due is looked at, unless `isForced`. */
  begin(context: DecisionContext, options: { readonly isForced?: boolean } = {}): readonly Change[] {
    const state = this.#load();
    if (state === undefined) return [];
    const isDue = state.nextReviewDay !== null && state.nextReviewDay <= context.day;
    if (!isDue && state.contextVersion >= context.contextVersion && options.isForced !== true) return [];
    const seen = options.isForced === true ? { ...state, contextVersion: -1 } : state;
    const record = { receivedAt: context.startsAt, historical: false };
    return this.#keep(decideCustomer(seen, seen, inputForDay(context, record, state)));
  }

  #load(): CustomerState | undefined {
    return this.isStored && this.state !== undefined ? JSON.parse(JSON.stringify(this.state)) : this.state;
  }

  #keep(decision: ReturnType<typeof decideCustomer>): readonly Change[] {
    this.state = decision.state;
    if (decision.contribution !== null) this.contributions.push(decision.contribution);
    if (decision.shadowScores !== null) this.shadowScores.push(decision.shadowScores);
    if (decision.change === null) return [];
    this.changes.push(decision.change);
    return decision.change.changes;
  }
}

/** True for a change that carries a score, not a situation. */
export function isScoreChange(change: Change): change is ScoreChange {
  return change.type.startsWith('score.');
}
