import type { Reason } from '@bellwether/events';
import type { ModelPack, SignalModel } from '../models/model-pack.ts';
import { describeEarlier } from './describe-signal.ts';
import type { PublishedHealth, PublishedSignal } from './published-health.ts';
import type { HealthScore, HealthSignal } from './score-health.ts';

/**
 * Why health moved against what was last published (N1): each signal's contribution now less its contribution then.
 * They sum exactly to the delta, or to the value where there was none. Where there is no value any more, the missing
 * signals are named with a contribution of 0.
 */
export function reasonsOf(published: PublishedHealth | null, score: HealthScore, model: ModelPack): Reason[] {
  const reasons: Reason[] = [];
  const isSameSet = published !== null && published.signals.length === presentCount(score);
  const hasPrevious = published !== null && published.valueHundredths !== null;
  score.signals.forEach((signal, index) => {
    const signalModel = model.signals[index];
    if (signalModel === undefined) return;
    const before = published?.signals.find((candidate) => candidate.signal === signal.signal);
    const contribution =
      score.valueHundredths === null
        ? 0
        : signal.contributionHundredths - (before?.contributionHundredths ?? 0);
    const cameOrWent = (before === undefined) !== (signal.raw === null);
    const isTold =
      score.valueHundredths === null
        ? signal.raw === null
        : contribution !== 0 || cameOrWent || (!hasPrevious && signal.raw !== null);
    if (!isTold) return;
    const text = textOf(signal, {
      before,
      model: signalModel,
      isFirst: published === null,
      isSameSet,
      contribution,
    });
    reasons.push({
      signal: signal.signal,
      contribution,
      before: before?.raw ?? null,
      after: signal.raw,
      text,
    });
  });
  return reasons;
}

function presentCount(score: HealthScore): number {
  return score.signals.length - score.missing.length;
}

interface Telling {
  readonly before: PublishedSignal | undefined;
  readonly model: SignalModel;
  readonly isFirst: boolean;
  readonly isSameSet: boolean;
  readonly contribution: number;
}

function textOf(signal: HealthSignal, { before, model, isFirst, isSameSet, contribution }: Telling): string {
  if (before === undefined)
    return isFirst || signal.raw === null ? signal.text : `${signal.text} (not known before)`;
  if (signal.raw !== before.raw) return `${signal.text}, ${describeEarlier(model, before.raw)}`;
  if (isSameSet) return `${signal.text}, as before`;
  return `${signal.text}, as before; counts ${contribution < 0 ? 'less' : 'more'} beside the other signals`;
}
