import type { CurrentSituation, ScoreValue } from '@bellwether/events';
import type { Standing } from '../../agreements/agreement-status.ts';
import type { ContextItem } from '../../context/context-items.ts';
import type { CustomerState, PublishedParts } from '../customer-state.ts';
import type { DecisionContext } from '../decide-input.ts';
import type { Decision } from '../number-scores.ts';

/** A score or situation of a customer that is decided on its own. */
export type PartName = keyof PublishedParts;

/** A piece of the customer's features that events move. */
export type Slice = Extract<
  keyof CustomerState,
  | 'firstEventDay'
  | 'profile'
  | 'agreements'
  | 'payments'
  | 'signals'
  | 'opportunities'
  | 'relationship'
  | 'recurring'
  | 'valueMoments'
  | 'toldStages'
>;

/** What a part is decided from. */
export interface Scene {
  /** As it was decided last; undefined for a new customer. */
  readonly before: CustomerState | undefined;
  readonly after: CustomerState;
  readonly context: DecisionContext;
  /** What is published: of the parts decided before this one, what was decided just now. */
  readonly published: PublishedParts;
  /** Something that the part itself reads has moved, or its day has come; not only a part that it follows. */
  readonly isOwnMove: boolean;
  /** The day on which a part was to be looked at again, as it decided last; null: never. */
  nextDay(name: PartName): number | null;
  /** The agreements as they stand today; looked up once for all parts. */
  standings(): readonly Standing[];
}

/** What a part has decided. */
export interface PartOutcome<Value> {
  /** The same reference when nothing of it is published. */
  readonly published: Value;
  readonly changes: readonly Decision[];
  /** First epoch day after today on which it may differ with no new event: may be early, never late; null: never. */
  readonly nextDay: number | null;
}

/** One room of the decision: what moves it, and what it then decides. */
export interface Part<Name extends PartName> {
  readonly reads: readonly Slice[];
  /** What it reads of the tenant's context besides the day and the currency. */
  readonly asks: readonly ContextItem[];
  /** Whether something else of the features moved that it reads. Absent: there is nothing. */
  movesWith?(before: CustomerState, scene: Scene): boolean;
  /** Parts whose outcome it reads: they come before it, and when one of them moves it is decided again. */
  readonly follows: readonly PartName[];
  decide(previous: PublishedParts[Name], scene: Scene): PartOutcome<PublishedParts[Name]>;
  /** The score as it stands, for readers who start now (N12); null before its first change. Absent: no score. */
  scoreOf?(published: PublishedParts[Name]): Omit<ScoreValue, 'currency'> | null;
  /** The situations that stand. Absent: it has none. */
  situationsOf?(published: PublishedParts[Name]): readonly CurrentSituation[];
}
