import { certaintyOfRfm, decideRfmScore, partsOfRfm } from '../../rfm/decide-rfm-score.ts';
import { nextRfmDay, rfmPartsOf } from '../../rfm/rfm-parts.ts';
import { rfmBandOf, rfmOf } from '../../rfm/rfm-score.ts';
import type { Part } from './part.ts';

/** Raw RFM values, and the next day on which the year's window moves them (S27). */
export const rfmPart: Part<'rfm'> = {
  reads: ['payments'],
  asks: ['feeds', 'breakpoints'],
  follows: [],
  decide: (previous, { after: { payments }, context: { day, feeds, findings, settings } }) => {
    const breakpoints = findings?.breakpoints ?? null;
    const now = rfmOf(rfmPartsOf(payments, day), breakpoints, feeds.payment);
    const change = decideRfmScore(previous, now, { breakpoints, currency: settings.currency });
    const nextDay = nextRfmDay(payments, day);
    return change === null
      ? { published: previous, changes: [], nextDay }
      : { published: now, changes: [change], nextDay };
  },
  scoreOf: (rfm) => {
    if (rfm === null) return null;
    const value = rfm.scores?.compositeHundredths ?? null;
    const labels = { segment: rfm.scores?.segment ?? null };
    const told = { parts: partsOfRfm(rfm), labels, ...certaintyOfRfm(rfm) };
    return { unit: 'hundredths', value, band: rfmBandOf(value), ...told };
  },
};
