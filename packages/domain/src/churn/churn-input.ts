import type { MissingSignal } from '@bellwether/events';

/** A fact about a customer, or why it is not known (S76): never a 0 that stands for silence. */
export type Fact<Value = number> = Value | { readonly missing: MissingSignal['why'] };

/** Health as it stands (S94). */
export interface HealthFact {
  /** 0..10000. */
  readonly valueHundredths: number;
  readonly confidenceHundredths: number;
  /**
   * Health with what fell silent still at its last points; absent: nothing did. Bands are held by it, so that silence
   * alone moves none (N2).
   */
  readonly heldHundredths?: number;
  /** Health at its worst and at its best, where a feed that it is made of has stopped (N2); absent: none has. */
  readonly spoilt?: { readonly lowHundredths: number; readonly highHundredths: number };
}

/** The latest answer to any satisfaction survey, normalised to 0..10000 with high as good (D18). */
export interface SatisfactionFact {
  readonly valueHundredths: number;
  readonly day: number;
}

/** The purchases of a customer: first and last epoch day, and the number of days with a purchase (S27). */
export interface PurchasesFact {
  readonly firstDay: number;
  readonly lastDay: number;
  readonly count: number;
}

/** What the agreements of a customer say about its end, as of one day; see `contractOf`. */
export interface ChurnContract {
  /** Agreements that stand; 0: there were some, all are over, and with them the customer's relation. */
  readonly activeCount: number;
  /** The next epoch day by which one of them must be decided (D3); null: nothing is to be decided. */
  readonly decisionDay: number | null;
  /** Whether the agreement that ends first goes on unless somebody acts; null: not told. */
  readonly renewsByItself: boolean | null;
  /** Last epoch day on which some agreement stands even if nothing is renewed; null: nothing binds for long. */
  readonly boundUntilDay: number | null;
  /** A termination has been told for every one of them. */
  readonly isTerminationTold: boolean;
}

/** Everything that a churn probability depends on. Days are epoch days of the tenant; windows include today. */
export interface ChurnInput {
  readonly health: Fact<HealthFact>;
  /** Use of the last 30 days against the 30 before, -100..100 (S91). */
  readonly usageTrendPercent: Fact;
  /** Last day of any use of the product. */
  readonly lastActivityDay: Fact;
  /** Tickets escalated within the last 30 days, or open with severity 1 or 2; each ticket once (D15). */
  readonly troubledTickets: Fact;
  /** Sponsors who left or stopped being one within the last 90 days (D15). */
  readonly sponsorsLeft: Fact;
  /** From the last 365 days. */
  readonly satisfaction: Fact<SatisfactionFact>;
  /** The day on which the customer became one. */
  readonly customerSinceDay: Fact;
  /** Invoices past their due date and not paid. */
  readonly overduePayments: Fact;
  /** Contracted value taken away by amendments in the last 180 days, in percent of what it was before, 0..100. */
  readonly contractionPercent: Fact;
  /** Null: the customer never had an agreement. */
  readonly contract: ChurnContract | null;
  readonly purchases: Fact<PurchasesFact>;
}

/** True for a fact that is not known. */
export function isMissing(fact: unknown): fact is { readonly missing: MissingSignal['why'] } {
  return typeof fact === 'object' && fact !== null && 'missing' in fact;
}
