import { nextTurn } from '../opportunities/next-turn.ts';
import { type Evidence, type EvidenceCode, evidenceOf, type LifecycleSources } from './journey-evidence.ts';
import { isLegalMove, type JourneyStage, placeOfStage } from './journey-graph.ts';
import type { ToldStage } from './told-stages.ts';

/** Why a told stage was refused: it leaves stages out, or leads back where no way leads back. */
export type RefusalCode = 'skips-stages' | 'goes-back';

/** A stage that a source told, and that cannot follow the one the customer was at (S89). */
export interface RefusedStage {
  readonly stage: JourneyStage;
  /** Where the customer was on that day, by all that is known now. */
  readonly from: JourneyStage;
  readonly day: number;
  readonly eventId: string;
  readonly code: RefusalCode;
}

/** Where a customer is on its journey. */
export interface Journey {
  /** Null: nothing shows that it began. */
  readonly stage: JourneyStage | null;
  /** The day since which it is there; null without a stage, and for an advocate by evidence: health has no such day. */
  readonly sinceDay: number | null;
  /** What showed it; `told` by a source. */
  readonly code: EvidenceCode | 'told' | 'advocate' | null;
  /** By ascending time. */
  readonly refused: readonly RefusedStage[];
}

type Step = { readonly day: number } & ({ readonly evidence: Evidence } | { readonly told: ToldStage });

/**
 * The journey stage of a customer (S89, D11): the furthest stage that evidence shows it has reached, or that a source
 * told and that can follow. Evidence and tellings are gone through by day, evidence first within a day. Evidence leads
 * onwards and never back; a told stage counts where it may follow the stage of its day, is confirmed where it is that
 * stage, and is refused otherwise. Whoever is at retention and an advocate now is at advocacy.
 *
 * It is a function of what is known, not of the order in which it became known (N5).
 *
 * @param isAdvocate see `isAdvocate`
 */
export function journeyOf(
  sources: LifecycleSources,
  { today, isAdvocate }: { readonly today: number; readonly isAdvocate: boolean },
): Journey {
  let journey: Journey = { stage: null, sinceDay: null, code: null, refused: [] };
  for (const step of stepsUntil(sources, today)) {
    journey = 'evidence' in step ? afterEvidence(journey, step.evidence) : afterTelling(journey, step.told);
  }
  return isAdvocate && journey.stage === 'retention'
    ? { ...journey, stage: 'advocacy', sinceDay: null, code: 'advocate' }
    : journey;
}

function stepsUntil(sources: LifecycleSources, today: number): readonly Step[] {
  const steps: Step[] = [
    ...evidenceOf(sources).map((evidence) => ({ day: evidence.day, evidence })),
    ...sources.toldStages.map((told) => ({ day: told[1], told })),
  ];
  return steps.filter(({ day }) => day <= today).sort(compareSteps);
}

/**
 * Within a day evidence comes before tellings, the furthest first, and of one stage the first code by name. Tellings
 * come by ascending time already, and sorting keeps their order.
 */
function compareSteps(a: Step, b: Step): number {
  return a.day - b.day || rankOf(a) - rankOf(b) || compareCodes(a, b);
}

function rankOf(step: Step): number {
  return 'evidence' in step ? -placeOfStage(step.evidence.stage) : 1;
}

function compareCodes(a: Step, b: Step): number {
  if (!('evidence' in a && 'evidence' in b) || a.evidence.code === b.evidence.code) return 0;
  return a.evidence.code < b.evidence.code ? -1 : 1;
}

function afterEvidence(journey: Journey, { day, stage, code }: Evidence): Journey {
  const isReached = journey.stage !== null && placeOfStage(stage) <= placeOfStage(journey.stage);
  return isReached ? journey : { ...journey, stage, sinceDay: day, code };
}

function afterTelling(journey: Journey, [stage, day, , , eventId]: ToldStage): Journey {
  const { stage: from, refused } = journey;
  if (from === stage) return journey;
  if (from === null || isLegalMove(from, stage)) return { ...journey, stage, sinceDay: day, code: 'told' };
  const code = placeOfStage(stage) > placeOfStage(from) ? 'skips-stages' : 'goes-back';
  return { ...journey, refused: [...refused, { stage, from, day, eventId, code }] };
}

/** First day after today on which evidence or a telling that lies ahead counts; null: never (N3). */
export function nextJourneyDay(sources: LifecycleSources, today: number): number | null {
  const days = evidenceOf(sources).map(({ day }) => day);
  return nextTurn([...days, ...sources.toldStages.map(([, day]) => day)], today);
}
