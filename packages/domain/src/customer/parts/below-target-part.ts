import { isBelowTarget, type TargetFacts } from '../../health/below-target.ts';
import { fivePointHundredthsOf } from '../../health/health-targets.ts';
import type { Part, Scene } from './part.ts';
import { situationPart } from './situation-part.ts';

/** Executive accounts whose health is below 3.5 of 5 (S50). */
export const belowTargetPart: Part<'belowTarget'> = situationPart({
  rule: 'below-target',
  types: { begun: 'risk.below-target.raised', ended: 'risk.below-target.cleared' },
  cause: 'health',
  reads: [],
  asks: [],
  follows: ['health', 'tier'],
  decide: (held, scene) => {
    const facts = factsOf(scene);
    if (!isBelowTarget(facts, { held: held !== null })) return null;
    const points = (hundredths: number) => (hundredths / 100).toFixed(2);
    const value = facts.healthHundredths ?? 0;
    return {
      code: 'health-below-70',
      text: 'Health of an executive account is below the target of 3.5 of 5',
      reasons: [
        {
          signal: 'health',
          contribution: 0,
          before: null,
          after: value,
          text: `when raised: health ${points(value)}, which is ${points(fivePointHundredthsOf(value))} of 5`,
        },
      ],
    };
  },
  endedText: 'Health is back at 75 or more, or the account is no executive one any more',
});

function factsOf({ before, published: { health, tier } }: Scene): TargetFacts {
  const segment = tier?.labels.segment ?? null;
  return {
    healthHundredths: health?.valueHundredths ?? null,
    heldHundredths: health?.heldHundredths ?? null,
    engagementModel: tier?.labels.engagementModel ?? null,
    engagementModelBefore: before?.published.tier?.labels.engagementModel ?? null,
    isEnterprise: segment === null ? null : segment === 'enterprise',
  };
}
