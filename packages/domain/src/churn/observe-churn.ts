import { daysSinceOwnDay, nextOwnDay } from '../census/own-day.ts';
import { CHURN_FEATURES, CHURN_SIGNALS, type ChurnSignal } from './churn-features.ts';
import { type ChurnInput, isMissing } from './churn-input.ts';
import type { ChurnReadings } from './churn-model.ts';
import {
  CHURN_WARNINGS,
  type ChurnObservation,
  type ChurnRecord,
  type ChurnWarning,
  keptReadings,
  MOST_JUDGED,
} from './churn-record.ts';
import { CHURN_HORIZON_DAYS, isBoundBeyond } from './churn-terms.ts';
import { type EndSources, endedDayOf } from './ended-day.ts';

const NO_RECORD: ChurnRecord = { open: null, judged: [] };

/** What a customer's record is moved by. */
export interface RecordInput {
  /** Of the customer, 0..1023. */
  readonly slot: number;
  readonly today: number;
  readonly sources: EndSources;
  /** Those that stand. */
  readonly warnings: readonly ChurnWarning[];
  /** The probability as it is told; null: there is none. */
  readonly toldBasisPoints: number | null;
  /** Asked for on the day of the year alone. */
  readonly churnInput: () => ChurnInput;
}

/**
 * The record of a customer on a day (N11): once a year, on a day that follows from its id, what is read and told of it
 * is noted where its end is open; 365 days later it is judged. A day of its own keeps those noted like all others of
 * the portfolio, whatever their agreements' dates. The same reference when nothing moved.
 */
export function recordOf(previous: ChurnRecord | null, input: RecordInput): ChurnRecord | null {
  const { today, warnings } = input;
  const judged = judgeIfOver(previous ?? NO_RECORD, input);
  const open = judged.open === null ? observe(input) : withWarnings(judged.open, warnings, today);
  const record = open === judged.open ? judged : { ...judged, open };
  return record === NO_RECORD ? previous : record;
}

/** First day after today on which a record may move with no new event; null: never. */
export function nextRecordDay(
  record: ChurnRecord | null,
  { slot, today, toldBasisPoints }: Pick<RecordInput, 'slot' | 'today' | 'toldBasisPoints'>,
): number | null {
  const open = record?.open ?? null;
  if (open !== null) return open.day + CHURN_HORIZON_DAYS;
  return toldBasisPoints === null ? null : nextOwnDay(slot, today, CHURN_HORIZON_DAYS);
}

function judgeIfOver(record: ChurnRecord, { today, sources }: RecordInput): ChurnRecord {
  const { open } = record;
  if (open === null || today < open.day + CHURN_HORIZON_DAYS) return record;
  const endedDay = endedDayOf(sources, open);
  const judged = endedDay === undefined ? record.judged : [...record.judged, { ...open, endedDay }];
  return { open: null, judged: judged.slice(-MOST_JUDGED) };
}

function observe({
  slot,
  today,
  warnings,
  toldBasisPoints,
  churnInput,
}: RecordInput): ChurnObservation | null {
  if (toldBasisPoints === null || daysSinceOwnDay(slot, today, CHURN_HORIZON_DAYS) !== 0) return null;
  const input = churnInput();
  if (!isEndOpen(input, today)) return null;
  return {
    day: today,
    toldBasisPoints,
    readings: keptReadings(readingsOf(input, today)),
    warned: CHURN_WARNINGS.map((warning) => (warnings.includes(warning) ? today : null)),
  };
}

/** Who is bound for the year, is leaving as told, or has ended is no case; nor is who has bought nothing for a year. */
function isEndOpen({ contract, purchases }: ChurnInput, today: number): boolean {
  if (contract !== null)
    return contract.activeCount > 0 && !contract.isTerminationTold && !isBoundBeyond(contract, today);
  return !isMissing(purchases) && purchases.lastDay > today - CHURN_HORIZON_DAYS;
}

function readingsOf(input: ChurnInput, today: number): ChurnReadings {
  const readings: { [S in ChurnSignal]?: number } = {};
  for (const signal of CHURN_SIGNALS) {
    const reading = CHURN_FEATURES[signal].read(input, today);
    if (reading !== null && !('missing' in reading)) readings[signal] = reading.raw;
  }
  return readings;
}

function withWarnings(
  open: ChurnObservation,
  warnings: readonly ChurnWarning[],
  today: number,
): ChurnObservation {
  const isNew = (warning: ChurnWarning, index: number) =>
    open.warned[index] === null && warnings.includes(warning);
  if (!CHURN_WARNINGS.some(isNew)) return open;
  return {
    ...open,
    warned: CHURN_WARNINGS.map((warning, index) =>
      isNew(warning, index) ? today : (open.warned[index] ?? null),
    ),
  };
}
