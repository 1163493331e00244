import type { AlertRule } from './alerts.ts';
import type { CustomerChange, ScoreChange, ScoreName, ScoreValue } from './changes.ts';

/** A score as it stands. */
export interface CurrentScore extends ScoreValue {
  /** Number of the score's last change: where a reader of the score's own topic goes on. */
  readonly sequence: number;
}

/** A condition that has begun and not ended; a rule has at most one for each cause. */
export interface CurrentSituation {
  readonly rule: AlertRule;
  /** Tells instances of one rule apart (an agreement id). */
  readonly cause: string;
  /** Why, from a closed list of the rule; null for renewals, of which the days say it all. */
  readonly code: string | null;
  /** Epoch day by which something must be done. */
  readonly dueDay: number | null;
  /** The tightest checkpoint reached: days before `dueDay`. */
  readonly daysBefore: number | null;
}

/** Everything that all changes of a customer together say: scores by name, situations by rule and cause. */
export interface CustomerPicture {
  readonly scores: { readonly [Score in ScoreName]?: CurrentScore };
  readonly situations: readonly CurrentSituation[];
  /** Data of the customer may be missing since then, epoch ms (N14); absent while nothing is known to be. */
  readonly staleSince?: number;
  /** The customer was merged into this one, under whose id it is scored; then nothing else is here (N23). */
  readonly mergedInto?: string;
}

/**
 * The value of a record on `customer-current` (compacted): the picture after change `sequence`. It is never older than
 * what stands on `customer-changes`, and may be newer than that by the changes of one batch (N12).
 */
export interface CustomerCurrent {
  readonly kind: 'current';
  readonly tenant: string;
  readonly customerId: string;
  /** Number of the last change that is in it. */
  readonly sequence: number;
  /** Of that change: the instant that its values hold for, and when what caused it was received, epoch ms. */
  readonly asOf: number;
  readonly knownAt: number;
  readonly current: CustomerPicture;
  readonly engineVersion: string;
}

/** The value of a record on a topic of one score: one change of that score, with what is known of its cause. */
export interface ScoreChanged
  extends Omit<ScoreChange, 'type'>,
    Pick<
      CustomerChange,
      | 'tenant'
      | 'customerId'
      | 'asOf'
      | 'knownAt'
      | 'historical'
      | 'cause'
      | 'causedBy'
      | 'staleSince'
      | 'engineVersion'
    > {
  readonly kind: 'score-changed';
}
