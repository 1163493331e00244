import type { FeedStatuses, MissingSignal } from '@bellwether/events';
import { nextTurn } from '../opportunities/next-turn.ts';
import { firstFrom } from '../signals/day-tiles.ts';
import type { SignalState } from '../signals/state.ts';
import { type Loop, MAX_LOOPS } from './open-loops.ts';

/** Days within which what a customer said is to be answered. */
export const ANSWER_WITHIN_DAYS = 7;
/** Days after which nobody waits for an answer any more. */
export const LOOP_WINDOW_DAYS = 365;
const EASE_WINDOW_DAYS = 90;
/** CES below 2 of 1..7 with low as good is an ease above 83.33 of 100 (S111, D18). */
const EASE_TARGET_HUNDREDTHS = 8_333;

/** What the customer said and is not answered (S106), and how easy it finds things (S111). */
export interface Voice {
  /** What was said in the last 365 days and needs an answer still. */
  readonly openLoops: number;
  /** Of it, what was said more than ANSWER_WITHIN_DAYS days ago. */
  readonly overdueLoops: number;
  /** More was said than is kept: the counts are at least these. */
  readonly isCapped: boolean;
  /** Day of the oldest open one. */
  readonly oldestOpenDay: number | null;
  /** Mean ease of the last 90 days, hundredths of 0..100 with high as good (D18); null: not known. */
  readonly easeHundredths: number | null;
  /** Ease is above its target of 83.33 (S111); null: not known. */
  readonly isEaseOnTarget: boolean | null;
  readonly why: MissingSignal['why'] | null;
}

/** The open loops and the effort of a customer on the epoch day `today` (S106, S111). */
export function voiceOf(
  loops: readonly Loop[],
  signals: SignalState,
  { today, feeds }: { readonly today: number; readonly feeds: FeedStatuses },
): Voice {
  const open = loops.filter((loop) => isOpenLoop(loop, today));
  const oldestOpenDay = open.length === 0 ? null : Math.min(...open.map(({ day }) => day));
  const why = whyNoEase(signals, today, feeds);
  const easeHundredths = why === null ? easeOf(signals, today) : null;
  return {
    openLoops: open.length,
    overdueLoops: open.filter(({ day }) => day + ANSWER_WITHIN_DAYS < today).length,
    isCapped: loops.length >= MAX_LOOPS,
    oldestOpenDay,
    easeHundredths,
    isEaseOnTarget: easeHundredths === null ? null : easeHundredths > EASE_TARGET_HUNDREDTHS,
    why,
  };
}

/** Whether what was said waits for an answer on the epoch day `today` (S106). */
export function isOpenLoop({ day, closedDay }: Loop, today: number): boolean {
  return closedDay === null && day > today - LOOP_WINDOW_DAYS;
}

function whyNoEase({ ces }: SignalState, today: number, feeds: FeedStatuses): MissingSignal['why'] | null {
  if (feeds.feedback === undefined) return 'feed-absent';
  const isAnswered = firstFrom(ces.days, today - EASE_WINDOW_DAYS + 1) < ces.days.length;
  if (!isAnswered && ces.last === null) return 'no-data';
  if (feeds.feedback.status === 'stale') return 'feed-stale';
  return isAnswered ? null : 'no-data';
}

function easeOf({ ces }: SignalState, today: number): number {
  let answers = 0;
  let sum = 0;
  for (const [, count, scoreSum] of ces.days.slice(firstFrom(ces.days, today - EASE_WINDOW_DAYS + 1))) {
    answers += count;
    sum += scoreSum;
  }
  return Math.round(sum / answers);
}

/** First day after today on which a loop is overdue or forgotten, or an answer leaves the window; null: never. */
export function nextVoiceDay(loops: readonly Loop[], signals: SignalState, today: number): number | null {
  const loopDay = nextLoopDay(loops, today);
  const { days } = signals.ces;
  const oldest = days[firstFrom(days, today - EASE_WINDOW_DAYS + 1)];
  return nextTurn([loopDay, oldest === undefined ? null : oldest[0] + EASE_WINDOW_DAYS], today);
}

/** First day after today on which an answer is overdue, or was owed too long ago; null: never. */
export function nextLoopDay(loops: readonly Loop[], today: number): number | null {
  const turns = loops
    .filter(({ closedDay }) => closedDay === null)
    .flatMap(({ day }) => [day + ANSWER_WITHIN_DAYS + 1, day + LOOP_WINDOW_DAYS]);
  return nextTurn(turns, today);
}
