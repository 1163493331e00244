import { basisPointsOf } from '../statistics/exact.ts';
import { tallyOf, totalOf } from '../statistics/tally.ts';
import { customerHolders, ranked, sharesOf } from './holders.ts';
import { type PortfolioRow, RISKS, type Risk, riskOf, UNKNOWN } from './portfolio-row.ts';
import { quarterOfValue, type ValueQuarter, type ValueQuarters, valueQuartersOf } from './value-quarters.ts';

/** Customers of one quarter by value and one risk. */
export interface ValueRiskCell {
  /** 1 is the quarter of the greatest values; `unknown`: value not known, or fewer than four known values. */
  readonly quarter: ValueQuarter | typeof UNKNOWN;
  readonly risk: Risk;
  readonly customers: number;
  /** Net value, minor units; null: customers are there, but nobody's value is known, or it passes 2^53. */
  readonly valueMinor: number | null;
  /** Share in the value of all whose value is positive. */
  readonly valueBasisPoints: number | null;
}

/** A customer at high risk with its value. */
export interface EndangeredCustomer {
  readonly customerId: string;
  readonly valueMinor: number | null;
  readonly shareBasisPoints: number;
  readonly healthHundredths: number | null;
  readonly churnBasisPoints: number | null;
  readonly owner: string | null;
}

/** Which relationships drive the most value and risk (S117, S57). */
export interface ValueRisk {
  /** The least values of the three upper quarters; null with fewer than four known values. */
  readonly quarters: ValueQuarters | null;
  /** All quarters by all risks, from the greatest value and the highest risk on; `unknown` last. */
  readonly cells: readonly ValueRiskCell[];
  /** At high risk: the greatest by value, and the share of all of them in the value. */
  readonly endangered: readonly EndangeredCustomer[];
  readonly endangeredBasisPoints: number | null;
}

const QUARTERS = [1, 2, 3, 4, UNKNOWN] as const;
const MOST_ENDANGERED = 20;

/** Value by quarters against risk by health and churn. */
export function valueRiskOf(rows: readonly PortfolioRow[]): ValueRisk {
  const quarters = valueQuartersOf(rows);
  const quarterOf = ({ valueMinor }: PortfolioRow) =>
    valueMinor === null || quarters === null ? UNKNOWN : quarterOfValue(valueMinor, quarters);
  const byQuarter = Map.groupBy(rows, quarterOf);
  const total = positiveOf(rows);
  const cells = QUARTERS.flatMap((quarter) => {
    const byRisk = Map.groupBy(byQuarter.get(quarter) ?? [], riskOf);
    return RISKS.map((risk): ValueRiskCell => {
      const members = byRisk.get(risk) ?? [];
      const value = tallyOf(members, ({ valueMinor }) => valueMinor);
      const isKnown = members.length === 0 || value.known > 0;
      return {
        quarter,
        risk,
        customers: members.length,
        valueMinor: totalOf(value),
        valueBasisPoints: isKnown ? basisPointsOf(positiveOf(members), total) : null,
      };
    });
  });
  const endangered = rows.filter((row) => riskOf(row) === 'high');
  return {
    quarters,
    cells,
    endangered: greatestOf(endangered, total),
    endangeredBasisPoints: basisPointsOf(positiveOf(endangered), total),
  };
}

function positiveOf(rows: readonly PortfolioRow[]): bigint {
  return ranked(customerHolders(rows)).reduce((sum, { valueMinor }) => sum + valueMinor, 0n);
}

function greatestOf(rows: readonly PortfolioRow[], total: bigint): readonly EndangeredCustomer[] {
  const rowOf = new Map(rows.map((row) => [row.customerId, row]));
  return sharesOf(ranked(customerHolders(rows)), MOST_ENDANGERED).flatMap(({ id, valueMinor }) => {
    const row = rowOf.get(id);
    if (row === undefined) return [];
    const { healthHundredths, churnBasisPoints, owner } = row;
    const shareBasisPoints = basisPointsOf(BigInt(row.valueMinor ?? 0), total) ?? 0;
    return [{ customerId: id, valueMinor, shareBasisPoints, healthHundredths, churnBasisPoints, owner }];
  });
}
