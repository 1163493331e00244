import {
  type AsKnown,
  currentOf,
  type Retrospect,
  type RetrospectRecord,
  recordsAsKnown,
} from '@bellwether/domain';
import {
  type CurrentSituation,
  type CustomerPicture,
  formatDay,
  SCORES,
  type ScoreName,
} from '@bellwether/events';
import { ProblemError } from '../api/problem.ts';
import type { ScoresThen } from '../api/schemas.ts';
import type { ChangeEntry } from '../steps/make-change-entries.ts';
import { contributionsOf, type SignalSums, traceScore } from '../steps/trace-score.ts';
import { instant } from './present-alert.ts';
import { presentValue } from './present-scores.ts';
import { isEvent, takeRecords } from './read-customer-log.ts';

interface Asked extends AsKnown {
  readonly customerId: string;
}

/**
 * All scores of a customer at one instant as known at another (N4), beside what had been published.
 * @param log all that scoring saw of the customer
 * @throws ProblemError 404 where nothing of the customer was known yet
 */
export async function scoresThen(
  log: readonly RetrospectRecord[],
  published: readonly ChangeEntry[],
  { customerId, asOf, knownAt }: Asked,
): Promise<ScoresThen> {
  const { records, lateEvents } = recordsAsKnown(log, { asOf, knownAt });
  const past = await takeRecords(records);
  const current = past.state && currentOf(past.state)?.current;
  if (current === undefined) throw nothingKnown(log, { customerId, asOf, knownAt });
  const told = published.filter((change) => change.asOf <= asOf && change.knownAt <= knownAt);
  const scores = presentScores(current, past, told);
  const { day } = past.context;
  return {
    customerId,
    asOf: instant(asOf),
    knownAt: instant(knownAt),
    day: day === null ? null : formatDay(day),
    events: past.events,
    lateEvents: [...lateEvents],
    setAside: past.setAside.map((aside) => ({ ...aside })),
    scores,
    situations: current.situations.map(presentSituation),
  };
}

function presentScores(
  { scores }: CustomerPicture,
  past: Retrospect,
  told: readonly ChangeEntry[],
): ScoresThen['scores'] {
  const presented: ScoresThen['scores'] = {};
  for (const name of SCORES) {
    const score = scores[name];
    if (score === undefined) continue;
    presented[name] = {
      ...presentValue(score),
      currency: score.currency ?? null,
      model: score.model ?? null,
      contributions: { ...contributionsAt(past, name) },
      published: publishedThen(told, name),
    };
  }
  return presented;
}

/** What each signal contributes to a score where a retrospect stands; sums exactly to the value. */
export function contributionsAt({ changes }: Retrospect, score: ScoreName): SignalSums {
  return contributionsOf(traceScore(changes, score)).at(-1) ?? {};
}

function publishedThen(told: readonly ChangeEntry[], score: ScoreName) {
  const point = traceScore(told, score).at(-1);
  if (point === undefined) return null;
  const { sequence, at, knownAt, change } = point;
  return { value: change.value, band: change.band, sequence, at: instant(at), knownAt: instant(knownAt) };
}

/** A situation that stands, as the API answers it. */
export function presentSituation(situation: CurrentSituation): ScoresThen['situations'][number] {
  const { rule, cause, code, dueDay, daysBefore } = situation;
  return { rule, cause, code, dueDate: dueDay === null ? null : formatDay(dueDay), daysBefore };
}

function nothingKnown(log: readonly RetrospectRecord[], { customerId, asOf, knownAt }: Asked): ProblemError {
  const events = log.filter(isEvent);
  const happened = Math.min(...events.map(({ time }) => time));
  const received = Math.min(...events.map((event) => event.receivedAt));
  const first =
    events.length === 0
      ? 'There is no event of it.'
      : `Its first event is of ${instant(happened)}, and the first was received at ${instant(received)}.`;
  const detail = `Of customer ${customerId}, nothing that had happened by ${instant(asOf)} was known at ${instant(knownAt)}. ${first}`;
  return new ProblemError(404, 'nothing-known', { detail });
}
