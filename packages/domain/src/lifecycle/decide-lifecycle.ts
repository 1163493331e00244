import {
  formatDay,
  type MissingSignal,
  type Reason,
  type ScoreDecision,
  type ScoreValue,
} from '@bellwether/events';
import { isSameMissing } from '../feeds/same-missing.ts';
import { nextTurn } from '../opportunities/next-turn.ts';
import { PROMOTER_DAYS } from '../signals/promoter.ts';
import { type HealthNow, isAdvocate } from './advocate.ts';
import type { LifecycleSources } from './journey-evidence.ts';
import { type JourneyStage, journeyStageNamed, movesBetween } from './journey-graph.ts';
import { type Journey, journeyOf, nextJourneyDay, type RefusedStage } from './journey-of.ts';
import { silentFeedsOf } from './silent-feeds.ts';
import {
  type LifecycleMoment,
  nextValueStageDay,
  type ValueStageNow,
  valueStageOf,
} from './value-stage-of.ts';

/** Where a customer is: by its journey (S89) and by its value (S35). */
export interface Lifecycle {
  readonly journey: Journey;
  readonly valueStage: ValueStageNow;
  /** Feeds that have stopped (by their names), and what else was not known. */
  readonly missing: readonly MissingSignal[];
}

/** What is published of a lifecycle: two classes, no number. */
export type LifecycleValue = Omit<ScoreValue, 'currency'> & {
  readonly labels: { readonly [label: string]: string | null };
};

/** What is to be published of a lifecycle, and what then counts as published. */
export interface LifecycleDecision {
  readonly change: ScoreDecision | null;
  /** The same reference when nothing is published. */
  readonly published: LifecycleValue | null;
}

/**
 * The lifecycle on a day, from the features of a customer and its health (S35, S89).
 * @param published what was published last: an advocate stays one while the feeds that would tell are silent
 */
export function lifecycleOf(
  sources: LifecycleSources,
  moment: LifecycleMoment & { readonly health: HealthNow; readonly published: LifecycleValue | null },
): Lifecycle {
  const { today, feeds, health, published } = moment;
  const wasAdvocate = published?.labels.journeyStage === 'advocacy';
  const advocate = isAdvocate(sources.signals, health, { today, feeds, wasAdvocate });
  const journey = journeyOf(sources, { today, isAdvocate: advocate });
  const valueStage = valueStageOf(sources, moment);
  const silent: readonly string[] = silentFeedsOf(sources, feeds);
  const all = isHealthSilent(journey, health) ? [...silent, 'health'] : silent;
  const others = valueStage.missing.filter(({ why }) => why !== 'feed-stale');
  const missing = [...all.map((signal) => ({ signal, why: 'feed-stale' as const })), ...others];
  return { journey, valueStage, missing };
}

/** Health decides between retention and advocacy alone. */
function isHealthSilent({ stage }: Journey, health: HealthNow): boolean {
  const isAtStake = stage === 'retention' || stage === 'advocacy';
  return isAtStake && health.missing.some(({ why }) => why === 'feed-stale');
}

/**
 * `score.lifecycle.changed` when a stage is another than was published last, or another telling is refused. There is no
 * number, so every reason has a contribution of 0: it says by what moves, and because of what.
 */
export function decideLifecycle(previous: LifecycleValue | null, now: Lifecycle): LifecycleDecision {
  const value = lifecycleValueOf(now);
  if (previous !== null && !differs(previous, value)) return { change: null, published: previous };
  const change: ScoreDecision = {
    type: 'score.lifecycle.changed',
    score: 'lifecycle',
    ...value,
    previous: null,
    delta: null,
    previousBand: null,
    reasons: [...journeyReasons(previous, now.journey), ...valueReasons(previous, now.valueStage)],
  };
  return { change, published: value };
}

/** The lifecycle as it is published; uncertain while a feed that the customer was seen in is silent (N2). */
export function lifecycleValueOf({ journey, valueStage, missing }: Lifecycle): LifecycleValue {
  const refused = journey.refused.at(-1);
  return {
    unit: 'count',
    value: null,
    band: null,
    parts: {
      journeySinceDay: journey.sinceDay,
      refusedStages: journey.refused.length,
      refusedDay: refused?.day ?? null,
    },
    labels: {
      journeyStage: journey.stage,
      valueStage: valueStage.stage,
      refusedStage: refused?.stage ?? null,
      refusedCode: refused?.code ?? null,
    },
    uncertain: missing.some(({ why }) => why === 'feed-stale'),
    missing,
  };
}

function differs(a: LifecycleValue, b: LifecycleValue): boolean {
  return (
    JSON.stringify(a.labels) !== JSON.stringify(b.labels) ||
    a.parts.refusedStages !== b.parts.refusedStages ||
    a.parts.refusedDay !== b.parts.refusedDay ||
    !isSameMissing(a.missing, b.missing)
  );
}

const BECAUSE: { readonly [C in NonNullable<Journey['code']>]: string } = {
  'marketing-touch': 'a marketing touch',
  'opportunity-opened': 'an opportunity was opened',
  'product-tried': 'the product was used',
  agreement: 'an agreement was made',
  'first-purchase': 'a first purchase',
  'value-realised': 'a goal was met or value realised',
  'in-use': 'the product is used 90 days into an agreement',
  'bought-again': 'a second purchase',
  renewed: 'an agreement was renewed',
  'year-of-use': 'a year of use',
  told: 'a source tells so',
  advocate: 'healthy, and a promoter by its last NPS',
};

function journeyReasons(previous: LifecycleValue | null, journey: Journey): readonly Reason[] {
  const before = stageOf(previous);
  const reasons: Reason[] = [];
  const { stage, sinceDay, code, refused } = journey;
  if (stage !== null && code !== null && stage !== before) {
    const since = sinceDay === null ? '' : ` since ${formatDay(sinceDay)}`;
    const way = before === null ? '' : wayText(before, stage);
    reasons.push(reason('journeyStage', `${stage}${since}${way}: ${BECAUSE[code]}`));
  } else if (stage === null && before !== null) {
    reasons.push(reason('journeyStage', `nothing shows any stage now; was ${before}, corrected`));
  }
  if (refused.length > 0 && hasNewRefusal(previous, journey)) reasons.push(...refused.slice(-1).map(refusal));
  return reasons;
}

function stageOf(published: LifecycleValue | null): JourneyStage | null {
  return journeyStageNamed(published?.labels.journeyStage ?? '') ?? null;
}

/** By the legal moves, one after the other (S89); what is not a way along them is no move but a correction. */
function wayText(before: JourneyStage, stage: JourneyStage): string {
  const moves = movesBetween(before, stage);
  if (moves === null) return `, corrected from ${before}`;
  return `, from ${[before, ...moves.slice(0, -1)].join(' by ')}`;
}

function hasNewRefusal(previous: LifecycleValue | null, { refused }: Journey): boolean {
  const last = refused.at(-1);
  return previous?.parts.refusedStages !== refused.length || previous.parts.refusedDay !== last?.day;
}

function refusal({ stage, from, day, code }: RefusedStage): Reason {
  const why = code === 'skips-stages' ? 'stages between them are left out' : 'no way leads back';
  return reason('refusedStage', `${stage} was told on ${formatDay(day)} and refused: from ${from} ${why}`);
}

function valueReasons(previous: LifecycleValue | null, { stage, text }: ValueStageNow): readonly Reason[] {
  const before = previous?.labels.valueStage ?? null;
  if (before === stage) return [];
  return [reason('valueStage', `${stage}: ${text}${before === null ? '' : `; was ${before}`}`)];
}

function reason(signal: string, text: string): Reason {
  return { signal, contribution: 0, before: null, after: null, text };
}

/**
 * First day after today on which the lifecycle may be another with no new event, while health and the feeds stay as
 * they are (N3); it may be early, never late; null: never. Whoever decides looks again whenever health was decided.
 */
export function nextLifecycleDay(sources: LifecycleSources, moment: LifecycleMoment): number | null {
  const { last } = sources.signals.nps;
  const promoterDay = last === null ? null : last.day + PROMOTER_DAYS + 1;
  const { today } = moment;
  return nextTurn([promoterDay, nextJourneyDay(sources, today), nextValueStageDay(sources, moment)], today);
}
