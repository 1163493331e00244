import type { CustomerEvent } from '@bellwether/events';
import { agreementsToday } from './agreement-terms.ts';
import { isActive } from './churn-readings.ts';
import { ofTypes, sumOf, type Why, whySilent } from './common.ts';
import type { OracleContext } from './context.ts';
import { isThere, recomputePeople } from './people.ts';

/** Depth of a relationship (S10), hundredths; null: less than half is known. */
export interface OracleDepth {
  readonly value: number | null;
  readonly band: string;
  readonly coverage: number;
  readonly low: number | null;
  readonly high: number | null;
  /** What was counted of each part; null: missing. */
  readonly counts: Readonly<Record<string, number | null>>;
  /** What each part adds to the value before it is rounded so that the parts add up. */
  readonly exact: Readonly<Record<string, number>>;
  readonly missing: Readonly<Record<string, string>>;
}

const PARTS = [
  { part: 'types', weight: 30, full: 3 },
  { part: 'serviceLines', weight: 20, full: 3 },
  { part: 'features', weight: 25, full: 6 },
  { part: 'stakeholders', weight: 25, full: 5 },
] as const;

/** The weighted mean of what is known, each part in proportion up to its full count. */
export function recomputeDepth(events: readonly CustomerEvent[], context: OracleContext): OracleDepth {
  const counted = countsOf(events, context);
  const known = PARTS.filter(({ part }) => typeof counted[part] === 'number');
  const expected = PARTS.filter(({ part }) => counted[part] === 'no-data' || counted[part] === 'feed-stale');
  const weight = sumOf(known.map((one) => one.weight));
  const open = sumOf(expected.map((one) => one.weight));
  const pointsOf = ({ part, weight: of, full }: (typeof PARTS)[number]) =>
    (of * 100 * Math.min(Number(counted[part]), full)) / full;
  const sum = sumOf(known.map(pointsOf));
  const isScorable = weight >= 50;
  const value = isScorable ? Math.round((100 * sum) / weight) : null;
  return {
    value,
    band: bandOf(value),
    coverage: 100 * weight,
    low: isScorable ? Math.round((100 * sum) / (weight + open)) : null,
    high: isScorable ? Math.round((100 * (sum + 100 * open)) / (weight + open)) : null,
    counts: Object.fromEntries(
      PARTS.map(({ part }) => [part, typeof counted[part] === 'number' ? counted[part] : null]),
    ),
    exact: Object.fromEntries(
      known.map((one) => [one.part, isScorable ? (100 * pointsOf(one)) / weight : 0]),
    ),
    missing: Object.fromEntries(
      PARTS.flatMap(({ part }) => (typeof counted[part] === 'number' ? [] : [[part, String(counted[part])]])),
    ),
  };
}

/** The band of a depth in hundredths. */
export function bandOf(value: number | null): string {
  if (value === null) return 'not-scorable';
  if (value >= 7_000) return 'deep';
  return value >= 4_000 ? 'established' : 'shallow';
}

function countsOf(
  events: readonly CustomerEvent[],
  { today, feeds }: OracleContext,
): Readonly<Record<(typeof PARTS)[number]['part'], number | Why>> {
  const agreements = agreementsToday(events, today).filter(({ status }) => status !== 'void');
  const used = ofTypes(events, 'activity.feature-used', 'activity.usage-reported').flatMap(({ day, data }) =>
    data.feature === undefined ? [] : [{ day, feature: data.feature }],
  );
  const people = recomputePeople(events);
  /** Facts are known without a feed that ever was; one that has stopped tells nothing of today (N2). */
  const heard = (feed: 'agreement' | 'contact', count: number | null): number | Why => {
    if (feeds[feed] === undefined) return count ?? 'feed-absent';
    if (count === null) return 'no-data';
    return feeds[feed].status === 'stale' ? 'feed-stale' : count;
  };
  const distinct = (named: readonly (string | null)[], inForce: readonly (string | null)[]) =>
    heard(
      'agreement',
      named.every((name) => name === null) ? null : new Set(inForce.filter((name) => name !== null)).size,
    );
  const active = agreements.filter(isActive);
  const recent = used.filter(({ day }) => day > today - 90);
  return {
    types: distinct(
      agreements.map(({ agreementType }) => agreementType),
      active.map(({ agreementType }) => agreementType),
    ),
    serviceLines: distinct(
      agreements.map(({ serviceLine }) => serviceLine),
      active.map(({ serviceLine }) => serviceLine),
    ),
    features:
      whySilent(feeds.activity, used.length > 0) ?? new Set(recent.map(({ feature }) => feature)).size,
    stakeholders: heard(
      'contact',
      people.length === 0 ? null : people.filter((person) => isThere(person, today)).length,
    ),
  };
}
