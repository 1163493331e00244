import { DAY_MS } from '@bellwether/events';
import type { Entry } from '@bellwether/stream';
import { ENTRIES } from '../collections.ts';
import type { PortfolioState } from './fold-portfolio.ts';

/** A portfolio's concentration when a day's first change came. */
export type ConcentrationDay = Pick<PortfolioState, 'asOf' | 'band' | 'parts'>;

/**
 * The concentration may change with every event, so its history keeps one value a day (UTC): the first. Empty where the
 * day has one already.
 */
export function makeConcentrationEntries(before: PortfolioState, after: PortfolioState): Entry[] {
  const day = Math.floor(after.asOf / DAY_MS);
  if (before.sequence > 0 && Math.floor(before.asOf / DAY_MS) >= day) return [];
  const { tenant, asOf, band, parts } = after;
  const value: ConcentrationDay = { asOf, band, parts };
  return [{ collection: ENTRIES.concentration, id: `${tenant}|${day}`, group: tenant, order: asOf, value }];
}
