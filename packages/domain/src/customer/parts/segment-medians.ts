import type { CensusRow } from '../../census/census-row.ts';
import { type ReadContext, readSignal } from '../../health/read-signal.ts';
import { ltvValueOf } from '../../ltv/decide-ltv.ts';
import type { SignalModel } from '../../models/model-pack.ts';
import type { TenantModels } from '../../models/tenant-models.ts';
import { segmentOf, valueTierOf } from '../../tier/value-tier.ts';
import type { CustomerState } from '../customer-state.ts';
import type { DecisionContext } from '../decide-input.ts';
import { profileValue } from '../profile.ts';
import { healthFactsOf } from './facts-of.ts';
import type { Scene } from './part.ts';

type Medians = NonNullable<ReadContext['segmentMedians']>;

/** By the models of a tenant, which stay one object until others are told: asked for with every event. */
const COMPARED = new WeakMap<TenantModels, readonly SignalModel[]>();

/** Whether a model that counts or is tried compares some signal with the customer's segment (N17); most do not. */
export function comparesSegments(models: TenantModels): boolean {
  return comparedSignalsOf(models).length > 0;
}

/** The signals that are compared so, each once: where models differ in its days, as the first of them reads it. */
function comparedSignalsOf(models: TenantModels): readonly SignalModel[] {
  const known = COMPARED.get(models);
  if (known !== undefined) return known;
  const { live, bySize = {}, shadows = [] } = models;
  const packs = [live, ...Object.values(bySize), ...shadows.map(({ pack }) => pack)];
  const all = packs.flatMap(({ signals }) => signals.filter(isCompared));
  const compared = all.filter(({ signal }, at) => all.findIndex((one) => one.signal === signal) === at);
  COMPARED.set(models, compared);
  return compared;
}

function isCompared({ relativeTo }: SignalModel): boolean {
  return relativeTo?.kind === 'segment';
}

/** Medians of the segment that the customer is in, as the last census has them; null: none are known, or asked for. */
export function segmentMediansOf({ after, context, published: { ltv } }: Scene): Medians | null {
  const { findings, models } = context;
  if (findings === null || !comparesSegments(models)) return null;
  const { breakpoints } = findings;
  const crmTier = profileValue(after.profile, 'tier');
  const tier = valueTierOf({ crmTier, ltvMinor: ltv === null ? null : ltvValueOf(ltv) }, breakpoints);
  const segment = segmentOf(tier.value);
  return segment === null ? null : (breakpoints.medians[segment] ?? null);
}

/** Whether the medians may be others: those of the portfolio, or the segment of the customer. */
export function haveMediansMoved(before: CustomerState, { context, published }: Scene): boolean {
  if (!comparesSegments(context.models)) return false;
  return before.contextVersion < context.itemVersions.breakpoints || before.published.ltv !== published.ltv;
}

/** What a census takes the medians of: readings as they are, of the signals alone that some model compares so. */
export function signalRowOf(
  state: CustomerState,
  { day: today, feeds, models }: DecisionContext,
): CensusRow['signals'] {
  const readings = comparedSignalsOf(models).flatMap(({ relativeTo: _, ...signal }) => {
    const reading = readSignal(signal, healthFactsOf(state), { today, feeds });
    return 'missing' in reading ? [] : [[signal.signal, reading.raw] as const];
  });
  return Object.fromEntries(readings);
}
