import type { CustomerEvent } from '@bellwether/events';
import { agreementsToday, type OracleTerms } from './agreement-terms.ts';
import { type ChurnReading, isActive, isLeaving, recomputeChurnReadings } from './churn-readings.ts';
import { latest, sumOf } from './common.ts';
import type { OracleContext } from './context.ts';

/** Churn by the default model (S29, S42, D8); probabilities in basis points, null: not scorable, or ended. */
export interface OracleChurn {
  readonly value: number | null;
  readonly band: string;
  readonly coverage: number;
  readonly low: number | null;
  readonly high: number | null;
  readonly uncertain: boolean;
  readonly missing: Readonly<Record<string, string>>;
  readonly readings: Readonly<Record<string, number>>;
}

interface Signal {
  readonly weight: number;
  readonly shape: 'line' | 'steps';
  readonly curve: readonly (readonly [reading: number, risk: number])[];
}

/** Weights are tenths; curves from reading to risk. */
const SIGNALS: Readonly<Record<string, Signal>> = {
  health: line(14, '20:100 50:40 65:0 80:-50 95:-100'),
  'usage-trend': line(6, '-100:100 -50:70 -20:30 0:0 20:-30 50:-50'),
  'last-activity': steps(7, '0:-40 7:0 14:35 30:70 60:100'),
  'service-trouble': line(7, '0:-15 1:35 2:75 4:100'),
  'sponsor-left': line(7, '0:-10 1:80 2:100'),
  satisfaction: line(6, '0:100 40:60 70:0 85:-40 100:-80'),
  tenure: steps(5, '0:50 365:20 730:0 1095:-30 1825:-60 3650:-100'),
  'overdue-payments': line(6, '0:-10 1:40 2:70 4:100'),
  'renews-by-itself': line(5, '0:50 1:-50'),
  'active-agreements': line(4, '1:30 2:0 3:-30 5:-70 8:-100'),
  contraction: line(6, '0:-10 10:40 30:80 50:100'),
  'purchase-rhythm': steps(20, '0:-60 100:0 150:30 200:60 300:85 500:100'),
};
const BASE = Math.round(10_000 * Math.log(0.2 / 0.8));
const CHECKPOINTS = [180, 120, 90, 60, 30, 7];

function line(weight: number, text: string): Signal {
  return { weight, shape: 'line', curve: pairs(text) };
}

function steps(weight: number, text: string): Signal {
  return { weight, shape: 'steps', curve: pairs(text) };
}

function pairs(text: string): Signal['curve'] {
  return text.split(' ').map((pair) => {
    const [reading, risk] = pair.split(':');
    return [Number(reading), Number(risk)] as const;
  });
}

/** Health as it stands, in hundredths; null: not scorable. */
export interface HealthForChurn {
  readonly value: number | null;
  readonly low: number | null;
  readonly high: number | null;
  /** Made without a feed that has stopped: then it may be anything from low to high (N2). */
  readonly isSilent: boolean;
}

/** The probability to end within 365 days. */
export function recomputeChurn(
  events: readonly CustomerEvent[],
  context: OracleContext,
  health: HealthForChurn,
): OracleChurn {
  const agreements = agreementsToday(events, context.today).filter(({ status }) => status !== 'void');
  const active = agreements.filter(isActive);
  const nothing = { value: null, low: null, high: null, uncertain: false };
  if (agreements.length > 0 && active.length === 0)
    return { ...nothing, band: 'ended', coverage: 10_000, missing: {}, readings: {} };
  const all = Object.entries(recomputeChurnReadings(events, context, health.value));
  const applying = all.filter((each): each is [string, Exclude<ChurnReading, null>] => each[1] !== null);
  const known = applying.filter((each): each is [string, number] => typeof each[1] === 'number');
  const missing = applying.filter((each) => typeof each[1] === 'string');
  const weightOf = (signals: readonly (readonly [string, unknown])[]) =>
    sumOf(signals.map(([signal]) => SIGNALS[signal]?.weight ?? 0));
  const coverage = Math.round((10_000 * weightOf(known)) / weightOf(applying));
  const about = {
    coverage,
    missing: {
      ...(Object.fromEntries(missing) as Record<string, string>),
      ...(health.isSilent ? { health: 'feed-stale' } : {}),
    },
    readings: Object.fromEntries(known),
  };
  if (coverage < 5_000) return { ...nothing, ...about, band: 'not-scorable' };
  const terms = termsOf(active, context);
  const logOddsAt = (pick: (signal: Signal) => number, spoiltHealth: number | null) =>
    BASE +
    terms.retention +
    sumOf(
      known.map(([signal, reading]) => {
        const read = signal === 'health' && health.isSilent ? (spoiltHealth ?? 100 * reading) / 100 : reading;
        return share(signal, risk(SIGNALS[signal], read), terms.nearness);
      }),
    ) +
    sumOf(
      missing.map(([signal, why]) => {
        const described = SIGNALS[signal];
        return why === 'feed-absent' || described === undefined
          ? 0
          : share(signal, pick(described), terms.nearness);
      }),
    );
  const valueAt = (pick: (signal: Signal) => number, spoiltHealth: number | null) =>
    terms.apply(probability(logOddsAt(pick, spoiltHealth)));
  const value = valueAt(() => 0, health.value);
  const low = valueAt(({ curve }) => 100 * Math.min(...curve.map(([, most]) => most)), health.high);
  const high = valueAt(({ curve }) => 100 * Math.max(...curve.map(([, most]) => most)), health.low);
  return { value, low, high, uncertain: bandOf(low) !== bandOf(high), band: bandOf(value), ...about };
}

/** The band of a probability in basis points (S42). */
export function bandOf(probabilityBasisPoints: number): 'low' | 'medium' | 'high' {
  if (probabilityBasisPoints >= 6_000) return 'high';
  return probabilityBasisPoints >= 3_000 ? 'medium' : 'low';
}

/**
 * The band that stands: entered from 30 and 60 %, left below 25 and 55 %.
 * @param was null: there was none, so the probability alone says it
 */
export function heldBandOf(was: string | null, probabilityBasisPoints: number): string {
  const entered = bandOf(probabilityBasisPoints);
  if (was === null) return entered;
  const kept = bandOf(probabilityBasisPoints + 500);
  const [from, least, most] = [was, entered, kept].map((band) => ['low', 'medium', 'high'].indexOf(band));
  return ['low', 'medium', 'high'][Math.max(least ?? 0, Math.min(from ?? 0, most ?? 0))] ?? was;
}

function probability(logOdds: number): number {
  return Math.min(9_999, Math.max(1, Math.round(10_000 / (1 + Math.exp(-logOdds / 10_000)))));
}

/** Hundredths of risk. */
function risk(signal: Signal | undefined, reading: number): number {
  if (signal === undefined) throw new Error('a signal without a curve');
  const { shape, curve } = signal;
  const above = curve.findIndex(([at]) => reading < at);
  if (above === 0) return 100 * (curve[0]?.[1] ?? 0);
  const [from, least] = (above === -1 ? curve.at(-1) : curve[above - 1]) ?? [0, 0];
  const [to, most] = curve[above] ?? [0, 0];
  if (above === -1 || shape === 'steps') return 100 * least;
  return Math.round(100 * (least + ((reading - from) * (most - least)) / (to - from)));
}

/** Weight times risk, in basis points of log-odds; the tenure gives way to the tenant's own renewals (N10). */
function share(signal: string, riskHundredths: number, nearness: number): number {
  const logOdds = Math.round(((SIGNALS[signal]?.weight ?? 0) * riskHundredths) / 10);
  return signal === 'tenure' ? Math.round((logOdds * (6 - nearness)) / 6) : logOdds;
}

function termsOf(active: readonly OracleTerms[], context: OracleContext) {
  const { today } = context;
  const going = active.filter((terms) => !isLeaving(terms));
  const kept = retentionOf(active, context);
  const decision = going.flatMap((terms) => dueDay(terms, today) ?? []).sort((a, b) => a - b)[0];
  const nearness =
    kept === null || decision === undefined
      ? 0
      : CHECKPOINTS.filter((days) => decision - today <= days).length;
  const anchor = kept === null ? 0 : Math.round(10_000 * Math.log((10_000 - kept) / kept));
  const bound = latest(active.flatMap((terms) => boundUntil(terms, today) ?? []));
  const isTold = active.length > 0 && going.length === 0;
  return {
    nearness,
    retention: Math.round((nearness * (anchor - BASE)) / 6),
    apply: (chance: number) => {
      if (bound !== null && bound >= today + 365) return Math.max(1, Math.round(chance / 10));
      return isTold ? Math.max(chance, 9_500) : chance;
    },
  };
}

/** The day by which something must be decided: the notice deadline, after it the end, unless it renews by itself. */
export function dueDay({ lastDay, noticeDays, autoRenew }: OracleTerms, today: number): number | null {
  if (lastDay === null) return null;
  if (noticeDays === null) return lastDay;
  if (lastDay - noticeDays >= today) return lastDay - noticeDays;
  return autoRenew === true ? null : lastDay;
}

function boundUntil(terms: OracleTerms, today: number): number | null {
  const { lastDay, noticeDays, autoRenew, renewalTermMonths, closingDay } = terms;
  if (isLeaving(terms) && closingDay !== null) return Math.min(closingDay - 1, lastDay ?? closingDay);
  if (lastDay === null) return null;
  const isHeld = autoRenew === true && noticeDays !== null && lastDay - noticeDays < today;
  return isHeld ? lastDay + 28 * (renewalTermMonths ?? 0) : lastDay;
}

/** The share of agreements of its age still there after the decisions of a year, of the one decided next (sBG). */
function retentionOf(active: readonly OracleTerms[], { today, findings }: OracleContext): number | null {
  const model = findings?.predictive.shiftedBetaGeometric ?? null;
  const due = active.flatMap((terms) => {
    const day = dueDay(terms, today);
    return day === null ? [] : [{ terms, day }];
  });
  const next = [...due].sort(
    (a, b) => a.day - b.day || (a.terms.agreementId < b.terms.agreementId ? -1 : 1),
  )[0];
  if (model === null || next === undefined) return null;
  const { startDay, lastDay, renewalTermMonths, renewalDays } = next.terms;
  const told = renewalTermMonths !== null && renewalTermMonths > 0 ? (renewalTermMonths * 487) / 16 : null;
  const span = startDay === null || lastDay === null ? 365 : lastDay - startDay + 1;
  const ahead = Math.max(1, Math.floor(365 / Math.max(1, told ?? span)));
  let share = 1;
  for (let renewal = renewalDays.length + 1; renewal <= renewalDays.length + ahead; renewal += 1)
    share *= (model.beta + renewal - 1) / (model.alpha + model.beta + renewal - 1);
  return Math.min(9_999, Math.max(1, Math.round(10_000 * share)));
}
