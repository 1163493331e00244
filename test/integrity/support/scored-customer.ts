import {
  agreementStatus,
  type CustomerState,
  complexityOf,
  crossSellOf,
  healthFactsOf,
  healthOf,
  lastDayOf,
  ltvTotalsOf,
  rfmPartsOf,
  standingsOf,
} from '@bellwether/domain';
import type { CustomerChange, CustomerEvent, CustomerEventsRecord, FeedStatuses } from '@bellwether/events';
import { scoring } from '@bellwether/scoring';
import type { DocumentIndex, DueQuery } from '@bellwether/stream';
import type { OracleFeatures } from '@bellwether/testkit';

/** One customer followed through the scoring topology, record by record, as the processing loop would. */
export class ScoredCustomer {
  state: CustomerState | undefined;
  head = scoring.initialHead('acme');
  readonly changes: CustomerChange[] = [];
  /** Every event given, repeats and wrong ones included: what counts is for the oracle to say. */
  readonly given: CustomerEvent[] = [];
  /** The last day whose mark reached this customer. */
  reviewedDay: number | null = null;
  #offset = 0;

  take(value: CustomerEventsRecord): void {
    const record = {
      topic: 'customer-events',
      partition: 0,
      offset: this.#offset++,
      key: '',
      timestampMs: 0,
      value,
    };
    this.head = scoring.evolveHead(this.head, record);
    if (value.kind === 'event') {
      this.given.push(value);
      this.#apply({ record, state: this.state });
      return;
    }
    const due = scoring.dueOf?.(this.head, value);
    const state = this.state;
    if (due && state && isDue(scoring.indexOf(state), due)) this.#apply({ record, state });
    this.#apply({ record, state: undefined });
    const isReached = due && (!state || (state.slot >= due.slotFrom && state.slot <= due.slotTo));
    if (isReached) this.reviewedDay = due.day;
  }

  #apply(input: Omit<Parameters<typeof scoring.step>[0], 'head'>): void {
    const result = scoring.step({ ...input, head: this.head });
    if (result.kind !== 'ok') return;
    if (result.state !== undefined) this.state = result.state;
    for (const { output, value } of result.outputs) {
      const change = value as CustomerChange;
      if (output === 'changes' && change.kind === 'change') this.changes.push(change);
    }
  }
}

/** As the store's contract has it: in the range of slots, and due by day or by context. */
function isDue({ slot = 0, dueDay = null, contextVersion = 0 }: DocumentIndex, due: DueQuery): boolean {
  if (slot < due.slotFrom || slot > due.slotTo) return false;
  return (dueDay !== null && dueDay <= due.day) || contextVersion < due.contextVersion;
}

/** The features that stand in a customer's state, in the oracle's words. */
export function observedFeatures(
  state: CustomerState,
  { today, feeds }: { readonly today: number; readonly feeds: FeedStatuses },
): OracleFeatures {
  const standings = standingsOf(state.agreements, today);
  const complexity = complexityOf(standings);
  const health = healthOf(healthFactsOf(state), { today, feeds, currency: 'USD' });
  const whyMissing = Object.fromEntries(health.missing.map(({ signal, why }) => [signal, why]));
  return {
    agreements: state.agreements.map(({ agreementId, terms }) => ({
      agreementId,
      agreementType: terms.agreementType,
      parentAgreementId: terms.parentAgreementId,
      valueMinor: terms.valueMinor,
      incomplete: terms.incomplete,
      signedDay: terms.signedDay,
      startDay: terms.startDay,
      endDay: terms.endDay,
      lastDay: lastDayOf(terms),
      paymentTerms: terms.paymentTerms,
      noticeDays: terms.noticeDays,
      autoRenew: terms.autoRenew,
      status: agreementStatus(terms, today),
    })),
    ltv: ltvTotalsOf(standings, state.payments),
    rfm: rfmPartsOf(state.payments, today),
    complexity: {
      value: complexity.value,
      band: complexity.band,
      types: complexity.types,
      renewalDates: complexity.renewalDates,
      paymentTerms: complexity.paymentTerms,
    },
    msaOnly: crossSellOf(standings)?.code ?? null,
    notices: state.published.notices,
    readings: Object.fromEntries(
      health.signals.map(({ signal, raw }) => [signal, raw ?? whyMissing[signal] ?? 'no-data']),
    ) as OracleFeatures['readings'],
    health: {
      value: health.valueHundredths,
      low: health.lowHundredths,
      high: health.highHundredths,
      band: health.band,
      coverage: health.coverageHundredths,
      missing: whyMissing,
    },
  };
}
