import { decideLtv, ltvTotalsOf, ltvValueOf } from '../../ltv/decide-ltv.ts';
import { transactionsOf } from '../../rfm/payments-state.ts';
import { nextStandingDayOf } from './next-agreement-day.ts';
import type { Part } from './part.ts';

/** Lifetime value (S2): agreements and payments. */
export const ltvPart: Part<'ltv'> = {
  reads: ['agreements', 'payments'],
  asks: [],
  follows: [],
  decide: (previous, scene) => {
    const { before, after, context } = scene;
    const nextDay = nextStandingDayOf(scene.standings(), context.day);
    const isEmpty = after.agreements.length === 0 && transactionsOf(after.payments) === 0;
    if (isEmpty) return { published: previous, changes: [], nextDay };
    const totals = ltvTotalsOf(scene.standings(), after.payments);
    const change = decideLtv({
      before: { totals: previous, agreements: before?.agreements ?? [] },
      after: { totals, agreements: after.agreements },
      currency: context.settings.currency,
    });
    return change === null
      ? { published: previous, changes: [], nextDay }
      : { published: totals, changes: [change], nextDay };
  },
  scoreOf: (ltv) =>
    ltv === null ? null : { unit: 'minor', value: ltvValueOf(ltv), band: null, parts: { ...ltv } },
};
