import type { ScoreValue } from '@bellwether/events';
import type { PublishedHealth } from './published-health.ts';

/**
 * Health as it was published. Its parts: what each signal, bonus and override contributes (a missing
 * signal has none), and by `<signal>.raw` and `<signal>.norm` its reading and what that was compared with.
 */
export function healthValueOf(health: PublishedHealth): Omit<ScoreValue, 'currency'> {
  const { lowHundredths, highHundredths, missing, uncertain, model } = health;
  const parts: { [part: string]: number | null } = {};
  for (const { signal, raw, norm, contributionHundredths } of health.signals) {
    parts[signal] = contributionHundredths;
    parts[`${signal}.raw`] = raw;
    if (norm !== undefined) parts[`${signal}.norm`] = norm;
  }
  for (const { name, contributionHundredths } of health.adjustments ?? []) {
    parts[name] = contributionHundredths;
  }
  return {
    unit: 'hundredths',
    value: health.valueHundredths,
    band: health.band,
    parts,
    coverage: health.coverageHundredths,
    confidence: health.confidenceHundredths,
    ...(lowHundredths === null ? {} : { low: lowHundredths }),
    ...(highHundredths === null ? {} : { high: highHundredths }),
    uncertain,
    missing,
    model,
  };
}
