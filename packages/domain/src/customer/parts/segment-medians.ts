import type { CensusRow } from '../../census/census-row.ts';
import { type ReadContext, readSignal } from '../../health/read-signal.ts';
import { ltvValueOf } from '../../ltv/decide-ltv.ts';
import type { ModelPack, SignalModel } from '../../models/model-pack.ts';
import type { TenantModels } from '../../models/tenant-models.ts';
import { segmentOf, valueTierOf } from '../../tier/value-tier.ts';
import type { CustomerState } from '../customer-state.ts';
import type { DecisionContext } from '../decide-input.ts';
import { profileValue } from '../profile.ts';
import { healthFactsOf } from './facts-of.ts';
import type { Scene } from './part.ts';

type Medians = NonNullable<ReadContext['segmentMedians']>;

/** Whether a model that counts or is tried compares some signal with the customer's segment (N17); most do not. */
export function comparesSegments(models: TenantModels): boolean {
  return packsOf(models).some(({ signals }) => signals.some(isCompared));
}

function packsOf({ live, bySize = {}, shadows = [] }: TenantModels): readonly ModelPack[] {
  return [live, ...Object.values(bySize), ...shadows.map(({ pack }) => pack)];
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

/**
 * What a census takes the medians of: readings as they are, of the signals alone that some model compares so; where two
 * models read one signal over other days, as the first of them reads it.
 */
export function signalRowOf(
  state: CustomerState,
  { day: today, feeds, models }: DecisionContext,
): CensusRow['signals'] {
  const compared = new Map<string, SignalModel>();
  for (const { signals } of packsOf(models)) {
    for (const signal of signals) {
      if (isCompared(signal) && !compared.has(signal.signal)) compared.set(signal.signal, signal);
    }
  }
  const readings = [...compared.values()].flatMap(({ relativeTo: _, ...signal }) => {
    const reading = readSignal(signal, healthFactsOf(state), { today, feeds });
    return 'missing' in reading ? [] : [[signal.signal, reading.raw] as const];
  });
  return Object.fromEntries(readings);
}
