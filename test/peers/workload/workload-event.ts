interface EventBase {
  /** `e` and 12 hexadecimal digits. */
  readonly eventId: string;
  readonly customerId: string;
  /** Epoch ms. */
  readonly ts: number;
}

/** An event of the workload: what the work needs of it. */
export type WorkloadEvent = EventBase &
  (
    | { readonly kind: 'activity'; readonly count: number }
    | { readonly kind: 'payment'; readonly amountCents: number }
    /** Severity 1 to 4. */
    | { readonly kind: 'support'; readonly severity: number }
    /** Score 0 to 10. */
    | { readonly kind: 'survey'; readonly score: number }
    | AgreementEvent
  );

/** An agreement that was created, amended or renewed: its terms from now on. */
export interface AgreementEvent {
  readonly kind: 'agreement';
  readonly agreementId: string;
  readonly agreementType: string;
  readonly valueCents: number;
  readonly startAt: number;
  readonly endAt: number;
}

/** The scores of a customer after an event. */
export interface WorkloadScore {
  readonly customerId: string;
  readonly eventId: string;
  /** Number of accepted events of the customer. */
  readonly rev: number;
  readonly ltvCents: number;
  /** Days since the last payment; -1 without one. */
  readonly r: number;
  /** Payments of the last 13 months of 30 days, and their sum in cents. */
  readonly f: number;
  readonly m: number;
  /** 0 to 100 with two decimals. */
  readonly health: number;
  /** Of the customer's event before; null for the first. */
  readonly previousHealth: number | null;
}
