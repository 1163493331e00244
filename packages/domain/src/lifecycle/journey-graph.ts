/** The stages of the customer journey, in its order (S89). Pre-sales is awareness and consideration (D11). */
export const JOURNEY_STAGES = [
  'awareness',
  'consideration',
  'onboarding',
  'adoption',
  'retention',
  'advocacy',
] as const;
export type JourneyStage = (typeof JOURNEY_STAGES)[number];

const NEXT: { readonly [S in JourneyStage]: readonly JourneyStage[] } = {
  awareness: ['consideration'],
  consideration: ['onboarding'],
  onboarding: ['adoption'],
  adoption: ['retention'],
  retention: ['advocacy'],
  advocacy: ['consideration', 'adoption'],
};

/**
 * Whether one stage may follow another (S89): the next one, and from advocacy consideration and adoption again. To stay
 * is no move.
 */
export function isLegalMove(from: JourneyStage, to: JourneyStage): boolean {
  return NEXT[from].includes(to);
}

/** The place of a stage in the journey, 0 to 5. */
export function placeOfStage(stage: JourneyStage): number {
  return JOURNEY_STAGES.indexOf(stage);
}

/**
 * The legal moves by which one stage leads to another, without the first: onwards, or from advocacy back to
 * consideration or adoption and onwards from there. Null: there is no way but through an advocacy that never was; then
 * what was known of the customer was corrected, it did not move.
 */
export function movesBetween(from: JourneyStage, to: JourneyStage): readonly JourneyStage[] | null {
  const [start, end] = [placeOfStage(from), placeOfStage(to)];
  if (start <= end) return JOURNEY_STAGES.slice(start + 1, end + 1);
  if (from !== 'advocacy' || to === 'awareness') return null;
  return isLegalMove(from, to) ? [to] : JOURNEY_STAGES.slice(placeOfStage(nearestBefore(to)), end + 1);
}

function nearestBefore(to: JourneyStage): JourneyStage {
  return placeOfStage(to) > placeOfStage('adoption') ? 'adoption' : 'consideration';
}

/** The stage that a text names, whatever its letters; undefined: none of the six. */
export function journeyStageNamed(text: string): JourneyStage | undefined {
  const plain = text.trim().toLowerCase();
  return JOURNEY_STAGES.find((stage) => stage === plain);
}
