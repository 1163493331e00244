import type { Feed } from '@bellwether/events';
import type { SignalName } from './model-pack.ts';

/** What a signal is, whichever model weighs it; docs/scoring/health.md says what each one reads. */
export interface SignalKind {
  /** The feed that it is read from, and whose silence makes it unknown. */
  readonly feed: Feed;
  /** It looks back over a window of days; the others look at the latest facts, however old. */
  readonly isWindowed: boolean;
  /** Enough of the past is kept to know what is usual for a customer (N17). */
  readonly hasUsual: boolean;
}

const windowed = { isWindowed: true, hasUsual: false } as const;
const usual = { isWindowed: true, hasUsual: true } as const;
const latest = { isWindowed: false, hasUsual: false } as const;

/** Every signal that a model may weigh. */
export const SIGNALS: { readonly [S in SignalName]: SignalKind } = {
  'login-frequency': { feed: 'activity', ...usual },
  'feature-adoption': { feed: 'activity', ...windowed },
  'usage-trend': { feed: 'activity', ...windowed },
  'seat-use': { feed: 'activity', ...windowed },
  'days-since-last-activity': { feed: 'activity', ...latest },
  'total-activities': { feed: 'activity', ...usual },
  'ticket-load': { feed: 'ticket', ...windowed },
  'ticket-count': { feed: 'ticket', ...windowed },
  'response-time': { feed: 'ticket', ...windowed },
  'resolution-time': { feed: 'ticket', ...windowed },
  csat: { feed: 'feedback', ...windowed },
  escalations: { feed: 'ticket', ...windowed },
  'goals-met': { feed: 'goal', ...latest },
  'value-realised': { feed: 'goal', ...windowed },
  'executive-sponsor': { feed: 'contact', ...latest },
  'active-agreements': { feed: 'agreement', ...latest },
  'agreement-tenure': { feed: 'agreement', ...latest },
  'agreement-end': { feed: 'agreement', ...latest },
  'contacts-with-email': { feed: 'contact', ...latest },
  'won-amount': { feed: 'opportunity', ...latest },
  'annual-revenue': { feed: 'customer', ...latest },
  'days-since-last-task': { feed: 'engagement', ...latest },
};
