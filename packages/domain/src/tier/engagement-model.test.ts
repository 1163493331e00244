import { describe, expect, it } from 'vitest';
import { ENGAGEMENT_MODELS, type EngagementFacts, engagementOf, isStrategic } from './engagement-model.ts';

const TIERS = ['platinum', 'gold', 'silver', 'basic'] as const;
const CHURN = ['low', 'medium', 'high', 'ended'] as const;
const COMPLEXITY = ['low', 'medium', 'high', 'no-agreements'] as const;
/** Readings of health on both sides of every threshold. */
const HEALTH = [4_999, 5_000, 6_999, 7_000] as const;

interface KnownFacts {
  readonly tier: (typeof TIERS)[number];
  readonly health: number;
  readonly atRisk: boolean;
  readonly churn: (typeof CHURN)[number];
  readonly complexity: (typeof COMPLEXITY)[number];
}

/** D10 word by word, for a customer of whom everything is known. */
function modelByTheBook({ tier, health, atRisk, churn, complexity }: KnownFacts): string {
  if (tier === 'basic') return 'automated';
  if (churn === 'high' || atRisk) return 'retention-and-recovery';
  if (complexity === 'high') return 'dedicated';
  const isEnterprise = tier === 'platinum' || tier === 'gold';
  const isStrategicCustomer = isEnterprise && (tier === 'platinum' || health >= 7_000 || churn === 'low');
  return isStrategicCustomer ? 'executive' : 'standard';
}

/** Every customer that may be meant where some facts are not known. */
function* meant(facts: EngagementFacts): Generator<KnownFacts> {
  const all = <Value>(known: Value | null, values: readonly Value[]) => (known === null ? values : [known]);
  for (const tier of all(facts.valueTier, TIERS)) {
    for (const health of all<number>(facts.healthHundredths, HEALTH)) {
      for (const atRisk of all(facts.atRisk, [true, false])) {
        for (const churn of all(facts.churnBand, CHURN)) {
          if (churn === 'not-scorable') continue;
          for (const complexity of all(facts.complexityBand, COMPLEXITY))
            yield { tier, health, atRisk, churn, complexity };
        }
      }
    }
  }
}

function* everyKnowledge(): Generator<EngagementFacts> {
  for (const valueTier of [...TIERS, null]) {
    for (const healthHundredths of [...HEALTH, null]) {
      for (const atRisk of [true, false, null]) {
        for (const churnBand of [...CHURN, null]) {
          for (const complexityBand of [...COMPLEXITY, null])
            yield { valueTier, healthHundredths, atRisk, churnBand, complexityBand };
        }
      }
    }
  }
}

describe('engagement model (S34, D10)', () => {
  it('is by the book wherever that can be told, and nothing where it depends on what is not known (D20)', () => {
    for (const facts of everyKnowledge()) {
      const models = new Set([...meant(facts)].map(modelByTheBook));
      const { value, possible } = engagementOf(facts);
      expect(value, JSON.stringify(facts)).toBe(models.size === 1 ? [...models][0] : null);
      expect(new Set(possible)).toEqual(models);
    }
  });

  it('makes the executive set the strategic set, as in [1] (S6, S30)', () => {
    for (const facts of everyKnowledge()) {
      const engagement = engagementOf(facts);
      const isExecutive = new Set([...meant(facts)].map((each) => modelByTheBook(each) === 'executive'));
      expect(isStrategic(engagement)).toBe(isExecutive.size === 1 ? [...isExecutive][0] : null);
    }
  });

  it('always says why, or what is not known', () => {
    for (const facts of everyKnowledge()) expect(engagementOf(facts).grounds).not.toEqual([]);
  });

  it('takes churn that could not be scored for churn that is not known', () => {
    const facts = {
      valueTier: 'gold',
      atRisk: false,
      healthHundredths: 6_000,
      complexityBand: 'low',
    } as const;
    expect(engagementOf({ ...facts, churnBand: 'not-scorable' })).toEqual(
      engagementOf({ ...facts, churnBand: null }),
    );
    expect(engagementOf({ ...facts, churnBand: null }).grounds).toEqual([
      { code: 'churn-not-known', text: 'the churn risk is not known' },
    ]);
  });

  it('has the priority of the investment matrix, and keeps the other label of [1] beside it (S41, S58, S85, D12)', () => {
    const labels = Object.entries(ENGAGEMENT_MODELS).map(([model, { priority, strategyPriority }]) => [
      model,
      priority,
      strategyPriority,
    ]);
    expect(labels).toEqual([
      ['retention-and-recovery', 'immediate', 'immediate'],
      ['dedicated', 'high', null],
      ['executive', 'high', 'medium'],
      ['standard', 'medium', 'medium'],
      ['automated', 'low', null],
    ]);
  });
});
