import { isActiveStatus } from '../../agreements/agreement-status.ts';
import { CROSS_SELL_CAUSE, crossSellOf, decideCrossSell } from '../../opportunities/cross-sell.ts';
import { nextStandingDayOf } from './next-agreement-day.ts';
import type { Part } from './part.ts';
import { worthOf } from './worth.ts';

/** Customers that hold only MSAs (S4). */
export const crossSellPart: Part<'crossSell'> = {
  reads: ['agreements'],
  asks: [],
  follows: [],
  decide: (previous, scene) => {
    const standings = scene.standings();
    const now = crossSellOf(standings);
    const { valueMinor, currency, today } = worthOf(scene);
    const hasActiveMsa = standings.some(
      ({ agreement, status }) => agreement.terms.agreementType === 'MSA' && isActiveStatus(status),
    );
    const change = decideCrossSell(previous, now, { valueMinor, currency, hasActiveMsa });
    return {
      published: now?.code ?? null,
      changes: change === null ? [] : [change],
      nextDay: nextStandingDayOf(standings, today),
    };
  },
  situationsOf: (code) =>
    code === null
      ? []
      : [{ rule: 'cross-sell', cause: CROSS_SELL_CAUSE, code, dueDay: null, daysBefore: null }],
};
