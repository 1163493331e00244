import { type RankCorrelation, spearmanOf } from '../statistics/spearman.ts';
import { meanOf, tallyOf, totalOf } from '../statistics/tally.ts';
import { groupsOf } from './groups.ts';
import { type PortfolioRow, UNKNOWN } from './portfolio-row.ts';

/** Ages of accounts, each up to and with its last day. */
export const AGE_BANDS = [
  { name: 'up-to-1-year', toDays: 365 },
  { name: 'to-2-years', toDays: 730 },
  { name: 'to-3-years', toDays: 1_095 },
  { name: 'to-5-years', toDays: 1_825 },
  { name: 'over-5-years', toDays: Number.POSITIVE_INFINITY },
] as const;
export type AgeBand = (typeof AGE_BANDS)[number]['name'] | typeof UNKNOWN;

/** Customers of one age in one tier. */
export interface AgeCell {
  readonly age: AgeBand;
  readonly customers: number;
  /** Minor units; null: customers are there, but nobody's value is known. */
  readonly valueMinor: number | null;
}

/** One value tier by age of the accounts. */
export interface TierAges {
  readonly valueTier: string;
  readonly customers: number;
  /** Mean over the accounts of known age; null: none. */
  readonly averageAgeDays: number | null;
  /** Every band, also those without customers. */
  readonly ages: readonly AgeCell[];
}

/** Account age by value tier (S83). */
export interface AgeByTier {
  readonly tiers: readonly TierAges[];
  /** Whether older accounts are worth more: negative where age and value run against each other (S83). */
  readonly ageAndValue: RankCorrelation;
}

/** The table of account age by tier, and whether the two run against each other (S81, S83). */
export function ageByTierOf(rows: readonly PortfolioRow[]): AgeByTier {
  const tiers = groupsOf(rows, 'valueTier').map(({ name, rows: members }): TierAges => {
    const byAge = Map.groupBy(members, ageBandOf);
    const bands: readonly AgeBand[] = [...AGE_BANDS.map((band) => band.name), UNKNOWN];
    return {
      valueTier: name,
      customers: members.length,
      averageAgeDays: meanOf(tallyOf(members, ({ accountAgeDays }) => accountAgeDays)),
      ages: bands.map((age) => {
        const own = byAge.get(age) ?? [];
        return {
          age,
          customers: own.length,
          valueMinor: totalOf(tallyOf(own, ({ valueMinor }) => valueMinor)),
        };
      }),
    };
  });
  const pairs = rows.flatMap(({ accountAgeDays, valueMinor }) =>
    accountAgeDays === null || valueMinor === null ? [] : [[accountAgeDays, valueMinor] as const],
  );
  return { tiers, ageAndValue: spearmanOf(pairs) };
}

function ageBandOf({ accountAgeDays }: PortfolioRow): AgeBand {
  if (accountAgeDays === null) return UNKNOWN;
  return AGE_BANDS.find(({ toDays }) => accountAgeDays <= toDays)?.name ?? UNKNOWN;
}
