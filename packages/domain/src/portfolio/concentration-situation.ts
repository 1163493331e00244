import type { Reason, SituationChange } from '@bellwether/events';
import { type Concentration, type ConcentrationStanding, NOTHING, standingOf } from './concentration.ts';

/** The band or alarm that a situation is about, gravest first. */
type Code = 'hhi-high' | 'hhi-moderate' | 'single-customer' | 'top-5';

/** True as long as the band or alarm lasts: a standing alert is read on other days, so no measured number is in it. */
const TEXTS: { readonly [C in Code]: string } = {
  'hhi-high': 'The portfolio depends on few customers: its concentration is high',
  'hhi-moderate': 'The portfolio depends on few customers: its concentration is moderate',
  'single-customer': 'The portfolio depends on few customers: on one above all',
  'top-5': 'The portfolio depends on few customers: on five above all',
};
const CLEARED = 'The portfolio does not depend on few customers any more';

/**
 * `portfolio.concentration.raised` when the band leaves low or changes, an alarm appears, or the gravest of them is
 * another; `.cleared` when the band is low and no alarm is left (S9, D2). What was told lasts until its exit threshold:
 * that part, and only that, depends on the way the portfolio took. `key` is what was told: band and alarms, or null
 * while there is nothing to tell.
 */
export function decideConcentration(
  previousKey: string | null,
  now: Concentration,
  currency: string,
): { readonly key: string | null; readonly change: SituationChange | null } {
  const codes = codesOf(standingOf(now, heldBy(previousKey)));
  const code = codes[0];
  if (code === undefined) {
    if (previousKey === null) return { key: null, change: null };
    const told = { code: 'not-concentrated', text: CLEARED, reasons: reasonsOf(now, 'when cleared') };
    return { key: null, change: situation('portfolio.concentration.cleared', told, currency) };
  }
  const known = previousKey === null ? [] : previousKey.split('+');
  const isNews = code !== known[0] || codes.some((told) => !known.includes(told));
  const key = codes.join('+');
  if (!isNews) return { key, change: null };
  const told = { code, text: TEXTS[code], reasons: reasonsOf(now, 'when raised') };
  return { key, change: situation('portfolio.concentration.raised', told, currency) };
}

/** Gravest first. */
function codesOf({ band, alarms }: ConcentrationStanding): readonly Code[] {
  const codes: Code[] = band === 'low' ? [] : [`hhi-${band}`];
  if (alarms.includes('single-customer')) codes.push('single-customer');
  if (alarms.includes('top-5')) codes.push('top-5');
  return codes;
}

function heldBy(key: string | null): ConcentrationStanding {
  if (key === null) return NOTHING;
  const codes = key.split('+');
  const band = codes.includes('hhi-high') ? 'high' : codes.includes('hhi-moderate') ? 'moderate' : 'low';
  return { band, alarms: (['single-customer', 'top-5'] as const).filter((alarm) => codes.includes(alarm)) };
}

/** Its fields stand in the order of every situation: bytes are compared. */
function situation(
  type: SituationChange['type'],
  { code, text, reasons }: Pick<SituationChange, 'code' | 'text' | 'reasons'>,
  currency: string,
): SituationChange {
  return { type, cause: 'portfolio', code, text, valueMinor: null, currency, reasons };
}

/** The numbers of the moment at which it began or ended. */
function reasonsOf(now: Concentration, when: string): readonly Reason[] {
  const { hhiTenths, top1BasisPoints, top5BasisPoints } = now;
  const reason = (signal: string, after: number, text: string): Reason => ({
    signal,
    contribution: 0,
    before: null,
    after,
    text: `${when}: ${text}`,
  });
  return [
    reason('hhi', hhiTenths / 10, `concentration index (HHI) ${(hhiTenths / 10).toFixed(1)}`),
    reason('top-1', top1BasisPoints / 100, `the greatest customer holds ${percent(top1BasisPoints)}`),
    reason('top-5', top5BasisPoints / 100, `the five greatest customers hold ${percent(top5BasisPoints)}`),
  ];
}

function percent(basisPoints: number): string {
  return `${(basisPoints / 100).toFixed(2)} % of the value`;
}
