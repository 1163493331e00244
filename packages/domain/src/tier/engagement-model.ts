import type { ChurnBand } from '../churn/score-churn.ts';
import type { ComplexityBand } from '../complexity/decide-complexity.ts';
import { STRATEGIC_HEALTH_FROM_HUNDREDTHS } from '../health/health-targets.ts';
import { isEnterprise, VALUE_TIERS, type ValueTier } from './value-tier.ts';
import { anyOf, type Ground, type Verdict } from './verdict.ts';

/** The four engagement models of S34, and the automated one for Basic (S85). */
export type EngagementModel = 'retention-and-recovery' | 'dedicated' | 'executive' | 'standard' | 'automated';

/** Investment priority (S41). */
export type Priority = 'immediate' | 'high' | 'medium' | 'low';

/** How a model is called and what it is worth in attention. */
export interface EngagementModelFacts {
  readonly name: string;
  /** By the investment matrix, which wins (D12). */
  readonly priority: Priority;
  /** The label that the strategies of [1] give the same model (S58); null where they give none. */
  readonly strategyPriority: Priority | null;
}

/** Dedicated accounts, which the matrix leaves out, are as dear as executive ones; automated ones come last (S85). */
export const ENGAGEMENT_MODELS: { readonly [Model in EngagementModel]: EngagementModelFacts } = {
  'retention-and-recovery': {
    name: 'Retention & Recovery',
    priority: 'immediate',
    strategyPriority: 'immediate',
  },
  dedicated: {
    name: 'Dedicated Account Management',
    priority: 'high',
    strategyPriority: null,
  },
  executive: {
    name: 'Executive Relationship Management',
    priority: 'high',
    strategyPriority: 'medium',
  },
  standard: { name: 'Standard Engagement', priority: 'medium', strategyPriority: 'medium' },
  automated: { name: 'Automated', priority: 'low', strategyPriority: null },
};

/** What the model is chosen by; null: not known. */
export interface EngagementFacts {
  readonly valueTier: ValueTier | null;
  /** Health is below 50, as the at-risk situation has it (S62): from below 50 until 55 is reached again. */
  readonly atRisk: boolean | null;
  readonly healthHundredths: number | null;
  /** From 60 % high, below 30 % low (D8); who has ended is neither. */
  readonly churnBand: ChurnBand | null;
  readonly complexityBand: ComplexityBand | null;
}

/** Models that are possible as far as the facts are known, the strategic flag, and why. */
export interface Engagement extends Verdict<EngagementModel> {
  /** Exactly one when the model is known. */
  readonly possible: readonly EngagementModel[];
}

/**
 * The engagement model (S34, D10): automated for Basic; else Retention & Recovery if the churn risk is high or health
 * is below 50; else Dedicated if the agreements are highly complex; else Executive if the customer is strategic; else
 * Standard. A fact that is not known is taken both ways: where the model would differ there is none.
 */
export function engagementOf(facts: EngagementFacts): Engagement {
  const possible = new Set<EngagementModel>();
  for (const tier of facts.valueTier === null ? VALUE_TIERS : [facts.valueTier]) {
    for (const recovery of eitherWay(needsRecovery(facts))) {
      for (const complex of eitherWay(isComplex(facts))) {
        for (const outstanding of eitherWay(standsOut(facts, tier)))
          possible.add(modelOf(tier, { recovery, complex, outstanding }));
      }
    }
  }
  const models = [...possible];
  const [first] = models;
  if (first === undefined || models.length > 1)
    return { value: null, possible: models, grounds: lacking(facts) };
  return { value: first, possible: models, grounds: GROUNDS[first](facts) };
}

/**
 * Whether a customer is a strategic account (S6, S30): the set of the Executive model, as in [1], where both are 64
 * of 126. In words: Enterprise; not in recovery, so healthy from 50 and with a churn risk that is not high; its
 * agreements not so complex that it has a manager of its own; and outstanding in value (Platinum), health (from 70,
 * S50) or loyalty (churn risk low, S51). Null where it may be either.
 */
export function isStrategic({ value, possible }: Engagement): boolean | null {
  if (value !== null) return value === 'executive';
  return possible.includes('executive') ? null : false;
}

function modelOf(
  tier: ValueTier,
  is: { readonly recovery: boolean; readonly complex: boolean; readonly outstanding: boolean },
): EngagementModel {
  if (tier === 'basic') return 'automated';
  if (is.recovery) return 'retention-and-recovery';
  if (is.complex) return 'dedicated';
  return isEnterprise(tier) && is.outstanding ? 'executive' : 'standard';
}

function eitherWay(fact: boolean | null): readonly boolean[] {
  return fact === null ? [true, false] : [fact];
}

function needsRecovery({ atRisk, churnBand }: EngagementFacts): boolean | null {
  return anyOf(atRisk, isBand(churnBand, 'high'));
}

function isBand(known: ChurnBand | null, band: ChurnBand): boolean | null {
  return known === null || known === 'not-scorable' ? null : known === band;
}

function isComplex({ complexityBand }: EngagementFacts): boolean | null {
  return complexityBand === null ? null : complexityBand === 'high';
}

function standsOut({ healthHundredths, churnBand }: EngagementFacts, tier: ValueTier): boolean | null {
  const isHealthy = healthHundredths === null ? null : healthHundredths >= STRATEGIC_HEALTH_FROM_HUNDREDTHS;
  return anyOf(tier === 'platinum', isHealthy, isBand(churnBand, 'low'));
}

const ground = (code: string, text: string): Ground => ({ code, text });
const when = (isTrue: boolean, code: string, text: string): readonly Ground[] =>
  isTrue ? [ground(code, text)] : [];

const GROUNDS: { readonly [M in EngagementModel]: (facts: EngagementFacts) => readonly Ground[] } = {
  'retention-and-recovery': ({ atRisk, churnBand }) => [
    ...when(churnBand === 'high', 'churn-high', 'churn risk is high'),
    ...when(atRisk === true, 'at-risk', 'at risk: health fell below 50 and has not reached 55 again'),
  ],
  dedicated: () => [ground('complex', 'its agreements are highly complex')],
  executive: ({ valueTier, healthHundredths, churnBand }) => [
    ...when(valueTier === 'platinum', 'strategic-by-value', 'strategic by value: Platinum'),
    ...when(
      (healthHundredths ?? 0) >= STRATEGIC_HEALTH_FROM_HUNDREDTHS,
      'strategic-by-health',
      'strategic by health: 70 or more',
    ),
    ...when(churnBand === 'low', 'strategic-by-loyalty', 'strategic by loyalty: churn risk is low'),
  ],
  standard: ({ valueTier }) =>
    valueTier === 'silver'
      ? [ground('silver', 'Silver, and nothing calls for more')]
      : [ground('not-outstanding', 'Enterprise, but not Platinum, health below 70, churn risk not low')],
  automated: () => [ground('basic', 'Basic tier')],
};

function lacking(facts: EngagementFacts): readonly Ground[] {
  const { valueTier, atRisk, healthHundredths, churnBand, complexityBand } = facts;
  const isHealthUnknown = atRisk === null || healthHundredths === null;
  return [
    ...when(valueTier === null, 'tier-not-known', 'the value tier is not known'),
    ...when(isHealthUnknown, 'health-not-known', 'health is not known'),
    ...when(isBand(churnBand, 'high') === null, 'churn-not-known', 'the churn risk is not known'),
    ...when(complexityBand === null, 'complexity-not-known', 'the complexity is not known'),
  ];
}
