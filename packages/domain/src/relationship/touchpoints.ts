import type { JourneyStage } from '../lifecycle/journey-graph.ts';
import type { ValueStage } from '../lifecycle/value-stage-of.ts';

export type TouchpointStage = 'pre-sales' | 'onboarding' | 'adoption' | 'retention' | 'growth';

/** What happens with a customer at a stage, who owns it, and what shows its success (S90). */
export interface Touchpoint {
  readonly stage: TouchpointStage;
  readonly touchpoint: string;
  readonly owner: string;
  /** The metrics, by their names. */
  readonly metrics: readonly TouchpointMetric[];
}
export type TouchpointMetric =
  | 'demo-to-trial'
  | 'time-to-value'
  | 'feature-adoption'
  | 'nrr'
  | 'grr'
  | 'expansion-revenue';

/** The key touchpoints, in the order of the journey (S90). */
export const TOUCHPOINTS: { readonly [S in TouchpointStage]: Touchpoint } = {
  'pre-sales': {
    stage: 'pre-sales',
    touchpoint: 'product demo',
    owner: 'sales',
    metrics: ['demo-to-trial'],
  },
  onboarding: {
    stage: 'onboarding',
    touchpoint: 'welcome kit',
    owner: 'customer success manager',
    metrics: ['time-to-value'],
  },
  adoption: {
    stage: 'adoption',
    touchpoint: 'training session',
    owner: 'success',
    metrics: ['feature-adoption'],
  },
  retention: {
    stage: 'retention',
    touchpoint: 'quarterly business review',
    owner: 'account manager',
    metrics: ['nrr', 'grr'],
  },
  growth: {
    stage: 'growth',
    touchpoint: 'upsell meeting',
    owner: 'sales',
    metrics: ['expansion-revenue'],
  },
};

const STAGE_OF: { readonly [S in JourneyStage]: TouchpointStage } = {
  awareness: 'pre-sales',
  consideration: 'pre-sales',
  onboarding: 'onboarding',
  adoption: 'adoption',
  retention: 'retention',
  advocacy: 'retention',
};

/**
 * Who owns a customer now, and by what metric (S90, D11): pre-sales is awareness and consideration; a customer past
 * onboarding whose value grows is at growth; an advocate is to be kept as anybody else. Null: the stage is not known.
 */
export function touchpointOf(journeyStage: JourneyStage | null, valueStage: ValueStage): Touchpoint | null {
  if (journeyStage === null) return null;
  const stage = STAGE_OF[journeyStage];
  const isPastOnboarding = stage === 'adoption' || stage === 'retention';
  return TOUCHPOINTS[isPastOnboarding && valueStage === 'growth' ? 'growth' : stage];
}
