import type { SituationChange } from '@bellwether/events';
import type { Concentration } from './concentration.ts';

/**
 * `portfolio.concentration.raised` when the band leaves low, changes, or an alarm appears; `.cleared` when the band is
 * low and no alarm is left (D2). `key` is what was told: band and alarms, or null while there is nothing to tell.
 */
export function decideConcentration(
  previousKey: string | null,
  now: Concentration,
  currency: string,
): { readonly key: string | null; readonly change: SituationChange | null } {
  const codes = codesOf(now);
  const code = codes[0];
  if (code === undefined) {
    const cleared =
      previousKey === null ? null : situation('cleared', { now, currency, code: 'not-concentrated' });
    return { key: null, change: cleared };
  }
  const known = previousKey === null ? [] : previousKey.split('+');
  const isNews = codes.some((told) => !known.includes(told));
  return { key: codes.join('+'), change: isNews ? situation('raised', { now, currency, code }) : null };
}

/** Gravest first. */
function codesOf({ band, alarms }: Concentration): readonly string[] {
  const codes: string[] = band === 'low' ? [] : [`hhi-${band}`];
  if (alarms.includes('single-customer')) codes.push('single-customer');
  if (alarms.includes('top-5')) codes.push('top-5');
  return codes;
}

function situation(
  step: 'raised' | 'cleared',
  { now, currency, code }: { now: Concentration; currency: string; code: string },
): SituationChange {
  const text =
    `HHI ${(now.hhiTenths / 10).toFixed(1)} (${now.band}); the greatest customer holds ` +
    `${percent(now.top1BasisPoints)}, the five greatest ${percent(now.top5BasisPoints)} of the value`;
  return {
    type: `portfolio.concentration.${step}`,
    cause: 'portfolio',
    code,
    text,
    valueMinor: null,
    currency,
    reasons: [],
  };
}

function percent(basisPoints: number): string {
  return `${(basisPoints / 100).toFixed(2)} %`;
}
