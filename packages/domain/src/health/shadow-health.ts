import type { ModelPack } from '../models/model-pack.ts';
import {
  isSamePack,
  packAt,
  packFor,
  type SizedPack,
  type TenantModels,
  withPromoted,
} from '../models/tenant-models.ts';
import type { SizeBand } from '../tier/size-band.ts';
import type { NearRenewal } from '../warnings/renewal-anchor.ts';
import { decideHealth } from './decide-health.ts';
import type { HealthScore } from './health-score.ts';
import type { PublishedHealth } from './published-health.ts';

/**
 * A customer's health as it would be if a model that is tried had been promoted when it was told (N6): decided from its
 * own state, with its own hysteresis. Only where it can differ from the health that counts.
 */
export interface ShadowHealth {
  readonly id: string;
  readonly version: string;
  readonly size: SizeBand | null;
  readonly health: PublishedHealth;
}

/** What shadows are decided from besides what was decided of them before. */
export interface ShadowInput {
  readonly models: TenantModels;
  /** Of the customer; null: not known. */
  readonly size: SizeBand | null;
  /** Health that counts, as it was published before this decision and after it. */
  readonly before: PublishedHealth | null;
  readonly now: PublishedHealth | null;
  readonly scoreBy: (model: ModelPack) => HealthScore;
  /** The decision that is near (N18); null: none is. */
  readonly nearRenewal: () => NearRenewal | null;
}

/** The model by which a shadow scores a customer: in most cases its own. */
export function shadowModelOf(shadow: SizedPack, models: TenantModels, size: SizeBand | null): ModelPack {
  return packFor(withPromoted(models, shadow), size);
}

/**
 * Decides the health of every shadow. One that scores this customer by the model that counts anyway begins where live
 * health stands only once that is not so any more, and ends when it has come to the same. Undefined: there is none.
 */
export function decideShadows(
  published: readonly ShadowHealth[] | undefined,
  input: ShadowInput,
): readonly ShadowHealth[] | undefined {
  const shadows = (input.models.shadows ?? []).flatMap((shadow) => decideShadow(published, shadow, input));
  if (shadows.length === 0) return undefined;
  const isSame = shadows.length === published?.length && shadows.every((one, at) => one === published[at]);
  return isSame ? published : shadows;
}

function decideShadow(
  published: readonly ShadowHealth[] | undefined,
  shadow: SizedPack,
  { models, size, before, now, scoreBy, nearRenewal }: ShadowInput,
): readonly ShadowHealth[] {
  const known = published?.find((one) => isOf(one, shadow));
  const model = shadowModelOf(shadow, models, size);
  const isLiveModel = isSamePack(packFor(models, size), model);
  if (known === undefined && isLiveModel) return [];
  const previous = known?.health ?? before;
  // Nothing of it is told, so it is worth nothing in no currency.
  const { published: health } = decideHealth(previous, scoreBy(model), {
    model,
    currency: '',
    valueMinor: 0,
    nearRenewal,
  });
  if (isLiveModel && JSON.stringify(health) === JSON.stringify(now)) return [];
  if (known !== undefined && health === known.health) return [known];
  const { pack } = shadow;
  return [{ id: pack.id, version: pack.version, size: shadow.size, health }];
}

/** What was promoted since the customer was decided last: the shadow whose pack stands in its place now. */
export function promotedShadow(
  published: readonly ShadowHealth[] | undefined,
  models: TenantModels,
): ShadowHealth | undefined {
  return published?.find(
    (one) =>
      isSamePack(packAt(models, one.size), one) &&
      models.shadows?.some((shadow) => isOf(one, shadow)) !== true,
  );
}

function isOf({ id, version, size }: ShadowHealth, { pack, size: place }: SizedPack): boolean {
  return size === place && isSamePack(pack, { id, version });
}
