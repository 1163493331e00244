import type { ChurnWarning } from '../../churn/churn-record.ts';
import { nextRecordDay, recordOf } from '../../churn/observe-churn.ts';
import type { PublishedParts } from '../customer-state.ts';
import { churnInputOf } from './churn-input-of.ts';
import type { Part } from './part.ts';

/** What came of a customer that churn was told of (N11): nothing is published of it, a census takes all together. */
export const outcomesPart: Part<'outcomes'> = {
  reads: [],
  asks: [],
  follows: ['health', 'churn', 'warnings'],
  decide: (previous, scene) => {
    const { after, context, published } = scene;
    const { agreements, payments, slot } = after;
    const { day: today } = context;
    const toldBasisPoints = published.churn?.valueBasisPoints ?? null;
    const record = recordOf(previous, {
      slot,
      today,
      sources: { agreements, payments },
      warnings: warningsOf(published),
      toldBasisPoints,
      churnInput: () => churnInputOf(scene),
    });
    return {
      published: record,
      changes: [],
      nextDay: nextRecordDay(record, { slot, today, toldBasisPoints }),
    };
  },
};

function warningsOf({ health, churn, warnings }: PublishedParts): readonly ChurnWarning[] {
  return [
    ...(health?.atRisk ? (['at-risk'] as const) : []),
    ...(warnings.length > 0 ? (['early-warning'] as const) : []),
    ...(churn?.riskBand === 'high' ? (['high-churn'] as const) : []),
  ];
}
