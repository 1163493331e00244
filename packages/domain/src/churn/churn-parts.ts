import type { MissingSignal } from '@bellwether/events';
import { apportion } from '../money/apportion.ts';
import type { ChurnSignal } from './churn-features.ts';
import type { ChurnInput } from './churn-input.ts';
import type { ChurnTerms, ContractualRetention } from './churn-terms.ts';
import {
  describeBase,
  describeBound,
  describeChurnReading,
  describeMissingChurn,
  describeRetention,
  describeTermination,
} from './describe-churn.ts';
import { probabilityOf, slopeBetween } from './logistic.ts';

/** The part that a probability starts from. */
export const BASE = 'base';
/** The parts that stand for what agreements make of a probability itself; of both the first counts alone. */
export const BOUND = 'bound-by-agreement';
export const TERMINATION_TOLD = 'termination-told';

/** What one part of a probability adds to the log-odds. */
export interface LogOddsPart {
  readonly signal: string;
  /** Basis points; 0 for what the agreements make of the probability itself. */
  readonly logOddsBasisPoints: number;
}

/** One part of a probability: the base, a signal, or what the agreements make of it. */
export interface ChurnPart extends LogOddsPart {
  /** The reading in its own unit; null: missing. */
  readonly raw: number | null;
  /** Part of the value; 0 while missing. */
  readonly contributionBasisPoints: number;
  readonly text: string;
}

/** A signal that applies to the customer, as it was found. All amounts in basis points. */
export interface Assessed {
  readonly signal: ChurnSignal;
  readonly weight: number;
  /** Null: missing. */
  readonly raw: number | null;
  /** What the reading adds, or what stands in for it while it is missing; 0 where nothing does. */
  readonly logOdds: number;
  readonly freshnessHundredths: number;
  readonly why: MissingSignal['why'] | null;
  /** It was read, but a feed that it is made of has stopped (N2). */
  readonly isSpoilt: boolean;
  /** What an expected but missing signal could add at its best and at its worst. */
  readonly extent: { readonly best: number; readonly worst: number };
}

/** What the parts add up to. */
export interface Summed {
  readonly baseLogOdds: number;
  readonly value: number | null;
  readonly terms: ChurnTerms;
  readonly input: ChurnInput;
  readonly contractual: ContractualRetention | null;
}

/** Every part of a probability: the base, the signals that apply in the order of the model, the agreements. */
export function partsOf(assessed: readonly Assessed[], summed: Summed): ChurnPart[] {
  const { baseLogOdds, value, terms, input, contractual } = summed;
  const base = probabilityOf(baseLogOdds);
  const parts: Omit<ChurnPart, 'contributionBasisPoints'>[] = [
    { signal: BASE, raw: base, logOddsBasisPoints: baseLogOdds, text: describeBase(base) },
  ];
  for (const { signal, raw, logOdds, why } of assessed)
    parts.push({ signal, raw, logOddsBasisPoints: logOdds, text: textOf(signal, raw, why) });
  if (terms.nearness > 0 && contractual !== null) {
    const { retentionBasisPoints: raw } = contractual;
    const logOddsBasisPoints = terms.retentionLogOdds;
    parts.push({ signal: 'contractual-retention', raw, logOddsBasisPoints, text: describeRetention(raw) });
  }
  if (terms.isBound) {
    const raw = input.contract?.boundUntilDay ?? 0;
    parts.push({ signal: BOUND, raw, logOddsBasisPoints: 0, text: describeBound(raw) });
  } else if (terms.isTerminationTold) {
    parts.push({ signal: TERMINATION_TOLD, raw: 1, logOddsBasisPoints: 0, text: describeTermination() });
  }
  const contributions = contributionsOf(parts, value);
  return parts.map((part, index) => ({ ...part, contributionBasisPoints: contributions[index] ?? 0 }));
}

/**
 * Each part in basis points of probability; they sum exactly to the value (1..9999; without one all are 0). What lies
 * between the base and the model's own probability is split by the log-odds, on the straight line between the two: each
 * part keeps its sign and its proportion to the others also where they nearly cancel out. What the agreements then make
 * of it is a part of its own.
 */
export function contributionsOf(parts: readonly LogOddsPart[], value: number | null): number[] {
  if (value === null) return parts.map(() => 0);
  const baseLogOdds = parts.find(({ signal }) => signal === BASE)?.logOddsBasisPoints ?? 0;
  const logOdds = logOddsSumOf(parts);
  const slope = slopeBetween(baseLogOdds, logOdds);
  const base = probabilityOf(baseLogOdds);
  const own = probabilityOf(logOdds);
  const amounts = parts.map(({ signal, logOddsBasisPoints }) =>
    signal === BASE ? 0 : logOddsBasisPoints * slope,
  );
  const split = apportion(amounts, own - base);
  return parts.map(({ signal }, index) => {
    if (signal === BASE) return base;
    return signal === BOUND || signal === TERMINATION_TOLD ? value - own : (split[index] ?? 0) + 0;
  });
}

/** Log-odds of the model's own probability, basis points. */
export function logOddsSumOf(parts: readonly LogOddsPart[]): number {
  return parts.reduce((sum, { logOddsBasisPoints }) => sum + logOddsBasisPoints, 0);
}

function textOf(signal: ChurnSignal, raw: number | null, why: MissingSignal['why'] | null): string {
  return raw === null ? describeMissingChurn(signal, why ?? 'no-data') : describeChurnReading(signal, raw);
}
