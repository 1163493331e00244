import type { Topology } from '@bellwether/stream';
import type { CustomerState } from './steps/customer-state.ts';
import { scoreEvent } from './steps/score-event.ts';
import type { WorkloadEvent } from './workload/workload-event.ts';

/** Where the workload is read and written, and under which name. */
export interface W1Names {
  /** The consumer group. */
  readonly group: string;
  readonly input: string;
  readonly output: string;
}

/** The workload of the peer comparison as a topology: one document a customer, one score an accepted event. */
export function createW1Topology(
  names: W1Names,
): Topology<WorkloadEvent, CustomerState, undefined, 'scores'> {
  return {
    name: names.group,
    input: names.input,
    outputs: { scores: names.output },
    collection: 'customers',
    keyOf: ({ key }) => key,
    headKeyOf: () => undefined,
    initialHead: () => undefined,
    evolveHead: (head) => head,
    step: scoreEvent,
    indexOf: () => ({}),
  };
}
