import { formatDay } from '@bellwether/events';
import type { AgreementList } from '../../packages/domain/src/agreements/agreement-state.ts';
import { evolveAgreements } from '../../packages/domain/src/agreements/evolve-agreements.ts';
import { calibrationOf, type Forecast, wilsonOf } from '../../packages/domain/src/churn/calibration.ts';
import {
  CHURN_FEATURES,
  type ChurnSignal,
  standardise,
} from '../../packages/domain/src/churn/churn-features.ts';
import type { ChurnContract, ChurnInput, Fact } from '../../packages/domain/src/churn/churn-input.ts';
import {
  CHURN_DEFAULT,
  type ChurnReadings,
  modelProbabilityOf,
} from '../../packages/domain/src/churn/churn-model.ts';
import { keptReadings } from '../../packages/domain/src/churn/churn-record.ts';
import { decideChurn } from '../../packages/domain/src/churn/decide-churn.ts';
import { endedDayOf } from '../../packages/domain/src/churn/ended-day.ts';
import { type ChurnOutcome, fitChurn } from '../../packages/domain/src/churn/fit-churn.ts';
import { heldBandOf } from '../../packages/domain/src/churn/hold-band.ts';
import { leadTimeOf, type WarnedYear } from '../../packages/domain/src/churn/lead-time.ts';
import { nextChurnDay } from '../../packages/domain/src/churn/next-churn-day.ts';
import type { PublishedChurn } from '../../packages/domain/src/churn/published-churn.ts';
import { type RiskBand, scoreChurn } from '../../packages/domain/src/churn/score-churn.ts';
import { givenAgreement } from '../../packages/domain/src/customer/test-support.ts';
import { initialPayments } from '../../packages/domain/src/rfm/payments-state.ts';

const TODAY = 20_000;

/** A fact, or the word for why there is none. */
type Written = number | 'feed-absent' | 'feed-stale' | 'no-data';

/** A customer as a document writes it: points instead of hundredths, days ago or ahead instead of epoch days. */
interface Customer {
  readonly health: Written;
  readonly usageTrend: Written;
  readonly daysSinceActivity: Written;
  readonly troubledTickets: Written;
  readonly sponsorsLeft: Written;
  readonly satisfaction: Written;
  readonly tenureDays: Written;
  readonly overduePayments: Written;
  readonly contraction?: Written;
  readonly agreements?: {
    readonly active: number;
    readonly renewsByItself: boolean;
    readonly decisionInDays?: number;
    readonly boundForDays: number;
    readonly terminationTold?: boolean;
  };
  readonly purchases?: {
    readonly firstDaysAgo: number;
    readonly lastDaysAgo: number;
    readonly count: number;
  };
}

function fact<Value>(written: Written, read: (value: number) => Value): Fact<Value> {
  return typeof written === 'number' ? read(written) : { missing: written };
}

function contractOf({ agreements }: Customer): ChurnContract | null {
  if (agreements === undefined) return null;
  const { active, renewsByItself, decisionInDays, boundForDays, terminationTold = false } = agreements;
  return {
    activeCount: active,
    decisionDay: decisionInDays === undefined ? null : TODAY + decisionInDays,
    renewsByItself,
    boundUntilDay: TODAY + boundForDays,
    isTerminationTold: terminationTold,
  };
}

function inputOf(customer: Customer): ChurnInput {
  const same = (value: number) => value;
  const { purchases } = customer;
  return {
    health: fact(customer.health, (points) => ({
      valueHundredths: Math.round(points * 100),
      confidenceHundredths: 10_000,
    })),
    usageTrendPercent: fact(customer.usageTrend, same),
    lastActivityDay: fact(customer.daysSinceActivity, (days) => TODAY - days),
    troubledTickets: fact(customer.troubledTickets, same),
    sponsorsLeft: fact(customer.sponsorsLeft, same),
    satisfaction: fact(customer.satisfaction, (points) => ({
      valueHundredths: Math.round(points * 100),
      day: TODAY,
    })),
    customerSinceDay: fact(customer.tenureDays, (days) => TODAY - days),
    overduePayments: fact(customer.overduePayments, same),
    contractionPercent: fact(customer.contraction ?? 'no-data', same),
    contract: contractOf(customer),
    purchases:
      purchases === undefined
        ? { missing: 'no-data' }
        : {
            firstDay: TODAY - purchases.firstDaysAgo,
            lastDay: TODAY - purchases.lastDaysAgo,
            count: purchases.count,
          },
  };
}

interface Scored {
  readonly customer: Customer;
  readonly retentionBasisPoints?: number;
}

function context(retentionBasisPoints: number | undefined) {
  return { today: TODAY, contractual: retentionBasisPoints === undefined ? null : { retentionBasisPoints } };
}

function score({ customer, retentionBasisPoints }: Scored) {
  const scored = scoreChurn(inputOf(customer), context(retentionBasisPoints));
  return {
    ...scored,
    contributions: Object.fromEntries(
      scored.parts.map(({ signal, contributionBasisPoints }) => [signal, contributionBasisPoints]),
    ),
  };
}

/** The change from one published state of a customer to the next. */
function change({ before, after }: { readonly before: Customer; readonly after: Customer }) {
  const first = decideChurn(null, inputOf(before), { today: TODAY });
  const published: PublishedChurn = first.published;
  return decideChurn(published, inputOf(after), { today: TODAY }).change;
}

/** So many outcomes of each kind on a day, all with the same readings. */
interface Outcomes {
  readonly day: number;
  readonly readings: ChurnReadings;
  readonly ended: number;
  readonly stayed: number;
}

function outcomesOf({ day, readings, ended, stayed }: Outcomes): ChurnOutcome[] {
  return Array.from({ length: ended + stayed }, (_, index) => ({ day, readings, ended: index < ended }));
}

/** An agreement by days after the observation. */
interface Signed {
  readonly signedInDays: number;
  readonly endsInDays: number;
}

/** What the worked examples of docs/scoring/churn.md are computed by. */
export const examples: { readonly [name: string]: (given: never) => unknown } = {
  'churn-risk': ({ signal, reading }: { signal: ChurnSignal; reading: number }) => ({
    risk: standardise(CHURN_FEATURES[signal], reading) / 100,
  }),
  'churn-readings': (readings: ChurnReadings) => ({
    probabilityBasisPoints: modelProbabilityOf(CHURN_DEFAULT, readings),
  }),
  'churn-score': score,
  'churn-change': change,
  'churn-band': ({ previous, value, held }: { previous: RiskBand; value: number; held?: number }) => ({
    band: heldBandOf(previous, value, held ?? value),
  }),
  'churn-next-day': ({ customer }: Scored) => {
    const next = nextChurnDay(inputOf(customer), TODAY);
    return { inDays: next === null ? null : next - TODAY };
  },
  'churn-ended': ({ agreements }: { agreements: readonly Signed[] }) => {
    const observation = {
      day: TODAY,
      toldBasisPoints: 2_000,
      readings: keptReadings({ 'active-agreements': 1 }),
      warned: [null, null, null],
    };
    const signed = agreements.reduce<AgreementList>((known, { signedInDays, endsInDays }, index) => {
      const event = givenAgreement('created', TODAY + signedInDays, {
        agreementId: `A${index}`,
        signedDate: formatDay(TODAY + signedInDays),
        endDate: formatDay(TODAY + endsInDays),
      });
      const evolved = evolveAgreements(known, event);
      if (evolved.kind !== 'ok') throw new Error(evolved.kind);
      return evolved.result;
    }, []);
    const ended = endedDayOf({ agreements: signed, payments: initialPayments() }, observation);
    return { endedAfterDays: ended == null ? null : ended - TODAY };
  },
  'churn-fit': ({ outcomes }: { outcomes: readonly Outcomes[] }) =>
    fitChurn(outcomes.flatMap(outcomesOf), { current: CHURN_DEFAULT, version: '2025-07-01' }),
  calibration: ({ forecasts }: { forecasts: readonly (readonly [number, boolean])[] }) =>
    calibrationOf(
      forecasts.map(([probabilityBasisPoints, ended]): Forecast => ({ probabilityBasisPoints, ended })),
    ),
  wilson: ({ hits, count }: { hits: number; count: number }) => wilsonOf(hits, count),
  'lead-time': ({ years }: { years: readonly WarnedYear[] }) => leadTimeOf(years),
};
