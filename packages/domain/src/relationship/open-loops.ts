import { type CustomerEvent, parseDate } from '@bellwether/events';
import { mergeById } from '../merging/merge-sorted.ts';
import { lesserOf } from '../ordering.ts';
import { entityAt, placeOf, withEntity } from '../signals/entities.ts';

/** Voices of a customer that are kept, answered ones too; of more the oldest are forgotten. */
export const MAX_LOOPS = 200;
/** Worse than this, in hundredths of 0..100 with high as good (D18), a customer expects an answer. */
const POOR_BELOW_HUNDREDTHS = 5_000;
/** An NPS of 6 of 10 is a detractor's. */
const DETRACTOR_TO_HUNDREDTHS = 6_000;

type FeedbackEvent = Extract<CustomerEvent, { readonly type: `feedback.${string}` }>;
/** What a customer said; not what was said to it. */
export type VoiceEvent = Exclude<FeedbackEvent, { readonly type: 'feedback.answered' }>;
export type VoiceKind = 'ces' | 'comment' | 'csat' | 'nps';

/** Something a customer said that needs an answer (S106): the loop is open until it is closed. */
export interface Loop {
  /** Id of the event that told it. */
  readonly id: string;
  /** Null: it was closed before it was told. */
  readonly kind: VoiceKind | null;
  readonly day: number;
  /** The day on which it was answered; null: not yet. */
  readonly closedDay: number | null;
  /** Of whoever said it, as the source names it; absent where it is not known, or nobody waits any more. */
  readonly role?: string;
}

/**
 * Takes what a customer said (S106): a comment, an NPS of a detractor (6 of 10 or less), a CSAT or CES below the middle
 * of its scale. Repeats of an event change nothing but may close the loop; the first day that it was closed holds.
 * Answers outside of their scale were refused before.
 */
export function evolveLoops(loops: readonly Loop[], event: VoiceEvent): readonly Loop[] {
  if (!needsAnswer(event)) return loops;
  const kind = event.type.slice('feedback.'.length) as VoiceKind;
  const closedAt = 'closedLoopAt' in event.data ? event.data.closedLoopAt : undefined;
  const closedDay = closedAt === undefined ? null : (parseDate(closedAt.slice(0, 10)) ?? event.day);
  return withLoop(
    loops,
    loopOf({ id: event.id, kind, day: event.day, closedDay }, event.data.respondentRole),
  );
}

/**
 * Notes that what an event told was answered on a day, even where that event has yet to come; the same reference when
 * it is known.
 */
export function closeLoop(loops: readonly Loop[], id: string, day: number): readonly Loop[] {
  return withLoop(loops, { id, kind: null, day, closedDay: day });
}

/** Whether what was said needs an answer. */
export function needsAnswer(event: VoiceEvent): boolean {
  if (event.type === 'feedback.comment') return true;
  const { score, scaleMin, scaleMax, highIsGood = true } = event.data;
  const share = (score - scaleMin) / (scaleMax - scaleMin);
  const hundredths = Math.round(10_000 * (highIsGood ? share : 1 - share));
  return event.type === 'feedback.nps'
    ? hundredths <= DETRACTOR_TO_HUNDREDTHS
    : hundredths < POOR_BELOW_HUNDREDTHS;
}

/** Who said it is kept while an answer is owed. */
function loopOf(loop: Omit<Loop, 'role'>, role: string | undefined): Loop {
  const { id, kind, day, closedDay } = loop;
  const told = { id, kind, day, closedDay };
  return role === undefined || closedDay !== null ? told : { ...told, role };
}

/** What two sources say under one id is one voice: the first day, and of its kinds and roles the first by name. */
function withLoop(loops: readonly Loop[], told: Loop): readonly Loop[] {
  const place = placeOf(loops, told.id);
  const known = entityAt(loops, place, told.id);
  const next: Loop = known === undefined ? told : joined(known, told);
  const isSame =
    known !== undefined &&
    known.kind === next.kind &&
    known.day === next.day &&
    known.closedDay === next.closedDay &&
    known.role === next.role;
  if (isSame) return loops;
  return bounded(withEntity(loops, place, next));
}

function joined(a: Loop, b: Loop): Loop {
  const loop = {
    id: a.id,
    kind: firstByName(a.kind, b.kind),
    day: Math.min(a.day, b.day),
    closedDay: lesserOf(a.closedDay, b.closedDay),
  };
  return loopOf(loop, firstByName(a.role ?? null, b.role ?? null) ?? undefined);
}

/** What two customers that are one have said (N23). */
export function mergeLoops(a: readonly Loop[], b: readonly Loop[]): readonly Loop[] {
  let loops = mergeById(a, b, joined);
  while (loops.length > MAX_LOOPS) loops = bounded(loops);
  return loops;
}

function firstByName<Name extends string>(a: Name | null, b: Name | null): Name | null {
  if (a === null || b === null) return a ?? b;
  return a < b ? a : b;
}

/** Of equally old ones the first by id goes, so that the same stay in any order of arrival. */
function bounded(loops: readonly Loop[]): readonly Loop[] {
  if (loops.length <= MAX_LOOPS) return loops;
  let oldest = loops[0];
  for (const loop of loops) if (oldest !== undefined && loop.day < oldest.day) oldest = loop;
  return loops.filter((loop) => loop !== oldest);
}

/** Forgets what was said before `keptFromDay`; the same reference when there is nothing. */
export function dropOldLoops(loops: readonly Loop[], keptFromDay: number): readonly Loop[] {
  return loops.every(({ day }) => day >= keptFromDay) ? loops : loops.filter(({ day }) => day >= keptFromDay);
}
