import type { OracleContext } from './context.ts';
import { classOf, classOfFewer } from './context.ts';
import type { OracleRfm } from './value.ts';

/** The three scores from 1 to 5 and what follows of them (S27, D6). */
export interface OracleRfmScores {
  readonly recency: number;
  readonly frequency: number;
  readonly monetary: number;
  readonly compositeHundredths: number;
  readonly segment: string;
}

/** Rows by recency from 5 down, columns by the mean of the other two from 1 up (S87). */
const SEGMENTS = [
  'new potential-loyalist potential-loyalist champions champions',
  'promising potential-loyalist potential-loyalist loyal loyal',
  'about-to-sleep about-to-sleep need-attention loyal loyal',
  'hibernating hibernating at-risk at-risk cant-lose',
  'lost hibernating at-risk at-risk cant-lose',
].map((row) => row.split(' '));

/** Scores by the breakpoints; null: there are none, or the customer never bought, or too few customers did. */
export function recomputeRfmScores(raw: OracleRfm, { findings }: OracleContext): OracleRfmScores | null {
  if (findings === null || raw.lastPurchaseDay === null) return null;
  const { breakpoints } = findings;
  const recency = classOfFewer(breakpoints.recencyDays, breakpoints.day - raw.lastPurchaseDay);
  const frequency = classOf(breakpoints.frequency365, raw.frequency365);
  const monetary = classOf(breakpoints.monetary365Minor, raw.monetary365Minor);
  if (recency === null || frequency === null || monetary === null) return null;
  const column = Math.floor((frequency + monetary + 1) / 2);
  return {
    recency: recency + 1,
    frequency: frequency + 1,
    monetary: monetary + 1,
    compositeHundredths: Math.round((100 * (recency + frequency + monetary + 3)) / 3),
    segment: SEGMENTS[4 - recency]?.[column] ?? '',
  };
}

/**
 * Whether it is worth to win the customer back (S86); what cannot be told is as it was.
 * @param was whether it stood before
 */
export function recomputeWinBack(raw: OracleRfm, { findings, feeds }: OracleContext, was: boolean): boolean {
  if (raw.transactions === 0) return false;
  if (findings === null || raw.lastPurchaseDay === null || feeds.payment?.status === 'stale') return was;
  const { breakpoints } = findings;
  const recency = classOfFewer(breakpoints.recencyDays, breakpoints.day - raw.lastPurchaseDay);
  const frequency = classOf(breakpoints.transactions, raw.transactions);
  const monetary = classOf(breakpoints.paidMinor, raw.paidMinor);
  if (recency === null || frequency === null || monetary === null) return was;
  const [recencyBelow, pastFrom] = was ? [4, 3] : [3, 4];
  return recency + 1 < recencyBelow && Math.min(frequency, monetary) + 1 >= pastFrom;
}
