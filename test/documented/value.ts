import type { EventData, FeedStatuses } from '@bellwether/events';
import type { AgreementList } from '../../packages/domain/src/agreements/agreement-state.ts';
import { agreementStatus, standingsOf } from '../../packages/domain/src/agreements/agreement-status.ts';
import {
  type AgreementFacts,
  day,
  given as event,
  givenAgreement,
} from '../../packages/domain/src/customer/test-support.ts';
import { ltvTotalsOf, ltvValueOf } from '../../packages/domain/src/ltv/decide-ltv.ts';
import { crossSellOf } from '../../packages/domain/src/opportunities/cross-sell.ts';
import { opportunitySummaryOf } from '../../packages/domain/src/opportunities/opportunity-summary.ts';
import { decideRenewals } from '../../packages/domain/src/renewals/decide-renewals.ts';
import { evolvePayments } from '../../packages/domain/src/rfm/evolve-payments.ts';
import { initialPayments, type PaymentsState } from '../../packages/domain/src/rfm/payments-state.ts';
import { meanTransactionOf, rfmPartsOf } from '../../packages/domain/src/rfm/rfm-parts.ts';
import { backtest, type Prediction } from '../../packages/domain/src/value/backtest.ts';
import { judgeRevenue } from '../../packages/domain/src/value/judge-revenue.ts';
import { mrrOn } from '../../packages/domain/src/value/mrr.ts';
import {
  movementBetween,
  NO_MOVEMENTS,
  revenueRetentionOf,
  withMovement,
} from '../../packages/domain/src/value/mrr-movement.ts';
import { predictedRevenueV1, predictedRevenueV2 } from '../../packages/domain/src/value/predicted-revenue.ts';
import {
  evolveRecurringPayments,
  type RecurringPayment,
} from '../../packages/domain/src/value/recurring-payments.ts';
import { type RoiInput, roiOf } from '../../packages/domain/src/value/roi.ts';
import { agreementValueOn } from '../../packages/domain/src/value/terms-on.ts';
import { agreementsAfter, opportunitiesAfter } from '../../packages/domain/src/value/test-support.ts';
import {
  evolveValueMoments,
  initialValueMoments,
  timeToValueOf,
} from '../../packages/domain/src/value/time-to-value.ts';
import { velocityOf } from '../../packages/domain/src/value/velocity.ts';
import { NO_OUTCOMES, type Outcomes, winRatesOf } from '../../packages/domain/src/value/win-rates.ts';

/** An event of an agreement as a document writes it: its kind, the date it came on, and what it says. */
type WrittenAgreement = AgreementFacts & {
  readonly event: 'created' | 'amended' | 'renewed' | 'expired' | 'terminated';
  readonly on: string;
};
/** A payment as a document writes it. */
type WrittenPayment = EventData<'payment.paid'> & { readonly on: string };
/** An opportunity as a document writes it; without `won` or `lost` it is open. */
interface WrittenOpportunity {
  readonly kind?: 'new' | 'upsell' | 'cross-sell' | 'renewal';
  readonly amountMinor: number;
  readonly created?: string;
  readonly won?: string;
}

interface Customer {
  readonly today: string;
  readonly agreements?: readonly WrittenAgreement[];
  readonly payments?: readonly WrittenPayment[];
  readonly opportunities?: readonly WrittenOpportunity[];
}

const FRESH: FeedStatuses = {
  payment: { status: 'fresh', lastDay: 0 },
  opportunity: { status: 'fresh', lastDay: 0 },
};

/** Agreements of a document. */
export function agreementsOf(told: readonly WrittenAgreement[] = []): AgreementList {
  return agreementsAfter(told.map(({ event: kind, on, ...facts }) => givenAgreement(kind, on, facts)));
}

/** Opportunities of a document. */
export function opportunitiesOf(written: readonly WrittenOpportunity[] = [], today: string) {
  return opportunitiesAfter(
    written.flatMap(({ kind, amountMinor, created = today, won }, index) => {
      const opportunityId = `o${index}`;
      const data = { opportunityId, amountMinor, ...(kind === undefined ? {} : { opportunityKind: kind }) };
      const opened = event('opportunity.created', created, { data });
      return won === undefined
        ? [opened]
        : [opened, event('opportunity.won', won, { data: { opportunityId } })];
    }),
  );
}

function paymentsOf(written: readonly WrittenPayment[] = [], today: string): PaymentsState {
  let payments = initialPayments();
  for (const { on, ...data } of written) {
    const evolved = evolvePayments(payments, event('payment.paid', on, { data }), day(today));
    if (evolved.kind === 'ok') payments = evolved.payments;
  }
  return payments;
}

function recurringOf(written: readonly WrittenPayment[] = []): readonly RecurringPayment[] {
  let recurring: readonly RecurringPayment[] = [];
  for (const { on, ...data } of written)
    recurring = evolveRecurringPayments(recurring, event('payment.paid', on, { data }), 0);
  return recurring;
}

const JUDGED_DAY = 20_000;

/** What a census has of a customer for predicted revenue; money in minor units. */
interface JudgedCustomer {
  readonly decided?: Partial<Outcomes>;
  readonly forecast: {
    readonly daysAgo: number;
    readonly v1: number;
    readonly v2: number;
    readonly paid: number;
  };
}

/** The worked examples of `docs/scoring/value.md`. */
export const examples = {
  'agreement-value': (given: { readonly agreements: readonly WrittenAgreement[] }) => {
    const [agreement] = agreementsOf(given.agreements);
    return { valueMinor: agreement?.terms.valueMinor, incomplete: agreement?.terms.incomplete };
  },

  'agreement-status': (given: {
    readonly agreements: readonly WrittenAgreement[];
    readonly on: readonly string[];
  }) => {
    const [agreement] = agreementsOf(given.agreements);
    const statusOn = (on: string) => agreement && agreementStatus(agreement.terms, day(on));
    return { status: Object.fromEntries(given.on.map((on) => [on, statusOn(on)])) };
  },

  'lifetime-value': (given: Customer) => {
    const standings = standingsOf(agreementsOf(given.agreements), day(given.today));
    const totals = ltvTotalsOf(standings, paymentsOf(given.payments, given.today));
    return { ...totals, valueMinor: ltvValueOf(totals) };
  },

  'value-on-a-day': (given: {
    readonly agreements: readonly WrittenAgreement[];
    readonly on: readonly string[];
  }) => {
    const agreements = agreementsOf(given.agreements);
    return Object.fromEntries(given.on.map((on) => [on, agreementValueOn(agreements, day(on))]));
  },

  'cross-sell': (given: Customer) => {
    const crossSell = crossSellOf(standingsOf(agreementsOf(given.agreements), day(given.today)));
    return { situation: crossSell };
  },

  renewals: (given: { readonly agreements: readonly WrittenAgreement[]; readonly on: readonly string[] }) => {
    const agreements = agreementsOf(given.agreements);
    let notices: Parameters<typeof decideRenewals>[0] = [];
    const told = given.on.map((on) => {
      const decided = decideRenewals(notices, standingsOf(agreements, day(on)), {
        today: day(on),
        currency: 'USD',
      });
      notices = decided.notices;
      return decided.situations.map(({ type, code, daysBefore }) =>
        daysBefore === undefined ? `${type} ${code}` : `${type} ${code} ${daysBefore}`,
      );
    });
    return { told: told.flat() };
  },

  mrr: (given: Customer) => {
    const sources = { agreements: agreementsOf(given.agreements), recurring: recurringOf(given.payments) };
    return mrrOn(sources, day(given.today));
  },

  'revenue-retention': (given: {
    readonly customers: readonly (readonly [start: number, end: number])[];
  }) => {
    const movements = given.customers.map(([start, end]) => movementBetween(start, end));
    const sums = movements.reduce(withMovement, NO_MOVEMENTS);
    const numbers = Object.entries(sums).map(([name, sum]) => [`${name}Minor`, Number(sum)]);
    return { ...Object.fromEntries(numbers), ...revenueRetentionOf(sums) };
  },

  velocity: (given: Customer & { readonly since: string }) =>
    velocityOf({
      payments: paymentsOf(given.payments, given.today),
      opportunities: opportunitiesOf(given.opportunities, given.today),
      sinceDay: day(given.since),
      today: day(given.today),
      feeds: FRESH,
    }),

  transactions: (given: Customer) => {
    const parts = rfmPartsOf(paymentsOf(given.payments, given.today), day(given.today));
    return { ...parts, mean365Minor: meanTransactionOf(parts) };
  },

  'time-to-value': (given: {
    readonly today: string;
    readonly start: string;
    readonly firstUse: string;
    readonly reports?: readonly (Omit<EventData<'goal.value-realised'>, 'goalId'> & {
      readonly on: string;
    })[];
  }) => {
    const { reports = [] } = given;
    const told = reports.map(({ on, ...data }) =>
      event('goal.value-realised', on, { data: { goalId: 'g', ...data } }),
    );
    return timeToValueOf({
      moments: told.reduce(evolveValueMoments, initialValueMoments()),
      firstUseDay: day(given.firstUse),
      startDay: day(given.start),
      isHeard: true,
      today: day(given.today),
    });
  },

  roi: (given: RoiInput) => {
    const roi = roiOf(given);
    if (typeof roi === 'string') return { reason: roi };
    return {
      savingsMinor: roi.savingsMinor,
      productivityMinor: roi.productivityMinor,
      ratioPercent: roi.ratioBasisPoints / 100,
      netRoiPercent: roi.netRoiBasisPoints / 100,
      paybackMonths: roi.paybackHundredthMonths / 100,
    };
  },

  'predicted-revenue': (given: {
    readonly health: number;
    readonly today: string;
    readonly opportunities: readonly WrittenOpportunity[];
  }) => {
    const { won, open } = opportunitySummaryOf(
      opportunitiesOf(given.opportunities, given.today),
      day(given.today),
    );
    const sums = { wonMinor: won.amountMinor, pipelineMinor: open.amountMinor };
    return { ...sums, v1Minor: predictedRevenueV1(Math.round(100 * given.health), sums) };
  },

  'predicted-revenue-v2': (
    given: Customer & {
      readonly since: string;
      readonly mrrMinor: number;
      readonly churnBasisPoints: number;
      readonly decided: Partial<Outcomes>;
    },
  ) =>
    predictedRevenueV2({
      payments: paymentsOf(given.payments, given.today),
      opportunities: opportunitiesOf(given.opportunities, given.today),
      mrrMinor: given.mrrMinor,
      retentionBasisPoints: 10_000 - given.churnBasisPoints,
      winRates: winRatesOf({ ...NO_OUTCOMES, ...given.decided }),
      sinceDay: day(given.since),
      today: day(given.today),
    }),

  'win-rates': (given: { readonly decided: Partial<Outcomes> }) =>
    winRatesOf({ ...NO_OUTCOMES, ...given.decided }),

  backtest: (given: { readonly predictions: readonly (readonly [number | null, number])[] }) =>
    backtest(
      given.predictions.map(([predictedMinor, actualMinor]): Prediction => ({ predictedMinor, actualMinor })),
    ),

  'revenue-judged': (given: { readonly customers: readonly JudgedCustomer[] }) => {
    const rows = given.customers.map(({ decided, forecast }) => ({
      ...(decided === undefined ? {} : { decided }),
      forecast: {
        day: JUDGED_DAY - forecast.daysAgo,
        v1Minor: forecast.v1,
        v2Minor: forecast.v2,
        paidMinor: forecast.paid,
      },
    }));
    const { winRates = null, backtest: judged = null } = judgeRevenue(rows, JUDGED_DAY) ?? {};
    return { overallBasisPoints: winRates?.overallBasisPoints ?? null, v1: judged?.v1, v2: judged?.v2 };
  },
} as const;
