import { healthOf } from '../../health/health-of.ts';
import { nextHealthDay } from '../../health/next-health-day.ts';
import { decideShadows, type ShadowHealth, shadowModelOf } from '../../health/shadow-health.ts';
import type { TenantModels } from '../../models/tenant-models.ts';
import { nextTurn } from '../../opportunities/next-turn.ts';
import { nearRenewalOf } from '../../warnings/renewal-anchor.ts';
import { healthFactsOf } from './facts-of.ts';
import { nextRenewalDayOf } from './next-agreement-day.ts';
import type { Part, Scene } from './part.ts';
import { haveMediansMoved, segmentMediansOf } from './segment-medians.ts';
import { sizeOf } from './size-of.ts';

/** Health by the models that are tried (N6): kept beside the one that counts, and told on a topic of its own. */
export const shadowsPart: Part<'shadows'> = {
  reads: ['signals', 'profile', 'agreements', 'opportunities'],
  asks: ['feeds', 'models', 'shadows'],
  movesWith: haveMediansMoved,
  // It stands behind health, whose shadow it must still find when that is promoted; it reads the same features.
  follows: [],
  decide: (previous, scene) => {
    const { models } = scene.context;
    if (models.shadows === undefined) return { published: undefined, changes: [], nextDay: null };
    const { day: today, feeds, settings } = scene.context;
    const facts = healthFactsOf(scene.after);
    const segmentMedians = segmentMediansOf(scene);
    const published = decideShadows(previous, {
      models,
      size: sizeOf(scene.after),
      before: scene.before?.published.health ?? null,
      now: scene.published.health,
      nearRenewal: () => nearRenewalOf(scene.standings(), today),
      scoreBy: (model) =>
        healthOf(facts, { today, feeds, currency: settings.currency, model, segmentMedians }),
    });
    return { published, changes: [], nextDay: nextShadowDay(published, scene, models) };
  },
};

function nextShadowDay(
  published: readonly ShadowHealth[] | undefined,
  scene: Scene,
  models: TenantModels,
): number | null {
  if (published === undefined) return null;
  const { after, context } = scene;
  const { day } = context;
  const size = sizeOf(after);
  const facts = healthFactsOf(after);
  const days = (models.shadows ?? []).map((shadow) =>
    nextHealthDay(facts, day, shadowModelOf(shadow, models, size)),
  );
  const isAtRisk = published.some(({ health }) => health.atRisk);
  return nextTurn([...days, isAtRisk ? nextRenewalDayOf(scene.standings(), day) : null], day);
}
