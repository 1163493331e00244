import type { OracleReading } from './signals.ts';

/** Health by the customer-success framework (S94, N2), hundredths. */
export interface OracleHealth {
  readonly value: number | null;
  readonly band: string;
  /** The value with every signal that is expected but missing at 0, and at 100; null without a value. */
  readonly low: number | null;
  readonly high: number | null;
  /** Weight of what is known in all weight, hundredths of a percent. */
  readonly coverage: number;
  readonly missing: Readonly<Record<string, string>>;
}

type Points = readonly (readonly [reading: number, points: number])[];

/** Weight in percent and curve of each signal: usage 40, support 30, business 30 (S94). */
const SIGNALS: Readonly<Record<string, { readonly weight: number; readonly curve: Points }>> = {
  'login-frequency': { weight: 12, curve: points('0:0 4:40 10:80 18:100') },
  'feature-adoption': { weight: 10, curve: points('0:0 1:30 3:60 6:85 10:100') },
  'usage-trend': { weight: 10, curve: points('-100:0 -50:20 -20:50 0:80 20:100') },
  'seat-use': { weight: 8, curve: points('0:0 20:30 40:55 60:80 80:100') },
  'ticket-load': { weight: 8, curve: points('0:100 4:80 8:50 16:20 32:0') },
  'response-time': { weight: 5, curve: points('1:100 4:90 8:75 24:50 72:10 120:0') },
  'resolution-time': { weight: 5, curve: points('4:100 24:85 72:60 168:30 336:0') },
  csat: { weight: 7, curve: points('0:0 100:100') },
  escalations: { weight: 5, curve: points('0:100 1:80 2:50 4:10 5:0') },
  'goals-met': { weight: 8, curve: points('0:0 100:100') },
  'value-realised': { weight: 8, curve: points('0:0 100:100') },
  'executive-sponsor': { weight: 8, curve: points('0:0 1:100') },
  'active-agreements': { weight: 6, curve: points('0:0 1:80 3:100') },
};

/** For logins in percent of what is usual for the customer (N17). */
const OF_USUAL = points('0:0 50:20 80:50 100:80 120:100');

function points(text: string): Points {
  return text.split(' ').map((pair) => {
    const [reading, value] = pair.split(':');
    return [Number(reading), Number(value)] as const;
  });
}

/**
 * The weighted mean of the points of what is known; below half of the weight there is no value.
 * @param usualLogins days of use that are usual for the customer; null: not known
 */
export function recomputeHealth(
  readings: Readonly<Record<string, OracleReading>>,
  usualLogins: number | null,
): OracleHealth {
  let known = 0;
  let sum = 0;
  let expected = 0;
  const missing: Record<string, string> = {};
  for (const [signal, { weight, curve }] of Object.entries(SIGNALS)) {
    const reading = readings[signal];
    if (typeof reading !== 'number') {
      missing[signal] = String(reading);
      if (reading !== 'feed-absent') expected += weight;
      continue;
    }
    known += weight;
    const isCompared = signal === 'login-frequency' && usualLogins !== null;
    sum +=
      weight *
      (isCompared
        ? hundredthsAt(OF_USUAL, Math.round((1_000 * reading) / usualLogins) / 10)
        : hundredthsAt(curve, reading));
  }
  const isScorable = known >= 50;
  const value = isScorable ? Math.round(sum / known) : null;
  const reachable = known + expected;
  const low = isScorable ? Math.round(sum / reachable) : null;
  const high = isScorable ? Math.round((sum + 10_000 * expected) / reachable) : null;
  return { value, low, high, band: bandOf(value), coverage: known * 100, missing };
}

function bandOf(value: number | null): string {
  if (value === null) return 'not-scorable';
  if (value >= 8_000) return 'healthy';
  return value >= 5_000 ? 'needs-attention' : 'at-risk';
}

/** Straight lines between the points of the curve, level before the first and after the last. */
function hundredthsAt(curve: Points, reading: number): number {
  const above = curve.findIndex(([at]) => reading <= at);
  if (above <= 0) return 100 * (above === 0 ? (curve[0]?.[1] ?? 0) : (curve.at(-1)?.[1] ?? 0));
  const [fromReading, fromPoints] = curve[above - 1] ?? [0, 0];
  const [toReading, toPoints] = curve[above] ?? [0, 0];
  const share = (reading - fromReading) / (toReading - fromReading);
  return Math.round(100 * (fromPoints + share * (toPoints - fromPoints)));
}
