export type RiskBand = 'low' | 'medium' | 'high';

/** What a customer adds to the value at risk. */
export interface RiskRow {
  readonly valueMinor: number;
  /** Band of the churn probability (D8); null: not known. */
  readonly riskBand: RiskBand | null;
  /** An at-risk situation stands (S62). */
  readonly isAtRisk: boolean;
}

/** Customers and what they are worth together; minor units, BigInt as it may pass what a number holds exactly. */
export interface RiskSum {
  readonly customers: number;
  readonly value: bigint;
}

/** Value at risk of a portfolio. */
export interface ValueAtRisk {
  /** By churn band; `unknown` where there is no probability. */
  readonly byBand: { readonly [B in RiskBand | 'unknown']: RiskSum };
  /** Of the customers for whom an at-risk situation stands: what the at-risk alerts are about. */
  readonly atRisk: RiskSum;
}

const NOTHING: RiskSum = { customers: 0, value: 0n };
export const NO_VALUE_AT_RISK: ValueAtRisk = {
  byBand: { low: NOTHING, medium: NOTHING, high: NOTHING, unknown: NOTHING },
  atRisk: NOTHING,
};

/** The sums with one more customer (S42, S62): the whole value of a customer is at risk, in one band. */
export function withRisk({ byBand, atRisk }: ValueAtRisk, row: RiskRow): ValueAtRisk {
  const band = row.riskBand ?? 'unknown';
  return {
    byBand: { ...byBand, [band]: added(byBand[band], row.valueMinor) },
    atRisk: row.isAtRisk ? added(atRisk, row.valueMinor) : atRisk,
  };
}

function added({ customers, value }: RiskSum, valueMinor: number): RiskSum {
  return { customers: customers + 1, value: value + BigInt(valueMinor) };
}
