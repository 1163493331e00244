import type { ModelPack } from './model-pack.ts';
import { CS_FRAMEWORK } from './shipped/cs-framework.ts';

/** The models by which a tenant's customers are scored (D13, N6). */
export interface TenantModels {
  readonly live: ModelPack;
}

/** Those of a tenant that has chosen none. */
export const SHIPPED_MODELS: TenantModels = { live: CS_FRAMEWORK };
