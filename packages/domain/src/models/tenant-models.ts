import type { SizeBand } from '../tier/size-band.ts';
import type { ModelPack } from './model-pack.ts';
import { CS_FRAMEWORK } from './shipped/cs-framework.ts';

/** A pack and the customers that it is for: of one size (S55), or (null) all whose size has no pack of its own. */
export interface SizedPack {
  readonly pack: ModelPack;
  readonly size: SizeBand | null;
}

/** The models by which a tenant's customers are scored, and those that are tried (D13, N6). */
export interface TenantModels {
  /** For all customers whose size has no pack of its own. */
  readonly live: ModelPack;
  /** Packs for customers of one size (S55). */
  readonly bySize?: { readonly [Size in SizeBand]?: ModelPack };
  /** Tried beside: nothing of them is told on the topics of scores. */
  readonly shadows?: readonly SizedPack[];
}

/** Those of a tenant that has chosen none. */
export const SHIPPED_MODELS: TenantModels = { live: CS_FRAMEWORK };

/** Most packs that are tried at a time: each costs every customer a score more an event. */
export const MAX_SHADOWS = 4;

/** The pack that counts for a customer of a size (null: not known). */
export function packFor({ live, bySize }: TenantModels, size: SizeBand | null): ModelPack {
  return (size === null ? undefined : bySize?.[size]) ?? live;
}

/** The place in which the pack stands that counts for a customer of a size: of that size, or (null) of all others. */
export function placeFor({ bySize }: TenantModels, size: SizeBand | null): SizeBand | null {
  return size !== null && bySize?.[size] !== undefined ? size : null;
}

/** The pack that stands in the place for which another may be tried; undefined: none of its own. */
export function packAt(models: TenantModels, place: SizeBand | null): ModelPack | undefined {
  return place === null ? models.live : models.bySize?.[place];
}

/** The models as they would be if this one were promoted. */
export function withPromoted(models: TenantModels, { pack, size }: SizedPack): TenantModels {
  if (size === null) return { ...models, live: pack };
  return { ...models, bySize: { ...models.bySize, [size]: pack } };
}

/** A pack is never changed under its version, so these two name it. */
export function isSamePack(
  one: Pick<ModelPack, 'id' | 'version'> | undefined,
  other: Pick<ModelPack, 'id' | 'version'>,
): boolean {
  return one?.id === other.id && one.version === other.version;
}
