import type { MissingSignal } from '@bellwether/events';
import type { SignalModel } from '../models/model-pack.ts';

/** A reading in plain words: "used on 4 of the last 30 days". */
export function describeReading({ signal, windowDays }: SignalModel, raw: number): string {
  switch (signal) {
    case 'login-frequency':
      return `used on ${raw} of the last ${windowDays} days`;
    case 'feature-adoption':
      return `${raw} ${raw === 1 ? 'feature' : 'features'} used in the last ${windowDays} days`;
    case 'usage-trend':
      return describeTrend(raw, windowDays);
    case 'ticket-load':
      if (raw === 0) return `no ticket opened in the last ${windowDays} days`;
      return `ticket load ${raw} by severity in the last ${windowDays} days`;
    case 'response-time':
      return `first response after ${raw} hours on average in the last ${windowDays} days`;
    case 'resolution-time':
      return `tickets resolved after ${raw} hours on average in the last ${windowDays} days`;
    case 'csat':
      return `satisfaction ${raw} of 100 in the last ${windowDays} days`;
    case 'goals-met':
      return `${raw} % of the goals decided so far met`;
    case 'value-realised':
      return `${raw} % of the targeted value realised in the last ${windowDays} days`;
    case 'executive-sponsor':
      if (raw === 0) return 'no active executive sponsor any more';
      return `${raw} active executive ${raw === 1 ? 'sponsor' : 'sponsors'}`;
  }
}

function describeTrend(raw: number, windowDays: number | null): string {
  if (raw === -100) return `no use in the last ${windowDays} days`;
  if (raw === 100) return `use at least twice that of the ${windowDays} days before`;
  if (raw === 0) return `use as in the ${windowDays} days before`;
  return `use ${raw < 0 ? 'down' : 'up'} ${Math.abs(raw)} % on the ${windowDays} days before`;
}

/** A reading as short as it can be said after "was": "9", "2.5 hours", "-12 %". */
export function quantityOf({ signal }: SignalModel, raw: number): string {
  switch (signal) {
    case 'login-frequency':
    case 'feature-adoption':
    case 'ticket-load':
    case 'csat':
    case 'executive-sponsor':
      return String(raw);
    case 'response-time':
    case 'resolution-time':
      return `${raw} hours`;
    case 'usage-trend':
      return `${raw > 0 ? '+' : ''}${raw} %`;
    case 'goals-met':
    case 'value-realised':
      return `${raw} %`;
  }
}

/** Why a signal is missing, in plain words. */
export function describeMissing(
  { signal, feed, windowDays }: SignalModel,
  why: MissingSignal['why'],
): string {
  const name = signal.replaceAll('-', ' ');
  switch (why) {
    case 'feed-absent':
      return `${name} not known: no ${feed} data has ever come in`;
    case 'feed-stale':
      return `${name} not known: the ${feed} feed has stopped`;
    case 'no-data':
      if (windowDays === null || signal === 'usage-trend')
        return `${name} not known: too little data of this customer`;
      return `${name} not known: no data of this customer in the last ${windowDays} days`;
  }
}
