import type { Reason } from '@bellwether/events';
import { CHURN_FEATURES, type ChurnSignal } from './churn-features.ts';
import type { ChurnPart } from './churn-parts.ts';
import { describeEarlierChurn } from './describe-churn.ts';
import { logOddsPartsOf, type PublishedChurn, type PublishedChurnPart } from './published-churn.ts';
import type { ChurnScore } from './score-churn.ts';
import { splitDelta } from './split-delta.ts';

/**
 * Why churn moved against what was last published (N1): the parts that moved, with contributions that sum exactly to
 * the delta; where there was no value, every part that is known, summing to the value. Where there is no value any
 * more the missing signals are named, or the end, with a contribution of 0; while there is none, those that came or
 * went.
 */
export function churnReasonsOf(published: PublishedChurn | null, score: ChurnScore): Reason[] {
  const { valueBasisPoints: value, parts } = score;
  if (value === null) return reasonsWithoutValue(published, score);
  const previous = published?.valueBasisPoints ?? null;
  if (published === null || previous === null) return firstReasons(published, score);
  const contributions = splitDelta({ value: previous, parts: logOddsPartsOf(published) }, { value, parts });
  const gone = published.parts.filter(([earlier]) => !parts.some(({ signal }) => signal === earlier));
  const told = parts.flatMap((part) => {
    const earlier = earlierOf(published, part);
    const contribution = contributions.get(part.signal) ?? 0;
    const cameOrWent = (earlier === undefined) !== (part.raw === null);
    return contribution !== 0 || cameOrWent ? [reasonOf(part, earlier, contribution)] : [];
  });
  return [...told, ...gone.map((part) => goneReason(part, contributions.get(part[0]) ?? 0))];
}

function firstReasons(published: PublishedChurn | null, score: ChurnScore): Reason[] {
  return score.parts.flatMap((part) => {
    const earlier = earlierOf(published, part);
    if (part.raw === null && earlier === undefined) return [];
    return [reasonOf(part, earlier, part.contributionBasisPoints)];
  });
}

function reasonsWithoutValue(published: PublishedChurn | null, score: ChurnScore): Reason[] {
  if (score.band === 'ended')
    return [
      { signal: 'ended', contribution: 0, before: null, after: null, text: 'all agreements have ended' },
    ];
  const isNews = newsWithoutValue(published, score);
  return score.parts.flatMap((part) => {
    const earlier = earlierOf(published, part);
    return isNews(part, earlier) ? [reasonOf(part, earlier, 0)] : [];
  });
}

/** Where there is no value, and was none, only what is missing now for the first time or no more is news. */
function newsWithoutValue(published: PublishedChurn | null, score: ChurnScore) {
  return ({ signal, raw }: ChurnPart, earlier: PublishedChurnPart | undefined): boolean => {
    if (published === null || published.valueBasisPoints !== null) return raw === null;
    const whyOf = (missing: ChurnScore['missing']) => missing.find((one) => one.signal === signal)?.why;
    const cameOrWent = (earlier === undefined) !== (raw === null);
    return cameOrWent || whyOf(published.missing) !== whyOf(score.missing);
  };
}

function earlierOf(published: PublishedChurn | null, { signal }: ChurnPart): PublishedChurnPart | undefined {
  return published?.parts.find(([name]) => name === signal);
}

function reasonOf(part: ChurnPart, earlier: PublishedChurnPart | undefined, contribution: number): Reason {
  const { signal, raw } = part;
  const before = earlier?.[1] ?? null;
  return {
    signal,
    contribution,
    before,
    after: raw,
    text: `${part.text}${earlierText(signal, raw, before)}`,
  };
}

function earlierText(signal: string, raw: number | null, before: number | null): string {
  if (before === null) return '';
  if (before === raw) return ', as before';
  return isChurnSignal(signal) ? `, ${describeEarlierChurn(signal, before)}` : '';
}

/** A part that does not apply any more: a purchase rhythm once there is an agreement, a bond that ran out. */
function goneReason([signal, raw]: PublishedChurnPart, contribution: number): Reason {
  const text = `${signal.replaceAll('-', ' ')} does not count any more`;
  return { signal, contribution, before: raw, after: null, text };
}

function isChurnSignal(signal: string): signal is ChurnSignal {
  return Object.hasOwn(CHURN_FEATURES, signal);
}
