import { roundedQuotient } from '@bellwether/events';
import { basisPointsOf, publishable, roundedRatio } from '../statistics/exact.ts';
import { meanOf, type Tally, tallyOf, totalOf } from '../statistics/tally.ts';
import { type Dimension, type Group, groupsOf } from './groups.ts';
import type { PortfolioRow } from './portfolio-row.ts';

/** Means over the members of whom the measure is known, each with how many they are; null: of none. */
export interface GroupMeans {
  /** Lifetime value, minor units (S25). */
  readonly valueMinor: number | null;
  /** Share of one customer in the portfolio (S24), in millionths: 0.083 % is 830. */
  readonly contributionMillionths: number | null;
  /** Composite 1..5 in hundredths (S81). */
  readonly rfmHundredths: number | null;
  readonly accountAgeDays: number | null;
  readonly healthHundredths: number | null;
  /** The same health on the scale of five points, in hundredths: health / 20 (S28, D7). */
  readonly healthOfFiveHundredths: number | null;
  readonly churnBasisPoints: number | null;
  readonly velocityMinor: number | null;
}

/** One class of customers beside the others (S24, S25, S28, S80, S81). */
export interface GroupSummary {
  readonly group: string;
  readonly customers: number;
  readonly customersBasisPoints: number;
  /** Net value of the group, minor units; null: nobody's is known, or it passes 2^53. */
  readonly valueMinor: number | null;
  /** Share in the value of all customers whose value is positive (D2): over all groups 100 %. Null: there is none. */
  readonly valueBasisPoints: number | null;
  readonly means: GroupMeans;
  readonly known: { readonly [Measure in keyof typeof MEASURES]: number };
}

const MEASURES = {
  value: ({ valueMinor }: PortfolioRow) => valueMinor,
  rfm: ({ rfmHundredths }: PortfolioRow) => rfmHundredths,
  accountAge: ({ accountAgeDays }: PortfolioRow) => accountAgeDays,
  health: ({ healthHundredths }: PortfolioRow) => healthHundredths,
  churn: ({ churnBasisPoints }: PortfolioRow) => churnBasisPoints,
  velocity: ({ velocityMinor }: PortfolioRow) => velocityMinor,
} as const;

/** All groups of one dimension, side by side. */
export function compareGroups(rows: readonly PortfolioRow[], dimension: Dimension): readonly GroupSummary[] {
  const portfolio = { customers: rows.length, positive: positiveOf(rows) };
  return groupsOf(rows, dimension).map((group) => summaryOf(group, portfolio));
}

function positiveOf(rows: readonly PortfolioRow[]): bigint {
  return tallyOf(rows, ({ valueMinor }) => (valueMinor === null ? null : Math.max(0, valueMinor))).sum;
}

function summaryOf(
  { name, rows }: Group,
  portfolio: { readonly customers: number; readonly positive: bigint },
): GroupSummary {
  const value = tallyOf(rows, MEASURES.value);
  const rfm = tallyOf(rows, MEASURES.rfm);
  const accountAge = tallyOf(rows, MEASURES.accountAge);
  const health = tallyOf(rows, MEASURES.health);
  const churn = tallyOf(rows, MEASURES.churn);
  const velocity = tallyOf(rows, MEASURES.velocity);
  const positive = positiveOf(rows);
  const isShared = portfolio.positive > 0n && value.known > 0;
  return {
    group: name,
    customers: rows.length,
    customersBasisPoints: basisPointsOf(BigInt(rows.length), BigInt(portfolio.customers)) ?? 0,
    valueMinor: totalOf(value),
    valueBasisPoints: isShared ? basisPointsOf(positive, portfolio.positive) : null,
    means: {
      valueMinor: meanOf(value),
      contributionMillionths: isShared
        ? roundedRatio(1_000_000n * positive, portfolio.positive * BigInt(value.known))
        : null,
      rfmHundredths: meanOf(rfm),
      accountAgeDays: meanOf(accountAge),
      healthHundredths: meanOf(health),
      healthOfFiveHundredths: fivePointMeanOf(health),
      churnBasisPoints: meanOf(churn),
      velocityMinor: meanOf(velocity),
    },
    known: {
      value: value.known,
      rfm: rfm.known,
      accountAge: accountAge.known,
      health: health.known,
      churn: churn.known,
      velocity: velocity.known,
    },
  };
}

/** Mean health on the scale of five points (D7), in hundredths of a point, from the exact sum; null of nobody. */
export function fivePointMeanOf({ known, sum }: Tally): number | null {
  return known === 0 ? null : roundedRatio(sum, 20n * BigInt(known));
}

/** How many times as great the means of one group are as those of another, in hundredths: 5.41 times is 541. */
export type GroupRatios = { readonly [Mean in keyof GroupMeans]: number | null };

/** Ratios of the means as told (S25, D21); null where one is not known, or the other is not positive. */
export function ratiosOf(one: GroupSummary, other: GroupSummary): GroupRatios {
  const ratio = (mean: keyof GroupMeans): number | null => {
    const [above, below] = [one.means[mean], other.means[mean]];
    if (above === null || below === null || below <= 0) return null;
    return publishable(roundedQuotient(100n * BigInt(above), BigInt(below)));
  };
  return {
    valueMinor: ratio('valueMinor'),
    contributionMillionths: ratio('contributionMillionths'),
    rfmHundredths: ratio('rfmHundredths'),
    accountAgeDays: ratio('accountAgeDays'),
    healthHundredths: ratio('healthHundredths'),
    healthOfFiveHundredths: ratio('healthOfFiveHundredths'),
    churnBasisPoints: ratio('churnBasisPoints'),
    velocityMinor: ratio('velocityMinor'),
  };
}
