import type { FeedStatus, FeedStatuses, MissingSignal } from '@bellwether/events';
import { isActiveStatus, type Standing } from '../agreements/agreement-status.ts';
import { apportion } from '../money/apportion.ts';
import { nextTurn } from '../opportunities/next-turn.ts';
import type { SignalState } from '../signals/state.ts';

/** What depth is made of: its weight in percent, and how many of it are as deep as it gets (S10). */
export const DEPTH_PARTS = [
  { part: 'types', weight: 30, full: 3 },
  { part: 'serviceLines', weight: 20, full: 3 },
  { part: 'features', weight: 25, full: 6 },
  { part: 'stakeholders', weight: 25, full: 5 },
] as const;
export type DepthPart = (typeof DEPTH_PARTS)[number]['part'];
const FEATURE_WINDOW_DAYS = 90;
const LEAST_COVERAGE_HUNDREDTHS = 5_000;
const DEEP_FROM_HUNDREDTHS = 7_000;
const ESTABLISHED_FROM_HUNDREDTHS = 4_000;

export type DepthBand = 'shallow' | 'established' | 'deep' | 'not-scorable';

/** How many threads tie a customer to the vendor; scores in hundredths of 0..100. */
export interface Depth {
  /** Null: less than half of it is known. */
  readonly valueHundredths: number | null;
  readonly band: DepthBand;
  readonly coverageHundredths: number;
  /** The value with every expected but missing part at its worst and at its best; null without a value. */
  readonly lowHundredths: number | null;
  readonly highHundredths: number | null;
  /** What was counted; null: missing. */
  readonly counts: { readonly [P in DepthPart]: number | null };
  /** Part of the value, summing exactly to it; 0 while missing or without a value. */
  readonly contributions: { readonly [P in DepthPart]: number };
  readonly missing: readonly MissingSignal[];
}

/** What depth is counted from. */
export interface DepthInput {
  readonly standings: readonly Standing[];
  readonly signals: SignalState;
  /** People at the customer who are there; null: nobody was ever told of. */
  readonly stakeholders: number | null;
  readonly feeds: FeedStatuses;
  readonly today: number;
}

type Counted = number | MissingSignal['why'];

/**
 * Relationship depth (S10): distinct types and service lines of the active agreements, features used in the last 90
 * days, people who are there. Each part has points in proportion, up to the count that is as deep as it gets; the value
 * is their weighted mean over the parts that are known.
 */
export function depthOf(input: DepthInput): Depth {
  const counted: { readonly [P in DepthPart]: Counted } = {
    ...countAgreements(input),
    features: countFeatures(input),
    stakeholders: heard(input.feeds.contact, input.stakeholders),
  };
  let presentWeight = 0;
  let expectedWeight = 0;
  const points = DEPTH_PARTS.map(({ part, weight, full }) => {
    const count = counted[part];
    if (typeof count === 'number') presentWeight += weight;
    else if (count !== 'feed-absent') expectedWeight += weight;
    return typeof count === 'number' ? (weight * 100 * Math.min(count, full)) / full : 0;
  });
  const sum = points.reduce((a, b) => a + b, 0);
  const coverageHundredths = 100 * presentWeight;
  const isScorable = coverageHundredths >= LEAST_COVERAGE_HUNDREDTHS;
  const value = isScorable ? Math.round((100 * sum) / presentWeight) : null;
  const reachable = presentWeight + expectedWeight;
  const contributions = value === null ? [] : apportion(points, value);
  return {
    valueHundredths: value,
    band: depthBandOf(value),
    coverageHundredths,
    lowHundredths: isScorable ? Math.round((100 * sum) / reachable) : null,
    highHundredths: isScorable ? Math.round((100 * (sum + 100 * expectedWeight)) / reachable) : null,
    counts: byPart((part) => numberOr(counted[part])),
    contributions: byPart((_, index) => contributions[index] ?? 0),
    missing: DEPTH_PARTS.flatMap(({ part }) => {
      const why = counted[part];
      return typeof why === 'number' ? [] : [{ signal: part, why }];
    }),
  };
}

/** Below 40 a relationship is shallow, from 70 deep. */
export function depthBandOf(valueHundredths: number | null): DepthBand {
  if (valueHundredths === null) return 'not-scorable';
  if (valueHundredths >= DEEP_FROM_HUNDREDTHS) return 'deep';
  return valueHundredths >= ESTABLISHED_FROM_HUNDREDTHS ? 'established' : 'shallow';
}

/** A line is known only where some agreement ever named one. */
function countAgreements({ standings, feeds }: DepthInput): { types: Counted; serviceLines: Counted } {
  const types = new Set<string>();
  const lines = new Set<string>();
  let wereTypesTold = false;
  let wereLinesTold = false;
  for (const { agreement, status } of standings) {
    if (status === 'void') continue;
    const { agreementType, serviceLine } = agreement.terms;
    wereTypesTold ||= agreementType !== null;
    wereLinesTold ||= serviceLine !== null;
    if (!isActiveStatus(status)) continue;
    if (agreementType !== null) types.add(agreementType);
    if (serviceLine !== null) lines.add(serviceLine);
  }
  return {
    types: heard(feeds.agreement, wereTypesTold ? types.size : null),
    serviceLines: heard(feeds.agreement, wereLinesTold ? lines.size : null),
  };
}

function countFeatures({ signals, feeds, today }: DepthInput): Counted {
  const { features } = signals.activity;
  if (feeds.activity === undefined) return 'feed-absent';
  if (features.length === 0) return 'no-data';
  if (feeds.activity.status === 'stale') return 'feed-stale';
  return features.filter(([, lastDay]) => lastDay > today - FEATURE_WINDOW_DAYS).length;
}

/** What was counted may be another by now where its feed has stopped (N2). */
function heard(feed: FeedStatus | undefined, count: number | null): Counted {
  if (feed === undefined) return count ?? 'feed-absent';
  if (count === null) return 'no-data';
  return feed.status === 'stale' ? 'feed-stale' : count;
}

function numberOr(counted: Counted): number | null {
  return typeof counted === 'number' ? counted : null;
}

function byPart<Value>(of: (part: DepthPart, index: number) => Value): { readonly [P in DepthPart]: Value } {
  const all = DEPTH_PARTS.map(({ part }, index) => [part, of(part, index)]);
  return Object.fromEntries(all) as { readonly [P in DepthPart]: Value };
}

/** First day after today on which a feature leaves the window; null: none is in it. */
export function nextDepthDay(signals: SignalState, today: number): number | null {
  return nextTurn(
    signals.activity.features.map(([, lastDay]) => lastDay + FEATURE_WINDOW_DAYS),
    today,
  );
}
