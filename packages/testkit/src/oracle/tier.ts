import type { CustomerEvent } from '@bellwether/events';
import { profileOf } from './account.ts';
import { nearest } from './common.ts';
import { classOf, type OracleContext } from './context.ts';

/** The classes of a customer (S23, S30, S34, S41, S63, S68); null: unclassified. */
export interface OracleTier {
  readonly labels: Readonly<Record<string, string | null>>;
  readonly figures: Readonly<Record<string, number | null>>;
}

/** Of other scores as they stand; null: not known. */
export interface ToldForTier {
  readonly ltvMinor: number | null;
  readonly predictedMinor: number | null;
  readonly complexityBand: string | null;
  readonly health: number | null;
  readonly atRisk: boolean;
  /** The band that stands, or `ended`. */
  readonly churnBand: string | null;
  /** Health, or churn, was made without a feed that has stopped. */
  readonly isHealthSilent: boolean;
  readonly isChurnSilent: boolean;
  /** Agreements or payments that the lifetime value is made of are not heard of any more. */
  readonly isValueSilent: boolean;
  /** The classes before, which silence leaves as long as they are possible; null: none. */
  readonly before: Readonly<Record<string, string | null>> | null;
}

const VALUE_TIERS = ['basic', 'silver', 'gold', 'platinum'];
const REVENUE_TIERS = ['T4', 'T3', 'T2', 'T1'];
const PRIORITIES: Readonly<Record<string, string>> = {
  automated: 'low',
  'retention-and-recovery': 'immediate',
  dedicated: 'high',
  executive: 'high',
  standard: 'medium',
};

/** All classes by the breakpoints; what is not known is taken both ways. */
export function recomputeTier(
  events: readonly CustomerEvent[],
  { findings }: OracleContext,
  told: ToldForTier,
): OracleTier {
  const breakpoints = findings?.breakpoints ?? null;
  const crm = profileOf(events, 'tier')?.trim().toLowerCase() ?? '';
  const isByCrm = VALUE_TIERS.includes(crm);
  const rests = told.isValueSilent && !isByCrm && told.before?.tierSource !== 'crm';
  const heldTier = rests ? (told.before?.valueTier ?? null) : null;
  const byValue =
    told.ltvMinor === null || breakpoints === null ? null : classOf(breakpoints.ltvMinor, told.ltvMinor);
  const valueTier = isByCrm ? crm : (heldTier ?? (byValue === null ? null : (VALUE_TIERS[byValue] ?? null)));
  const predicted = told.isHealthSilent ? null : told.predictedMinor;
  const quarter =
    predicted === null || breakpoints === null ? null : classOf(breakpoints.predictedRevenueMinor, predicted);
  const heldRevenue = told.isHealthSilent ? (told.before?.revenueTier ?? null) : null;
  const engagement = engagementOf(valueTier, told);
  return {
    labels: {
      valueTier,
      tierSource: isByCrm ? 'crm' : valueTier === null ? null : 'computed',
      segment: valueTier === null ? null : ['gold', 'platinum'].includes(valueTier) ? 'enterprise' : 'smb',
      revenueTier: heldRevenue ?? (quarter === null ? null : (REVENUE_TIERS[quarter] ?? null)),
      sizeBand: sizeOf(events),
      ...engagement,
    },
    figures: {
      ltvMinor: told.ltvMinor,
      contributionMillionths: contributionOf(told.ltvMinor, breakpoints?.portfolioMinor ?? '0'),
      predictedRevenueMinor: predicted,
    },
  };
}

function sizeOf(events: readonly CustomerEvent[]): string | null {
  const named = profileOf(events, 'sizeBand')?.trim().toLowerCase() ?? '';
  if (['small', 'medium', 'large', 'enterprise'].includes(named)) return named;
  const employees = profileOf(events, 'employees');
  if (employees === null) return null;
  if (employees < 50) return 'small';
  if (employees < 250) return 'medium';
  return employees < 1_000 ? 'large' : 'enterprise';
}

function contributionOf(ltvMinor: number | null, portfolioMinor: string): number | null {
  if (ltvMinor === null || portfolioMinor === '0') return null;
  if (ltvMinor <= 0) return 0;
  return Math.min(1_000_000, nearest(BigInt(ltvMinor) * 1_000_000n, BigInt(portfolioMinor)));
}

/** Every way in which the facts may be; where all lead to one model, that is it (S34, D10). */
function engagementOf(valueTier: string | null, told: ToldForTier) {
  const isChurn = (band: string) => {
    if (told.isChurnSilent || told.churnBand === null || told.churnBand === 'not-scorable')
      return [true, false];
    return [told.churnBand === band];
  };
  const atRisk = told.atRisk ? [true] : told.health === null ? [true, false] : [false];
  const strong = told.isHealthSilent || told.health === null ? [true, false] : [told.health >= 7_000];
  const complex = told.complexityBand === null ? [true, false] : [told.complexityBand === 'high'];
  const models = new Set<string>();
  for (const tier of valueTier === null ? VALUE_TIERS : [valueTier])
    for (const isAtRisk of atRisk)
      for (const isChurnHigh of isChurn('high'))
        for (const isComplex of complex)
          for (const isStrong of strong)
            for (const isChurnLow of isChurn('low')) {
              const isRecovery = isAtRisk || isChurnHigh;
              const isOutstanding = tier === 'platinum' || (tier === 'gold' && (isStrong || isChurnLow));
              if (tier === 'basic') models.add('automated');
              else if (isRecovery) models.add('retention-and-recovery');
              else if (isComplex) models.add('dedicated');
              else models.add(isOutstanding ? 'executive' : 'standard');
            }
  const { before } = told;
  const isSilent = told.isHealthSilent || told.isChurnSilent;
  const [only] = models.size === 1 ? [...models] : [];
  const heldModel = before?.engagementModel ?? null;
  const model = only ?? (isSilent && heldModel !== null && models.has(heldModel) ? heldModel : null);
  const isOpen = model === null && models.has('executive');
  const heldFlag = isSilent && before !== null && heldModel === null ? (before.strategic ?? null) : null;
  return {
    engagementModel: model,
    priority: model === null ? null : (PRIORITIES[model] ?? null),
    strategic: isOpen ? heldFlag : model === 'executive' ? 'yes' : 'no',
  };
}
