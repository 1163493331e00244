// Made from packages/model-packs/packs by `npm run model-packs`; change it there.
// biome-ignore-all format: written as short as it can be read
import type { ModelPack } from './model-pack.ts';
import { CRM } from './shipped/crm.ts';
import { CS_FRAMEWORK } from './shipped/cs-framework.ts';
import { MATTERMOST_2025 } from './shipped/mattermost-2025.ts';

/** Every model that comes with the product; the first one is the default (D13). */
export const SHIPPED_PACKS: readonly ModelPack[] = [CS_FRAMEWORK, CRM, MATTERMOST_2025];
