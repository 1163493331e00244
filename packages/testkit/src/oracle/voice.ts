import type { CustomerEvent } from '@bellwether/events';
import { acceptedEvents, earliest, groupedBy, ofTypes, satisfactionHundredths, sumOf } from './common.ts';
import type { OracleContext } from './context.ts';

/** Something that was said and is to be answered. */
interface OpenLoop {
  readonly id: string;
  readonly kind: string;
  readonly day: number;
}

/** What was said in 365 days, needs an answer and has none (S106). */
function openLoops(events: readonly CustomerEvent[], today: number): readonly OpenLoop[] {
  const said = ofTypes(events, 'feedback.nps', 'feedback.csat', 'feedback.ces', 'feedback.comment');
  const needing = said.filter((event) => {
    if (event.type === 'feedback.comment') return true;
    const hundredths = satisfactionHundredths(event);
    return event.type === 'feedback.nps' ? hundredths <= 6_000 : hundredths < 5_000;
  });
  const answered = new Set(ofTypes(events, 'feedback.answered').map(({ data }) => data.feedbackId));
  // What two sources say under one id is one voice.
  return [...groupedBy(needing, ({ id }) => id).values()]
    .filter((voice) =>
      voice.every(
        ({ id, data }) => !answered.has(id) && (!('closedLoopAt' in data) || data.closedLoopAt === undefined),
      ),
    )
    .map((voice) => ({
      id: voice[0]?.id ?? '',
      kind: voice.map(({ type }) => type.slice('feedback.'.length)).sort()[0] ?? '',
      day: earliest(voice.map(({ day }) => day)) ?? 0,
    }))
    .filter(({ day }) => day > today - 365);
}

/** The answer that is owed longest, for more than seven days (S106). */
export interface OracleLoopOverdue {
  readonly loopId: string;
  readonly code: string;
  readonly dueDay: number;
}

/** The overdue answer that stands; what cannot be heard is as it was. */
export function recomputeLoopOverdue(
  all: readonly CustomerEvent[],
  { today, feeds }: OracleContext,
  was: OracleLoopOverdue | null,
): OracleLoopOverdue | null {
  if (feeds.feedback?.status !== 'fresh') return was;
  const [first] = openLoops(acceptedEvents(all), today)
    .filter(({ day }) => day + 7 < today)
    .sort((a, b) => a.day - b.day || (a.id < b.id ? -1 : 1));
  if (first === undefined) return null;
  const dueDay = first.day + 7;
  return was?.loopId === first.id && was.dueDay === dueDay
    ? was
    : { loopId: first.id, code: first.kind, dueDay };
}

/** What waits for an answer (S106), and how easy things are (S111); why nothing is known of that. */
export function voiceOf(events: readonly CustomerEvent[], { today, feeds }: OracleContext) {
  const open = openLoops(events, today);
  const answers = ofTypes(events, 'feedback.ces');
  const recent = answers.filter(({ day }) => day > today - 90).map(satisfactionHundredths);
  const ease = () => {
    if (feeds.feedback === undefined) return 'feed-absent';
    if (answers.length === 0) return 'no-data';
    if (feeds.feedback.status === 'stale') return 'feed-stale';
    return recent.length === 0 ? 'no-data' : Math.round(sumOf(recent) / recent.length);
  };
  return { open: open.length, overdue: open.filter(({ day }) => day < today - 7).length, ease: ease() };
}
