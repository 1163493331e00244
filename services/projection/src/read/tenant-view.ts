import type { JudgedModels } from '@bellwether/domain';
import { type FeedStatuses, formatDay, type TenantSettings } from '@bellwether/events';
import type { ReadModels } from '@bellwether/stream';
import type { Tenant } from '../api/schemas.ts';
import { COLLECTIONS, TENANTS_GROUP } from '../collections.ts';
import type { TenantState } from '../steps/fold-tenant.ts';
import { localDay } from './local-day.ts';

/** A tenant as all its partitions together tell it. */
export interface TenantView {
  readonly tenant: string;
  readonly settings: TenantSettings;
  readonly feeds: FeedStatuses;
  /** What the last census says of the models; null: none was ever counted. */
  readonly judged: JudgedModels | null;
  /** The last day that has begun in every partition; null before the first. */
  readonly day: number | null;
  /** `day`, or the date on the wall where no day was told yet: what ages and deadlines are counted from. */
  readonly today: number;
  /** When `day` began, epoch ms; 0 where none was told. */
  readonly dayStartsAt: number;
}

/** More tenants and partitions than any installation has. */
const MANY = 100_000;

/** All tenants whose settings are known, by name. `now` is the wall clock, epoch ms. */
export async function loadTenants(readModels: ReadModels, now: number): Promise<readonly TenantView[]> {
  const rows = await readModels.find<TenantState>(COLLECTIONS.cards, {
    group: TENANTS_GROUP,
    sort: [['tenant', 1]],
    limit: MANY,
  });
  const byTenant = Map.groupBy(
    rows.map(({ state }) => state),
    ({ tenant }) => tenant,
  );
  return [...byTenant.values()].flatMap((states) => viewOf(states, now) ?? []);
}

/** One tenant, or undefined when nothing is known of it. */
export async function findTenant(
  readModels: ReadModels,
  tenant: string,
  now: number,
): Promise<TenantView | undefined> {
  const rows = await readModels.find<TenantState>(COLLECTIONS.cards, {
    group: TENANTS_GROUP,
    filter: { tenant: { $eq: tenant } },
    sort: [['partition', 1]],
    limit: MANY,
  });
  return viewOf(
    rows.map(({ state }) => state),
    now,
  );
}

/** A tenant as the list shows it. */
export async function describeTenant(readModels: ReadModels, view: TenantView): Promise<Tenant> {
  const { currency, timeZone, synthetic, clock } = view.settings;
  return {
    tenant: view.tenant,
    currency,
    timeZone,
    synthetic,
    clock,
    asOf: view.day === null ? null : formatDay(view.day),
    customers: await readModels.count(COLLECTIONS.cards, view.tenant),
  };
}

/** Partitions say the same at different moments: the newest settings, feeds and census count, and the earliest day. */
function viewOf(states: readonly TenantState[], now: number): TenantView | undefined {
  const [first, ...others] = states;
  if (!first) return undefined;
  let { settings, settingsVersion, feeds, feedsVersion, judged, censusVersion, day, dayStartsAt } = first;
  for (const other of others) {
    if (other.settingsVersion > settingsVersion) ({ settings, settingsVersion } = other);
    if (other.feedsVersion > feedsVersion) ({ feeds, feedsVersion } = other);
    if (other.censusVersion > censusVersion) ({ judged, censusVersion } = other);
    if (day !== null && (other.day === null || other.day < day)) ({ day, dayStartsAt } = other);
  }
  if (settings === null) return undefined;
  const today = day ?? localDay(now, settings.timeZone);
  return { tenant: first.tenant, settings, feeds, judged, day, today, dayStartsAt };
}
