import { whyMissing } from '../../health/reading.ts';
import { lastPurchaseDayOf } from '../../rfm/payments-state.ts';
import { forecastsOf, nextForecastDay } from '../../value/forecast-record.ts';
import type { Part, Scene } from './part.ts';
import { predictedOf } from './predicted-of.ts';

/** What came of the revenue that was predicted (D24): nothing is published of it, a census takes all together. */
export const forecastsPart: Part<'forecasts'> = {
  reads: [],
  asks: [],
  follows: ['revenue'],
  decide: (previous, scene) => {
    const { slot, payments } = scene.after;
    const { day: today, feeds } = scene.context;
    const wasEverSeen = lastPurchaseDayOf(payments) !== null;
    const isPaymentHeard = whyMissing(feeds.payment, { wasEverSeen }) === undefined;
    const predicted = () => bothOf(predictedOf(scene));
    const record = forecastsOf(previous, { slot, today, payments, isPaymentHeard, predicted });
    const nextDay = nextForecastDay(record, { slot, today, isPredicted: isPredicted(scene) });
    return { published: record, changes: [], nextDay };
  },
};

function isPredicted({ published: { revenue } }: Scene): boolean {
  return revenue !== null && bothOf(revenue.figures) !== null;
}

function bothOf({
  predictedMinor,
  predictedV2Minor,
}: Pick<ReturnType<typeof predictedOf>, 'predictedMinor' | 'predictedV2Minor'>) {
  if (predictedMinor === null || predictedV2Minor === null) return null;
  return { v1Minor: predictedMinor, v2Minor: predictedV2Minor };
}
