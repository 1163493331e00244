import type { ModelPack } from '../models/model-pack.ts';
import { CS_FRAMEWORK } from '../models/shipped/cs-framework.ts';
import { type HealthFacts, modelFactsOf } from './health-facts.ts';
import type { HealthScore } from './health-score.ts';
import { type ReadContext, readSignal } from './read-signal.ts';
import { scoreReadings } from './score-readings.ts';

/** What health depends on besides the customer. */
export interface HealthInputs extends ReadContext {
  /** Of the tenant, for the texts of amounts. */
  readonly currency: string;
  /** Default: the customer-success framework. */
  readonly model?: ModelPack;
}

/** The health of a customer by a model (S61, S94); docs/scoring/health.md has worked examples. */
export function healthOf(facts: HealthFacts, inputs: HealthInputs): HealthScore {
  const { model = CS_FRAMEWORK, today, currency } = inputs;
  const readings = model.signals.map((signal) => readSignal(signal, facts, inputs));
  return scoreReadings(model, readings, { facts: modelFactsOf(facts), today, currency });
}
