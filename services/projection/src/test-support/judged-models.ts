import { type CensusRow, countPortfolio } from '@bellwether/domain';
import type { ContextRecord } from '@bellwether/events';
import { TENANT, TODAY } from './records.ts';

/** A customer of whom a census knows only what came of it. */
const BLANK: CensusRow = {
  lastPurchaseDay: null,
  frequency365: null,
  monetary365Minor: null,
  transactions: null,
  paidMinor: null,
  ltvMinor: null,
  predictedRevenueMinor: null,
  consistencyHundredths: null,
  segment: null,
  signals: {},
  firstOtherPurchaseDay: null,
  lastOtherPurchaseDay: null,
  otherTransactions: 0,
  repeatPaidMinor: 0,
  agreements: [],
};

/** A day a year and a half ago. */
const OBSERVED = TODAY - 550;

interface Group {
  readonly health: number;
  readonly toldBasisPoints: number;
  readonly ended: number;
  readonly stayed: number;
  readonly day?: number;
}

/** Customers with two agreements; the unhealthy ones were at risk 100 days after they were observed. */
function group({ health, toldBasisPoints, ended, stayed, day = OBSERVED }: Group): CensusRow[] {
  const readings = [health, null, null, null, null, null, null, null, null, 2, null, null];
  const warned = [health < 50 ? day + 100 : null, null, null];
  return Array.from({ length: ended + stayed }, (_, index) => ({
    ...BLANK,
    outcomes: [{ day, toldBasisPoints, readings, warned, endedDay: index < ended ? day + 300 : null }],
  }));
}

/** The outcomes of docs/scoring/churn.md that a model is fitted to, and a seller's opportunities and forecasts. */
const ROWS: readonly CensusRow[] = [
  ...group({ health: 80, toldBasisPoints: 1_000, ended: 10, stayed: 290 }),
  ...group({ health: 35, toldBasisPoints: 4_000, ended: 90, stayed: 60 }),
  ...group({ health: 80, toldBasisPoints: 1_000, ended: 4, stayed: 106, day: OBSERVED + 100 }),
  ...group({ health: 35, toldBasisPoints: 4_000, ended: 32, stayed: 18, day: OBSERVED + 100 }),
  {
    ...BLANK,
    decided: { new: { won: 30, lost: 60 }, upsell: { won: 1, lost: 0 }, unknown: { won: 0, lost: 9 } },
    forecast: { day: TODAY - 200, v1Minor: 900, v2Minor: 100, paidMinor: 150 },
  },
  { ...BLANK, forecast: { day: TODAY - 190, v1Minor: 100, v2Minor: 300, paidMinor: 100 } },
];

/** A census of a tenant that has enough outcomes for models of its own; `few`: of one that has a single one. */
export function censusOf({ tenant = TENANT, few = false, day = TODAY } = {}): ContextRecord {
  const rows = few ? ROWS.slice(0, 1) : ROWS;
  const findings = JSON.stringify(countPortfolio(rows, day, { previous: null, historical: false }));
  return {
    kind: 'context',
    tenant,
    item: 'census',
    version: day,
    receivedAt: 0,
    value: { day, findings },
  };
}
