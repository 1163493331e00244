import type { ComplexityBand } from '../../complexity/decide-complexity.ts';
import { ltvValueOf } from '../../ltv/decide-ltv.ts';
import { bandOfTier, certaintyOfTier, decideTier } from '../../tier/decide-tier.ts';
import { type SpoiltInput, tierOf } from '../../tier/tier-of.ts';
import { profileValue } from '../profile.ts';
import type { Part, Scene } from './part.ts';

/** The classes of a customer: tiers, segment, size, engagement model, priority (S23, S30, S34, S41, S68). */
export const tierPart: Part<'tier'> = {
  reads: ['profile'],
  asks: ['breakpoints'],
  follows: ['ltv', 'revenue', 'complexity', 'health', 'churn'],
  decide: (previous, scene) => {
    const breakpoints = scene.context.findings?.breakpoints ?? null;
    const { currency } = scene.context.settings;
    const { profile } = scene.after;
    const { ltv, revenue, health, churn } = scene.published;
    const now = tierOf(
      {
        crmTier: profileValue(profile, 'tier'),
        sizeBand: profileValue(profile, 'sizeBand'),
        employees: profileValue(profile, 'employees'),
        ltvMinor: ltv === null ? null : ltvValueOf(ltv),
        predictedRevenueMinor: revenue?.figures.predictedMinor ?? null,
        complexityBand: complexityBandOf(scene),
        health: health === null ? null : { valueHundredths: health.valueHundredths, atRisk: health.atRisk },
        churnBand: churn === null ? null : churn.band === 'ended' ? 'ended' : churn.riskBand,
        spoilt: spoiltOf(scene),
      },
      breakpoints,
      previous?.labels ?? null,
    );
    const { change, published } = decideTier(previous, now, { breakpoints, currency });
    return { published, changes: change === null ? [] : [change], nextDay: null };
  },
  scoreOf: (tier) =>
    tier === null
      ? null
      : {
          unit: 'count',
          value: null,
          band: bandOfTier(tier.labels),
          parts: { ...tier.figures },
          labels: tier.labels,
          ...certaintyOfTier(tier),
        },
};

/**
 * Who has no agreement in force is known not to have complex ones, whether or not that was ever told; null: no
 * agreement is known.
 */
function complexityBandOf(scene: Scene): ComplexityBand | null {
  if (scene.standings().every(({ status }) => status === 'void')) return null;
  return scene.published.complexity?.band ?? 'no-agreements';
}

/** Scores that were made without a feed that has fallen silent (N2). */
function spoiltOf({ published: { health, churn } }: Scene): readonly SpoiltInput[] {
  const isStale = (missing: readonly { readonly why: string }[] | undefined) =>
    missing?.some(({ why }) => why === 'feed-stale') ?? false;
  const isHealthSpoilt = isStale(health?.missing);
  const spoilt: SpoiltInput[] = [];
  if (isHealthSpoilt) spoilt.push('health');
  if (isHealthSpoilt || isStale(churn?.missing)) spoilt.push('churn');
  if (isHealthSpoilt) spoilt.push('predicted-revenue');
  return spoilt;
}
