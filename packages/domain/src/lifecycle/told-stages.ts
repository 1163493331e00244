import type { CustomerEvent } from '@bellwether/events';
import { mergeSorted } from '../merging/merge-sorted.ts';
import { compareStamped, type Stamped, stampedBy, type Teller } from '../relationship/stamped.ts';
import { type JourneyStage, journeyStageNamed } from './journey-graph.ts';

/** Tellings of a stage that are kept; of more the oldest are forgotten. */
export const MAX_TOLD_STAGES = 20;

/** A journey stage as a source told it (S89). */
export type ToldStage = Stamped<JourneyStage>;

/**
 * Takes what a profile says of the journey stage: a `status` that is the name of one. The same reference when it says
 * nothing new. Any order of arrival ends in the same list, by ascending time.
 */
export function evolveToldStages(told: readonly ToldStage[], event: CustomerEvent): readonly ToldStage[] {
  if (event.type !== 'customer.profile') return told;
  const stage = event.data.status === undefined ? undefined : journeyStageNamed(event.data.status);
  return stage === undefined ? told : withToldStage(told, event, stage);
}

/** Adds a stage that an event told. */
function withToldStage(
  told: readonly ToldStage[],
  teller: Teller,
  stage: JourneyStage,
): readonly ToldStage[] {
  const added = stampedBy(teller, stage);
  if (told.some((known) => compareStamped(known, added) === 0)) return told;
  const all = [...told, added].sort(compareStamped);
  return all.length > MAX_TOLD_STAGES ? keptOf(all, told) : all;
}

/** What was told of two customers as of one (N23). */
export function mergeToldStages(a: readonly ToldStage[], b: readonly ToldStage[]): readonly ToldStage[] {
  return mergeSorted(a, b, { compare: compareStamped, join: (told) => told }).slice(-MAX_TOLD_STAGES);
}

/** Where the new one is the oldest it goes at once, and nothing has changed. */
function keptOf(all: readonly ToldStage[], told: readonly ToldStage[]): readonly ToldStage[] {
  const kept = all.slice(-MAX_TOLD_STAGES);
  return kept.every((entry, index) => entry === told[index]) ? told : kept;
}
