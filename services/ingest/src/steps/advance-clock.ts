import {
  type DataGaps,
  feedStatuses,
  foldNotice,
  greaterOf,
  isNotice,
  NO_GAPS,
  withMissing,
} from '@bellwether/domain';
import type {
  ClockRecord,
  ContextRecord,
  DayRecord,
  Feed,
  FeedStatuses,
  ReviewRecord,
  TenantSettings,
} from '@bellwether/events';
import { ALL_SLOTS, FEEDS } from '@bellwether/events';
import type { Output } from '@bellwether/stream';
import { toEveryPartition } from './spread-history.ts';

/** Where one tenant's clock stands. */
export interface TenantClock {
  readonly settings: TenantSettings;
  /** Last day (epoch day) that stands in customer-events; null: none yet. */
  readonly lastDay: number | null;
  /** Newest day of each feed. */
  readonly feeds: { readonly [F in Feed]?: number };
  /** Feed statuses as they were told last. */
  readonly statuses: FeedStatuses;
  /** Version of the `feeds` context told last by the clock itself. */
  readonly feedsVersion: number;
  /** How many `tenant` records were applied. */
  readonly revision: number;
  /** What its sources have lost for the whole tenant (N14); absent where none ever spoke of it. */
  readonly gaps?: DataGaps;
}
export interface ClockState {
  readonly tenants: { readonly [tenant: string]: TenantClock };
}
export const NO_TENANTS: ClockState = { tenants: {} };

/** What the clock needs from outside: local days, the partitions of customer-events. */
export interface ClockParts {
  readonly calendar: {
    dayOf(timeZone: string, timeMs: number): number;
    startOf(timeZone: string, day: number): number;
  };
  readonly partitions: number;
}

export interface ClockStep {
  readonly state: ClockState;
  readonly outputs: readonly Output<'events'>[];
}

/** Applies one record of `clock`: a tick, a feed that was seen or lost, a tenant that begins, imports or ends. */
export function advanceClock(state: ClockState, record: ClockRecord, parts: ClockParts): ClockStep {
  switch (record.kind) {
    case 'tick':
      return tick(state, record.at, parts);
    case 'feed-seen': {
      const clock = state.tenants[record.tenant];
      if (!clock || (clock.feeds[record.feed] ?? Number.NEGATIVE_INFINITY) >= record.day)
        return { state, outputs: [] };
      const feeds = { ...clock.feeds, [record.feed]: record.day };
      return { state: withClock(state, record.tenant, { ...clock, feeds }), outputs: [] };
    }
    case 'source-notice':
      return noteSource(state, record, parts);
    case 'tenant':
      return tellTenant(state, record, parts);
  }
}

function tick(state: ClockState, at: number, parts: ClockParts): ClockStep {
  let next = state;
  const outputs: Output<'events'>[] = [];
  for (const [tenant, clock] of Object.entries(state.tenants)) {
    if (clock.settings.clock !== 'live') continue;
    const told = tellDays(tenant, clock, { ...parts, at });
    outputs.push(...told.outputs);
    if (told.clock !== clock) next = withClock(next, tenant, told.clock);
  }
  return { state: next, outputs };
}

/** Every day that has begun since the last one, in order, each after the feeds whose status changed with it. */
function tellDays(tenant: string, before: TenantClock, parts: ClockParts & { readonly at: number }) {
  const { calendar, at, partitions } = parts;
  const { timeZone } = before.settings;
  const today = calendar.dayOf(timeZone, at);
  const outputs: Output<'events'>[] = [];
  let clock = before;
  const tell = (day: number) => {
    const told = tellFeeds(tenant, clock, { ...parts, day });
    outputs.push(...told.outputs);
    clock = told.clock;
  };
  if (clock.lastDay !== null && today <= clock.lastDay) {
    tell(clock.lastDay);
    // As a day begins every customer who has not met the present feeds is looked at anyway.
    outputs.push(...reviewWhenBack(tenant, { before, after: clock, at, partitions }));
  }
  for (let day = clock.lastDay === null ? today : clock.lastDay + 1; day <= today; day += 1) {
    tell(day);
    const startsAt = calendar.startOf(timeZone, day);
    const mark: DayRecord = {
      kind: 'day',
      tenant,
      day,
      startsAt,
      ...ALL_SLOTS,
      receivedAt: at,
      historical: false,
      isCounted: true,
    };
    outputs.push(...toEveryPartition('events', mark, partitions));
    clock = { ...clock, lastDay: day };
  }
  return { clock, outputs };
}

/** How the feeds do on a day, where that differs from what was told last. */
function tellFeeds(
  tenant: string,
  clock: TenantClock,
  parts: ClockParts & { readonly at: number; readonly day: number },
) {
  const { at, day, partitions } = parts;
  const statuses = withMissing(feedStatuses(clock.feeds, day), clock.gaps ?? NO_GAPS);
  if (sameStatuses(statuses, clock.statuses)) return { clock, outputs: [] };
  const version = Math.max(clock.feedsVersion + 1, at);
  const context: ContextRecord = {
    kind: 'context',
    tenant,
    item: 'feeds',
    version,
    receivedAt: at,
    value: statuses,
  };
  return {
    clock: { ...clock, statuses, feedsVersion: version },
    outputs: toEveryPartition('events', context, partitions),
  };
}

/** A source tells of itself for a whole tenant (N14): that is told at once. */
function noteSource(
  state: ClockState,
  record: Extract<ClockRecord, { kind: 'source-notice' }>,
  parts: ClockParts,
): ClockStep {
  const { tenant, event, feeds, at } = record;
  const known = state.tenants[tenant];
  if (!known || !isNotice(event)) return { state, outputs: [] };
  const before = known.gaps ?? NO_GAPS;
  const gaps = foldNotice(before, event, feeds);
  if (gaps === before) return { state, outputs: [] };
  const noted = { ...known, gaps };
  if (known.settings.clock !== 'live' || known.lastDay === null) {
    return { state: withClock(state, tenant, noted), outputs: [] };
  }
  const told = tellFeeds(tenant, noted, { ...parts, at, day: known.lastDay });
  const { partitions } = parts;
  const reviews = reviewWhenBack(tenant, { before: known, after: told.clock, at, partitions });
  return { state: withClock(state, tenant, told.clock), outputs: [...told.outputs, ...reviews] };
}

interface Back {
  readonly before: TenantClock;
  readonly after: TenantClock;
  readonly at: number;
  readonly partitions: number;
}

/** When something is there again every customer is looked at, so that what was held for it is let go (N2, N14). */
function reviewWhenBack(
  tenant: string,
  { before, after, at, partitions }: Back,
): readonly Output<'events'>[] {
  const isBack = FEEDS.some(
    (feed) =>
      (isMissing(before, feed) && !isMissing(after, feed)) ||
      (isSilent(before, feed) && !isSilent(after, feed)),
  );
  if (!isBack) return [];
  const { feedsVersion: version } = after;
  const review: ReviewRecord = { kind: 'review', tenant, version, ...ALL_SLOTS, receivedAt: at };
  return toEveryPartition('events', review, partitions);
}

function isSilent({ statuses }: TenantClock, feed: Feed): boolean {
  return statuses[feed]?.status === 'stale';
}

function isMissing({ statuses }: TenantClock, feed: Feed): boolean {
  return statuses[feed]?.missingSince !== undefined;
}

type TenantRecord = Extract<ClockRecord, { kind: 'tenant' }>;

/**
 * A tenant's clock only moves forward. An import writes the days and contexts of its tenant itself, in order with the
 * events; so only a tenant that begins live is told here.
 */
function tellTenant(state: ClockState, record: TenantRecord, parts: ClockParts): ClockStep {
  const { tenant, settings, at } = record;
  const known = state.tenants[tenant];
  const ended = Object.keys(record.feeds).length > 0;
  const lastDays = { ...known?.feeds };
  for (const feed of FEEDS) {
    const day = record.feeds[feed]?.lastDay;
    if (day !== undefined) lastDays[feed] = Math.max(day, lastDays[feed] ?? day);
  }
  const clock: TenantClock = {
    settings,
    lastDay: greaterOf(known?.lastDay ?? null, record.day),
    feeds: lastDays,
    statuses: ended ? record.feeds : (known?.statuses ?? {}),
    feedsVersion: known?.feedsVersion ?? 0,
    revision: (known?.revision ?? 0) + 1,
    ...(known?.gaps ? { gaps: known.gaps } : {}),
  };
  const next = withClock(state, tenant, clock);
  if (known || settings.clock !== 'live' || record.day !== null) return { state: next, outputs: [] };
  const version = clock.revision;
  const context: ContextRecord = {
    kind: 'context',
    tenant,
    item: 'settings',
    version,
    receivedAt: at,
    value: settings,
  };
  const told = tellDays(tenant, clock, { ...parts, at });
  return {
    state: withClock(state, tenant, told.clock),
    outputs: [...toEveryPartition('events', context, parts.partitions), ...told.outputs],
  };
}

/** The same feeds with the same status, as complete; a newer last day alone is not worth telling. */
export function sameStatuses(one: FeedStatuses, other: FeedStatuses): boolean {
  return FEEDS.every(
    (feed) =>
      one[feed]?.status === other[feed]?.status && one[feed]?.missingSince === other[feed]?.missingSince,
  );
}

function withClock(state: ClockState, tenant: string, clock: TenantClock): ClockState {
  return { tenants: { ...state.tenants, [tenant]: clock } };
}
