import { readTopic } from '@bellwether/embedded';
import { type AlertRecord, DAY_MS } from '@bellwether/events';
import { OperatorError } from '@bellwether/runtime';
import { type AlertEvaluation, evaluateAlerts, simulatePortfolio } from '@bellwether/simulator';
import { openEngine } from '../engine.ts';
import { importPartsOf } from '../import-parts.ts';
import { importSimulatedYear, SIMULATED_TENANT } from '../start/simulated-tenant.ts';
import { alertIntervals } from './alert-intervals.ts';

export interface EvaluateOptions {
  readonly seed: number;
  readonly customers: number;
  readonly days: number;
}

/** A new portfolio has no past to compare with: alerts of its first days are left out. */
const WARM_UP_DAYS = 60;
/** A drift that has lasted this long should have been found. */
const HORIZON_DAYS = 30;

/**
 * `bellwether evaluate`: sends a simulated portfolio through all four services in memory and compares the at-risk
 * alerts with the known truth (N24).
 */
export async function evaluateCommand(options: EvaluateOptions): Promise<void> {
  const { seed, customers, days } = options;
  const endDay = Math.floor(Date.now() / DAY_MS) - 1;
  const portfolio = { seed, customers, startDay: endDay - days + 1, endDay };
  const engine = openEngine({ path: ':memory:' });
  try {
    const result = await importSimulatedYear(portfolio, importPartsOf(engine, {}));
    if (result.kind !== 'done') throw new OperatorError(result.message);
    await engine.drain();
    const transitions: AlertRecord[] = [];
    for await (const { value } of readTopic(engine.log, 'alerts')) transitions.push(value as AlertRecord);
    const atRisk = alertIntervals(transitions).filter(({ rule }) => rule === 'at-risk');
    const frame = {
      startDay: portfolio.startDay + WARM_UP_DAYS,
      endDay,
      customers,
      horizonDays: HORIZON_DAYS,
    };
    process.stdout.write(
      report(portfolio, evaluateAlerts(simulatePortfolio(portfolio).truth(), atRisk, frame)),
    );
  } finally {
    await engine.close();
  }
}

function report(portfolio: Pick<EvaluateOptions, 'seed' | 'customers'>, evaluation: AlertEvaluation): string {
  const percent = (share: number | null) => (share === null ? 'none' : `${(100 * share).toFixed(1)} %`);
  const { tenant, seed, customers } = { tenant: SIMULATED_TENANT, ...portfolio };
  const rows: readonly (readonly [string, string])[] = [
    ['at-risk alerts', String(evaluation.alerts)],
    [
      'precision',
      `${percent(evaluation.precision)} (${evaluation.truePositives} true; by lot ${percent(evaluation.chancePrecision)})`,
    ],
    ['recall', `${percent(evaluation.recall)} (${evaluation.found} of ${evaluation.positives})`],
    ['median lead time', evaluation.medianLeadDays === null ? 'none' : `${evaluation.medianLeadDays} days`],
    ['alerts per 100 customers and month', evaluation.alertsPer100CustomersAndMonth.toFixed(2)],
    ['raised after the loss', String(evaluation.tooLate)],
    ['already open before the drift', String(evaluation.alreadyOpen)],
    ...Object.entries(evaluation.byReason).map(
      ([reason, { found, of }]) => [`found of ${reason}`, `${found} of ${of}`] as const,
    ),
  ];
  const width = Math.max(...rows.map(([name]) => name.length));
  const lines = rows.map(([name, value]) => `  ${name.padEnd(width)}  ${value}`);
  const head = `Synthetic tenant ${tenant}, seed ${seed}, ${customers} customers, at-risk alerts against the known truth:`;
  return `${head}\n${lines.join('\n')}\n${JSON.stringify(evaluation)}\n`;
}
