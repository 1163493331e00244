import { decideUpsell } from '../../opportunities/decide-upsell.ts';
import {
  featuresUsedOf,
  nextUpsellDay,
  seatUseOf,
  UPSELL_CAUSE,
  type UpsellInput,
  upsellOf,
} from '../../opportunities/upsell.ts';
import type { Part, Scene } from './part.ts';
import { worthOf } from './worth.ts';

/** Healthy customers who use what they have so much that they may want more (S16). */
export const upsellPart: Part<'upsell'> = {
  reads: ['signals', 'agreements', 'opportunities'],
  asks: ['feeds'],
  follows: ['health'],
  decide: (previous, scene) => {
    const input = upsellInputOf(scene);
    const { valueMinor, currency } = worthOf(scene);
    const now = upsellOf(input, { isRaised: previous !== null });
    const { published, situation } = decideUpsell(previous, now, { input, valueMinor, currency });
    return {
      published,
      changes: situation === null ? [] : [situation],
      nextDay: nextUpsellDay(input, scene.after.signals.activity),
    };
  },
  situationsOf: (code) =>
    code === null ? [] : [{ rule: 'upsell', cause: UPSELL_CAUSE, code, dueDay: null, daysBefore: null }],
};

function upsellInputOf(scene: Scene): UpsellInput {
  const { after, context, published } = scene;
  const { activity } = after.signals;
  const { day: today, feeds } = context;
  const { health } = published;
  const isSpoilt = health === null || health.lost.length > 0;
  return {
    standings: scene.standings(),
    opportunities: after.opportunities,
    healthHundredths: isSpoilt ? null : health.valueHundredths,
    seatUseBasisPoints: seatUseOf(activity, { feed: feeds.activity, today }),
    featuresUsed: featuresUsedOf(activity, { feed: feeds.activity, today }),
    today,
  };
}
