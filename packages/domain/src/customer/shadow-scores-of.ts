import type { ScoreValue, ShadowScores } from '@bellwether/events';
import { healthValueOf } from '../health/health-value.ts';
import type { PublishedHealth } from '../health/published-health.ts';
import { type CustomerState, ENGINE_VERSION, type PublishedParts } from './customer-state.ts';
import type { DecideInput } from './decide-input.ts';
import { valueInOrder } from './number-scores.ts';

/**
 * What is told of models that are tried (N6): when health by one of them, or by the one that counts while one is tried,
 * was published anew; null: nothing of that moved. It has no part in the numbers of a customer's changes.
 */
export function shadowScoresOf(
  state: CustomerState,
  before: PublishedParts,
  input: DecideInput,
): ShadowScores | null {
  const { health, shadows } = state.published;
  const hasMoved = shadows !== before.shadows || (shadows !== undefined && health !== before.health);
  if (!hasMoved) return null;
  return {
    kind: 'shadow-scores',
    tenant: state.tenant,
    customerId: state.customerId,
    asOf: input.asOf,
    knownAt: input.knownAt,
    historical: input.historical,
    cause: input.cause,
    live: health === null ? null : standing(health),
    shadows: (shadows ?? []).map(({ id, version, size, health: shadow }) => ({
      id,
      version,
      size,
      ...standing(shadow),
    })),
    engineVersion: ENGINE_VERSION,
  };
}

function standing(health: PublishedHealth): { readonly health: ScoreValue; readonly atRisk: boolean } {
  return { health: valueInOrder(healthValueOf(health)), atRisk: health.atRisk };
}
