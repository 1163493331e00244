import {
  type CustomerEvent,
  type CustomerEventOf,
  type Feed,
  type GapCause,
  isSourceNotice,
  parseInstant,
  type SourceNoticeType,
} from '@bellwether/events';

/** Data of one source that may be missing. Times are epoch ms. */
export interface DataGap {
  /** CloudEvents source; `*` where gaps of several had to be joined. */
  readonly source: string;
  readonly cause: GapCause;
  /** Data may be missing from `since` up to `at`. */
  readonly since: number;
  readonly at: number;
  /** Feeds that are concerned; empty: all that the source delivers. */
  readonly feeds: readonly Feed[];
}

/** Up to when a source was read again. */
export interface Resync {
  /** CloudEvents source; `*` for every one. */
  readonly source: string;
  /** The one cause whose gaps it ends; null: all. */
  readonly cause: GapCause | null;
  readonly through: number;
}

/**
 * What is known to be missing, of a customer or of a whole tenant. The order in which it was told does not matter: a
 * gap that comes after the re-sync which ended it is none.
 */
export interface DataGaps {
  readonly open: readonly DataGap[];
  readonly resyncs: readonly Resync[];
}
export const NO_GAPS: DataGaps = { open: [], resyncs: [] };

/** Gaps, and sources that were read again, kept apart at most; beyond, the oldest are joined or forgotten. */
export const MAX_GAPS = 16;

/** An event in which a source tells of itself. */
export type SourceNotice = { [T in SourceNoticeType]: CustomerEventOf<T> }[SourceNoticeType];

/** True for an event in which a source tells of itself. */
export function isNotice(event: CustomerEvent): event is SourceNotice {
  return isSourceNotice(event.type);
}

/**
 * Folds what a source tells of itself (N14); the same reference when that is nothing new.
 * @param feeds what a gap that names no feed concerns
 */
export function foldNotice(gaps: DataGaps, notice: SourceNotice, feeds: readonly Feed[] = []): DataGaps {
  if (notice.type === 'source.resynced') return withResync(gaps, resyncOf(notice));
  const { data, source, time } = notice;
  const since = Math.min(instantOf(data.since) ?? time, time);
  const gap = { source, cause: data.cause, since, at: time, feeds: data.feed ? [data.feed] : feeds };
  return withGap(gaps, gap);
}

/** What is known to be missing of two customers that are one (N23). */
export function mergeGaps(a: DataGaps, b: DataGaps): DataGaps {
  return b.open.reduce(withGap, b.resyncs.reduce(withResync, a));
}

/** Data may be missing since then (epoch ms); null while nothing is known to be. */
export function missingSince(gaps: DataGaps): number | null {
  let since: number | null = null;
  for (const gap of gaps.open) since = Math.min(gap.since, since ?? gap.since);
  return since;
}

function withGap(gaps: DataGaps, gap: DataGap): DataGaps {
  if (gaps.resyncs.some((resync) => ends(resync, gap)) || gaps.open.some((open) => isSame(open, gap))) {
    return gaps;
  }
  return { ...gaps, open: bounded([...gaps.open, gap].sort(byPlace)) };
}

function withResync(gaps: DataGaps, resync: Resync): DataGaps {
  const isTold = ({ source, cause }: Resync) => source === resync.source && cause === resync.cause;
  const told = gaps.resyncs.find(isTold);
  if (told !== undefined && told.through >= resync.through) return gaps;
  const others = gaps.resyncs.filter((other) => other !== told);
  const resyncs = [...others, resync].sort((a, b) => b.through - a.through || compare(nameOf(a), nameOf(b)));
  return {
    open: gaps.open.filter((gap) => !ends(resync, gap)),
    resyncs: resyncs.slice(0, MAX_GAPS),
  };
}

function resyncOf({ data, source, time }: CustomerEventOf<'source.resynced'>): Resync {
  return {
    source: data.source ?? source,
    cause: data.cause ?? null,
    through: instantOf(data.through) ?? time,
  };
}

function ends(resync: Resync, gap: DataGap): boolean {
  const isOfSource = resync.source === gap.source || resync.source === '*';
  return isOfSource && (resync.cause === null || resync.cause === gap.cause) && resync.through >= gap.at;
}

/**
 * Joins the two oldest gaps when there are too many: wider than they were, but nothing that is missing is forgotten.
 */
function bounded(open: readonly DataGap[]): readonly DataGap[] {
  const [first, second, ...rest] = open;
  if (open.length <= MAX_GAPS || first === undefined || second === undefined) return open;
  const joined: DataGap = {
    source: first.source === second.source ? first.source : '*',
    cause: first.cause === second.cause ? first.cause : 'reported',
    since: Math.min(first.since, second.since),
    at: Math.max(first.at, second.at),
    feeds: joinedFeeds(first.feeds, second.feeds),
  };
  return [joined, ...rest].sort(byPlace);
}

function joinedFeeds(one: readonly Feed[], other: readonly Feed[]): readonly Feed[] {
  return one.length === 0 || other.length === 0 ? [] : [...new Set([...one, ...other])].sort();
}

function byPlace(a: DataGap, b: DataGap): number {
  return a.at - b.at || a.since - b.since || compare(nameOf(a), nameOf(b));
}

function isSame(a: DataGap, b: DataGap): boolean {
  return a.at === b.at && a.since === b.since && nameOf(a) === nameOf(b) && `${a.feeds}` === `${b.feeds}`;
}

function nameOf({ source, cause }: { readonly source: string; readonly cause: GapCause | null }): string {
  return `${source} ${cause}`;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** The schema of the event has checked that the instant exists. */
function instantOf(text: string | undefined): number | undefined {
  return text === undefined ? undefined : parseInstant(text);
}
