import type { ClockRecord, FeedStatuses, TenantSettings } from '@bellwether/events';
import type { Log, ReadModels } from '@bellwether/stream';
import type { ClockState, TenantClock } from '../steps/advance-clock.ts';
import { CLOCK_COLLECTION, CLOCK_DOCUMENT } from '../topologies/ingest-clock.ts';

/** What the edges need to know of a tenant. */
export interface TenantView {
  readonly settings: TenantSettings;
  /** Last day that stands in customer-events; null when none does yet. For a frozen tenant: the day it is frozen at. */
  readonly day: number | null;
  readonly feeds: TenantClock['feeds'];
  readonly statuses: FeedStatuses;
  /** How often the tenant's settings were told; versions of its `settings` context follow it. */
  readonly revision: number;
}

/** The tenants as the edges see them. */
export interface TenantDirectory {
  /** The tenant as far as it is known now; undefined: nobody has told of it. */
  get(tenant: string): Promise<TenantView | undefined>;
  /** Learns of every tenant that the clock document knows, so that `peek` knows them too; after a start. */
  refresh(): Promise<void>;
  /** What `get` answered last, or what was remembered since, without waiting. */
  peek(tenant: string): TenantView | undefined;
  /** Creates a live tenant: resolves when `clock` has it on disk. Callers at the same time share one creation. */
  create(tenant: string, settings: TenantSettings, at: number): Promise<TenantView>;
  /** Holds for this process until the clock document has a revision at least as new. */
  remember(tenant: string, view: TenantView): void;
}

/** Settings of a tenant that begins with an event over HTTP. */
export const DEFAULT_SETTINGS: TenantSettings = {
  currency: 'USD',
  timeZone: 'UTC',
  synthetic: false,
  clock: 'live',
};

/** Reads the document of the `ingest-clock` topology; what this process has just told comes on top. */
export function createTenantDirectory(parts: {
  readonly readModels: Pick<ReadModels, 'get'>;
  readonly log: Pick<Log, 'append'>;
}): TenantDirectory {
  const seen = new Map<string, TenantView>();
  const told = new Map<string, TenantView>();
  const creating = new Map<string, Promise<TenantView>>();

  async function clocks(): Promise<ClockState['tenants']> {
    const state = await parts.readModels.get<ClockState>(CLOCK_COLLECTION, CLOCK_DOCUMENT);
    return state?.tenants ?? {};
  }

  async function get(tenant: string): Promise<TenantView | undefined> {
    const stored = (await clocks())[tenant];
    if (stored) seen.set(tenant, viewOf(stored));
    const newer = told.get(tenant);
    if (newer && stored && stored.revision >= newer.revision) told.delete(tenant);
    return told.get(tenant) ?? seen.get(tenant);
  }

  async function append(tenant: string, settings: TenantSettings, at: number): Promise<TenantView> {
    const value: ClockRecord = { kind: 'tenant', tenant, settings, day: null, feeds: {}, at };
    await parts.log.append([{ topic: 'clock', key: tenant, value }]);
    const view = { settings, day: null, feeds: {}, statuses: {}, revision: 1 };
    told.set(tenant, view);
    return view;
  }

  return {
    get,
    refresh: async () => {
      for (const [tenant, clock] of Object.entries(await clocks())) seen.set(tenant, viewOf(clock));
    },
    peek: (tenant) => told.get(tenant) ?? seen.get(tenant),
    remember: (tenant, view) => void told.set(tenant, view),
    async create(tenant, settings, at) {
      const known = await get(tenant);
      if (known) return known;
      const running = creating.get(tenant) ?? append(tenant, settings, at);
      creating.set(tenant, running);
      try {
        return await running;
      } finally {
        creating.delete(tenant);
      }
    },
  };
}

function viewOf(clock: TenantClock): TenantView {
  const { settings, lastDay, feeds, statuses, revision } = clock;
  return { settings, day: lastDay, feeds, statuses, revision };
}
