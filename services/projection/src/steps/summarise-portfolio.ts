import type { Overview } from '../api/schemas.ts';
import type { CustomerFacts } from './build-row.ts';

type Bands = Overview['bands'];
type Renewals = Overview['renewals'];

/** What the overview says of all customers together; money in minor units. */
export type PortfolioSummary = Pick<
  Overview,
  'customers' | 'totalMinor' | 'bands' | 'distribution' | 'uncertain' | 'valueAtRiskMinor'
> & { readonly medianCoverage: number | null };

/** Adds customers up by health band and by tens of points; value at risk is that of customers at risk now. */
export function summarisePortfolio(customers: Iterable<CustomerFacts>): PortfolioSummary {
  const bands = emptyBands();
  const distribution = Array.from({ length: 10 }, () => 0);
  const coverages: number[] = [];
  let [count, totalMinor, uncertain, valueAtRiskMinor] = [0, 0, 0, 0];
  for (const { row, coverage } of customers) {
    count += 1;
    totalMinor += row.valueMinor;
    const band = Object.hasOwn(bands, row.healthBand) ? (row.healthBand as keyof Bands) : 'not-scorable';
    bands[band].count += 1;
    bands[band].valueMinor += row.valueMinor;
    if (row.healthUncertain) uncertain += 1;
    if (row.atRisk) valueAtRiskMinor += row.valueMinor;
    if (coverage !== null) coverages.push(coverage);
    if (row.healthScore !== null) {
      const bucket = Math.min(9, Math.floor(row.healthScore / 10));
      distribution[bucket] = (distribution[bucket] ?? 0) + 1;
    }
  }
  const medianCoverage = median(coverages);
  return { customers: count, totalMinor, bands, distribution, uncertain, valueAtRiskMinor, medianCoverage };
}

function emptyBands(): Bands {
  const none = () => ({ count: 0, valueMinor: 0 });
  return { healthy: none(), 'needs-attention': none(), 'at-risk': none(), 'not-scorable': none() };
}

/** Median of hundredths as a share, 0..1. */
function median(values: number[]): number | null {
  if (values.length === 0) return null;
  values.sort((a, b) => a - b);
  const middle = values.length >> 1;
  const upper = values[middle] ?? 0;
  const lower = values.length % 2 === 1 ? upper : (values[middle - 1] ?? upper);
  return Math.round((lower + upper) / 2) / 10_000;
}

/** Days of renewals that the overview looks ahead. */
const RENEWAL_DAYS = 90;

/** Deadlines of the next 90 days by month (S11), `monthOf` giving `YYYY-MM` of an epoch day. */
export function renewalsByMonth(
  customers: Iterable<CustomerFacts>,
  today: number,
  monthOf: (day: number) => string,
): Renewals {
  const months = new Map<string, { count: number; valueMinor: number }>();
  for (let day = today; day <= today + RENEWAL_DAYS; day++) {
    const month = monthOf(day);
    if (!months.has(month)) months.set(month, { count: 0, valueMinor: 0 });
  }
  for (const { deadlines } of customers) {
    for (const { day, valueMinor } of deadlines) {
      const month = day <= today + RENEWAL_DAYS ? months.get(monthOf(day)) : undefined;
      if (!month) continue;
      month.count += 1;
      month.valueMinor += valueMinor;
    }
  }
  return Array.from(months, ([month, sums]) => ({ month, ...sums }));
}
