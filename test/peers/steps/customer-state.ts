/** What is kept of a customer. Times are epoch ms, days and months are numbered since 1970 (a month has 30 days). */
export interface CustomerState {
  /** Accepted events so far. */
  readonly revision: number;
  readonly paidCents: number;
  /** Time of the latest event, and its day. */
  readonly latestMs: number;
  readonly headDay: number;
  /** -1: none yet. */
  readonly lastActivityMs: number;
  readonly lastPaymentMs: number;
  readonly surveyScore: number;
  readonly surveyMs: number;
  /** Health of the output before, in hundredths; -1: there was none. */
  readonly previousHealth: number;
  readonly agreementCount: number;
  /** Rings and agreements, packed. */
  readonly rings: string;
}
