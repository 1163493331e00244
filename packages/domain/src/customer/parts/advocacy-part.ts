import { nextTurn } from '../../opportunities/next-turn.ts';
import { PROMOTER_DAYS, PROMOTER_FROM_HUNDREDTHS } from '../../signals/promoter.ts';
import { advocacyOf } from '../../tier/advocacy.ts';
import type { Part, Scene } from './part.ts';
import { situationPart } from './situation-part.ts';

/** Customers who may be asked for a reference (S70, S103). */
export const advocacyPart: Part<'advocacy'> = situationPart({
  rule: 'advocacy',
  types: { begun: 'opportunity.advocacy.raised', ended: 'opportunity.advocacy.withdrawn' },
  cause: 'advocacy',
  reads: ['signals'],
  asks: ['feeds'],
  follows: ['health'],
  decide: (held, scene) => {
    const { health } = scene.published;
    const isSpoilt = health === null || health.lost.length > 0;
    const { value, grounds } = advocacyOf(
      { healthHundredths: isSpoilt ? null : health.valueHundredths, isPromoter: isPromoter(scene) },
      { isCandidate: held !== null },
    );
    if (value !== true) return null;
    return {
      code: 'healthy-promoter',
      text: 'Healthy and a promoter: ask for a reference',
      reasons: grounds.map(({ code, text }) => ({
        signal: code,
        contribution: 0,
        before: null,
        after: null,
        text: `when raised: ${text}`,
      })),
    };
  },
  endedText: 'No candidate for a reference any more',
  nextDay: ({ after: { signals }, context: { day } }) =>
    nextTurn([signals.nps.last === null ? null : signals.nps.last.day + PROMOTER_DAYS + 1], day),
});

/** Null where no answer is recent enough, or the feed that would bring one is silent. */
function isPromoter({ after, context: { day, feeds } }: Scene): boolean | null {
  const { last } = after.signals.nps;
  if (last === null || day - last.day > PROMOTER_DAYS || feeds.feedback?.status !== 'fresh') return null;
  return last.value >= PROMOTER_FROM_HUNDREDTHS;
}
