import { formatMinor } from '../../money/format-minor.ts';
import { winBackOf } from '../../rfm/win-back.ts';
import type { Part } from './part.ts';
import { situationPart } from './situation-part.ts';
import { worthOf } from './worth.ts';

const CAUSE = 'purchases';

/** Customers who bought often and much, and are gone (S86). */
export const winBackPart: Part<'winBack'> = situationPart({
  rule: 'win-back',
  types: { begun: 'opportunity.win-back.raised', ended: 'opportunity.win-back.withdrawn' },
  cause: CAUSE,
  reads: ['payments'],
  asks: ['breakpoints'],
  follows: ['rfm'],
  decide: (held, scene) => {
    const { rfm } = scene.published;
    if (rfm === null) return null;
    const { isPaymentFeedStale, parts } = rfm;
    const breakpoints = scene.context.findings?.breakpoints ?? null;
    const { isCandidate, recency, pastFrequency, pastMonetary } = winBackOf(parts, breakpoints, {
      held: held !== null,
      isPaymentFeedStale,
    });
    if (!isCandidate) return null;
    const { currency } = worthOf(scene);
    const reason = (signal: string, after: number | null, text: string) => ({
      signal,
      contribution: 0,
      before: null,
      after,
      text: `when raised: ${text}`,
    });
    return {
      code: 'gone-after-much',
      text: 'Bought often and much, and has not come back for long: try to win back',
      reasons: [
        reason('recency', recency, `recency score ${recency}`),
        reason(
          'frequency',
          pastFrequency,
          `${parts.transactions} days with purchases, score ${pastFrequency}`,
        ),
        reason(
          'monetary',
          pastMonetary,
          `${formatMinor(parts.paidMinor, currency)} paid, score ${pastMonetary}`,
        ),
      ],
    };
  },
  endedText: 'Has bought again, or is no candidate to be won back any more',
});
