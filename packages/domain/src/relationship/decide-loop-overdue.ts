import { type FeedStatuses, formatDay, type Reason, type SituationChange } from '@bellwether/events';
import { whyMissing } from '../health/reading.ts';
import type { Loop, VoiceKind } from './open-loops.ts';
import { ANSWER_WITHIN_DAYS, isOpenLoop } from './voice-of.ts';

/** What the situation is about: what the customer said. */
export const LOOP_OVERDUE_CAUSE = 'feedback';
/** At most so many owed answers are named, those owed longest first. */
const MOST_NAMED = 10;

/** The answer owed longest, as it was last told; null: none is overdue. */
export type PublishedLoopOverdue = {
  readonly loopId: string;
  readonly code: VoiceKind;
  readonly dueDay: number;
} | null;

/** What owed answers are found in. */
export interface LoopInput {
  readonly loops: readonly Loop[];
  readonly feeds: FeedStatuses;
  readonly today: number;
}

const SAID: { readonly [K in VoiceKind]: string } = {
  ces: 'an answer on effort (CES)',
  comment: 'a comment',
  csat: 'an answer on satisfaction (CSAT)',
  nps: "a detractor's answer (NPS)",
};

/**
 * `feedback.loop-overdue.raised` when what a customer said has waited for an answer for more than seven days, told
 * again when another answer is the one owed longest; `.settled` when no answer is overdue any more (S106). One
 * situation a customer. While the feed of feedback is silent, what stands is kept: the answer may have been given.
 */
export function decideLoopOverdue(
  previous: PublishedLoopOverdue,
  { loops, feeds, today }: LoopInput,
  { valueMinor, currency }: { readonly valueMinor: number; readonly currency: string },
): { readonly published: PublishedLoopOverdue; readonly situations: readonly SituationChange[] } {
  if (whyMissing(feeds.feedback, { wasEverSeen: true }) !== undefined)
    return { published: previous, situations: [] };
  const overdue = loops
    .filter((loop) => isOpenLoop(loop, today) && loop.day + ANSWER_WITHIN_DAYS < today)
    .toSorted((a, b) => a.day - b.day || (a.id < b.id ? -1 : 1));
  const oldest = overdue[0];
  const told = { cause: LOOP_OVERDUE_CAUSE, valueMinor, currency };
  if (oldest === undefined) {
    if (previous === null) return { published: null, situations: [] };
    return { published: null, situations: [{ ...settled(previous, loops), ...told }] };
  }
  const dueDay = oldest.day + ANSWER_WITHIN_DAYS;
  if (previous?.loopId === oldest.id && previous.dueDay === dueDay)
    return { published: previous, situations: [] };
  const code = oldest.kind ?? 'comment';
  const situation: SituationChange = {
    type: 'feedback.loop-overdue.raised',
    ...told,
    code,
    text: `${whoOf(oldest)} waits for an answer to ${SAID[code]} of ${formatDay(oldest.day)}, owed by ${formatDay(dueDay)}`,
    dueDay,
    reasons: reasonsOf(overdue),
  };
  return { published: { loopId: oldest.id, code, dueDay }, situations: [situation] };
}

function whoOf({ role }: Loop): string {
  return role === undefined ? 'The customer' : `The customer (${role})`;
}

/** How many answers are overdue, then each that is named. */
function reasonsOf(overdue: readonly Loop[]): readonly Reason[] {
  const count = overdue.length;
  const text = `when raised: ${count} ${count === 1 ? 'answer was' : 'answers were'} overdue`;
  const named = overdue.slice(0, MOST_NAMED).map(
    ({ id, day, kind, role }): Reason => ({
      signal: `feedback:${id}`,
      contribution: 0,
      before: null,
      after: day,
      text: `${SAID[kind ?? 'comment']} of ${formatDay(day)}${role === undefined ? '' : ` by ${role}`}`,
    }),
  );
  return [{ signal: 'overdue-answers', contribution: 0, before: null, after: count, text }, ...named];
}

function settled(
  { loopId, dueDay }: NonNullable<PublishedLoopOverdue>,
  loops: readonly Loop[],
): Pick<SituationChange, 'type' | 'code' | 'text' | 'dueDay' | 'reasons'> {
  const isAnswered = loops.some(({ id, closedDay }) => id === loopId && closedDay !== null);
  return {
    type: 'feedback.loop-overdue.settled',
    code: isAnswered ? 'answered' : 'long-ago',
    text: isAnswered ? 'No answer is overdue any more' : 'What waited for an answer was said too long ago',
    dueDay,
    reasons: [],
  };
}
