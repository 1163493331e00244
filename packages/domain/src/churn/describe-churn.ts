import { formatDay, type MissingSignal } from '@bellwether/events';
import type { ChurnSignal } from './churn-features.ts';

const DAYS_A_MONTH = 365.25 / 12;

/** A reading in plain words: "2 payments overdue". */
export function describeChurnReading(signal: ChurnSignal, raw: number): string {
  switch (signal) {
    case 'health':
      return `health of ${oneDecimal(raw)} out of 100`;
    case 'usage-trend':
      return `${trendOf(raw)} on the 30 days before`;
    case 'last-activity':
      return raw === 0 ? 'active today' : `last active ${count(raw, 'day')} ago`;
    case 'service-trouble':
      return `${count(raw, 'ticket')} escalated lately or open with high severity`;
    case 'sponsor-left':
      return `${count(raw, 'executive sponsor')} left in the last 90 days`;
    case 'satisfaction':
      return `latest satisfaction ${oneDecimal(raw)} out of 100`;
    case 'tenure':
      return `customer for ${months(raw)}`;
    case 'overdue-payments':
      return `${count(raw, 'payment')} overdue`;
    case 'renews-by-itself':
      return `the agreement that ends first ${raw === 1 ? 'renews by itself' : 'does not renew by itself'}`;
    case 'active-agreements':
      return `${count(raw, 'active agreement')}`;
    case 'contraction':
      return `contracted value ${raw === 0 ? 'not cut' : `cut by ${oneDecimal(raw)} %`} in the last 180 days`;
    case 'purchase-rhythm':
      return `last purchase ${gaps(raw)} ago`;
  }
}

/** An earlier reading, to be said after the present one: "was 71.0", "was none". */
export function describeEarlierChurn(signal: ChurnSignal, raw: number): string {
  switch (signal) {
    case 'health':
    case 'satisfaction':
      return `was ${oneDecimal(raw)}`;
    case 'usage-trend':
      return `was ${trendOf(raw).replace('use ', '')}`;
    case 'last-activity':
      return `was ${count(raw, 'day')}`;
    case 'tenure':
      return `was ${months(raw)}`;
    case 'renews-by-itself':
      return raw === 1 ? 'did before' : 'did not before';
    case 'contraction':
      return `was ${oneDecimal(raw)} %`;
    case 'purchase-rhythm':
      return `was ${gaps(raw)}`;
    case 'service-trouble':
    case 'sponsor-left':
    case 'overdue-payments':
    case 'active-agreements':
      return `was ${raw === 0 ? 'none' : raw}`;
  }
}

/** Why a signal is missing, in plain words. */
export function describeMissingChurn(signal: ChurnSignal, why: MissingSignal['why']): string {
  const name = signal.replaceAll('-', ' ');
  switch (why) {
    case 'feed-absent':
      return `${name} not known: its data has never come in`;
    case 'feed-stale':
      return `${name} not known: its data has stopped coming in`;
    case 'no-data':
      return `${name} not known: too little data of this customer`;
  }
}

/** Where a probability starts from: the customer who is usual in everything. */
export function describeBase(baseBasisPoints: number): string {
  return `a usual customer ends within a year with ${percent(baseBasisPoints)}`;
}

/** How the tenant's own renewals count. */
export function describeRetention(retentionBasisPoints: number): string {
  return `${percent(retentionBasisPoints)} of such agreements are kept for a year, and a decision is near`;
}

/** That nothing ends within the year unless it is terminated. */
export function describeBound(boundUntilDay: number): string {
  return `bound by agreement until ${formatDay(boundUntilDay)}`;
}

/** That the end has been told. */
export function describeTermination(): string {
  return 'a termination has been told for every active agreement';
}

function percent(basisPoints: number): string {
  return `${basisPoints / 100} %`;
}

function count(number: number, noun: string): string {
  return `${number === 0 ? 'no' : number} ${noun}${number < 2 ? '' : 's'}`;
}

function months(days: number): string {
  const whole = Math.floor(days / DAYS_A_MONTH);
  return whole === 0 ? 'less than a month' : count(whole, 'month');
}

function gaps(percentOfGap: number): string {
  return `${oneDecimal(percentOfGap / 100)} of its usual gaps`;
}

function trendOf(raw: number): string {
  return raw === 0 ? 'use unchanged' : `use ${raw < 0 ? 'down' : 'up'} ${Math.abs(raw)} %`;
}

function oneDecimal(value: number): string {
  return value.toFixed(1);
}
