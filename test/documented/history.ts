import { type CustomerEvent, DAY_MS, type DayRecord, type ScoreName } from '@bellwether/events';
import { currentOf } from '../../packages/domain/src/customer/current-of.ts';
import { day, given as eventOf } from '../../packages/domain/src/customer/test-support.ts';
import { recordsAsKnown } from '../../packages/domain/src/retrospect/records-as-known.ts';
import { Retrospect, type RetrospectRecord } from '../../packages/domain/src/retrospect/retrospect.ts';
import { explainScore } from '../../services/projection/src/steps/explain-score.ts';
import { changeOf, healthOf, reasonOf } from '../../services/projection/src/test-support/records.ts';

/** An event as a document writes it: when it happened and, if that was another day, was received. */
interface Happening {
  readonly on: string;
  readonly received?: string;
  readonly type: 'agreement.created' | 'agreement.amended';
  readonly [field: string]: unknown;
}

const noon = (date: string) => day(date) * DAY_MS + DAY_MS / 2;
const endOf = (date: string) => (day(date) + 1) * DAY_MS - 1;

function dayMark(epochDay: number): DayRecord {
  const at = epochDay * DAY_MS;
  const slots = { slotFrom: 0, slotTo: 1023 };
  return {
    kind: 'day',
    tenant: 'acme',
    day: epochDay,
    startsAt: at,
    ...slots,
    receivedAt: at,
    historical: false,
  };
}

/** The log as it comes to be when each event is received on its day, with a mark as each day begins. */
function logOf(happenings: readonly Happening[]): readonly RetrospectRecord[] {
  const events = happenings.map(({ on, received = on, type, ...data }, index): CustomerEvent => {
    const stamp = { id: `${index}`, receivedAt: noon(received) };
    return eventOf(type, on, { ...stamp, data } as never) as CustomerEvent;
  });
  const days = events.map(({ receivedAt }) => Math.floor(receivedAt / DAY_MS));
  const log: RetrospectRecord[] = [];
  for (let today = Math.min(...days); today <= Math.max(...days) + 1; today += 1) {
    log.push(dayMark(today), ...events.filter((_, index) => days[index] === today));
  }
  return log;
}

function scoreAsKnown(given: {
  readonly score: ScoreName;
  readonly asOf: string;
  readonly knownAt: readonly string[];
  readonly events: readonly Happening[];
}) {
  const answers = given.knownAt.map((knownAt) => {
    const asked = { asOf: endOf(given.asOf), knownAt: endOf(knownAt) };
    const { records, lateEvents } = recordsAsKnown(logOf(given.events), asked);
    const past = new Retrospect();
    for (const record of records) past.take(record);
    const current = past.state && currentOf(past.state)?.current;
    return { value: current?.scores[given.score]?.value ?? null, late: lateEvents.map(Number) };
  });
  return { values: answers.map(({ value }) => value), lateEvents: answers.map(({ late }) => late) };
}

function why(given: {
  readonly changes: readonly {
    readonly value: number | null;
    readonly reasons?: Readonly<Record<string, number>>;
    readonly cause?: 'new-data' | 'time-decay' | 'reference-change';
  }[];
  readonly from: number;
  readonly to: number;
}) {
  const records = given.changes.map(({ value, reasons = {}, cause = 'new-data' }, index) => {
    const previous = given.changes[index - 1]?.value ?? null;
    const told = Object.entries(reasons).map(([signal, contribution]) => reasonOf(signal, contribution));
    return changeOf(index + 1, [healthOf(value, { previous, reasons: told })], { cause });
  });
  const { delta, contributions, causes } = explainScore(records, 'health', given);
  return { delta, contributions, causes };
}

/** What the examples of docs/scoring/history.md are computed with. */
export const examples = { 'score-as-known': scoreAsKnown, why };
