import { type Backtest, backtest } from './backtest.ts';
import { FORECAST_DAYS, type JudgedForecast } from './forecast-record.ts';
import { NO_OUTCOMES, type Outcomes, type WinRates, winRatesOf } from './win-rates.ts';

/** With fewer decided opportunities than these a tenant has no win rates of its own. */
export const LEAST_DECIDED = 30;
/** Forecasts of one year are judged together: each customer has two of them. */
const JUDGED_DAYS = 365;

/** What a census reads of one customer for the prediction of revenue (D24). */
export interface RevenueRow {
  /** Opportunities that were decided, by kind; kinds without any are left out. Absent: none was. */
  readonly decided?: Partial<Outcomes>;
  /** The newest forecast whose six months are over; absent: there is none. */
  readonly forecast?: JudgedForecast;
}

/** Both variants of predicted revenue against what was paid, over the same customers. */
export interface RevenueBacktest {
  /** First and last epoch day of the forecasts. */
  readonly fromDay: number;
  readonly toDay: number;
  readonly v1: Backtest;
  readonly v2: Backtest;
}

/** What a tenant's own past says of predicted revenue (D24). Plain JSON, frozen until the next census. */
export interface RevenueFindings {
  /** Epoch day whose customers these are. */
  readonly judgedDay: number;
  readonly decided: Outcomes;
  /** By which the second variant counts the pipeline; null: too few opportunities were decided. */
  readonly winRates: WinRates | null;
  /** Null: no forecast of the last year and a half has come to its end. */
  readonly backtest: RevenueBacktest | null;
}

/**
 * Counts decided opportunities and judges forecasts of a tenant's customers, in any order. Undefined where there is
 * neither.
 *
 * @param day epoch day as of which the rows hold
 */
export function judgeRevenue(rows: readonly RevenueRow[], day: number): RevenueFindings | undefined {
  const decided = decidedIn(rows);
  const count = Object.values(decided).reduce((sum, { won, lost }) => sum + won + lost, 0);
  const judged = backtestOf(rows, day - FORECAST_DAYS - JUDGED_DAYS);
  if (count === 0 && judged === null) return undefined;
  const winRates = count < LEAST_DECIDED ? null : winRatesOf(decided);
  return { judgedDay: day, decided, winRates, backtest: judged };
}

function decidedIn(rows: readonly RevenueRow[]): Outcomes {
  const sums: { -readonly [K in keyof Outcomes]: Outcomes[K] } = { ...NO_OUTCOMES };
  const kinds = Object.keys(NO_OUTCOMES) as readonly (keyof Outcomes)[];
  for (const { decided } of rows) {
    if (decided === undefined) continue;
    for (const kind of kinds) {
      const { won, lost } = decided[kind] ?? { won: 0, lost: 0 };
      sums[kind] = { won: sums[kind].won + won, lost: sums[kind].lost + lost };
    }
  }
  return sums;
}

function backtestOf(rows: readonly RevenueRow[], fromDay: number): RevenueBacktest | null {
  const forecasts = rows.flatMap(({ forecast }) =>
    forecast === undefined || forecast.day < fromDay ? [] : [forecast],
  );
  if (forecasts.length === 0) return null;
  const days = forecasts.map(({ day }) => day);
  const judge = (variant: 'v1Minor' | 'v2Minor') =>
    backtest(forecasts.map((each) => ({ predictedMinor: each[variant], actualMinor: each.paidMinor })));
  return {
    fromDay: days.reduce((first, day) => Math.min(first, day)),
    toDay: days.reduce((last, day) => Math.max(last, day)),
    v1: judge('v1Minor'),
    v2: judge('v2Minor'),
  };
}
