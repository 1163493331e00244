import { type BoxPlot, boxPlotOf } from '../statistics/box-plot.ts';
import { type Dimension, groupsOf } from './groups.ts';
import type { PortfolioRow } from './portfolio-row.ts';

/** Measures whose distribution can be told, in the unit of the row. */
export const BOX_MEASURES = {
  health: ({ healthHundredths }: PortfolioRow) => healthHundredths,
  churn: ({ churnBasisPoints }: PortfolioRow) => churnBasisPoints,
  rfm: ({ rfmHundredths }: PortfolioRow) => rfmHundredths,
  value: ({ valueMinor }: PortfolioRow) => valueMinor,
  accountAge: ({ accountAgeDays }: PortfolioRow) => accountAgeDays,
} as const;
export type BoxMeasure = keyof typeof BOX_MEASURES;

/** The distribution of one measure in one group. */
export interface GroupBox {
  readonly group: string;
  readonly customers: number;
  /** Customers of whom the measure is not known: they are not in the box. */
  readonly unknown: number;
  /** Null: it is known of nobody. */
  readonly box: BoxPlot | null;
}

/** Median, quartiles and outliers of a measure by group (S82); outliers are named by customer. */
export function boxPlotsBy(
  rows: readonly PortfolioRow[],
  dimension: Dimension,
  measure: BoxMeasure,
): readonly GroupBox[] {
  return groupsOf(rows, dimension).map(({ name, rows: members }) => {
    const points = members.flatMap((row) => {
      const value = BOX_MEASURES[measure](row);
      return value === null ? [] : [{ id: row.customerId, value }];
    });
    const unknown = members.length - points.length;
    return { group: name, customers: members.length, unknown, box: boxPlotOf(points) };
  });
}
