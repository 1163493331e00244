import { type ModelPack, toHundredths } from '../models/model-pack.ts';
import { decideHealth, type HealthDecision, type HealthInput, tellHealth } from './decide-health.ts';
import { describeMissing, describeReading } from './describe-signal.ts';
import type { Adjustment, HealthScore, HealthSignal } from './health-score.ts';
import type { PublishedHealth } from './published-health.ts';

/**
 * Decides health by a model that was tried until now and counts from here on (N6). It goes on where its shadow stood,
 * hysteresis included, so that shadow and promoted model are the same byte for byte; what is told is the difference
 * between what was published and that.
 *
 * @param told what was published last, by the model before
 * @param shadow what the promoted model had come to beside it
 */
export function promoteHealth(
  told: PublishedHealth | null,
  shadow: PublishedHealth,
  {
    score,
    input,
  }: { readonly score: HealthScore; readonly input: HealthInput & { readonly model: ModelPack } },
): HealthDecision {
  const { published } = decideHealth(shadow, score, input);
  if (told !== null && JSON.stringify(told) === JSON.stringify(published))
    return { change: null, situations: [], published: told };
  const standing = published === shadow ? scoreAsPublished(shadow, score, input) : score;
  return { ...tellHealth(told, published, { score: standing, input }), published };
}

/** A published score in the words of its model, as if it had been made just now. */
function scoreAsPublished(
  published: PublishedHealth,
  now: HealthScore,
  { model, currency }: { readonly model: ModelPack; readonly currency: string },
): HealthScore {
  return {
    ...published,
    signals: model.signals.map((signal): HealthSignal => {
      const known = published.signals.find((one) => one.signal === signal.signal);
      const { raw = null, norm = null, points = null, contributionHundredths = 0 } = known ?? {};
      const why = published.missing.find((one) => one.signal === signal.signal)?.why ?? 'no-data';
      const text =
        raw === null ? describeMissing(signal, why) : describeReading(signal, { raw, norm, currency });
      const { pillar, weight } = signal;
      return { signal: signal.signal, pillar, weight, points, raw, norm, text, contributionHundredths };
    }),
    adjustments: (published.adjustments ?? []).map(({ name, contributionHundredths }): Adjustment => {
      const same = now.adjustments.find((one) => one.name === name);
      const override = model.overrides?.find((one) => one.name === name);
      const points = override?.points ?? model.bonuses?.find((one) => one.name === name)?.points ?? 0;
      return {
        name,
        kind: override === undefined ? 'bonus' : 'override',
        pointsHundredths: toHundredths(points),
        contributionHundredths,
        text: same?.text ?? `${name.replaceAll('-', ' ')}: ${points} points`,
      };
    }),
  };
}
