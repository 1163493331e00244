import type { CustomerEvent } from '@bellwether/events';
import { type TenantContext, withPromotedModel } from '../context/tenant-context.ts';
import { sizeOf } from '../customer/parts/size-of.ts';
import { reviewDue } from '../customer/take-event.ts';
import type { ModelPack } from '../models/model-pack.ts';
import { packFor, placeFor } from '../models/tenant-models.ts';
import { Retrospect, type SetAside } from './retrospect.ts';

/** What could be otherwise with one customer. */
export interface Hypothesis {
  /** Another model for the customer's health; absent: the present one. */
  readonly model?: ModelPack;
  /** Events that would come now, in this order. */
  readonly events: readonly CustomerEvent[];
  /** When they would be received, epoch ms. */
  readonly receivedAt: number;
}

/** What would come of it. */
export interface Outcome {
  /** As the customer would stand; its changes go on from those of before. */
  readonly after: Retrospect;
  /** Events of the hypothesis that scoring could not take. */
  readonly refused: readonly SetAside[];
}

/**
 * What would be published if a model were promoted and events came (N6): the model first, as a context that everybody
 * is reviewed under, then the events one by one. Nothing of `before` is changed.
 * @param before the customer as it stands, all its records taken
 */
export function supposeOf(before: Retrospect, { model, events, receivedAt }: Hypothesis): Outcome {
  const context = model === undefined ? before.context : withModel(before, model);
  const after = new Retrospect({ ...before, context });
  const { state } = after;
  if (model !== undefined && state !== undefined) {
    const reviewed = reviewDue(state, context, receivedAt);
    if (reviewed !== null) after.keep(reviewed);
  }
  for (const event of events) after.take(event);
  return { after, refused: after.setAside.slice(before.setAside.length) };
}

/** The pack that counts for the customer as it stands. */
export function packOf({ context, state }: Retrospect): ModelPack {
  return packFor(context.models, state === undefined ? null : sizeOf(state));
}

/** Promoted in the place of the pack that counts for this customer. */
function withModel({ context, state }: Retrospect, pack: ModelPack): TenantContext {
  const size = state === undefined ? null : placeFor(context.models, sizeOf(state));
  return withPromotedModel(context, { pack, size });
}
