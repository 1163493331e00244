import type { JudgedModels, PortfolioFindings } from '@bellwether/domain';
import {
  ALL_SLOTS,
  type ContextRecord,
  type DayRecord,
  type FeedStatuses,
  type TenantSettings,
} from '@bellwether/events';

/** What the control records of one partition say about a tenant. All partitions come to say the same. */
export interface TenantState {
  readonly kind: 'tenant';
  readonly tenant: string;
  readonly partition: number;
  readonly settings: TenantSettings | null;
  readonly settingsVersion: number;
  readonly feeds: FeedStatuses;
  readonly feedsVersion: number;
  /** What the last census says of the models; null: none was ever counted. The rest of a census is for scoring. */
  readonly judged: JudgedModels | null;
  readonly censusVersion: number;
  /** The day that has begun for every slot; null before the first. */
  readonly day: number | null;
  /** Epoch ms at which `day` began in the tenant's zone. */
  readonly dayStartsAt: number;
}

/** A tenant of which nothing has been said in this partition. */
export function unknownTenant(tenant: string, partition: number): TenantState {
  return {
    kind: 'tenant',
    tenant,
    partition,
    settings: null,
    settingsVersion: -1,
    feeds: {},
    feedsVersion: -1,
    judged: null,
    censusVersion: -1,
    day: null,
    dayStartsAt: 0,
  };
}

/** Folds one control record; an older or equal one changes nothing (the same reference comes back). */
export function foldTenant(state: TenantState, record: DayRecord | ContextRecord): TenantState {
  if (record.kind === 'day') {
    // A day has wholly begun when its record reached the last slot.
    if (record.slotTo < ALL_SLOTS.slotTo || (state.day !== null && record.day <= state.day)) return state;
    return { ...state, day: record.day, dayStartsAt: record.startsAt };
  }
  if (record.item === 'settings') {
    if (record.version <= state.settingsVersion) return state;
    return { ...state, settings: record.value, settingsVersion: record.version };
  }
  if (record.item === 'census') {
    if (record.version <= state.censusVersion) return state;
    return { ...state, judged: judgedIn(record.value.findings), censusVersion: record.version };
  }
  if (record.item !== 'feeds' || record.version <= state.feedsVersion) return state;
  return { ...state, feeds: record.value, feedsVersion: record.version };
}

function judgedIn(findings: string): JudgedModels {
  const { churn, revenue } = JSON.parse(findings) as PortfolioFindings;
  return { ...(churn === undefined ? {} : { churn }), ...(revenue === undefined ? {} : { revenue }) };
}
