/** The generating process in numbers. README.md says what they mean together; nothing here comes from scoring code. */

export const DAYS_PER_YEAR = 365;
export const DAYS_PER_MONTH = 30.4375;

export type Segment = 'enterprise' | 'mid' | 'small';

/** How customers of one size differ from those of another. */
export interface SegmentParameters {
  readonly share: number;
  readonly sizeBand: string;
  readonly employeesMedian: number;
  /** Median value of one revenue agreement a year, minor units. */
  readonly annualValueMinor: number;
  /** Revenue agreements beside the MSA, least and most. */
  readonly agreements: readonly [number, number];
  readonly contacts: readonly [number, number];
  /** Share of customers whose product reports daily totals of use. */
  readonly reportingShare: number;
  /** Means on an ordinary weekday. */
  readonly loginsPerDay: number;
  readonly featureUsesPerDay: number;
  readonly ticketsPerYear: number;
  /** Spells of 4 to 16 days in which nobody uses the product; the more people, the less likely. */
  readonly idleSpellsPerYear: number;
  readonly meetingsPerYear: number;
  readonly qbrShare: number;
  readonly qbrEveryDays: number;
}

export const SEGMENTS: { readonly [S in Segment]: SegmentParameters } = {
  enterprise: {
    share: 0.2,
    sizeBand: 'enterprise',
    employeesMedian: 6_000,
    annualValueMinor: 24_000_000,
    agreements: [2, 5],
    contacts: [4, 8],
    reportingShare: 0.65,
    loginsPerDay: 0.6,
    featureUsesPerDay: 0.4,
    ticketsPerYear: 14,
    idleSpellsPerYear: 0.05,
    meetingsPerYear: 10,
    qbrShare: 0.9,
    qbrEveryDays: 91,
  },
  mid: {
    share: 0.35,
    sizeBand: 'mid-market',
    employeesMedian: 500,
    annualValueMinor: 5_000_000,
    agreements: [1, 3],
    contacts: [2, 5],
    reportingShare: 0.5,
    loginsPerDay: 0.5,
    featureUsesPerDay: 0.3,
    ticketsPerYear: 9,
    idleSpellsPerYear: 0.3,
    meetingsPerYear: 6,
    qbrShare: 0.75,
    qbrEveryDays: 91,
  },
  small: {
    share: 0.45,
    sizeBand: 'small',
    employeesMedian: 45,
    annualValueMinor: 900_000,
    agreements: [1, 2],
    contacts: [1, 3],
    reportingShare: 0.35,
    loginsPerDay: 0.4,
    featureUsesPerDay: 0.22,
    ticketsPerYear: 5,
    idleSpellsPerYear: 0.8,
    meetingsPerYear: 3,
    qbrShare: 0.3,
    qbrEveryDays: 182,
  },
};

export type Archetype = 'steady' | 'growing' | 'quiet' | 'seasonal' | 'noisy' | 'msa-only' | 'no-telemetry';

/** How customers of one kind behave. */
export interface ArchetypeParameters {
  readonly share: number;
  /** Factors on the segment's rates. */
  readonly use: number;
  readonly tickets: number;
  readonly meetings: number;
  /** Standard deviation of the weekly innovation of the log level of use. */
  readonly levelNoise: number;
  /** Growth of use a year, as a factor. */
  readonly growth: number;
}

export const ARCHETYPES: { readonly [A in Archetype]: ArchetypeParameters } = {
  steady: { share: 0.46, use: 1, tickets: 1, meetings: 1, levelNoise: 0.1, growth: 1 },
  growing: { share: 0.12, use: 1, tickets: 1.1, meetings: 1.3, levelNoise: 0.1, growth: 1.6 },
  /** Healthy at a low rhythm (N17, S31): few logins, few meetings, renews all the same. */
  quiet: { share: 0.09, use: 0.12, tickets: 0.4, meetings: 0.3, levelNoise: 0.15, growth: 1 },
  /** An off-season of about three months in which use nearly stops. */
  seasonal: { share: 0.08, use: 1.1, tickets: 1, meetings: 0.8, levelNoise: 0.1, growth: 1 },
  /** Use and tickets in bursts, with idle weeks. */
  noisy: { share: 0.11, use: 0.9, tickets: 1.8, meetings: 1, levelNoise: 0.35, growth: 1 },
  /** A framework agreement and nothing under it; at most a pilot. */
  'msa-only': { share: 0.07, use: 0.3, tickets: 0.3, meetings: 0.6, levelNoise: 0.2, growth: 1 },
  /** Never any product telemetry (S76): on premises, or nobody connected it. */
  'no-telemetry': { share: 0.07, use: 0, tickets: 1, meetings: 1, levelNoise: 0.1, growth: 1 },
};

export type DriftReason =
  | 'usage-decline'
  | 'support-trouble'
  | 'sponsor-left'
  | 'value-doubt'
  | 'budget-cut'
  | 'acquired';

/**
 * What a drift does at full pressure. `ticketsPerYear` come on top: a customer that leaves over its support has
 * tickets, however few it had before. `ticketTrouble`, `sentiment`, `missedQbr` and `latePayment` are added to a share
 * or level; the others act as a factor `1 + value`.
 */
export interface Effects {
  readonly use: number;
  readonly ticketsPerYear: number;
  readonly ticketTrouble: number;
  readonly sentiment: number;
  readonly meetings: number;
  readonly missedQbr: number;
  readonly goals: number;
  readonly opportunities: number;
  readonly latePayment: number;
}
export const NO_EFFECTS: Effects = {
  use: 0,
  ticketsPerYear: 0,
  ticketTrouble: 0,
  sentiment: 0,
  meetings: 0,
  missedQbr: 0,
  goals: 0,
  opportunities: 0,
  latePayment: 0,
};

export const DRIFT_REASONS: {
  readonly [R in DriftReason]: { readonly share: number; readonly effects: Effects };
} = {
  'usage-decline': { share: 0.35, effects: { ...NO_EFFECTS, use: -0.9, meetings: -0.2, sentiment: -0.15 } },
  'support-trouble': {
    share: 0.2,
    effects: { ...NO_EFFECTS, ticketsPerYear: 110, ticketTrouble: 0.35, sentiment: -0.4, use: -0.2 },
  },
  'sponsor-left': {
    share: 0.16,
    effects: { ...NO_EFFECTS, meetings: -0.6, missedQbr: 0.5, goals: -0.4, use: -0.3, sentiment: -0.1 },
  },
  'value-doubt': {
    share: 0.14,
    effects: { ...NO_EFFECTS, goals: -0.8, sentiment: -0.4, opportunities: -0.7, use: -0.3, missedQbr: 0.2 },
  },
  'budget-cut': { share: 0.08, effects: { ...NO_EFFECTS, latePayment: 0.6, opportunities: -0.8, use: -0.1 } },
  /** Bought by a group that uses something else: leaves without any sign beforehand. */
  acquired: { share: 0.07, effects: NO_EFFECTS },
};

/** Share of customers that begin to drift in a year, and of these the share that recovers. */
export const DRIFTS_PER_CUSTOMER_YEAR = 0.19;
export const RECOVERY_SHARE = 0.22;
export const DRIFT_DAYS = [30, 120] as const;
/** No drift begins earlier: detectors need a baseline, customers an onboarding. */
export const QUIET_START_DAYS = 45;
export const NEWCOMER_SHARE = 0.12;
export const NEWCOMER_DAYS = [20, 300] as const;

/** What happens to healthy customers too, so that no detector can be perfect; rates a year. */
export const MISFORTUNES = {
  ticketStormsPerYear: 0.25,
  ticketStormFactor: 5,
  contactLeavesPerYear: 0.12,
  contactChangesPerYear: 0.15,
  missedQbrShare: 0.08,
  lapseShare: 0.05,
} as const;

/** Actions in the product on an ordinary weekday, for the daily total where the product reports one. */
export const ACTIONS_PER_SEAT_AND_DAY = 40;
/** Count of one feature event, which stands for several people's use of a feature that day. */
export const COUNT_PER_SEAT = 8;
export const MOST_COUNT = 4_000;
export const FEATURES = [
  'dashboards',
  'search',
  'export',
  'reports',
  'workflows',
  'alerts',
  'api',
  'integrations',
  'audit-log',
  'forecasting',
  'mobile',
  'sandbox',
] as const;
