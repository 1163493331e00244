import { AT_RISK } from '../../health/decide-at-risk.ts';
import { decideHealth } from '../../health/decide-health.ts';
import { healthOf } from '../../health/health-of.ts';
import { healthValueOf } from '../../health/health-value.ts';
import { nextHealthDay } from '../../health/next-health-day.ts';
import { promoteHealth } from '../../health/promote-health.ts';
import { promotedShadow } from '../../health/shadow-health.ts';
import { packFor } from '../../models/tenant-models.ts';
import { lesserOf } from '../../ordering.ts';
import { nearRenewalOf } from '../../warnings/renewal-anchor.ts';
import { healthFactsOf } from './facts-of.ts';
import { nextRenewalDayOf } from './next-agreement-day.ts';
import type { Part } from './part.ts';
import { haveMediansMoved, segmentMediansOf } from './segment-medians.ts';
import { daysOf } from './situation-days.ts';
import { sizeOf } from './size-of.ts';
import { worthOf } from './worth.ts';

/**
 * Health and at-risk, graver as the renewal comes near, and the next day on which a signal may read differently (S94,
 * S62, N18).
 */
export const healthPart: Part<'health'> = {
  reads: ['signals', 'profile', 'agreements', 'opportunities'],
  asks: ['feeds', 'models'],
  movesWith: haveMediansMoved,
  follows: [],
  decide: (previous, scene) => {
    const facts = healthFactsOf(scene.after);
    const { day: today, feeds, settings, models } = scene.context;
    const model = packFor(models, sizeOf(scene.after));
    const segmentMedians = segmentMediansOf(scene);
    const score = healthOf(facts, { today, feeds, currency: settings.currency, model, segmentMedians });
    const { currency, valueMinor } = worthOf(scene);
    const nearRenewal = () => nearRenewalOf(scene.standings(), today);
    const input = { currency, valueMinor, model, nearRenewal };
    const promoted = promotedShadow(scene.published.shadows, models);
    const { change, situations, published } =
      promoted === undefined
        ? decideHealth(previous, score, input)
        : promoteHealth(previous, promoted.health, { score, input });
    const renewalDay = published.atRisk ? nextRenewalDayOf(scene.standings(), today) : null;
    return {
      published,
      changes: change === null ? situations : [change, ...situations],
      nextDay: lesserOf(nextHealthDay(facts, today, model), renewalDay),
    };
  },
  scoreOf: (health) => (health === null ? null : healthValueOf(health)),
  situationsOf: (health) =>
    health?.atRisk ? [{ rule: 'at-risk', ...AT_RISK, ...daysOf(health.renewal) }] : [],
};
