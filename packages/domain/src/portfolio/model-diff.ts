import { type MeanHealth, meanHealthOf } from '../health/health-targets.ts';
import { HEALTH_BANDS } from '../models/model-pack.ts';
import { meanOf, tallyOf, totalOf } from '../statistics/tally.ts';
import { byPlace } from './portfolio-row.ts';

/** Health by one of two models. */
export interface ModelHealth {
  /** Hundredths of 0..100; null: not scorable. */
  readonly valueHundredths: number | null;
  readonly band: string;
  /** Flagged at risk: an alert stands, or would stand (S62). */
  readonly atRisk: boolean;
}

/** A customer by the model that counts and by one that is tried. */
export interface ComparedCustomer {
  readonly customerId: string;
  /** Lifetime value, minor units; null: not known. */
  readonly valueMinor: number | null;
  readonly live: ModelHealth;
  readonly shadow: ModelHealth;
}

/** Customers, and what they are worth together; null: not known of any of them, or past 2^53. */
export interface CountedValue {
  readonly customers: number;
  readonly valueMinor: number | null;
}

/** What would be another if the model that is tried counted (N6). */
export interface ModelDiff {
  readonly customers: number;
  /** Customers in another band, and what they are worth: the value that moves. */
  readonly crossing: CountedValue;
  readonly better: CountedValue;
  readonly worse: CountedValue;
  /** Scored by one of the two models only. */
  readonly scorable: CountedValue;
  readonly notScorable: CountedValue;
  readonly alertsGained: CountedValue;
  readonly alertsLost: CountedValue;
  readonly live: MeanHealth;
  readonly shadow: MeanHealth;
  /** Mean of the distances between the two, whichever is greater, of those scored by both; null: nobody is. */
  readonly meanMoveHundredths: number | null;
  /** All four bands, the best first. */
  readonly bands: readonly {
    readonly band: string;
    readonly live: CountedValue;
    readonly shadow: CountedValue;
  }[];
  /** Who crosses: by the band left, then by the band entered. */
  readonly moves: readonly (CountedValue & { readonly from: string; readonly to: string })[];
}

/** Compares two models over all customers of a tenant. */
export function compareModels(customers: readonly ComparedCustomer[]): ModelDiff {
  const where = (holds: (customer: ComparedCustomer) => boolean) => countOf(customers.filter(holds));
  return {
    customers: customers.length,
    crossing: where(crosses),
    better: where((customer) => stepOf(customer) === 'better'),
    worse: where((customer) => stepOf(customer) === 'worse'),
    scorable: where((customer) => stepOf(customer) === 'scorable'),
    notScorable: where((customer) => stepOf(customer) === 'not-scorable'),
    alertsGained: where((customer) => alertOf(customer) === 'gained'),
    alertsLost: where((customer) => alertOf(customer) === 'lost'),
    live: meanHealthOf(customers.map(({ live }) => live.valueHundredths)),
    shadow: meanHealthOf(customers.map(({ shadow }) => shadow.valueHundredths)),
    meanMoveHundredths: meanOf(
      tallyOf(customers, (customer) => {
        const difference = differenceOf(customer);
        return difference === null ? null : Math.abs(difference);
      }),
    ),
    bands: HEALTH_BANDS.map((band) => ({
      band,
      live: where(({ live }) => live.band === band),
      shadow: where(({ shadow }) => shadow.band === band),
    })),
    moves: movesOf(customers),
  };
}

/** The customer is in another band by the model that is tried. */
export function crosses({ live, shadow }: ComparedCustomer): boolean {
  return live.band !== shadow.band;
}

/** Whether the customer would begin to be flagged at risk, or stop. */
export function alertOf({ live, shadow }: ComparedCustomer): 'gained' | 'lost' | null {
  if (live.atRisk === shadow.atRisk) return null;
  return shadow.atRisk ? 'gained' : 'lost';
}

/** Health by the model that is tried less health by the one that counts, hundredths; null: one of them has none. */
export function differenceOf({ live, shadow }: ComparedCustomer): number | null {
  if (live.valueHundredths === null || shadow.valueHundredths === null) return null;
  return shadow.valueHundredths - live.valueHundredths;
}

function stepOf(customer: ComparedCustomer): 'better' | 'worse' | 'scorable' | 'not-scorable' | null {
  if (!crosses(customer)) return null;
  const [from, to] = [placeOf(customer.live.band), placeOf(customer.shadow.band)];
  const notScorable = placeOf('not-scorable');
  if (from === notScorable) return 'scorable';
  if (to === notScorable) return 'not-scorable';
  return to < from ? 'better' : 'worse';
}

function placeOf(band: string): number {
  const bands: readonly string[] = HEALTH_BANDS;
  return bands.indexOf(band);
}

function movesOf(customers: readonly ComparedCustomer[]): ModelDiff['moves'] {
  const order = byPlace(HEALTH_BANDS);
  const moves = Map.groupBy(customers.filter(crosses), ({ live, shadow }) => `${live.band} ${shadow.band}`);
  return [...moves.values()]
    .flatMap((members) => {
      const [first] = members;
      if (first === undefined) return [];
      return [{ from: first.live.band, to: first.shadow.band, ...countOf(members) }];
    })
    .sort((one, other) => order(one.from, other.from) || order(one.to, other.to));
}

function countOf(members: readonly ComparedCustomer[]): CountedValue {
  return {
    customers: members.length,
    valueMinor: totalOf(tallyOf(members, ({ valueMinor }) => valueMinor)),
  };
}
