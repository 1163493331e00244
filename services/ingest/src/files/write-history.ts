import { feedStatuses } from '@bellwether/domain';
import {
  ALL_SLOTS,
  type Census,
  type ContextRecord,
  type CustomerEvent,
  type DayRecord,
  type Feed,
  type FeedStatuses,
  type ImportRecord,
  isFirstOfMonth,
  type ReviewRecord,
  SLOTS,
  type TenantSettings,
} from '@bellwether/events';
import { sameStatuses } from '../steps/advance-clock.ts';
import type { Calendar } from '../tenants/calendar.ts';
import type { RowSorter } from './row-sorter.ts';

/** Customers that one day mark is for, about (design section 2). */
const CUSTOMERS_PER_MARK = 1_000;

/** Everything that the order of an import's records depends on; nothing of it changes when the import is continued. */
export interface HistoryPlan {
  readonly tenant: string;
  readonly importId: string;
  readonly fileName: string;
  readonly contentHash: string;
  readonly mapVersion: string;
  readonly until: number | null;
  /** The tenant's settings while it imports, and afterwards. */
  readonly settings: TenantSettings;
  readonly finalSettings: TenantSettings;
  /** Where the tenant's clock stood before. */
  readonly base: HistoryBase;
  /** Last day that is marked. */
  readonly lastDay: number;
  readonly customers: number;
  readonly startedAt: number;
}
export interface HistoryBase {
  /** Last day that stands in customer-events; null for a tenant that begins with this import. */
  readonly day: number | null;
  readonly feeds: { readonly [F in Feed]?: number };
  readonly statuses: FeedStatuses;
  readonly revision: number;
}

/**
 * What comes next depends on what the services make of everything before it: whoever appends has to do so now.
 */
export const FLUSH = 'flush';

/** Waits until a portfolio was counted as a day began; undefined: there is no use in waiting any more. */
export type AwaitCensus = (tenant: string, day: number) => Promise<Census | undefined>;

/** A record without its ordinal. */
type Unnumbered = ImportRecord extends infer R
  ? R extends ImportRecord
    ? Omit<R, 'ordinal'>
    : never
  : never;

/** What the order of an import's records is made with. */
export interface HistorySources {
  readonly sorter: Pick<RowSorter, 'events' | 'badRows' | 'days'>;
  readonly calendar: Calendar;
  /** Absent: nobody counts the portfolio. */
  readonly awaitCensus?: AwaitCensus;
}

/**
 * The records of an import in their one order, numbered from 1: begin, settings, bad rows, then day after day the feeds
 * whose status changes with the day, the marks of its beginning and its events; settings and end. On the last day of
 * each month, and of the history, the portfolio is counted; what that found stands before the first event of the day.
 */
export async function* historyRecords(
  plan: HistoryPlan,
  sources: HistorySources,
): AsyncGenerator<ImportRecord | typeof FLUSH> {
  let ordinal = 0;
  for await (const record of unnumbered(plan, sources)) {
    if (record === FLUSH) {
      yield FLUSH;
      continue;
    }
    ordinal += 1;
    yield { ...record, ordinal } as ImportRecord;
  }
}

async function* unnumbered(
  plan: HistoryPlan,
  sources: HistorySources,
): AsyncGenerator<Unnumbered | typeof FLUSH> {
  const { sorter } = sources;
  const { tenant, importId, fileName, contentHash, mapVersion, until, settings, base, startedAt } = plan;
  const told = createMarks(plan, sources);
  yield {
    kind: 'import-begin',
    tenant,
    importId,
    fileName,
    contentHash,
    mapVersion,
    until,
    settings,
    at: startedAt,
  };
  yield control(plan, settingsContext(plan, settings, base.revision + 1));
  for (const { kind: _, row, ...bad } of sorter.badRows()) {
    const position = { file: fileName, row };
    yield { kind: 'import-bad-row', tenant, importId, ...bad, position, receivedAt: startedAt };
  }
  const late = [...sorter.days].filter(([day]) => base.day !== null && day <= base.day);
  for (const [day, feeds] of late) told.see(feeds, day);
  if (base.day !== null && late.length > 0) yield* told.feedsAt(base.day);
  let marked = base.day ?? Math.min(...sorter.days.keys()) - 1;
  for (const event of sorter.events()) {
    for (; marked < event.day; marked += 1) yield* told.day(marked + 1, sorter.days.get(marked + 1));
    yield row(plan, event);
  }
  for (; marked < plan.lastDay; marked += 1) yield* told.day(marked + 1, sorter.days.get(marked + 1));
  yield* told.last();
  yield control(plan, settingsContext(plan, plan.finalSettings, base.revision + 2));
  const feeds = told.statusesAt(marked);
  yield {
    kind: 'import-end',
    tenant,
    importId,
    settings: plan.finalSettings,
    day: marked,
    feeds,
    at: startedAt,
  };
}

/** Day marks and feed contexts, with what was told so far. */
function createMarks(plan: HistoryPlan, { calendar, awaitCensus }: HistorySources) {
  const { tenant, startedAt } = plan;
  const { timeZone } = plan.settings;
  const ranges = slotRanges(plan.customers);
  let lastDays: { readonly [F in Feed]?: number } = plan.base.feeds;
  let statuses = plan.base.statuses;

  function see(feeds: Iterable<Feed> | undefined, day: number): void {
    for (const feed of feeds ?? []) {
      if ((lastDays[feed] ?? Number.NEGATIVE_INFINITY) < day) lastDays = { ...lastDays, [feed]: day };
    }
  }

  function* feedsAt(day: number): Generator<Unnumbered> {
    const next = feedStatuses(lastDays, day);
    if (sameStatuses(next, statuses)) return;
    statuses = next;
    // Grows from day to day and, through the revision, from one import into a tenant to the next.
    const version = calendar.startOf(timeZone, day) + plan.base.revision + 1;
    yield control(plan, {
      kind: 'context',
      tenant,
      item: 'feeds',
      version,
      receivedAt: startedAt,
      value: next,
    });
  }

  async function* day(
    number: number,
    feeds: Iterable<Feed> | undefined,
  ): AsyncGenerator<Unnumbered | typeof FLUSH> {
    see(feeds, number);
    yield* feedsAt(number);
    const startsAt = calendar.startOf(timeZone, number);
    const isCounted = awaitCensus !== undefined && isFirstOfMonth(number + 1) && number !== plan.lastDay;
    for (const range of ranges) {
      const mark: DayRecord = {
        kind: 'day',
        tenant,
        day: number,
        startsAt,
        ...range,
        receivedAt: startedAt,
        historical: true,
        ...(isCounted && range === ranges.at(-1) ? { isCounted } : {}),
      };
      yield control(plan, mark);
    }
    if (!isCounted) return;
    yield FLUSH;
    const census = await awaitCensus(tenant, number);
    if (census !== undefined) yield control(plan, censusContext(plan, census));
  }

  /** The portfolio as it stands in the end; no later day will bring it to customers without events. */
  async function* last(): AsyncGenerator<Unnumbered | typeof FLUSH> {
    if (awaitCensus === undefined) return;
    yield control(plan, { ...lastReview(plan), isCounted: true });
    yield FLUSH;
    const census = await awaitCensus(tenant, plan.lastDay);
    if (census === undefined) return;
    yield control(plan, censusContext(plan, census));
    yield control(plan, lastReview(plan));
  }

  return { see, feedsAt, day, last, statusesAt: (number: number) => feedStatuses(lastDays, number) };
}

function censusContext({ tenant, startedAt }: HistoryPlan, value: Census): ContextRecord {
  return { kind: 'context', tenant, item: 'census', version: value.day, receivedAt: startedAt, value };
}

function lastReview({ tenant, lastDay, startedAt }: HistoryPlan): ReviewRecord {
  return { kind: 'review', tenant, version: lastDay, ...ALL_SLOTS, receivedAt: startedAt };
}

function row({ tenant, importId }: HistoryPlan, event: CustomerEvent): Unnumbered {
  return { kind: 'import-row', tenant, importId, event };
}

function control(
  { tenant, importId }: HistoryPlan,
  record: DayRecord | ContextRecord | ReviewRecord,
): Unnumbered {
  return { kind: 'import-control', tenant, importId, control: record };
}

function settingsContext(plan: HistoryPlan, value: TenantSettings, version: number): ContextRecord {
  return {
    kind: 'context',
    tenant: plan.tenant,
    item: 'settings',
    version,
    receivedAt: plan.startedAt,
    value,
  };
}

/** Cuts all slots into ranges of about a thousand customers each. */
export function slotRanges(
  customers: number,
): readonly { readonly slotFrom: number; readonly slotTo: number }[] {
  const count = Math.min(SLOTS, Math.max(1, Math.ceil(customers / CUSTOMERS_PER_MARK)));
  const border = (index: number) => Math.floor((index * SLOTS) / count);
  return Array.from({ length: count }, (_, index) => ({
    slotFrom: border(index),
    slotTo: border(index + 1) - 1,
  }));
}
