import {
  type AlertRecord,
  type Change,
  type ContextRecord,
  type CustomerChange,
  type CustomerEvent,
  DAY_MS,
  type DayRecord,
  type EventData,
  type EventType,
  type QuarantineRecord,
  type Reason,
  type ScoreChange,
  type SituationChange,
} from '@bellwether/events';

/** 20 May 2024. */
export const TODAY = 19_863;
export const TENANT = 'acme';

/** An event; `id` tells events of a test apart. */
export function eventOf<T extends EventType>(
  type: T,
  data: EventData<T>,
  options: Partial<CustomerEvent> = {},
): CustomerEvent {
  const day = options.day ?? TODAY;
  return {
    kind: 'event',
    tenant: TENANT,
    customerId: 'c1',
    id: `${type} ${JSON.stringify(data)} ${day}`,
    source: 'crm',
    time: day * DAY_MS,
    day,
    receivedAt: day * DAY_MS + 1_000,
    historical: false,
    ...options,
    type,
    data,
  } as CustomerEvent;
}

export function settingsOf(
  options: { tenant?: string; version?: number; currency?: string } = {},
): ContextRecord {
  const { tenant = TENANT, version = 1, currency = 'USD' } = options;
  return {
    kind: 'context',
    tenant,
    item: 'settings',
    version,
    receivedAt: 0,
    value: { currency, timeZone: 'UTC', synthetic: false, clock: 'live' },
  };
}

export function dayOf(day: number = TODAY, options: Partial<DayRecord> = {}): DayRecord {
  return {
    kind: 'day',
    tenant: TENANT,
    day,
    startsAt: day * DAY_MS,
    slotFrom: 0,
    slotTo: 1023,
    receivedAt: day * DAY_MS,
    historical: false,
    ...options,
  };
}

export function changeOf(
  sequence: number,
  changes: readonly Change[],
  options: Partial<CustomerChange> = {},
): CustomerChange {
  return {
    kind: 'change',
    tenant: TENANT,
    customerId: 'c1',
    sequence,
    asOf: TODAY * DAY_MS,
    knownAt: TODAY * DAY_MS,
    historical: false,
    cause: 'new-data',
    causedBy: [],
    changes,
    engineVersion: '1',
    ...options,
  };
}

export function reasonOf(signal: string, contribution: number, text = `${signal} in words`): Reason {
  return { signal, contribution, before: null, after: 1, text };
}

/** A health change in hundredths; `reasons` are to sum to the delta, or to the value without a previous one. */
export function healthOf(
  value: number | null,
  options: Partial<ScoreChange> & { readonly previous?: number | null } = {},
): ScoreChange {
  const { previous = null } = options;
  return {
    type: 'score.health.changed',
    score: 'health',
    unit: 'hundredths',
    value,
    previous,
    delta: value === null || previous === null ? null : value - previous,
    band:
      value === null
        ? 'not-scorable'
        : value >= 8_000
          ? 'healthy'
          : value >= 5_000
            ? 'needs-attention'
            : 'at-risk',
    previousBand: null,
    parts: {},
    reasons: [],
    coverage: 10_000,
    confidence: 10_000,
    low: value ?? 0,
    high: value ?? 10_000,
    uncertain: false,
    missing: [],
    model: { id: 'cs-framework', version: '1.0.0' },
    sequence: 1,
    ...options,
  };
}

export function ltvOf(valueMinor: number, parts: Readonly<Record<string, number>> = {}): ScoreChange {
  return {
    type: 'score.ltv.changed',
    score: 'ltv',
    unit: 'minor',
    currency: 'USD',
    value: valueMinor,
    previous: null,
    delta: null,
    band: null,
    previousBand: null,
    parts: {
      contractedMinor: valueMinor,
      activeMinor: 0,
      paidMinor: 0,
      agreements: 0,
      activeAgreements: 0,
      ...parts,
    },
    reasons: [],
    sequence: 1,
  };
}

/** Any other score as it is published. */
export function scoreOf(score: ScoreChange['score'], options: Partial<ScoreChange>): ScoreChange {
  return {
    type: `score.${score}.changed`,
    score,
    unit: 'hundredths',
    value: null,
    previous: null,
    delta: null,
    band: null,
    previousBand: null,
    parts: {},
    reasons: [],
    sequence: 1,
    ...options,
  };
}

export function situationOf(
  type: SituationChange['type'],
  options: Partial<SituationChange> = {},
): SituationChange {
  return {
    type,
    cause: 'x',
    code: 'code',
    text: 'in words',
    valueMinor: 1,
    currency: 'USD',
    reasons: [],
    ...options,
  };
}

export function alertOf(options: Partial<AlertRecord> = {}): AlertRecord {
  const customerId = options.customerId ?? 'c1';
  return {
    kind: 'alert',
    tenant: TENANT,
    customerId,
    alertId: `at-risk:${customerId}:health:1`,
    rule: 'at-risk',
    cause: 'health',
    revision: 1,
    state: 'raised',
    severity: 'high',
    title: 'Health fell below 50',
    code: 'health-below-50',
    valueMinor: 1_000,
    currency: 'USD',
    dueDay: null,
    reasons: [],
    historical: false,
    raisedAt: TODAY * DAY_MS,
    acknowledgedAt: null,
    acknowledgedBy: null,
    note: null,
    resolvedAt: null,
    changedAt: TODAY * DAY_MS,
    knownAt: TODAY * DAY_MS,
    raisedBySequence: 1,
    ...options,
  };
}

export function quarantinedOf(
  quarantineId: string,
  options: Partial<QuarantineRecord> = {},
): QuarantineRecord {
  return {
    kind: 'quarantined',
    tenant: TENANT,
    quarantineId,
    customerId: null,
    stage: 'ingest',
    reason: 'not-json',
    faults: [{ path: '/', expected: 'JSON', got: '"{"' }],
    position: { topic: 'source-http', partition: 0, offset: 1 },
    original: '{',
    encoding: 'utf8',
    receivedAt: TODAY * DAY_MS,
    ...options,
  };
}
