import type { ModelChoice } from '@bellwether/domain';
import type { ContextRecord } from '@bellwether/events';

/** The models of a tenant as one partition knows them. All partitions come to say the same. */
export interface TenantModelsState {
  readonly kind: 'models';
  readonly tenant: string;
  readonly partition: number;
  readonly version: number;
  readonly choice: ModelChoice;
}

/** Keeps the newest choice of models; an older or equal one changes nothing (the same reference comes back). */
export function foldModels(
  state: TenantModelsState | undefined,
  { tenant, version, value }: Extract<ContextRecord, { item: 'models' }>,
  partition: number,
): TenantModelsState {
  if (state !== undefined && version <= state.version) return state;
  return { kind: 'models', tenant, partition, version, choice: JSON.parse(value.choice) as ModelChoice };
}
