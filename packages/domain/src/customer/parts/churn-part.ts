import { churnValueOf } from '../../churn/churn-value.ts';
import { decideChurn } from '../../churn/decide-churn.ts';
import { churnModelIn } from '../../churn/judge-churn.ts';
import { nextChurnDay } from '../../churn/next-churn-day.ts';
import { nextHealthDay } from '../../health/next-health-day.ts';
import { nextTurn } from '../../opportunities/next-turn.ts';
import { nextTurnoverDay } from '../../warnings/executive-turnover.ts';
import { churnInputOf, churnWindowDays, USAGE_TREND } from './churn-input-of.ts';
import { contractualRetentionOf } from './contractual-retention.ts';
import { healthFactsOf } from './facts-of.ts';
import { nextRenewalDayOf } from './next-agreement-day.ts';
import type { Part, Scene } from './part.ts';

const TREND_ALONE = { signals: [USAGE_TREND] };

/** The probability that the customer is lost within a year (S29, S42). */
export const churnPart: Part<'churn'> = {
  reads: ['firstEventDay', 'signals', 'agreements', 'payments', 'profile'],
  asks: ['feeds', 'predictive'],
  follows: ['health'],
  decide: (previous, scene) => {
    const { day: today } = scene.context;
    const input = churnInputOf(scene);
    const contractual = contractualRetentionOf(scene);
    const model = churnModelIn(scene.context.findings?.churn);
    const { change, published } = decideChurn(previous, input, { today, contractual, model });
    return {
      published,
      changes: change === null ? [] : [change],
      // What it reads itself has not moved: nor have the days on which that may differ.
      nextDay: scene.isOwnMove
        ? nextTurn([nextChurnDay(input, today), ...windowDays(scene)], today)
        : scene.nextDay('churn'),
    };
  },
  scoreOf: (churn) => (churn === null ? null : churnValueOf(churn)),
};

function windowDays(scene: Scene): readonly (number | null)[] {
  const { after, context } = scene;
  const { day: today, feeds } = context;
  const { signals } = after;
  return [
    nextHealthDay(healthFactsOf(after), today, TREND_ALONE),
    nextTurnoverDay({ signals, reviews: [], isStrategic: false, sinceDay: null, feeds, today }),
    nextRenewalDayOf(scene.standings(), today),
    ...churnWindowDays(after),
  ];
}
