import type { SignalName } from '../models/model-pack.ts';
import { formatMinor } from '../money/format-minor.ts';

/** A reading that is to be put into words. */
export interface ToldReading {
  readonly raw: number;
  readonly windowDays: number | null;
  /** Of the tenant; only amounts are told with it. */
  readonly currency: string;
}

/** How a reading is told: now, and as an earlier one after the present one ("was 9"). */
interface SignalText {
  readonly now: (reading: ToldReading) => string;
  readonly earlier: (reading: ToldReading) => string;
}

const was = ({ raw }: ToldReading) => `was ${raw}`;
const wasCount = ({ raw }: ToldReading) => (raw === 0 ? 'was none' : `was ${raw}`);
const wasPercent = ({ raw }: ToldReading) => `was ${raw} %`;
const wasHours = ({ raw }: ToldReading) => `was ${plural(raw, 'hour')}`;
const wasDays = ({ raw }: ToldReading) => `was ${plural(raw, 'day')}`;
const wasAmount = ({ raw, currency }: ToldReading) => `was ${formatMinor(raw, currency)}`;

/** Every signal in plain words: "used on 4 of the last 30 days", "was 9". */
export const SIGNAL_TEXTS: { readonly [S in SignalName]: SignalText } = {
  'login-frequency': {
    now: ({ raw, windowDays }) => `used on ${raw === 0 ? 'none' : raw} of the last ${windowDays} days`,
    earlier: wasCount,
  },
  'feature-adoption': {
    now: ({ raw, windowDays }) =>
      `${raw === 0 ? 'no' : raw} ${raw < 2 ? 'feature' : 'features'} used in the last ${windowDays} days`,
    earlier: wasCount,
  },
  'usage-trend': {
    now: ({ raw, windowDays }) => trend(raw, windowDays),
    earlier: ({ raw }) => `was ${earlierTrend(raw)}`,
  },
  'seat-use': { now: ({ raw }) => `${raw} % of the licensed seats in use`, earlier: wasPercent },
  'days-since-last-activity': {
    now: ({ raw }) => (raw === 0 ? 'used today' : `last used ${plural(raw, 'day')} ago`),
    earlier: wasDays,
  },
  'total-activities': {
    now: ({ raw, windowDays }) =>
      `${raw === 0 ? 'no use' : plural(raw, 'use')} in the last ${windowDays} days`,
    earlier: wasCount,
  },
  'ticket-load': {
    now: ({ raw, windowDays }) =>
      raw === 0
        ? `no ticket opened in the last ${windowDays} days`
        : `tickets of the last ${windowDays} days weigh ${raw} by severity`,
    earlier: wasCount,
  },
  'ticket-count': {
    now: ({ raw, windowDays }) =>
      `${raw === 0 ? 'no ticket' : plural(raw, 'ticket')} opened in the last ${windowDays} days`,
    earlier: wasCount,
  },
  'response-time': {
    now: ({ raw, windowDays }) =>
      `first response after ${plural(raw, 'hour')} on average in the last ${windowDays} days`,
    earlier: wasHours,
  },
  'resolution-time': {
    now: ({ raw, windowDays }) =>
      `tickets resolved after ${plural(raw, 'hour')} on average in the last ${windowDays} days`,
    earlier: wasHours,
  },
  csat: {
    now: ({ raw, windowDays }) =>
      `satisfaction of ${raw} out of 100 on average in the last ${windowDays} days`,
    earlier: was,
  },
  escalations: {
    now: ({ raw, windowDays }) =>
      `${raw === 0 ? 'no ticket' : plural(raw, 'ticket')} escalated in the last ${windowDays} days`,
    earlier: wasCount,
  },
  'goals-met': { now: ({ raw }) => `${raw} % of the goals decided so far met`, earlier: wasPercent },
  'value-realised': {
    now: ({ raw, windowDays }) => `${raw} % of the targeted value realised in the last ${windowDays} days`,
    earlier: wasPercent,
  },
  'executive-sponsor': {
    now: ({ raw }) =>
      raw === 0
        ? 'no active executive sponsor any more'
        : `${raw} active executive ${raw === 1 ? 'sponsor' : 'sponsors'}`,
    earlier: ({ raw }) => (raw < 2 ? `there was ${raw === 0 ? 'none' : 'one'}` : `there were ${raw}`),
  },
  'active-agreements': {
    now: ({ raw }) => (raw === 0 ? 'no active agreement any more' : plural(raw, 'active agreement')),
    earlier: ({ raw }) => (raw < 2 ? `there was ${raw === 0 ? 'none' : 'one'}` : `there were ${raw}`),
  },
  'agreement-tenure': {
    now: ({ raw }) => `under agreement for ${plural(raw, 'day')}`,
    earlier: wasDays,
  },
  'agreement-end': {
    now: ({ raw }) =>
      raw === 0 ? 'the last agreement ends today' : `agreements run for ${plural(raw, 'day')}`,
    earlier: wasDays,
  },
  'contacts-with-email': {
    now: ({ raw }) => `${raw} % of the contacts have an e-mail address`,
    earlier: wasPercent,
  },
  'won-amount': {
    now: ({ raw, currency }) =>
      raw === 0 ? 'no opportunity won yet' : `opportunities won for ${formatMinor(raw, currency)}`,
    earlier: wasAmount,
  },
  'annual-revenue': {
    now: ({ raw, currency }) => `annual revenue of ${formatMinor(raw, currency)}`,
    earlier: wasAmount,
  },
  'days-since-last-task': {
    now: ({ raw }) => (raw === 0 ? 'last contacted today' : `last contacted ${plural(raw, 'day')} ago`),
    earlier: wasDays,
  },
};

function trend(raw: number, windowDays: number | null): string {
  if (raw === -100) return `no use in the last ${windowDays} days`;
  if (raw === 100) return `use at least twice that of the ${windowDays} days before`;
  if (raw === 0) return `use as in the ${windowDays} days before`;
  return `use ${raw < 0 ? 'down' : 'up'} ${Math.abs(raw)} % on the ${windowDays} days before`;
}

function earlierTrend(raw: number): string {
  if (raw === -100) return 'none';
  if (raw === 100) return 'doubled or more';
  if (raw === 0) return 'unchanged';
  return `${raw < 0 ? 'down' : 'up'} ${Math.abs(raw)} %`;
}

function plural(count: number, noun: string): string {
  return `${count} ${count === 1 ? noun : `${noun}s`}`;
}
