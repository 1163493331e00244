import type { CustomerChange, ScoreValue } from './changes.ts';

/** The models of a tenant as they are told on `customer-events` (N6). */
export interface ToldModels {
  /** JSON as the rules of scoring made it and read it again; everybody else passes it on as it is. */
  readonly choice: string;
}

/**
 * On `model-choices`: what somebody wants of a tenant's models. One owner applies them in order; what is not possible
 * any more by then is left out.
 */
export type ModelChoiceRecord =
  | (ChoiceOf<'shadow'> & {
      /** The model pack as JSON; it was checked at the edge. */
      readonly pack: string;
      /** The customers that it is for, by size band; null: all whose size has no pack of its own. */
      readonly size: string | null;
    })
  | (ChoiceOf<'withdraw'> & Named)
  | (ChoiceOf<'promote'> & Named)
  | ChoiceOf<'rollback'>;

interface ChoiceOf<Kind extends string> {
  readonly kind: Kind;
  readonly tenant: string;
  readonly choiceId: string;
  /** Who wants it. */
  readonly by: string;
  /** Epoch ms. */
  readonly at: number;
}
interface Named {
  /** The shadow's model pack. */
  readonly id: string;
  readonly version: string;
}

/** A customer's health by a model that is tried beside the one that counts (N6). */
export interface ShadowScore {
  /** The model that is tried, and for whom. */
  readonly id: string;
  readonly version: string;
  readonly size: string | null;
  /** Health as it would be if that model had been promoted when it was told. */
  readonly health: ScoreValue;
  readonly atRisk: boolean;
}

/**
 * The value of a record on `shadow-scores` (compacted): health by the model that counts and by each that is tried, at
 * the same moment. Told when one of them was published anew; no shadows: none is tried any more, or none differs.
 */
export interface ShadowScores
  extends Pick<
    CustomerChange,
    'tenant' | 'customerId' | 'asOf' | 'knownAt' | 'historical' | 'cause' | 'engineVersion'
  > {
  readonly kind: 'shadow-scores';
  readonly live: { readonly health: ScoreValue; readonly atRisk: boolean } | null;
  readonly shadows: readonly ShadowScore[];
}
