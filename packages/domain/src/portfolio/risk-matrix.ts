import { basisPointsOf } from '../statistics/exact.ts';
import { tallyOf, totalOf } from '../statistics/tally.ts';
import { SIZE_BANDS } from '../tier/size-band.ts';
import { AT_RISK_BELOW, byPlace, byText, classOf, type PortfolioRow, UNKNOWN } from './portfolio-row.ts';

/** Customers of one kind and how many of them have a health below 50 (S62, S63). */
export interface RiskCount {
  readonly customers: number;
  /** Customers with a health score: of all others it is not known whether they are at risk (D20). */
  readonly scored: number;
  readonly atRisk: number;
  /** Of the scored; null where none is. */
  readonly atRiskBasisPoints: number | null;
  /** Minor units; null: nobody's value is known, or the sum passes 2^53. */
  readonly valueMinor: number | null;
  readonly valueAtRiskMinor: number | null;
}

/** One field of the matrix. */
export interface RiskCell extends RiskCount {
  readonly industry: string;
  readonly sizeBand: string;
}

/** Industry by company size (S63); `unknown` is a row and a column of its own, where there are such customers. */
export interface RiskMatrix {
  /** By name, `unknown` last. */
  readonly industries: readonly (RiskCount & { readonly industry: string })[];
  /** Small, medium, large, enterprise, `unknown` last. */
  readonly sizeBands: readonly (RiskCount & { readonly sizeBand: string })[];
  /** Only those that hold customers, by industry, then by size. */
  readonly cells: readonly RiskCell[];
  /** Cells with the most customers at risk, at most five; of equals the one with more value at risk. */
  readonly hotSpots: readonly RiskCell[];
  readonly total: RiskCount;
}

const MOST_HOT_SPOTS = 5;

/** Counts customers with a health below 50 and the value that depends on them (S63, S75). */
export function riskMatrixOf(rows: readonly PortfolioRow[]): RiskMatrix {
  const industryOf = ({ industry }: PortfolioRow) => classOf(industry);
  const sizeOf = ({ sizeBand }: PortfolioRow) => classOf(sizeBand);
  const byIndustry = Map.groupBy(rows, industryOf);
  const bySize = Map.groupBy(rows, sizeOf);
  const sizes = [...bySize.keys()].sort(byPlace(SIZE_BANDS));
  const industries = [...byIndustry.keys()].sort(byPlace([]));
  const cells = industries.flatMap((industry) => {
    const own = Map.groupBy(byIndustry.get(industry) ?? [], sizeOf);
    return sizes.flatMap((sizeBand): RiskCell[] => {
      const members = own.get(sizeBand);
      return members === undefined ? [] : [{ industry, sizeBand, ...countOf(members) }];
    });
  });
  return {
    industries: industries.map((industry) => ({ industry, ...countOf(byIndustry.get(industry) ?? []) })),
    sizeBands: sizes.map((sizeBand) => ({ sizeBand, ...countOf(bySize.get(sizeBand) ?? []) })),
    cells,
    hotSpots: hotSpotsOf(cells),
    total: countOf(rows),
  };
}

function isAtRisk({ healthHundredths }: PortfolioRow): boolean {
  return healthHundredths !== null && healthHundredths < AT_RISK_BELOW;
}

function countOf(members: readonly PortfolioRow[]): RiskCount {
  const atRisk = members.filter(isAtRisk);
  const scored = members.filter(({ healthHundredths }) => healthHundredths !== null).length;
  const readValue = ({ valueMinor }: PortfolioRow) => valueMinor;
  return {
    customers: members.length,
    scored,
    atRisk: atRisk.length,
    atRiskBasisPoints: basisPointsOf(BigInt(atRisk.length), BigInt(scored)),
    valueMinor: totalOf(tallyOf(members, readValue)),
    valueAtRiskMinor: totalOf(tallyOf(atRisk, readValue)),
  };
}

/** A place that is not known is no spot. */
function hotSpotsOf(cells: readonly RiskCell[]): readonly RiskCell[] {
  const hot = cells.filter(
    ({ atRisk, industry, sizeBand }) => atRisk > 0 && industry !== UNKNOWN && sizeBand !== UNKNOWN,
  );
  hot.sort(
    (one, other) =>
      other.atRisk - one.atRisk ||
      (other.valueAtRiskMinor ?? 0) - (one.valueAtRiskMinor ?? 0) ||
      byText(one.industry, other.industry) ||
      byText(one.sizeBand, other.sizeBand),
  );
  return hot.slice(0, MOST_HOT_SPOTS);
}
