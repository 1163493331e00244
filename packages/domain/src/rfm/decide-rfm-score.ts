import { formatDay, type Reason, type ScoreDecision } from '@bellwether/events';
import { apportion } from '../money/apportion.ts';
import { formatMinor } from '../money/format-minor.ts';
import type { Breakpoints } from '../quantiles/breakpoints.ts';
import { meanTransactionOf, type RfmParts } from './rfm-parts.ts';
import { type Rfm, type RfmBand, type RfmScores, rfmBandOf, rfmScoresOf } from './rfm-score.ts';
import type { RfmSegment } from './rfm-segment.ts';

/** What a decision about RFM needs besides the two sides. */
export interface RfmInput {
  /** Those that `now` was made with. */
  readonly breakpoints: Breakpoints | null;
  readonly currency: string;
}

const MOST_HUNDREDTHS = 500;

/**
 * `score.rfm.changed` when a raw value, a score, or what is known of the payment feed differs from what was published
 * last; new breakpoints alone, that move no score of this customer, say nothing. The reasons tell a score that moved by
 * the customer's own purchases from one that moved because other breakpoints hold, and sum exactly to the delta of the
 * composite, or to the composite where there was none (N1). Null too for a customer who never bought.
 */
export function decideRfmScore(previous: Rfm | null, now: Rfm, input: RfmInput): ScoreDecision | null {
  if (now.parts.transactions === 0) return null;
  if (previous !== null && isSame(previous, now)) return null;
  const value = now.scores?.compositeHundredths ?? null;
  const before = previous?.scores?.compositeHundredths ?? null;
  return {
    type: 'score.rfm.changed',
    score: 'rfm',
    unit: 'hundredths',
    value,
    previous: before,
    delta: value === null || before === null ? null : value - before,
    band: rfmBandOf(value),
    previousBand: previous === null ? null : rfmBandOf(before),
    parts: partsOfRfm(now),
    labels: labelsOfRfm(now),
    ...certaintyOfRfm(now),
    reasons: reasonsOf(previous, now, input),
  };
}

/** What RFM is published with: raw values, the mean transaction (S32), and the three scores. */
export function partsOfRfm({ parts, scores }: Rfm): ScoreDecision['parts'] {
  return {
    ...parts,
    mean365Minor: meanTransactionOf(parts),
    recencyScore: scores?.recency ?? null,
    frequencyScore: scores?.frequency ?? null,
    monetaryScore: scores?.monetary ?? null,
  };
}

/** The named segment. */
export function labelsOfRfm({ scores }: Rfm): { readonly segment: RfmSegment | null } {
  return { segment: scores?.segment ?? null };
}

/**
 * What is said while the payment feed is silent (N2): a purchase that is missing can only have made the composite
 * greater, so it lies between what it is and 5.
 */
export function certaintyOfRfm({
  scores,
  isPaymentFeedStale,
}: Rfm): Pick<ScoreDecision, 'low' | 'high' | 'uncertain' | 'missing'> {
  if (!isPaymentFeedStale) return { uncertain: false, missing: [] };
  const missing = [{ signal: 'payments', why: 'feed-stale' as const }];
  if (scores === null) return { uncertain: false, missing };
  const low = scores.compositeHundredths;
  const best: RfmBand = 'excellent';
  return { low, high: MOST_HUNDREDTHS, uncertain: rfmBandOf(low) !== best, missing };
}

function isSame(a: Rfm, b: Rfm): boolean {
  return (
    a.parts.transactions === b.parts.transactions &&
    a.parts.firstPurchaseDay === b.parts.firstPurchaseDay &&
    a.parts.lastPurchaseDay === b.parts.lastPurchaseDay &&
    a.parts.frequency365 === b.parts.frequency365 &&
    a.parts.monetary365Minor === b.parts.monetary365Minor &&
    a.parts.greatest365Minor === b.parts.greatest365Minor &&
    a.parts.gini365BasisPoints === b.parts.gini365BasisPoints &&
    a.parts.paidMinor === b.parts.paidMinor &&
    a.lack === b.lack &&
    a.isPaymentFeedStale === b.isPaymentFeedStale &&
    a.scores?.recency === b.scores?.recency &&
    a.scores?.frequency === b.scores?.frequency &&
    a.scores?.monetary === b.scores?.monetary
  );
}

const NOT_SCORED = {
  'no-breakpoints': 'not scored: the tenant has no breakpoints yet',
  'few-customers': 'not scored: fewer than five customers ever bought',
} as const;

interface Dimension {
  readonly signal: 'recency' | 'frequency' | 'monetary';
  readonly raw: (parts: RfmParts) => number | null;
  readonly text: (parts: RfmParts, currency: string) => string;
}
const DIMENSIONS: readonly Dimension[] = [
  {
    signal: 'recency',
    raw: (parts) => parts.lastPurchaseDay,
    text: ({ lastPurchaseDay }) =>
      lastPurchaseDay === null ? 'never bought' : `bought last on ${formatDay(lastPurchaseDay)}`,
  },
  {
    signal: 'frequency',
    raw: (parts) => parts.frequency365,
    text: ({ frequency365 }) =>
      `bought on ${frequency365} ${frequency365 === 1 ? 'day' : 'days'} of the last 365`,
  },
  {
    signal: 'monetary',
    raw: (parts) => parts.monetary365Minor,
    text: ({ monetary365Minor }, currency) =>
      `paid ${formatMinor(monetary365Minor, currency)} in the last 365 days`,
  },
];

/** A step of one score, before the steps are brought to hundredths of the composite. */
interface Step {
  readonly points: number;
  readonly reason: Omit<Reason, 'contribution'>;
}

function reasonsOf(previous: Rfm | null, now: Rfm, { breakpoints, currency }: RfmInput): readonly Reason[] {
  if (now.scores === null || breakpoints === null) {
    const text = NOT_SCORED[now.lack ?? 'no-breakpoints'];
    return [{ signal: 'breakpoints', contribution: 0, before: null, after: null, text }];
  }
  const { scores } = now;
  const before = previous?.scores ?? null;
  const steps =
    previous === null || before === null
      ? DIMENSIONS.map((dimension) => firstStep(dimension, now.parts, { scores, currency }))
      : stepsBetween({ ...previous, scores: before }, { ...now, scores }, { breakpoints, currency });
  const delta = scores.compositeHundredths - (before?.compositeHundredths ?? 0);
  const contributions = apportion(
    steps.map(({ points }) => (100 * points) / 3),
    delta,
  );
  return steps.map(({ reason: { signal, ...rest } }, index) => ({
    signal,
    contribution: contributions[index] ?? 0,
    ...rest,
  }));
}

function firstStep(
  { signal, raw, text }: Dimension,
  parts: RfmParts,
  { scores, currency }: { readonly scores: RfmScores; readonly currency: string },
): Step {
  const told = `${text(parts, currency)}: ${signal} score ${scores[signal]}`;
  return { points: scores[signal], reason: { signal, before: null, after: raw(parts), text: told } };
}

type Scored = Rfm & { readonly scores: RfmScores };

/**
 * Both steps of each score: from the breakpoints of then to those of now, at the raw values of then, and from the raw
 * values of then to those of now, at the breakpoints of now. Together they are the whole way.
 */
function stepsBetween(
  previous: Scored,
  now: Scored,
  { breakpoints, currency }: { readonly breakpoints: Breakpoints; readonly currency: string },
): readonly Step[] {
  const between = rfmScoresOf(previous.parts, breakpoints) ?? previous.scores;
  return DIMENSIONS.flatMap(({ signal, raw, text }) => {
    const [was, held, is] = [previous.scores[signal], between[signal], now.scores[signal]];
    const before = raw(previous.parts);
    const after = raw(now.parts);
    const because = `because the breakpoints of ${formatDay(breakpoints.day)} hold now`;
    const own = `${text(now.parts, currency)}: ${signal} score ${is}, was ${held}`;
    const others = `${signal} score ${held}, was ${was}, ${because}`;
    const steps: Step[] = [
      { points: is - held, reason: { signal, before, after, text: own } },
      {
        points: held - was,
        reason: { signal: `${signal}-breakpoints`, before, after: before, text: others },
      },
    ];
    return steps.filter(({ points }) => points !== 0);
  });
}
