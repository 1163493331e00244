import { SIZE_BANDS } from '../tier/size-band.ts';
import { comparedSegmentOf, VALUE_TIERS } from '../tier/value-tier.ts';
import { byPlace, classOf, type PortfolioRow, UNKNOWN } from './portfolio-row.ts';

/** What customers can be compared by. */
export const DIMENSIONS = [
  'segment',
  'valueTier',
  'comparedSegment',
  'industry',
  'sizeBand',
  'engagementModel',
  'owner',
  'healthBand',
  'churnBand',
] as const;
/** `comparedSegment` sets gold and platinum against basic, with silver in `other` (S80). */
export type Dimension = (typeof DIMENSIONS)[number];

/** Customers of one class. */
export interface Group {
  readonly name: string;
  readonly rows: readonly PortfolioRow[];
}

/** Customers by class, in the order of the classes, `unknown` last; every customer is in exactly one group. */
export function groupsOf(rows: readonly PortfolioRow[], dimension: Dimension): readonly Group[] {
  const groups = Map.groupBy(rows, (row) => nameOf(row, dimension));
  const names = [...groups.keys()].sort(byPlace(ORDERS[dimension] ?? []));
  return names.map((name) => ({ name, rows: groups.get(name) ?? [] }));
}

/** The names of all others stand in the order of their letters. */
const ORDERS: { readonly [D in Dimension]?: readonly string[] } = {
  valueTier: VALUE_TIERS.toReversed(),
  comparedSegment: ['high-value-enterprise', 'basic-tier', 'other'],
  sizeBand: SIZE_BANDS,
  healthBand: ['healthy', 'needs-attention', 'at-risk', 'not-scorable'],
  churnBand: ['high', 'medium', 'low', 'not-scorable', 'ended'],
};

function nameOf(row: PortfolioRow, dimension: Dimension): string {
  if (dimension !== 'comparedSegment') return classOf(row[dimension]);
  return row.valueTier === null ? UNKNOWN : (comparedSegmentOf(row.valueTier) ?? 'other');
}
