import { roundedQuotient } from '@bellwether/events';
import { basisPointsOf, publishable } from '../statistics/exact.ts';
import type { Fraction } from '../statistics/quantiles.ts';
import { meanOf, type Tally } from '../statistics/tally.ts';
import type { EngagementModel } from '../tier/engagement-model.ts';
import type { Segment } from '../tier/value-tier.ts';
import { type MrrMovements, revenueRetentionOf } from '../value/mrr-movement.ts';
import { KPI_DEFINITIONS, type KpiDefinition, type KpiName } from './kpi-definitions.ts';
import type { ExpansionOutcomes, KeptTally, KpiSnapshot, RecurringMovements } from './kpi-snapshot.ts';
import { addMonths } from './months.ts';
import { npsAnswers, npsOf } from './nps.ts';
import { UNKNOWN } from './portfolio-row.ts';
import { fivePointMeanOf } from './segment-comparison.ts';

/**
 * Why a KPI has no value (D20). `no-population`: there are no such customers, answers or opportunities; `no-data`: the
 * measure is known of none of them, or of most customers it is not known whether they are such ones; `low-coverage`: of
 * fewer than half; `no-baseline`: the month to compare with was not kept, or not known well enough; `zero-baseline`: it
 * was nothing or negative then, and growth of that means nothing; `out-of-range`: the number passes 2^53.
 */
export type KpiReason =
  | 'no-population'
  | 'no-data'
  | 'low-coverage'
  | 'no-baseline'
  | 'zero-baseline'
  | 'out-of-range';

/** One KPI of one month. */
export interface Kpi extends KpiDefinition {
  readonly name: KpiName;
  /** `YYYY-MM` */
  readonly month: string;
  /** The tier or engagement model it is told for; null: the portfolio. */
  readonly group: string | null;
  /** In the unit, rounded; the status is judged by this number. Null: see the reason. */
  readonly value: number | null;
  readonly status: 'met' | 'missed' | 'no-target' | 'unknown';
  /** Whom or what it is about (customers, answers, opportunities), and of how many of them it is known. */
  readonly population: number;
  readonly known: number;
  readonly reason: KpiReason | null;
}

/** Whom the requirements name. */
const ENTERPRISE: Segment = 'enterprise';
const EXECUTIVE: EngagementModel = 'executive';

type Finding = Pick<Kpi, 'value' | 'population' | 'known' | 'reason'>;

/**
 * All KPIs of a month (S47 to S54, S109, S110) from its sums and those of earlier months, which may come in any order:
 * the month before and the same month a year before are looked for among them.
 */
export function kpisOf(now: KpiSnapshot, earlier: readonly KpiSnapshot[]): readonly Kpi[] {
  const before = (months: number) => earlier.find(({ month }) => month === addMonths(now.month, -months));
  const kpi = (name: KpiName, finding: Finding, group: string | null = null): Kpi => {
    const definition: KpiDefinition = KPI_DEFINITIONS[name];
    return {
      name,
      month: now.month,
      group,
      ...definition,
      ...finding,
      status: statusOf(finding.value, definition),
    };
  };
  const monthBefore = before(1);
  return [
    kpi('enterprise-share-growth', growthOf(shareOf(now), shareOf(before(12)))),
    kpi('enterprise-value-growth', growthOf(meanValueOf(now), meanValueOf(before(12)))),
    ...now.tiers.map(({ valueTier }) => {
      const growth = growthOf(velocityOf(now, valueTier), velocityOf(monthBefore, valueTier));
      return kpi('velocity-growth', growth, valueTier);
    }),
    kpi('executive-health', meanFinding(executivesOf(now)?.health, fivePointMeanOf, isModelKnown(now))),
    kpi('enterprise-churn', meanFinding(enterpriseOf(now)?.churn, meanOf, isSegmentKnown(now))),
    ...now.models.map(({ engagementModel, health, managed, managers }) =>
      kpi('value-per-manager', perManager(health.members, managed, managers), engagementModel),
    ),
    ...now.tiers.map(({ valueTier, nps }) => kpi('nps', counted(npsOf(nps), npsAnswers(nps)), valueTier)),
    kpi('expansion-rate', expansionFinding(now.expansion)),
    ...retentionOf(now.recurring, now.customers).map(({ name, finding }) => kpi(name, finding)),
    kpi('mean-health', meanFinding(now.health, meanOf)),
  ];
}

function statusOf(value: number | null, { target }: KpiDefinition): Kpi['status'] {
  if (value === null) return 'unknown';
  if (target === null) return 'no-target';
  const isMet = {
    'at-least': value >= target.value,
    above: value > target.value,
    below: value < target.value,
  }[target.is];
  return isMet ? 'met' : 'missed';
}

function tallyOfKept({ members, known, sum }: KeptTally): Tally {
  return { members, known, sum: BigInt(sum) };
}

function enterpriseOf(snapshot: KpiSnapshot | undefined) {
  return snapshot?.segments.find(({ segment }) => segment === ENTERPRISE);
}

function executivesOf(snapshot: KpiSnapshot) {
  return snapshot.models.find(({ engagementModel }) => engagementModel === EXECUTIVE);
}

/** Whether the class of at least half of all customers is known: else an empty one says nothing (D20). */
function isClassKnown({ customers }: KpiSnapshot, unclassified: KeptTally | undefined): boolean {
  return 2 * (unclassified?.members ?? 0) <= customers;
}

function isSegmentKnown(snapshot: KpiSnapshot): boolean {
  return isClassKnown(snapshot, snapshot.segments.find(({ segment }) => segment === UNKNOWN)?.value);
}

function isTierKnown(snapshot: KpiSnapshot): boolean {
  return isClassKnown(snapshot, snapshot.tiers.find(({ valueTier }) => valueTier === UNKNOWN)?.velocity);
}

function isModelKnown(snapshot: KpiSnapshot): boolean {
  return isClassKnown(snapshot, snapshot.models.find((model) => model.engagementModel === UNKNOWN)?.health);
}

/** Why too little is known of a measure to tell anything about all of the members; null: enough is known. */
function faultOf(tally: KeptTally | undefined, isClassTold: boolean): KpiReason | null {
  if (tally === undefined || tally.members === 0) return isClassTold ? 'no-population' : 'no-data';
  if (tally.known === 0) return 'no-data';
  return 2 * tally.known < tally.members ? 'low-coverage' : null;
}

function meanFinding(
  tally: KeptTally | undefined,
  read: (tally: Tally) => number | null,
  isClassTold = true,
): Finding {
  const reason = faultOf(tally, isClassTold);
  const value = reason === null && tally !== undefined ? read(tallyOfKept(tally)) : null;
  return { value, population: tally?.members ?? 0, known: tally?.known ?? 0, reason };
}

/** An amount to compare with another, and of whom it is known. */
interface Amount {
  readonly fraction: Fraction;
  readonly tally: KeptTally | undefined;
  readonly isClassTold: boolean;
}

/** Undefined without a month. */
function shareOf(snapshot: KpiSnapshot | undefined): Amount | undefined {
  const enterprise = enterpriseOf(snapshot);
  if (snapshot === undefined) return undefined;
  const fraction = {
    numerator: BigInt(enterprise?.positiveMinor ?? 0),
    denominator: BigInt(snapshot.positiveMinor),
  };
  return { fraction, tally: enterprise?.value, isClassTold: isSegmentKnown(snapshot) };
}

function meanValueOf(snapshot: KpiSnapshot | undefined): Amount | undefined {
  if (snapshot === undefined) return undefined;
  const tally = enterpriseOf(snapshot)?.value;
  const fraction = { numerator: BigInt(tally?.sum ?? 0), denominator: BigInt(tally?.known ?? 0) };
  return { fraction, tally, isClassTold: isSegmentKnown(snapshot) };
}

function velocityOf(snapshot: KpiSnapshot | undefined, tier: string): Amount | undefined {
  if (snapshot === undefined) return undefined;
  const tally = snapshot.tiers.find(({ valueTier }) => valueTier === tier)?.velocity;
  const fraction = { numerator: BigInt(tally?.sum ?? 0), denominator: 1n };
  return { fraction, tally, isClassTold: isTierKnown(snapshot) };
}

/** now / then - 1, exact until it is rounded to basis points. */
function growthOf(now: Amount | undefined, then: Amount | undefined): Finding {
  const counts = { population: now?.tally?.members ?? 0, known: now?.tally?.known ?? 0 };
  const without = (reason: KpiReason): Finding => ({ value: null, ...counts, reason });
  const fault = faultOf(now?.tally, now?.isClassTold ?? true);
  if (now === undefined || fault !== null) return without(fault ?? 'no-population');
  if (then === undefined) return without('no-baseline');
  const faultThen = faultOf(then.tally, then.isClassTold);
  if (faultThen === 'no-population') return without('zero-baseline');
  if (faultThen !== null) return without('no-baseline');
  if (then.fraction.numerator <= 0n || then.fraction.denominator <= 0n) return without('zero-baseline');
  // No customer has a positive value: there is no whole to have a share in.
  if (now.fraction.denominator <= 0n) return without('no-data');
  const present = now.fraction.numerator * then.fraction.denominator;
  const past = then.fraction.numerator * now.fraction.denominator;
  return found(roundedQuotient(10_000n * (present - past), past), counts);
}

function perManager(population: number, managed: KeptTally, managers: number): Finding {
  if (managers === 0 || managed.known === 0) {
    return { value: null, population, known: 0, reason: population === 0 ? 'no-population' : 'no-data' };
  }
  const counts = { population, known: managed.known };
  return found(roundedQuotient(BigInt(managed.sum), BigInt(managers)), counts);
}

function found(exact: bigint, counts: Pick<Finding, 'population' | 'known'>): Finding {
  const value = publishable(exact);
  return { value, ...counts, reason: value === null ? 'out-of-range' : null };
}

/** Of things that are counted all are known. */
function counted(value: number | null, population: number): Finding {
  return { value, population, known: population, reason: value === null ? 'no-population' : null };
}

function expansionFinding(expansion: ExpansionOutcomes | null): Finding {
  if (expansion === null) return { value: null, population: 0, known: 0, reason: 'no-data' };
  const closed = expansion.won + expansion.lost;
  return counted(basisPointsOf(BigInt(expansion.won), BigInt(closed)), closed);
}

/** Net revenue retention as first stated and with contraction, and gross retention (S109, D17). */
function retentionOf(
  { customers: known, ...kept }: RecurringMovements,
  population: number,
): readonly { readonly name: KpiName; readonly finding: Finding }[] {
  const movements: MrrMovements = {
    start: BigInt(kept.startMinor),
    new: BigInt(kept.newMinor),
    expansion: BigInt(kept.expansionMinor),
    contraction: BigInt(kept.contractionMinor),
    churn: BigInt(kept.churnMinor),
  };
  const { nrrSeedBasisPoints, nrrBasisPoints, grrBasisPoints } = revenueRetentionOf(movements);
  const finding = (value: number | null): Finding => {
    return { value, population, known, reason: value === null ? missing() : null };
  };
  const missing = (): KpiReason => {
    if (population === 0) return 'no-population';
    if (known === 0) return 'no-data';
    return movements.start > 0n ? 'out-of-range' : 'zero-baseline';
  };
  return [
    { name: 'nrr-seed', finding: finding(nrrSeedBasisPoints) },
    { name: 'nrr', finding: finding(nrrBasisPoints) },
    { name: 'grr', finding: finding(grrBasisPoints) },
  ];
}
