import { decideLtv, ltvPartsOf, ltvTotalsOf, ltvValueOf, withSilence } from '../../ltv/decide-ltv.ts';
import { transactionsOf } from '../../rfm/payments-state.ts';
import { nextStandingDayOf } from './next-agreement-day.ts';
import type { Part } from './part.ts';

/** Lifetime value (S2): agreements and payments. */
export const ltvPart: Part<'ltv'> = {
  reads: ['agreements', 'payments'],
  asks: ['feeds'],
  follows: [],
  decide: (previous, scene) => {
    const { before, after, context } = scene;
    const nextDay = nextStandingDayOf(scene.standings(), context.day);
    const isEmpty = after.agreements.length === 0 && transactionsOf(after.payments) === 0;
    if (isEmpty) return { published: previous, changes: [], nextDay };
    const totals = withSilence(ltvTotalsOf(scene.standings(), after.payments), context.feeds);
    const change = decideLtv({
      before: { totals: previous, agreements: before?.agreements ?? [] },
      after: { totals, agreements: after.agreements },
      currency: context.settings.currency,
    });
    return change === null
      ? { published: previous, changes: [], nextDay }
      : { published: totals, changes: [change], nextDay };
  },
  scoreOf: (ltv) => {
    if (ltv === null) return null;
    const missing = ltv.missing === undefined ? {} : { missing: ltv.missing };
    return { unit: 'minor', value: ltvValueOf(ltv), band: null, parts: ltvPartsOf(ltv), ...missing };
  },
};
