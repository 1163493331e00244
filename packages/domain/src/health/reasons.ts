import type { Reason } from '@bellwether/events';
import type { ModelPack, SignalModel } from '../models/model-pack.ts';
import { describeEarlier, nameOf } from './describe-signal.ts';
import type { HealthScore, HealthSignal } from './health-score.ts';
import type { PublishedHealth, PublishedSignal } from './published-health.ts';

/** What a score is told against, and with. */
export interface ReasonsInput {
  readonly model: ModelPack;
  readonly currency: string;
}

/**
 * Why health moved against what was last published (N1): each signal's contribution now less its contribution then,
 * and the same of bonuses, overrides and of signals that the model does not weigh any more. They sum exactly to the
 * delta, or to the value where there was none. Where there is no value any more, the missing signals are named with a
 * contribution of 0; while there is none, those that came or went.
 */
export function reasonsOf(
  published: PublishedHealth | null,
  score: HealthScore,
  input: ReasonsInput,
): Reason[] {
  const telling = tellingOf(published, score, input);
  const reasons = score.signals.flatMap((signal, index) => {
    const model = input.model.signals[index];
    return model === undefined ? [] : ofSignal(signal, model, telling);
  });
  if (score.valueHundredths === null) return reasons;
  return [...reasons, ...ofAdjustments(telling), ...ofSignalsGone(telling)];
}

interface Telling extends ReasonsInput {
  readonly published: PublishedHealth | null;
  readonly score: HealthScore;
  /** The signals present are as many as before. */
  readonly isSameSet: boolean;
  readonly isSameModel: boolean;
}

function tellingOf(published: PublishedHealth | null, score: HealthScore, input: ReasonsInput): Telling {
  const presentBefore = published?.signals.filter(({ raw }) => raw !== null).length;
  return {
    ...input,
    published,
    score,
    isSameSet: presentBefore === score.signals.length - score.missing.length,
    isSameModel: published?.model.id === score.model.id && published.model.version === score.model.version,
  };
}

function ofSignal(signal: HealthSignal, model: SignalModel, telling: Telling): Reason[] {
  const { published, score } = telling;
  const before = published?.signals.find((candidate) => candidate.signal === signal.signal);
  const isScored = score.valueHundredths !== null;
  const hasPrevious = published !== null && published.valueHundredths !== null;
  const contribution = isScored ? signal.contributionHundredths - (before?.contributionHundredths ?? 0) : 0;
  const cameOrWent = (before?.raw ?? null) === null ? signal.raw !== null : signal.raw === null;
  const isTold = isScored
    ? contribution !== 0 || cameOrWent || (!hasPrevious && signal.raw !== null)
    : isNewsWithoutScore(signal, { ...telling, cameOrWent });
  if (!isTold) return [];
  return [
    {
      signal: signal.signal,
      contribution,
      before: before?.raw ?? null,
      after: signal.raw,
      text: textOf(signal, model, { ...telling, before, contribution }),
    },
  ];
}

/** Where there is no score, and was none, only what is missing now for the first time or no more is news. */
function isNewsWithoutScore(
  { signal, raw }: HealthSignal,
  { published, score, cameOrWent }: Telling & { readonly cameOrWent: boolean },
): boolean {
  if (published === null || published.valueHundredths !== null) return raw === null;
  const whyOf = (missing: HealthScore['missing']) => missing.find((one) => one.signal === signal)?.why;
  return cameOrWent || whyOf(published.missing) !== whyOf(score.missing);
}

interface SignalTelling extends Telling {
  readonly before: PublishedSignal | undefined;
  readonly contribution: number;
}

function textOf(signal: HealthSignal, model: SignalModel, telling: SignalTelling): string {
  const { before, published, currency } = telling;
  if (before === undefined || before.raw === null)
    return published === null || signal.raw === null ? signal.text : `${signal.text} (not known before)`;
  const norm = before.norm ?? null;
  if (signal.raw === before.raw && signal.norm === norm) return `${signal.text}, as before${shift(telling)}`;
  const earlier = { raw: before.raw, norm: signal.norm === norm ? null : norm, currency };
  return `${signal.text}, ${describeEarlier(model.signal, earlier)}`;
}

/** Why the same reading contributes another part than before. */
function shift({ isSameModel, isSameSet, contribution, score }: SignalTelling): string {
  if (!isSameModel) return `; weighed by ${score.model.id} ${score.model.version} now`;
  return isSameSet ? '' : `; counts ${contribution < 0 ? 'less' : 'more'} beside the other signals`;
}

function ofAdjustments({ published, score }: Telling): Reason[] {
  const before = new Map(
    published?.adjustments?.map(({ name, contributionHundredths }) => [name, contributionHundredths]),
  );
  const standing = score.adjustments.map(({ name, contributionHundredths, text }) => {
    const contribution = contributionHundredths - (before.get(name) ?? 0);
    before.delete(name);
    return reasonOf(name, contribution, text);
  });
  const gone = [...before].map(([name, contribution]) =>
    reasonOf(name, -contribution, `${name.replaceAll('-', ' ')} counts no more`),
  );
  return [...standing, ...gone].filter(({ contribution }) => contribution !== 0);
}

function reasonOf(signal: string, contribution: number, text: string): Reason {
  return { signal, contribution, before: null, after: null, text };
}

/** What another model weighed and this one does not. */
function ofSignalsGone({ published, score, currency }: Telling): Reason[] {
  const weighed = new Set(score.signals.map(({ signal }) => signal));
  const gone = published?.signals.filter(({ signal }) => !weighed.has(signal)) ?? [];
  return gone.flatMap(({ signal, raw, contributionHundredths }) => {
    if (contributionHundredths === 0) return [];
    const earlier = raw === null ? '' : `, ${describeEarlier(signal, { raw, norm: null, currency })}`;
    return [
      {
        signal,
        contribution: -contributionHundredths,
        before: raw,
        after: null,
        text: `${nameOf(signal)} not weighed by ${score.model.id} ${score.model.version}${earlier}`,
      },
    ];
  });
}
