import type { Reason } from './changes.ts';

export const ALERT_RULES = [
  'at-risk',
  'below-target',
  'early-warning',
  'cross-sell',
  'upsell',
  'win-back',
  'advocacy',
  'first-year',
  'qbr-due',
  'renewal',
  'call-due',
  'loop-overdue',
  'concentration',
  'source-silent',
] as const;
export type AlertRule = (typeof ALERT_RULES)[number];
export type AlertState = 'raised' | 'acknowledged' | 'resolved';

/** The value of a record on `alerts`: an alert as it stands after one transition. */
export interface AlertRecord {
  readonly kind: 'alert';
  readonly tenant: string;
  readonly customerId: string;
  /** `<rule>:<customerId>:<cause>:<episode>`, unique within the tenant. */
  readonly alertId: string;
  readonly rule: AlertRule;
  readonly cause: string;
  /** Transitions of this alert so far, 1..n. */
  readonly revision: number;
  readonly state: AlertState;
  readonly severity: 'high' | 'medium' | 'low';
  readonly title: string;
  readonly code: string;
  readonly valueMinor: number | null;
  readonly currency: string;
  readonly dueDay: number | null;
  readonly reasons: readonly Reason[];
  readonly historical: boolean;
  readonly raisedAt: number;
  readonly acknowledgedAt: number | null;
  readonly acknowledgedBy: string | null;
  readonly note: string | null;
  readonly resolvedAt: number | null;
  readonly changedAt: number;
  readonly knownAt: number;
  /** Sequence of the customer change that raised it. */
  readonly raisedBySequence: number;
  /**
   * The alert is held: it stands, but is delivered to nobody, because data of its customer may be missing since then
   * (epoch ms, N14). Its first reason says so. Absent once it is let go.
   */
  readonly heldSince?: number;
}
