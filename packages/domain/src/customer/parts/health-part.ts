import { AT_RISK } from '../../health/decide-at-risk.ts';
import { decideHealth } from '../../health/decide-health.ts';
import { healthOf } from '../../health/health-of.ts';
import { healthValueOf } from '../../health/health-value.ts';
import { nextHealthDay } from '../../health/next-health-day.ts';
import { healthFactsOf } from './facts-of.ts';
import type { Part } from './part.ts';
import { haveMediansMoved, segmentMediansOf } from './segment-medians.ts';
import { worthOf } from './worth.ts';

/** Health and at-risk, and the next day on which a signal may read differently (S94, S62). */
export const healthPart: Part<'health'> = {
  reads: ['signals', 'profile', 'agreements', 'opportunities'],
  asks: ['feeds', 'models'],
  movesWith: haveMediansMoved,
  follows: [],
  decide: (previous, scene) => {
    const facts = healthFactsOf(scene.after);
    const { day: today, feeds, settings, models } = scene.context;
    const { live: model } = models;
    const segmentMedians = segmentMediansOf(scene);
    const score = healthOf(facts, { today, feeds, currency: settings.currency, model, segmentMedians });
    const { change, situations, published } = decideHealth(previous, score, { ...worthOf(scene), model });
    return {
      published,
      changes: change === null ? situations : [change, ...situations],
      nextDay: nextHealthDay(facts, today, model),
    };
  },
  scoreOf: (health) => (health === null ? null : healthValueOf(health)),
  situationsOf: (health) =>
    health?.atRisk ? [{ rule: 'at-risk', ...AT_RISK, dueDay: null, daysBefore: null }] : [],
};
