import type { StepInput, StepResult } from '@bellwether/stream';
import type { WorkloadEvent, WorkloadScore } from '../workload/workload-event.ts';
import { applyEvent, newCustomer } from './apply-event.ts';
import { computeScores } from './compute-scores.ts';
import type { CustomerState } from './customer-state.ts';
import { packRings, RING_IDS, unpackRings } from './rings.ts';

/** The step of the workload: an event that its customer has not seen before leads to new scores. */
export function scoreEvent({
  record,
  state,
}: StepInput<WorkloadEvent, CustomerState, undefined>): StepResult<CustomerState, 'scores'> {
  const event = record.value;
  const id = Number.parseInt(event.eventId.slice(1), 16);
  const rings = unpackRings(state?.rings);
  if (rings.ids.includes(id)) return { kind: 'duplicate' };
  const draft = state ? { ...state } : newCustomer(event);
  rings.ids[draft.revision % RING_IDS] = id;
  applyEvent(draft, rings, event);
  const { health, ...scores } = computeScores(draft, rings);
  const value: WorkloadScore = {
    customerId: event.customerId,
    eventId: event.eventId,
    rev: draft.revision,
    ...scores,
    health: health / 100,
    previousHealth: draft.previousHealth < 0 ? null : draft.previousHealth / 100,
  };
  return {
    kind: 'ok',
    state: { ...draft, previousHealth: health, rings: packRings(draft.agreementCount) },
    outputs: [{ output: 'scores', key: record.key, value }],
  };
}
