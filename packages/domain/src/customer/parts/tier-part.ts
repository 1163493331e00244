import type { ComplexityBand } from '../../complexity/decide-complexity.ts';
import { ltvValueOf } from '../../ltv/decide-ltv.ts';
import { bandOfTier, certaintyOfTier, decideTier } from '../../tier/decide-tier.ts';
import { type SpoiltInput, tierOf } from '../../tier/tier-of.ts';
import { profileValue } from '../profile.ts';
import { isSpoilt } from './is-spoilt.ts';
import type { Part, Scene } from './part.ts';

/** The classes of a customer: tiers, segment, size, engagement model, priority (S23, S30, S34, S41, S68). */
export const tierPart: Part<'tier'> = {
  reads: ['profile'],
  asks: ['feeds', 'breakpoints'],
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

/** What was made without a feed that has fallen silent (N2). */
function spoiltOf(scene: Scene): readonly SpoiltInput[] {
  const { ltv, complexity, health, churn } = scene.published;
  const spoilt: SpoiltInput[] = [];
  if (isSpoilt(health)) spoilt.push('health');
  if (isSpoilt(health) || isSpoilt(churn)) spoilt.push('churn');
  if (isSpoilt(health)) spoilt.push('predicted-revenue');
  if (isSpoilt(ltv)) spoilt.push('lifetime-value');
  if (complexity?.isSpoilt === true) spoilt.push('complexity');
  if (isProfileSpoilt(scene)) spoilt.push('profile');
  return spoilt;
}

/** Classes are read from the profile, which may be another by now. */
function isProfileSpoilt({ after: { profile }, context: { feeds } }: Scene): boolean {
  const isRead = CLASS_FIELDS.some((field) => profileValue(profile, field) !== null);
  return isRead && feeds.customer?.status === 'stale';
}

const CLASS_FIELDS = ['tier', 'sizeBand', 'employees'] as const;
