import type { MissingSignal } from '@bellwether/events';
import type { SignalModel, SignalName } from '../models/model-pack.ts';

/** A signal as people call it: "login frequency", "CSAT". */
export function nameOf(signal: SignalName): string {
  return signal === 'csat' ? 'CSAT' : signal.replaceAll('-', ' ');
}

/** A reading in plain words: "used on 4 of the last 30 days". */
export function describeReading({ signal, windowDays }: SignalModel, raw: number): string {
  switch (signal) {
    case 'login-frequency':
      return `used on ${raw === 0 ? 'none' : raw} of the last ${windowDays} days`;
    case 'feature-adoption':
      return `${raw === 0 ? 'no' : raw} ${raw < 2 ? 'feature' : 'features'} used in the last ${windowDays} days`;
    case 'usage-trend':
      return describeTrend(raw, windowDays);
    case 'ticket-load':
      if (raw === 0) return `no ticket opened in the last ${windowDays} days`;
      return `tickets of the last ${windowDays} days weigh ${raw} by severity`;
    case 'response-time':
      return `first response after ${hours(raw)} on average in the last ${windowDays} days`;
    case 'resolution-time':
      return `tickets resolved after ${hours(raw)} on average in the last ${windowDays} days`;
    case 'csat':
      return `satisfaction of ${raw} out of 100 on average in the last ${windowDays} days`;
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

/** An earlier reading, to be said after the present one: "was 9", "was up 75.7 %", "there was none". */
export function describeEarlier({ signal }: SignalModel, raw: number): string {
  switch (signal) {
    case 'login-frequency':
    case 'feature-adoption':
    case 'ticket-load':
      return raw === 0 ? 'was none' : `was ${raw}`;
    case 'csat':
      return `was ${raw}`;
    case 'executive-sponsor':
      return raw < 2 ? `there was ${raw === 0 ? 'none' : 'one'}` : `there were ${raw}`;
    case 'response-time':
    case 'resolution-time':
      return `was ${hours(raw)}`;
    case 'usage-trend':
      return `was ${earlierTrend(raw)}`;
    case 'goals-met':
    case 'value-realised':
      return `was ${raw} %`;
  }
}

function earlierTrend(raw: number): string {
  if (raw === -100) return 'none';
  if (raw === 100) return 'doubled or more';
  if (raw === 0) return 'unchanged';
  return `${raw < 0 ? 'down' : 'up'} ${Math.abs(raw)} %`;
}

function hours(raw: number): string {
  return `${raw} ${raw === 1 ? 'hour' : 'hours'}`;
}

/** Why a signal is missing, in plain words. */
export function describeMissing(
  { signal, feed, windowDays }: SignalModel,
  why: MissingSignal['why'],
): string {
  const name = nameOf(signal);
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
